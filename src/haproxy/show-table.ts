// `show table <table> data.gpt0 gt 0`: the pin, `gpt0` of key 1 in a stick table, and the heartbeat of key 2 (management.txt 9.3).
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Pin } from '../domain/view.ts';
import { answerBody, unexpected, type Command } from './answer.ts';
import { nameInCommand } from './charset.ts';
import { readCount } from './number.ts';

const PIN_KEY = 1;
const BEAT_KEY = 2;

/**
 * The filter leaves out entries without a pin, so that a big table named by mistake stays short; and where the table
 * has no `gpt0`, HAProxy says so even while it is empty. Whatever else stands in the table is passed over, and so is a
 * pin of 0, which is none. In a table without `expire` a pin has a lease of 0, and a heartbeat one of 1: it stands. Faults: `protocol`, `truncated`.
 */
export const showTable: Command<[table: string], Pin> = {
  line: (table) => `show table ${nameInCommand(table)} data.gpt0 gt 0`,
  read(answer, table) {
    const body = answerBody(answer, 'show table');
    if (!body.ok) return body.fault.kind === 'denied' ? pin('denied') : body;
    if (body.value === 'No such table\n') return pin('no-table');
    if (/^[^\n]*Data type not stored in this table\n$/.test(body.value)) return pin('unfit');
    const [header = '', ...lines] = body.value.split('\n').slice(0, -1);
    const [, name, type] = /^# table: (\S+), type: (\S+), /.exec(header) ?? [];
    if (name !== table) return unexpected(answer);
    if (type !== 'integer') return pin('unfit');
    if (lines[0]?.startsWith('# contents not dumped') === true) return pin('denied');
    return readEntries(lines);
  },
};

function readEntries(lines: readonly string[]): Result<Pin, Trouble> {
  const entries = new Map<number, { readonly leaseMs: number; readonly value: number }>();
  for (const line of lines) {
    const [head = '', ...words] = line.split(' ');
    const key = numberOf(words, 'key');
    const leaseMs = numberOf(words, 'exp');
    const value = numberOf(words, 'gpt0');
    if (!/^0x[0-9a-f]+:$/.test(head)) return unexpected(line);
    if (key === null || leaseMs === null || value === null) return unexpected(line);
    if (key !== PIN_KEY && key !== BEAT_KEY) continue;
    if (entries.has(key)) return unexpected(line);
    entries.set(key, { leaseMs, value });
  }
  const pinned = entries.get(PIN_KEY);
  const beat = entries.get(BEAT_KEY);
  return {
    ok: true,
    value: {
      kind: 'table',
      serverId: pinned?.value ?? 0,
      leaseMs: pinned?.leaseMs ?? 0,
      ...(beat?.value === 1 && { heartbeatMs: Math.max(beat.leaseMs, 1) }),
    },
  };
}

/** The number of the one word `name=number`; null where there is none, or more than one. */
function numberOf(words: readonly string[], name: string): number | null {
  const found = words.filter((word) => word.startsWith(`${name}=`));
  return found.length === 1 ? readCount(found[0]?.slice(name.length + 1)) : null;
}

function pin(kind: Exclude<Pin['kind'], 'table'>): Result<Pin, Trouble> {
  return { ok: true, value: { kind } };
}
