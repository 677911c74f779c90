// The way to a HAProxy's Runtime API that an address names: a unix socket or plain TCP, a connection an exchange.
import { connect, type Socket } from 'node:net';
import type { Address } from '../domain/config.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import { exchange } from './exchange.ts';

/** Opens nothing yet: each `ask` connects anew, so that after a reload it reaches the new worker. */
export function openLink(address: Address): RuntimeLink {
  return {
    address: address.text,
    ask: async (line, limit) => {
      const answer = await exchange(() => dial(address), line, limit);
      if (answer.ok) return answer;
      return { ok: false, fault: { ...answer.fault, address: address.text } };
    },
  };
}

function dial(address: Address): Socket {
  switch (address.kind) {
    case 'unix':
      return connect({ path: address.path });
    case 'tcp':
      return connect({ host: address.host, port: address.port });
    default:
      return address satisfies never;
  }
}
