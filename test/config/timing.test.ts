// docs/timing.md says the truth: its settings are the sets', its figures follow from them and from the reference haproxy.cfg.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { durationMs } from '../../src/config/duration.ts';
import { TIMINGS } from '../../src/config/timings.ts';
import { readTimeMs } from '../../src/haproxy/config-time.ts';
import { readReference } from '../../src/lab/haproxy-config.ts';

const DOC = readFileSync('docs/timing.md', 'utf8');

const SETS = Object.values(TIMINGS);

const [, inter, fastinter, fall, rise] =
  /inter (\S+) fastinter (\S+) fall (\d+) rise (\d+)/.exec(readReference()) ?? [];
const [, timeout] = /timeout check (\S+)/.exec(readReference()) ?? [];
const [, expire] = / expire (\S+)/.exec(readReference()) ?? [];

const CHECK = {
  downMs: ms(inter) + (Number(fall) - 1) * ms(fastinter),
  hangsMs: ms(inter) + (Number(fall) - 1) * ms(fastinter) + Number(fall) * ms(timeout),
  upMs: ms(inter) + (Number(rise) - 1) * ms(fastinter),
};
const LEASE_MS = ms(expire);
const MERGE_MS = 5;

function ms(time: string | undefined): number {
  const value = readTimeMs(time);
  if (value === null) throw new Error(`haproxy.cfg has no such time: ${time}`);
  return value;
}

interface Parts {
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly confirmMs: number;
  readonly failbackMs: number;
  readonly partialMs: number;
  /** One exchange, and the bound of all that is done to act: 0 where they take no time. */
  readonly exchangeMs: number;
  readonly actMs: number;
}

function partsOf(set: (typeof SETS)[number], slow: boolean): Parts {
  const pollMs = durationMs(set.poll.interval);
  const timeoutMs = durationMs(set.poll.timeout);
  const exchangeMs = slow ? timeoutMs : 0;
  return {
    pollMs,
    timeoutMs,
    confirmMs: (set.confirm - 1) * pollMs,
    failbackMs: durationMs(set.failback.after),
    partialMs: durationMs(set.partial.after),
    exchangeMs,
    actMs: 5 * exchangeMs + (slow ? 2 * durationMs(set.verify.within) : 0),
  };
}

const ROWS: readonly (readonly [from: string, to: string, figure: (parts: Parts) => number])[] = [
  ['main dies', 'HAProxy has closed its sessions', () => CHECK.downMs],
  ['main hangs', 'HAProxy has closed its sessions', () => CHECK.hangsMs],
  ['main dies', 'mainstay has noticed, told of it', (p) => CHECK.downMs + MERGE_MS + p.exchangeMs],
  ['main dies', 'mainstay has noticed, by polls', (p) => CHECK.downMs + p.pollMs + p.exchangeMs],
  [
    'sessions are in the wrong place',
    'the last is closed, told of it',
    (p) => MERGE_MS + p.exchangeMs + p.confirmMs + (p.confirmMs && p.pollMs / 2) + p.actMs,
  ],
  [
    'sessions are in the wrong place',
    'the last is closed, by polls',
    (p) => p.pollMs + p.exchangeMs + p.confirmMs + p.actMs,
  ],
  [
    'main answers again',
    'failback: the last has left backup',
    (p) => CHECK.upMs + p.failbackMs + p.pollMs + p.exchangeMs + p.confirmMs + p.actMs,
  ],
  [
    'main is cut off from one proxy',
    'all together: the last has left main',
    (p) =>
      CHECK.downMs +
      MERGE_MS +
      p.exchangeMs +
      p.partialMs +
      p.pollMs +
      p.exchangeMs +
      p.confirmMs +
      p.actMs,
  ],
  ['mainstay dies in a hold', 'HAProxy chooses for itself again', () => LEASE_MS],
  [
    'mainstay stops in a hold',
    'it must be back, or the hold ends',
    (p) => LEASE_MS - p.pollMs - p.exchangeMs,
  ],
  ['a proxy falls silent', 'it counts as unseen', (p) => p.pollMs + p.timeoutMs],
];

test('its figures', async () => {
  const head = '| from | to | fast | normal | careful |\n|---|---|---|---|---|\n';
  const lines = ROWS.map(([from, to, figure]) => {
    const cells = SETS.map((set) => {
      const [first, last] = [false, true].map((slow) => text(figure(partsOf(set, slow))));
      return first === last ? first : `${first} … ${last}`;
    });
    return `| ${[from, to, ...cells].join(' | ')} |\n`;
  });
  const found = /<!-- figures: .*-->\n([^]*)<!-- end of figures -->/.exec(DOC)?.[1];
  expect(found?.trim()).toBe((head + lines.join('')).trim());
});

test('its settings', () => {
  const rows = flat(TIMINGS.fast).map(([name]) => {
    const values = SETS.map((set) => flat(set).find(([key]) => key === name)?.[1]);
    return `| \`${name}\` | ${values.join(' | ')} | `;
  });
  expect(rows).toHaveLength(10);
  for (const row of rows) expect(DOC).toContain(row);
});

test('the sets are in order: what is quicker is quicker in everything', () => {
  const values = SETS.map((set) =>
    flat(set).map(([, value]) => (typeof value === 'number' ? value : durationMs(value))),
  );
  const [fast = [], normal = [], careful = []] = values;
  expect(fast.every((value, i) => value < normal[i]!)).toBe(true);
  expect(normal.every((value, i) => value < careful[i]!)).toBe(true);
});

test('each set fits the reference: a hung server is found out within the warm-up, and three polls within the lease', () => {
  for (const set of SETS) {
    expect(durationMs(set.warmup)).toBeGreaterThan(CHECK.hangsMs);
    expect(3 * durationMs(set.poll.interval)).toBeLessThanOrEqual(LEASE_MS);
    expect(durationMs(set.poll.timeout)).toBeLessThanOrEqual(durationMs(set.poll.interval));
    // Proxies that check at different moments notice the same death this far apart.
    expect(durationMs(set.partial.after)).toBeGreaterThan(ms(inter));
  }
});

function flat(set: object, above = ''): readonly [string, string | number][] {
  return Object.entries(set).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${above}${key}.`)
      : [
          [above + key, typeof value === 'number' ? value : String(value)] satisfies [
            string,
            string | number,
          ],
        ],
  );
}

/** `5 ms`, `1.8 s`, `30 min 4.5 s`, `2 h 8.5 s`; from a second on to a hundredth, rounded up. */
function text(valueMs: number): string {
  if (valueMs < 1000) return `${valueMs} ms`;
  const all = Math.ceil(valueMs / 10) / 100;
  if (all < 120) return `${all} s`;
  const minutes = Math.floor(all / 60);
  const hours = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  return `${hours} ${Math.round((all - minutes * 60) * 100) / 100} s`;
}
