// One backend or listen section with all that it inherits from its `defaults` sections (configuration.txt 4).
import type { Section, Spot, Statement } from './config-file.ts';
import {
  readOptions,
  readServers,
  type GivenServer,
  type ServerLine,
  type ServerOptions,
} from './config-server.ts';
import { readTimeMs } from './config-time.ts';
import { readCount } from './number.ts';

/** The value of a setting with its default filled in and where it is given, or null: it cannot be known. */
export type Setting<T> = { readonly value: T; readonly spot: Spot | null } | null;

export interface BackendConfig {
  /** `backend` or `listen`. */
  readonly kind: string;
  readonly spot: Spot;
  readonly retries: Setting<number>;
  /** `timeout connect` in ms; Infinity where it is not set. */
  readonly connectMs: Setting<number>;
  readonly redispatch: Setting<boolean>;
  readonly allbackups: Setting<boolean>;
  /** Whether clients are sent where a stick table remembers them: `stick on`, `stick match`. */
  readonly sticks: Setting<boolean>;
  /** `load-server-state-from-file`: `global`, `local` or `none`. */
  readonly loadsState: Setting<string>;
  /** In the order of the file; null where they cannot be known. */
  readonly servers: readonly ServerLine[] | null;
  /** All of its lines, after those that it inherits. */
  readonly statements: readonly Statement[];
}

/** `defaults` sections may inherit from each other; nobody needs more than this. */
const MAX_ANCESTORS = 32;

/** Never throws. `absent`: there is no such section; `unclear`: it, or what it inherits, hangs on an `.if` or a variable. */
export function readBackend(
  sections: readonly Section[],
  name: string,
): BackendConfig | 'absent' | 'unclear' {
  const backends = sections.filter(({ kind }) => kind === 'backend' || kind === 'listen');
  const section = backends.find((one) => one.name === name);
  if (section === undefined) return backends.every(({ sure }) => sure) ? 'absent' : 'unclear';
  const all = inherited(sections, section);
  if (all === null) return 'unclear';
  return {
    kind: section.kind,
    spot: section.spot,
    retries: setting(all, ['retries'], 3, ([value]) => readCount(value)),
    connectMs: setting(all, ['timeout', 'connect'], Infinity, ([value]) => readTimeMs(value)),
    redispatch: setting(all, ['option', 'redispatch'], false, ([every]) => every !== '0'),
    allbackups: setting(all, ['option', 'allbackups'], false, () => true),
    sticks: sticksOf(all),
    loadsState: setting(all, ['load-server-state-from-file'], 'none', ([from]) => from ?? null),
    servers: serversOf(all),
    statements: all,
  };
}

/** Its statements after those that it inherits; null where these cannot be known. */
function inherited(sections: readonly Section[], section: Section): readonly Statement[] | null {
  const chain = [section];
  while (chain.length <= MAX_ANCESTORS) {
    const [oldest = section] = chain;
    if (!oldest.sure) return null;
    const base = baseOf(sections, oldest);
    if (base === 'unknown') return null;
    if (base === null) return chain.flatMap(({ statements }) => statements);
    chain.unshift(base);
  }
  return null;
}

/** A section starts from the `defaults` that it names, else from the last ones before it; `defaults` from those that they name only. */
function baseOf(sections: readonly Section[], section: Section): Section | null | 'unknown' {
  const { from } = section;
  if (section.kind === 'defaults' && from === null) return null;
  const base = sections
    .slice(0, sections.indexOf(section))
    .findLast(({ kind, name }) => kind === 'defaults' && (from === null || name === from));
  return base ?? (from === null ? null : 'unknown');
}

/** The last statement that begins with `keyword` holds; `no` and `default` before it bring the default back. */
function setting<T>(
  statements: readonly Statement[],
  keyword: readonly string[],
  initial: T,
  read: (values: readonly string[]) => T | null,
): Setting<T> {
  let found: Setting<T> = { value: initial, spot: null };
  for (const { words, spot, sure } of statements) {
    const resets = words[0] === 'no' || words[0] === 'default';
    const own = resets ? words.slice(1) : words;
    if (!keyword.every((word, i) => own[i] === word)) continue;
    const value = resets ? initial : read(own.slice(keyword.length));
    found = !sure || value === null ? null : { value, spot };
  }
  return found;
}

/** Each `stick` rule adds to those before it. */
function sticksOf(statements: readonly Statement[]): Setting<boolean> {
  const rules = statements.filter(
    ({ words: [first, second] }) => first === 'stick' && (second === 'on' || second === 'match'),
  );
  const rule = rules.find(({ sure }) => sure);
  if (rule !== undefined) return { value: true, spot: rule.spot };
  return rules.length > 0 ? null : { value: false, spot: null };
}

/** A `default-server` line counts for the servers below it. */
function serversOf(statements: readonly Statement[]): readonly ServerLine[] | null {
  const servers: GivenServer[] = [];
  let defaults: ServerOptions = new Map();
  for (const statement of statements) {
    const { words, sure } = statement;
    if (words[0] === 'default-server') {
      if (!sure) return null;
      defaults = readOptions(words.slice(1), defaults);
    }
    if (words[0] !== 'server' && words[0] !== 'server-template') continue;
    const found = readServers(statement, defaults);
    if (found === null) return null;
    servers.push(...found);
  }
  return withIds(servers);
}

/** As HAProxy itself numbers those without an id (configuration.txt 5.2 "id"): by their place, past what is taken. */
function withIds(servers: readonly GivenServer[]): readonly ServerLine[] {
  const taken = new Set(servers.map(({ id }) => id));
  let next = 0;
  return servers.map((server) => {
    next += 1;
    if (server.id === null) while (taken.has(next)) next += 1;
    return { ...server, id: server.id ?? next };
  });
}
