// `show cli level`: what this connection may do (management.txt 9.3).
import type { Level } from '../domain/view.ts';
import { answerBody, unexpected, type Command } from './answer.ts';

export const showCliLevel: Command<[], Level> = {
  line: () => 'show cli level',
  read(answer) {
    const body = answerBody(answer, 'show cli level');
    if (!body.ok) return body;
    const level = body.value.slice(0, -1);
    if (level !== 'user' && level !== 'operator' && level !== 'admin') return unexpected(answer);
    return { ok: true, value: level };
  },
};
