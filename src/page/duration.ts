// A span of time as a person reads it on a phone.

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest units that say something: `8 s`, `1 min 12 s`, `2 h 5 min`, `3 d 4 h`. Less than nothing is `0 s`. */
export function durationText(ms: number): string {
  let s = Math.max(0, Math.round(ms / 1000));
  const first = UNITS.findIndex(([, size]) => s >= size);
  if (first < 0) return '0 s';
  return UNITS.slice(first, first + 2)
    .map(([name, size]) => {
      const whole = Math.floor(s / size);
      s -= whole * size;
      return whole > 0 ? `${whole} ${name}` : '';
    })
    .join(' ')
    .trim();
}

/** What is left of it, or that it is due. */
export function leftText(ms: number): string {
  return ms < 500 ? 'now' : `in ${durationText(ms)}`;
}
