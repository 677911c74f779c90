// `show events <ring> -w -n`: what is sent to follow a ring from now on, and how HAProxy says no (management.txt 9.3).
import { nameInCommand } from './charset.ts';
import { oneLine } from './line.ts';

/** How long HAProxy lets a stream be silent, in s: `stats timeout` is 10 s by default, and ends one on some versions. */
const TIMEOUT_S = 60;

/**
 * Answered by an empty line, and then by the ring's lines as they come; level operator. `viaMaster`: for its worker, of
 * HAProxy 3.2 or later. Throws where `ring` is no name: a bug.
 */
export function eventsLine(ring: string, viaMaster: boolean): string {
  const line = oneLine(`set timeout cli ${TIMEOUT_S}`, `show events ${nameInCommand(ring)} -w -n`);
  return viaMaster ? `@@1 ${line}` : line;
}

/** Whether the first words of the answer are a refusal: no such ring, a level that is too low, a master before 3.2. */
export function isRefusal(line: string): boolean {
  return (
    line === 'Permission denied' ||
    line === 'No such event sink' ||
    line.startsWith("Can't find the target") ||
    line.startsWith('Unknown command')
  );
}
