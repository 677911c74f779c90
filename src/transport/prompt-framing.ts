// HAProxy's prompt mode, pure (management.txt 9.3 "prompt"): where each answer ends when the connection stays open.
import type { Role } from './role.ts';

/** What HAProxy says to `prompt`, after which it takes commands: one a line, with one prompt after each answer. */
export const GREETING: Readonly<Record<Role, string>> = { worker: '\n> ', master: 'master> ' };

/**
 * An answer ends with an empty line, which stands for the whole where there is nothing to say; then comes the prompt.
 * A worker's prompt is `\n> ` and begins with the newline that ends its answer elsewhere.
 */
const END: Readonly<Record<Role, string>> = { worker: '\n\n> ', master: '\n\nmaster> ' };

/** The one answer of a master without an empty line. What was sent behind the command is dropped, unanswered. */
const GONE = /^\nCan't find the target PID matching the prefix [^\n]*\n/;
/** Longer than that answer can be. */
const GONE_CHARS = 200;

/** `more` has to come; `whole`: every command has its answer; `gone`: no further answer can be told from another. */
export type Heard = 'more' | 'whole' | 'gone' | 'too-much';

/** Reads the answers to as many commands as were sent. */
export class PromptReader {
  readonly #role: Role;
  #left: number;
  #done = '';
  /** The answer that is being read, after a newline which an empty answer needs before its own to look like any other. */
  #parts: string[] = [];
  #tail = '\n';

  constructor(role: Role, commands: number) {
    this.#role = role;
    this.#left = commands;
  }

  hear(chunk: string): Heard {
    const mark = END[this.#role];
    let text = this.#tail + chunk;
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark)) {
      if (this.#left === 0) return 'too-much';
      this.#left -= 1;
      this.#parts.push(text.slice(0, at + 2));
      this.#done += this.#parts.join('').slice(1);
      this.#parts = [];
      text = `\n${text.slice(at + mark.length)}`;
    }
    // A mark may have begun at the end of what came.
    const keep = this.#parts.length === 0 ? GONE_CHARS : mark.length;
    if (text.length > keep) this.#parts.push(text.slice(0, -mark.length));
    this.#tail = text.length > keep ? text.slice(-mark.length) : text;
    if (this.#left === 0) return this.#tail === '\n' ? 'whole' : 'too-much';
    const gone = this.#role === 'master' ? GONE.exec(this.#tail) : null;
    if (gone === null) return 'more';
    this.#tail = gone[0];
    return 'gone';
  }

  /** What came up to now, as it would have come without prompts. */
  text(): string {
    return this.#done + (this.#parts.join('') + this.#tail).slice(1);
  }
}
