// `show version`: the version alone, `2.6.12-1+deb12u4` (management.txt 9.3).
import { answerBody, unexpected, type Command } from './answer.ts';

/** Whatever a distribution made of it, but short, printable and one line: it ends in logs and labels. */
const VERSION = /^[\x20-\x7e]{1,100}$/;

export const showVersion: Command<[], string> = {
  line: () => 'show version',
  read(answer) {
    const body = answerBody(answer, 'show version');
    if (!body.ok) return body;
    const version = body.value.slice(0, -1);
    return isVersion(version) ? { ok: true, value: version } : unexpected(answer);
  },
};

/** Whether `text` can be a version. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}
