// What Prometheus would have scraped of two sidecars in a story, as input series of `promtool test rules`.
import { GATES, VERDICTS } from '../../src/domain/verdict.ts';
import type { GateName, Verdict } from '../../src/domain/verdict.ts';

/** What one mainstay shows. Keys of `sessions` and `up`: `ha1/main`, and `ha1/main/old` for old workers. */
export interface Shown {
  /** Whether it answers a scrape; without it nothing else is there. */
  readonly alive: boolean;
  /** Whether its loop turns: its count of decisions grows. */
  readonly turns: boolean;
  readonly verdict: Verdict;
  readonly target: string;
  readonly gates: readonly GateName[];
  readonly sessions: Readonly<Record<string, number>>;
  readonly up: Readonly<Record<string, 0 | 1>>;
  readonly unseen: readonly string[];
  /** Proxies of which old workers are not seen. */
  readonly oldHidden: readonly string[];
  readonly hearsPeer: boolean;
  readonly paused: boolean;
  /** So far, by action and result: `close-server/failed`. */
  readonly actions: Readonly<Record<string, number>>;
}

export type Change = Partial<Shown>;
/** From that second on: what both show, and what only one of them does. */
export type Turn = readonly [
  atS: number,
  { readonly both?: Change; readonly one?: Change; readonly two?: Change },
];

const PROXIES = ['ha1', 'ha2'];
const PRODUCERS = ['main', 'backup'];
const NOTHING_DONE = { 'close-server/failed': 0, 'close-server/refused': 0, 'pin/failed': 0 };

export const HEALTHY: Shown = {
  alive: true,
  turns: true,
  verdict: 'converged',
  target: 'main',
  gates: [],
  // A server that is not listed: counted, and nobody's business.
  sessions: { 'ha1/main': 4, 'ha2/main': 3, 'ha1/canary': 2 },
  up: { 'ha1/main': 1, 'ha1/backup': 1, 'ha2/main': 1, 'ha2/backup': 1, 'ha2/canary': 0 },
  unseen: [],
  oldHidden: [],
  hearsPeer: true,
  paused: false,
  actions: NOTHING_DONE,
};

export interface Series {
  readonly series: string;
  readonly values: string;
}

/**
 * A sample each `stepS` from 0 to `untilS`. The second sidecar is scraped as late as can be: it shows at each moment what
 * the first one did a step ago.
 */
export function seriesOf(story: readonly Turn[], untilS: number, stepS: number): Series[] {
  const samples = new Map<string, (number | null)[]>();
  for (let n = 0; n * stepS <= untilS; n += 1) {
    for (const [who, instance] of [
      ['one', '10.0.0.1:9847'],
      ['two', '10.0.0.2:9847'],
    ] as const) {
      const seenS = who === 'one' ? n * stepS : Math.max(0, (n - 1) * stepS);
      const peer = who === 'one' ? 'ha2' : 'ha1';
      for (const [name, value] of scrape(shownAt(story, who, seenS), seenS, instance, peer)) {
        if (!samples.has(name)) samples.set(name, Array<null>(n).fill(null));
        samples.get(name)!.push(value);
      }
    }
    for (const values of samples.values()) if (values.length === n) values.push(null);
  }
  return [...samples].map(([series, values]) => ({ series, values: written(values) }));
}

function shownAt(story: readonly Turn[], who: 'one' | 'two', atS: number): Shown {
  const past = story.filter(([fromS]) => fromS <= atS).map(([, change]) => change);
  return past.reduce<Shown>(
    (shown, { both, [who]: own }) => ({ ...shown, ...both, ...own }),
    HEALTHY,
  );
}

function* scrape(
  shown: Shown,
  atS: number,
  instance: string,
  peer: string,
): Generator<[string, number]> {
  const target = `job="mainstay",instance="${instance}"`;
  yield [`up{${target}}`, shown.alive ? 1 : 0];
  if (!shown.alive) return;
  const one = (name: string, value: number | boolean, labels = ''): [string, number] => [
    `mainstay_${name}{${labels === '' ? '' : `${labels},`}cluster="ADA1",${target}}`,
    Number(value),
  ];
  yield one('build_info', 1, 'version="0.1.0",node="v20.20.2"');
  yield one('paused', shown.paused);
  yield one('peer_up', shown.hearsPeer, `peer="${peer}"`);
  for (const verdict of VERDICTS)
    yield one('verdict', verdict === shown.verdict, `verdict="${verdict}"`);
  for (const gate of GATES) yield one('gate', shown.gates.includes(gate), `gate="${gate}"`);
  for (const producer of PRODUCERS)
    yield one('target', producer === shown.target, `producer="${producer}"`);
  // One that stands still has done so from its start: only that its count does not grow matters.
  const rounds = shown.turns ? atS : 0;
  yield one('decisions_total', rounds, 'verdict="converged",outcome="none"');
  for (const [key, times] of Object.entries(shown.actions)) {
    const [action, result] = key.split('/');
    const labels = `haproxy="${PROXIES.find((proxy) => proxy !== peer)}",action="${action}",reason="sticky",result="${result}"`;
    yield one('actions_total', times, labels);
  }
  for (const haproxy of PROXIES) {
    const seen = !shown.unseen.includes(haproxy);
    yield one('haproxy_reachable', seen, `haproxy="${haproxy}"`);
    if (!seen) continue;
    yield one('last_look_timestamp_seconds', atS, `haproxy="${haproxy}"`);
    for (const server of [...PRODUCERS, 'canary']) {
      const at = `haproxy="${haproxy}",server="${server}"`;
      yield one('server_up', shown.up[`${haproxy}/${server}`] ?? 1, at);
      const { [`${haproxy}/${server}`]: now = 0, [`${haproxy}/${server}/old`]: old = 0 } =
        shown.sessions;
      yield one('sessions', now, `${at},worker="current"`);
      if (!shown.oldHidden.includes(haproxy)) yield one('sessions', old, `${at},worker="old"`);
    }
  }
}

/** In promtool's own words: `1x3` is four times 1; what is gone ends with `stale`. */
function written(values: readonly (number | null)[]): string {
  const words: string[] = [];
  for (let n = 0; n < values.length;) {
    const value = values[n] ?? null;
    let end = n;
    while (end < values.length && (values[end] ?? null) === value) end += 1;
    const times = end - n - 1;
    if (value !== null) words.push(`${value}x${times}`);
    else words.push(n === 0 ? `_x${times + 1}` : times === 0 ? 'stale' : `stale _x${times}`);
    n = end;
  }
  return words.join(' ');
}
