// What is known of HAProxy's versions (`show version`, `show info`).

/** mainstay is tested from this branch on. */
const OLDEST: readonly [major: number, minor: number] = [2, 6];

/**
 * `on-marked-up shutdown-backup-sessions` closes nothing (haproxy issue 2848): "make stream_shutdown() async-safe" broke
 * it, 'Properly handle "on-marked-up …"' mended it. A branch that got both in one release is not here. By changelogs.
 */
const MARKED_UP_BROKEN: readonly (readonly [branch: string, first: number, mended: number])[] = [
  ['2.8', 13, 14],
  ['2.9', 12, 14],
  ['3.0', 6, 8],
  ['3.1', 0, 3],
];

/** Whether this version is older than any that mainstay is tested with; a text that is no version is not. */
export function isTooOld(version: string): boolean {
  const [major, minor] = numbersOf(version) ?? OLDEST;
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** The version that mends `on-marked-up shutdown-backup-sessions`, where it does nothing in this one; else null. */
export function markedUpMendedIn(version: string): string | null {
  const [major, minor, patch] = numbersOf(version) ?? [];
  const branch = `${major}.${minor}`;
  const [, , mended] =
    MARKED_UP_BROKEN.find(
      ([name, first, end]) =>
        name === branch && patch !== undefined && patch >= first && patch < end,
    ) ?? [];
  return mended === undefined ? null : `${branch}.${mended}`;
}

/** `2.6.12-1+deb12u4` as numbers; null for a development version and for what is none. */
function numbersOf(version: string): readonly [number, number, number] | null {
  const [, major, minor, patch] = /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return null;
  return [Number(major), Number(minor), Number(patch)];
}
