// The way to a HAProxy's Runtime API that an address names.
import { connect, type Socket } from 'node:net';
import type { Address } from '../domain/config.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import { at } from '../haproxy/answer.ts';
import type { Pace } from './backoff.ts';
import { systemClock } from './clock.ts';
import { dialSsh } from './dial-ssh.ts';
import { dialTls } from './dial-tls.ts';
import { exchange } from './exchange.ts';
import { keptLink } from './kept-link.ts';
import type { Role } from './role.ts';

const REAL: Pace = { clock: systemClock, random: Math.random };

/**
 * Opens nothing yet. A socket of this host, or plain TCP, is connected to anew by each `ask`, so that after a reload it
 * reaches the new worker; a connection by TLS or SSH is kept.
 * @param role `master` where the address is that of the master's CLI: there an empty answer is given as one
 */
export function openLink(address: Address, role: Role, pace: Pace = REAL): RuntimeLink {
  switch (address.kind) {
    case 'unix':
      return oneShotLink(address, role, () => connect({ path: address.path }));
    case 'tcp':
      return oneShotLink(address, role, () => connect({ host: address.host, port: address.port }));
    case 'tls':
      return keptLink(address, role, dialTls(address), pace);
    case 'ssh':
      return keptLink(address, role, dialSsh(address), pace);
    default:
      return address satisfies never;
  }
}

function oneShotLink(address: Address, role: Role, open: () => Socket): RuntimeLink {
  return {
    address: address.text,
    way: address.kind,
    ask: async (line, limit) => at(address.text, await exchange(open, role, line, limit)),
    drop: () => {},
  };
}
