// Where an answer ends: with an empty line (management.txt 9.3). What has no end is a fault, never data.
import type { Fault, Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';

const SAID_CHARS = 200;

/** A command of the Runtime API: what is sent for its arguments, and how the answer to that is read. */
export interface Command<Args extends readonly unknown[], T> {
  /** Throws where an argument may not stand in a command: a bug. */
  readonly line: (...args: Args) => string;
  /** `answer` is whole, with its closing empty line, as HAProxy sends it or `splitAnswers` cuts it. Never throws. */
  readonly read: (answer: string, ...args: Args) => Result<T, Trouble>;
}

/** The same result; a trouble becomes the fault of whoever was asked, as the configuration writes it. */
export function at<T>(address: string, result: Result<T, Trouble>): Result<T, Fault> {
  return result.ok ? result : { ok: false, fault: { ...result.fault, address } };
}

/** A protocol fault that carries the start of what HAProxy said. */
export function unexpected(said: string): { readonly ok: false; readonly fault: Trouble } {
  return { ok: false, fault: { kind: 'protocol', said: said.slice(0, SAID_CHARS) } };
}

/** The fault of an answer that ended too early. */
export function truncated(text: string): { readonly ok: false; readonly fault: Trouble } {
  return { ok: false, fault: { kind: 'truncated', bytes: text.length } };
}

/**
 * Cuts the answer to a line of `count` commands into one answer a command, each with its closing empty line.
 * The last one gets all the rest: only there may an answer hold empty lines of its own, as `show stat` can when
 * a producer gets a newline into the text of its health check. Whether that last one is whole, its reader finds.
 */
export function splitAnswers(text: string, count: number): Result<readonly string[], Trouble> {
  const answers: string[] = [];
  let from = 0;
  while (answers.length < count - 1) {
    const to = endOfAnswer(text, from);
    if (to === null) return truncated(text);
    answers.push(text.slice(from, to));
    from = to;
  }
  return { ok: true, value: [...answers, text.slice(from)] };
}

/**
 * What stands before the closing empty line: '', or lines that each end with a newline. The answers that any
 * command can get are recognised here: `Permission denied` is `denied`, `Unknown command…` is `protocol`.
 */
export function answerBody(answer: string, command: string): Result<string, Trouble> {
  if (answer === '\n') return { ok: true, value: '' };
  if (!answer.endsWith('\n\n')) return truncated(answer);
  if (answer === 'Permission denied\n\n') return { ok: false, fault: { kind: 'denied', command } };
  if (answer.startsWith('Unknown command')) return unexpected(answer);
  return { ok: true, value: answer.slice(0, -1) };
}

function endOfAnswer(text: string, from: number): number | null {
  if (text[from] === '\n') return from + 1;
  const lastLine = text.indexOf('\n\n', from);
  return lastLine === -1 ? null : lastLine + 2;
}
