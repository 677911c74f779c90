// `set table <table> key 2 data.gpt0 1`: the heartbeat of the supervisor beside this HAProxy, a lease like the pin's.
import type { Command } from './answer.ts';
import { nameInCommand } from './charset.ts';
import { readWritten } from './set-pin.ts';

/**
 * `beats` true begins its lease anew, false ends it at once. Can be sent twice. Faults: `denied`; `protocol` with
 * HAProxy's words where there is no such table, or none with `gpt0`.
 */
export const setBeat: Command<[table: string, beats: boolean], 'set'> = {
  line: (table, beats) => `set table ${nameInCommand(table)} key 2 data.gpt0 ${beats ? 1 : 0}`,
  read: readWritten,
};
