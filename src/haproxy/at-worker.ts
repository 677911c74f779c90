// Commands that a master hands to one of its workers, by `@!<pid>` before each (management.txt 9.4).
import { oneLine } from './line.ts';

/**
 * The commands in one line. Each has its own prefix: one for all would change the target of a session in prompt mode.
 * Their answers follow each other as a worker gives them. Throws where `pid` is none or the line is too long: a bug.
 */
export function atWorker(pid: number, ...commands: readonly string[]): string {
  if (!Number.isSafeInteger(pid) || pid <= 0) throw new TypeError(`not a pid: ${pid}`);
  return oneLine(...commands.map((command) => `@!${pid} ${command}`));
}

/**
 * Whether the master says that this worker has ended. It may have answered the first commands of the line before that,
 * and HAProxy drops the commands that follow.
 */
export function isGone(text: string, pid: number): boolean {
  const words = `Can't find the target PID matching the prefix '@!${pid}'\n`;
  const before = text.slice(0, -words.length);
  return text.endsWith(words) && /^$|^\n+$|\n\n$/.test(before);
}
