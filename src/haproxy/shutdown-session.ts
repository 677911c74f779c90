// `shutdown session <id>`: closes one stream (management.txt 9.3, level admin). The only way in an old worker.
import { answerBody, unexpected, type Command } from './answer.ts';

/** `gone`: it had ended already, which is as good. */
type Closing = 'closing' | 'gone';

/** Whether `text` is a session's pointer as `show sess` prints it. */
export function isSessionId(text: string): boolean {
  return /^0x[0-9a-f]{1,16}$/.test(text);
}

export const shutdownSession: Command<[id: string], Closing> = {
  line(id) {
    if (!isSessionId(id))
      throw new TypeError(`not a session id: ${JSON.stringify(id.slice(0, 80))}`);
    return `shutdown session ${id}`;
  },
  read(answer) {
    const body = answerBody(answer, 'shutdown session');
    if (!body.ok) return body;
    if (body.value === '') return { ok: true, value: 'closing' };
    if (body.value.startsWith('No such session')) return { ok: true, value: 'gone' };
    return unexpected(answer);
  },
};
