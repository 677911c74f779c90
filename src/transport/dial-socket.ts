// A connection to a socket of this host, or by plain TCP.
import { connect } from 'node:net';
import type { Address } from '../domain/config.ts';
import { troubleOf } from './trouble-of.ts';
import type { Dial } from './wire.ts';

export function dialSocket(address: Address & { readonly kind: 'unix' | 'tcp' }): Dial {
  return (events) => {
    const socket =
      address.kind === 'unix'
        ? connect({ path: address.path })
        : connect({ host: address.host, port: address.port, noDelay: true });
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      events.connected();
      events.ready();
    });
    socket.on('data', (text: string) => events.data(text));
    socket.on('end', () => events.ended(null));
    socket.on('error', (error) => events.ended(troubleOf(error)));
    return {
      write: (text) => void socket.write(text, 'latin1'),
      hold: (busy) => void (busy ? socket.ref() : socket.unref()),
      close: () => void socket.destroy(),
    };
  };
}
