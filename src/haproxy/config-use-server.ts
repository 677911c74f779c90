// The `use-server` lines of a backend that follow a pin (configuration.txt 4.2 "use-server", 7.1 "acl", 7.3.3 "table_gpt0").
import type { Spot, Statement } from './config-file.ts';
import { readCount } from './number.ts';

/** While gpt0 of key 1 is one of `ids`, new connections go to `server`. */
export interface PinRule {
  readonly server: string;
  readonly ids: readonly number[];
  readonly spot: Spot;
}

/** In the order in which HAProxy asks them; null where one has a condition that is more than the pin, or is not to be known. */
export function readPinRules(
  statements: readonly Statement[],
  table: string,
): readonly PinRule[] | null {
  const fetched = `table_gpt0(${table})`;
  const acls = aclsOf(statements, fetched);
  const asks = ({ words }: Statement): boolean =>
    words.some((word) => word.includes(fetched) || acls.has(word.replace(/^!/, '')));
  const rules = statements
    .filter((line) => line.words[0] === 'use-server' && asks(line))
    .map(({ words: [, server = '', ...condition], sure, spot }) => {
      const ids = sure && !server.includes(fetched) ? idsOf(condition, fetched, acls) : null;
      return ids === null ? null : { server, ids, spot };
    });
  return rules.every((rule) => rule !== null) ? rules : null;
}

type Acls = ReadonlyMap<string, readonly number[] | null>;

/** Those that ask for the pin: lines of one name are alternatives. Null: one of them asks for something else. */
function aclsOf(statements: readonly Statement[], fetched: string): Acls {
  const lines = statements.filter(({ words }) => words[0] === 'acl');
  const named = lines.filter(({ words }) => words.some((word) => word.includes(fetched)));
  return new Map(
    named.map(({ words: [, name = ''] }) => {
      const ids = lines
        .filter(({ words }) => words[1] === name)
        .map(({ words, sure }) => (sure ? testedIds(words.slice(2), fetched) : null));
      return [name, ids.every((each) => each !== null) ? ids.flat() : null];
    }),
  );
}

/** `if { TEST }` or `if ACL`. */
function idsOf(
  [first, ...words]: readonly string[],
  fetched: string,
  acls: Acls,
): readonly number[] | null {
  if (first !== 'if') return null;
  const [only = ''] = words;
  if (words.length === 1) return acls.get(only) ?? null;
  const anonymous = only === '{' && words.indexOf('}') === words.length - 1;
  return anonymous ? testedIds(words.slice(1, -1), fetched) : null;
}

/** `int(1),table_gpt0(TABLE) [-m int] [eq] ID…` */
function testedIds([sample, ...words]: readonly string[], fetched: string): number[] | null {
  if (sample !== `int(1),${fetched}`) return null;
  const ids = words
    .join(' ')
    .replace(/^(?:-m int )?(?:eq )?/, '')
    .split(' ')
    .map(readCount);
  return ids.every((id) => id !== null) ? ids : null;
}
