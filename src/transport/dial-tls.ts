// A connection to a TLS frontend that HAProxy has before its socket; both sides show a certificate.
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { Address } from '../domain/config.ts';
import { readTls } from './key-files.ts';
import { tlsTrouble } from './tls-trouble.ts';
import { troubleOf } from './trouble-of.ts';
import type { Dial } from './wire.ts';

export function dialTls({ host, port, tls }: Address & { readonly kind: 'tls' }): Dial {
  return (events) => {
    let socket: TLSSocket | null = null;
    let closed = false;
    const begin = async (): Promise<void> => {
      const files = await readTls(tls);
      if (closed) return;
      if (!files.ok) return events.ended(files.fault);
      socket = connect({
        host,
        port,
        // RFC 6066, 3: no address stands there. Where the configuration has a name, it goes before the host.
        ...(isIP(host) === 0 && { servername: host }),
        ...files.value,
      });
      listen(socket);
    };
    const listen = (to: TLSSocket): void => {
      let connected = false;
      let secure = false;
      to.setNoDelay(true);
      to.setEncoding('latin1');
      to.on('connect', () => {
        connected = true;
        events.connected();
      });
      to.on('secureConnect', () => {
        secure = true;
        events.ready();
      });
      to.on('data', (text: string) => events.data(text));
      // Before the handshake has ended an error follows, which says more.
      to.on('end', () => secure && events.ended(null));
      to.on('close', () => events.ended(null));
      to.on('error', (error: NodeJS.ErrnoException & { readonly reason?: string }) => {
        const { code = error.message } = error;
        // With TLS 1.3 a refused client learns of it only after its own handshake has ended.
        const isTls = connected && (!secure || code.startsWith('ERR_SSL_'));
        events.ended(isTls ? tlsTrouble(code, error.reason) : troubleOf(error));
      });
    };
    void begin();
    return {
      write: (text) => void socket?.write(text, 'latin1'),
      hold: (busy) => void (busy ? socket?.ref() : socket?.unref()),
      close: () => {
        closed = true;
        socket?.destroy();
      },
    };
  };
}
