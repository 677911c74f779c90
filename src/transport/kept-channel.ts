// One connection to a HAProxy CLI that is kept in prompt mode, for one exchange after the other.
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { MAX_ANSWER_BYTES } from './exchange.ts';
import { failed } from './limit.ts';
import { GREETING, PromptReader } from './prompt-framing.ts';
import type { Role } from './role.ts';
import type { Dial, Wire } from './wire.ts';

const MAX_SAID = 200;
/** A far host needs some nine round trips for SSH; an exchange that cannot wait for that ends before. */
const OPEN_MS = 10_000;

interface Pending {
  readonly request: string;
  readonly reader: PromptReader;
  bytes: number;
  readonly settle: (result: Result<string, Trouble>) => void;
}

/**
 * Once anything is not as it should be (a fault, bytes that nobody asked for, the end of the stream), it is closed for
 * ever. Sends nothing before HAProxy has shown its prompt, and nothing twice.
 */
export class KeptChannel {
  readonly #wire: Wire;
  readonly #role: Role;
  #state: 'opening' | 'ready' | 'closed' = 'opening';
  readonly #opened: (trouble: Trouble | null) => void;
  readonly #openTimer: NodeJS.Timeout;
  #connected = false;
  #greeting = '';
  #retired = false;
  #pending: Pending | null = null;

  /** @param opened told once: null when HAProxy has shown its prompt, else why that has not come about */
  constructor(dial: Dial, role: Role, opened: (trouble: Trouble | null) => void) {
    this.#role = role;
    this.#opened = opened;
    this.#openTimer = setTimeout(
      () => this.close({ kind: 'timeout', afterMs: OPEN_MS, connected: this.#connected }),
      OPEN_MS,
    ).unref();
    this.#wire = dial({
      connected: () => {
        this.#connected = true;
      },
      ready: () => this.#wire.write('prompt\n'),
      data: (text) => this.#hear(text),
      ended: (trouble) => this.#ended(trouble),
    });
  }

  get isOpen(): boolean {
    return this.#state !== 'closed';
  }

  /** The other host has taken the connection. */
  get connected(): boolean {
    return this.#connected;
  }

  /** One at a time. The answers are given as over a connection of their own: together, without prompts. */
  exchange(commands: readonly string[]): Promise<Result<string, Trouble>> {
    return new Promise((resolve) => {
      this.#wire.hold(true);
      this.#pending = {
        request: `${commands.join('\n')}\n`,
        reader: new PromptReader(this.#role, commands.length),
        bytes: 0,
        settle: resolve,
      };
      if (this.#state === 'ready') this.#wire.write(this.#pending.request);
    });
  }

  /**
   * The exchange under way ends with this trouble. The connection is closed, but for one that is not open yet when time
   * is over: nothing has been sent on it, and the next exchange may find it open.
   */
  giveUp(trouble: Trouble): void {
    if (this.#state === 'opening' && trouble.kind === 'timeout') this.#settle(failed(trouble));
    else this.close(trouble);
  }

  /** At once; an exchange under way ends with this trouble. */
  close(trouble: Trouble): void {
    if (this.#state === 'closed') return;
    const wasOpening = this.#state === 'opening';
    this.#state = 'closed';
    clearTimeout(this.#openTimer);
    this.#wire.close();
    if (wasOpening) this.#opened(trouble);
    this.#settle(failed(trouble));
  }

  /** Closes once no exchange is under way. */
  retire(): void {
    this.#retired = true;
    if (this.#pending === null) this.close({ kind: 'abandoned' });
  }

  #hear(text: string): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'opening') this.#greet(text);
    else if (this.#pending === null) this.close({ kind: 'abandoned' });
    else this.#read(this.#pending, text);
  }

  #greet(text: string): void {
    this.#greeting += text;
    const expected = GREETING[this.#role];
    if (this.#greeting === expected) {
      this.#state = 'ready';
      clearTimeout(this.#openTimer);
      this.#opened(null);
      if (this.#pending === null) this.#wire.hold(false);
      else this.#wire.write(this.#pending.request);
    } else if (!expected.startsWith(this.#greeting)) {
      this.close({ kind: 'protocol', said: this.#greeting.slice(0, MAX_SAID) });
    }
  }

  #read(pending: Pending, text: string): void {
    pending.bytes += text.length;
    if (pending.bytes > MAX_ANSWER_BYTES) {
      this.close({ kind: 'too-large', limitBytes: MAX_ANSWER_BYTES });
      return;
    }
    const heard = pending.reader.hear(text);
    switch (heard) {
      case 'more':
        return;
      case 'whole':
        return this.#settle({ ok: true, value: pending.reader.text() });
      case 'gone':
        this.#settle({ ok: true, value: pending.reader.text() });
        return this.close({ kind: 'abandoned' });
      case 'too-much':
        // What followed shows that a prompt was none: the answers cannot be told apart.
        return this.close({ kind: 'protocol', said: text.slice(-MAX_SAID) });
      default:
        return heard satisfies never;
    }
  }

  #ended(trouble: Trouble | null): void {
    const bytes = this.#pending?.bytes ?? 0;
    if (trouble !== null) {
      this.close(trouble.kind === 'truncated' ? { ...trouble, bytes } : trouble);
      return;
    }
    const text = this.#pending?.reader.text() ?? '';
    // As without prompts: whether it is whole is for the reader to find, and a master may end with nothing said.
    if (this.#state === 'ready' && (text !== '' || this.#role === 'master'))
      this.#settle({ ok: true, value: text });
    this.close({ kind: 'truncated', bytes });
  }

  #settle(result: Result<string, Trouble>): void {
    const pending = this.#pending;
    this.#pending = null;
    if (this.#state !== 'closed') this.#wire.hold(false);
    pending?.settle(result);
    if (this.#retired) this.close({ kind: 'abandoned' });
  }
}
