// `show events`: the rings that a HAProxy writes its logs into, as far as they are the operator's (management.txt 9.3).
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName } from './charset.ts';

/** HAProxy's own rings, in which no log line stands. */
const OWN: ReadonlySet<string> = new Set(['buf0', 'dpapi', 'startup-logs']);

/** The names of the sections `ring` (configuration.txt, "Rings"), in HAProxy's order. `viaMaster`: asked for its worker. */
export const showEvents: Command<[viaMaster: boolean], readonly string[]> = {
  line: (viaMaster) => `${viaMaster ? '@1 ' : ''}show events`,
  read(answer) {
    const body = answerBody(answer, 'show events');
    if (!body.ok) return body;
    const [header = '', ...lines] = body.value.split('\n').slice(0, -1);
    if (!header.startsWith('Supported events sinks')) return unexpected(answer);
    const names = lines.map((line) => /^ +(\S+) *: type=buffer, /.exec(line)?.[1] ?? '');
    return { ok: true, value: names.filter((name) => isName(name) && !OWN.has(name)) };
  },
};
