// Times as HAProxy's configuration writes them: a whole number and a unit, milliseconds where there is none (configuration.txt 2.5).

const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  '': 1,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** In ms, or null for what is no such time. */
export function readTimeMs(text: string | undefined): number | null {
  const [, number = '', unit = ''] = /^(\d{1,12})(us|ms|s|m|h|d)?$/.exec(text ?? '') ?? [];
  return number === '' ? null : Number(number) * (UNIT_MS[unit] ?? 1);
}
