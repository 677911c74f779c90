// A stick table, as its section declares it, and whom it is replicated to (configuration.txt 4.2 "stick-table", 3.5 "peers").
import type { Section, Spot, Statement } from './config-file.ts';
import { readTimeMs } from './config-time.ts';

export interface StickTable {
  readonly spot: Spot;
  /** `integer`, `ip`, `string`, … */
  readonly type: string;
  /** What each entry holds: `gpt0`, `conn_cnt`, … */
  readonly stores: readonly string[];
  /** How long an entry lives after it was last written; null: for ever. */
  readonly expireMs: number | null;
  /** Of the `peers` section that it is replicated by; null: none. */
  readonly peers: Peers | null;
}

export interface Peers {
  readonly section: string;
  /** The names of all that it lists, this HAProxy's own among them; null: they cannot be known. */
  readonly names: readonly string[] | null;
}

/** Sections that may hold a table, which is then known by their name. */
const HOLDERS: ReadonlySet<string> = new Set(['backend', 'listen', 'frontend']);

/** Options of the line that are followed by a value. */
const WITH_VALUE: ReadonlySet<string> = new Set(
  'type size expire store peers srvkey write-to brates-factor len'.split(' '),
);

/** Never throws. `absent`: no section of that name has a table; `unclear`: that hangs on an `.if` or a variable. */
export function readTable(
  sections: readonly Section[],
  name: string,
): StickTable | 'absent' | 'unclear' {
  const holders = sections.filter(({ kind }) => HOLDERS.has(kind));
  const lines = holders
    .filter((section) => section.name === name)
    .flatMap((section) => section.statements.map((line) => ({ ...line, in: section })))
    .filter(({ words }) => words[0] === 'stick-table');
  const [line] = lines;
  if (line === undefined) return holders.every(({ sure }) => sure) ? 'absent' : 'unclear';
  const table = lines.length === 1 && line.sure && line.in.sure ? tableOf(line) : null;
  if (table === null) return 'unclear';
  const { peers } = table;
  return { ...table, peers: peers === null ? null : peersOf(sections, peers) };
}

/** What this HAProxy calls itself among its peers; null: not said in its file, or not to be known. */
export function localPeer(sections: readonly Section[]): string | null {
  const lines = sections
    .filter(({ kind }) => kind === 'global')
    .flatMap(({ statements, sure }) =>
      statements.map((line) => ({ ...line, sure: sure && line.sure })),
    )
    .filter(({ words }) => words[0] === 'localpeer');
  const last = lines.at(-1);
  return lines.every(({ sure }) => sure) ? (last?.words[1] ?? null) : null;
}

function tableOf({ words, spot }: Statement) {
  const values = new Map<string, string[]>();
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (WITH_VALUE.has(word))
      values.set(word, [...(values.get(word) ?? []), words[(at += 1)] ?? '']);
  }
  const last = (word: string): string | null => values.get(word)?.at(-1) ?? null;
  const expire = last('expire');
  const expireMs = expire === null ? null : readTimeMs(expire);
  if (expire !== null && expireMs === null) return null;
  return {
    spot,
    type: last('type') ?? '',
    stores: (values.get('store') ?? []).flatMap((list) => list.split(',')),
    expireMs,
    peers: last('peers'),
  };
}

/** Each has a `peer` line; or a `server` line, which for this HAProxy itself has no address. */
function peersOf(sections: readonly Section[], name: string): Peers {
  const found = sections.filter((section) => section.kind === 'peers' && section.name === name);
  const lines = found
    .flatMap(({ statements }) => statements)
    .filter(({ words: [first] }) => first === 'peer' || first === 'server');
  const known =
    found.length > 0 && found.every(({ sure }) => sure) && lines.every(({ sure }) => sure);
  return { section: name, names: known ? lines.map(({ words }) => words[1] ?? '') : null };
}
