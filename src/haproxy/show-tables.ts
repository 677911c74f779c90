// `show table` alone: which stick tables there are (management.txt 9.3). What they hold is for show-table.ts.
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName } from './charset.ts';

/** More than a HAProxy has in earnest. */
const MAX_TABLES = 1000;

/** The names of those whose keys are integers, in HAProxy's order. Level `user` is enough. Faults: `protocol`, `truncated`. */
export const showTables: Command<[], readonly string[]> = {
  line: () => 'show table',
  read(answer) {
    const body = answerBody(answer, 'show table');
    if (!body.ok) return body;
    const lines = body.value.split('\n').slice(0, -1);
    if (lines.length > MAX_TABLES) return unexpected(answer);
    const found: string[] = [];
    for (const line of lines) {
      const [, name = '', type] = /^# table: (\S+), type: (\w+), /.exec(line) ?? [];
      if (!isName(name)) return unexpected(line);
      if (type === 'integer') found.push(name);
    }
    return { ok: true, value: found };
  },
};
