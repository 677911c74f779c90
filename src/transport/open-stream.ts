// A connection of its own on which HAProxy goes on talking: line by line, for as long as it is heard from.
import { setMaxListeners } from 'node:events';
import type { Address } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { StreamLink } from '../domain/ports.ts';
import { oneLine } from '../haproxy/line.ts';
import { BoundedLines } from './bounded-lines.ts';
import { dialSocket } from './dial-socket.ts';
import { dialSsh } from './dial-ssh.ts';
import { dialTls } from './dial-tls.ts';
import type { Dial } from './wire.ts';

/** Opens nothing yet. By every way it is a connection of its own, without prompts, that ends with the stream. */
export function openStream(address: Address): StreamLink {
  const dial = dialTo(address);
  return {
    address: address.text,
    stream: async (line, hear, limit) => {
      const trouble = await listen(dial, line, hear, limit);
      return trouble === null ? null : { ...trouble, address: address.text };
    },
  };
}

function dialTo(address: Address): Dial {
  switch (address.kind) {
    case 'unix':
    case 'tcp':
      return dialSocket(address);
    case 'tls':
      return dialTls(address);
    case 'ssh':
      return dialSsh(address);
    default:
      return address satisfies never;
  }
}

/** Sends the line once. An end before anything was said, or in the middle of a line, is `truncated`. */
function listen(
  dial: Dial,
  line: string,
  hear: (line: string) => void,
  { silenceMs, signal }: Parameters<StreamLink['stream']>[2],
): Promise<Trouble | null> {
  const request = `${oneLine(line)}\n`;
  if (signal.aborted) return Promise.resolve({ kind: 'abandoned' });
  return new Promise((resolve) => {
    const lines = new BoundedLines();
    let connected = false;
    let over = false;
    const settle = (trouble: Trouble | null): void => {
      over = true;
      clearTimeout(silence);
      signal.removeEventListener('abort', abandon);
      wire.close();
      resolve(trouble);
    };
    const abandon = (): void => settle({ kind: 'abandoned' });
    const silence = setTimeout(
      () => settle({ kind: 'timeout', afterMs: silenceMs, connected }),
      silenceMs,
    );
    // One signal may end many streams: that is no leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', abandon);
    const wire = dial({
      connected: () => {
        connected = true;
      },
      ready: () => wire.write(request),
      data: (text) => {
        // Whoever hears a line may have enough of them.
        if (over) return;
        for (const said of lines.add(text)) {
          silence.refresh();
          hear(said);
          if (over) return;
        }
      },
      ended: (trouble) => {
        if (!over) settle(endOf(trouble, lines));
      },
    });
  });
}

function endOf(trouble: Trouble | null, { chars, isWhole }: BoundedLines): Trouble | null {
  if (trouble !== null && trouble.kind !== 'truncated') return trouble;
  return trouble === null && isWhole && chars > 0 ? null : { kind: 'truncated', bytes: chars };
}
