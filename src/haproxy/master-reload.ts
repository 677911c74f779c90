// `reload`, told to the master: a new worker loads the configuration, the old ones stop (management.txt 9.4).
import { answerBody, unexpected, type Command } from './answer.ts';
import { printable } from './printable.ts';

const MAX_SAID_CHARS = 2000;

/**
 * `loaded`: the new worker serves. `unknown`: HAProxy before 2.7 ends the connection without a word; `show proc` counts
 * its reloads and those that failed. Faults: `reload-failed` with HAProxy's log, what it complains of first;
 * `truncated`, after which it may have reloaded all the same; `denied`, `protocol`.
 */
export const masterReload: Command<[], 'loaded' | 'unknown'> = {
  line: () => 'reload',
  read(answer) {
    if (answer === '' || answer === '\n') return { ok: true, value: 'unknown' };
    const body = answerBody(answer, 'reload');
    if (!body.ok) return body;
    const [result, ...log] = body.value.split('\n');
    if (result === 'Success=1') return { ok: true, value: 'loaded' };
    if (result !== 'Success=0') return unexpected(answer);
    return { ok: false, fault: { kind: 'reload-failed', said: inShort(log) } };
  },
};

/** The lines of a log that say something, `[ALERT]` first, as one line of printable characters. */
function inShort(log: readonly string[]): string {
  const lines = log.filter((line) => line !== '' && line !== '--').map(printable);
  const alerts = lines.filter((line) => line.startsWith('[ALERT]'));
  const others = lines.filter((line) => !line.startsWith('[ALERT]'));
  return [...alerts, ...others]
    .map((line) => line.replaceAll(/ {2,}/g, ' ').trim())
    .join(' | ')
    .slice(0, MAX_SAID_CHARS);
}
