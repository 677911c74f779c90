// `set table <table> key 1 data.gpt0 <id>`: writes the pin, and begins its lease anew (management.txt 9.3, level operator).
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { answerBody, unexpected, type Command } from './answer.ts';
import { nameInCommand } from './charset.ts';

/** HAProxy's ids of servers are positive ints (configuration.txt 5.2, "id"). */
const MAX_ID = 2 ** 31 - 1;

/**
 * `serverId` 0 releases the pin; `clear table` would too, but peers are not told of that. Can be sent twice. Faults:
 * `denied`; `protocol` with HAProxy's words where there is no such table, or none with `gpt0`.
 */
export const setPin: Command<[table: string, serverId: number], 'set'> = {
  line(table, serverId) {
    if (!Number.isInteger(serverId) || serverId < 0 || serverId > MAX_ID)
      throw new TypeError(`not a server's id: ${serverId}`);
    return `set table ${nameInCommand(table)} key 1 data.gpt0 ${serverId}`;
  },
  read: readWritten,
};

/** The answer to `set table`, whichever key was written. */
export function readWritten(answer: string): Result<'set', Trouble> {
  const body = answerBody(answer, 'set table');
  if (!body.ok) return body;
  return body.value === '' ? { ok: true, value: 'set' } : unexpected(answer);
}
