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

/**
 * Up to this release of 2.6 a command line of more than 15 kB is never answered, and holds one of the socket's
 * connections for ever (seen on 2.6.12); later ones may have got the mending of 2.8.10.
 */
const LONG_LINES_BROKEN_UNTIL = 17;

/** What is broken in one version of HAProxy that somebody who runs mainstay can be hurt by. */
export interface KnownBug {
  /** Stable, for logs and findings. */
  readonly id: 'marked-up-broken' | 'long-lines-hang' | 'master-hangs';
  readonly says: string;
  readonly cure: string;
}

/** Every such bug of this version; none for a text that is no version. */
export function knownBugs(version: string): readonly KnownBug[] {
  const bugs: KnownBug[] = [];
  const mended = markedUpMendedIn(version);
  if (mended !== null)
    bugs.push({
      id: 'marked-up-broken',
      says: '"on-marked-up shutdown-backup-sessions" closes nothing in this version (haproxy issue 2848)',
      cure: `update to ${mended} or later; mainstay closes these sessions itself`,
    });
  const [major, minor, patch] = numbersOf(version) ?? [];
  if (major !== 2 || minor !== 6 || patch === undefined) return bugs;
  // Seen on 2.6.12, and not on 3.2.26: asked again while a worker ends, the master answers nobody any more.
  bugs.push({
    id: 'master-hangs',
    says: 'the master socket can stop answering for ever when it is asked for a worker that is about to end (like haproxy issue 1512)',
    cure: 'mainstay asks sparingly; where the master does not answer all the same, reload HAProxy by its service (systemctl reload haproxy), or update: 3.2 has not shown it',
  });
  if (patch <= LONG_LINES_BROKEN_UNTIL)
    bugs.push({
      id: 'long-lines-hang',
      says: "a command line of more than 15 kB holds one of the stats socket's connections for ever, and after ten of them the socket is dead until a restart",
      cure: 'mainstay never sends one; see that no other tool does, or update to 2.8 or later',
    });
  return bugs;
}

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
