// The one sentence for each fault: what happened, at which address, and the cure.
import type { Fault } from '../domain/fault.ts';
import { printable } from './printable.ts';

const MAX_NAMES = 10;

/** The two halves of the sentence, each printable ASCII, whatever HAProxy said. `cure` is empty where there is none. */
export interface FaultWords {
  readonly what: string;
  readonly cure: string;
}

/** For people: one line of printable ASCII. */
export function faultText(fault: Fault): string {
  const { what, cure } = faultWords(fault);
  return cure === '' ? what : `${what}: ${cure}`;
}

/** The same in two parts, for where the cure stands on a line of its own. */
export function faultWords(fault: Fault): FaultWords {
  const [what, cure] = halves(fault);
  return { what: printable(what), cure: printable(cure) };
}

type Halves = readonly [what: string, cure: string];

function halves(fault: Fault): Halves {
  const at = fault.address;
  switch (fault.kind) {
    case 'refused':
      return [
        `nobody listens at ${at}`,
        'start HAProxy, or correct the address; its "stats socket" line says where it listens',
      ];
    case 'no-socket':
      return [
        `the socket ${at} does not exist`,
        'start HAProxy, or correct the path; it stands in HAProxy\'s "stats socket" line',
      ];
    case 'permission':
      return [
        `this user may not open ${at}`,
        'add it to the socket\'s group (usermod -aG haproxy USER, then log in anew or restart the service), and let the group in with "stats socket PATH mode 660 group haproxy level admin"',
      ];
    case 'unreachable':
      return unreachable(at, fault.code);
    case 'timeout':
      return fault.connected
        ? [
            `${at} took the connection and gave no complete answer within ${fault.afterMs} ms`,
            'HAProxy hangs, or all of its stats connections are in use ("stats maxconn", 10 by default): close those that others hold, or raise it',
          ]
        : [
            `no connection to ${at} within ${fault.afterMs} ms`,
            'HAProxy hangs, its host is down, or a firewall drops the packets',
          ];
    case 'truncated':
      return [
        `the answer of ${at} broke off after ${fault.bytes} bytes`,
        'HAProxy was stopped or restarted meanwhile, or something between closes the connection; one that lasts is no HAProxy Runtime API',
      ];
    case 'protocol':
      return [
        `${at} answered what mainstay does not understand: "${fault.said}"`,
        'check that a HAProxy "stats socket" of version 2.6 or later answers at this address',
      ];
    case 'too-large':
      return [
        `the answer of ${at} exceeds ${fault.limitBytes} bytes`,
        'check that HAProxy\'s "stats socket" answers at this address',
      ];
    case 'denied':
      return [
        `${at} refused "${fault.command}"`,
        'its level is too low; give that "stats socket" line "level admin" and reload HAProxy',
      ];
    case 'no-such-backend':
      return [
        `HAProxy at ${at} shows no backend or listen section "${fault.backend}"`,
        'correct "backend" in mainstay.yaml; where it exists, it is disabled, or a frontend of the same name stands before it, which then needs another name',
      ];
    case 'no-such-server':
      return noSuchServer(at, fault.backend, fault.missing, fault.has);
    case 'stopping':
      return [
        `an old worker of HAProxy (pid ${fault.pid}) answered at ${at}, left over from a reload`,
        'wait for the reload to end; if this stays, the new worker does not listen here: compare its "stats socket" line',
      ];
    case 'abandoned':
      return [`the exchange with ${at} was given up, since mainstay is stopping`, ''];
    case 'not-yet':
      return [`no look at ${at} has ended yet`, 'wait for one "poll.interval"'];
    case 'late':
      return [
        `the last good look at ${at} is ${fault.ageMs} ms old, too old to act on`,
        'if this stays, HAProxy or this host is overloaded, or "poll.timeout" is too short',
      ];
    default:
      return fault satisfies never;
  }
}

function unreachable(at: string, code: string): Halves {
  switch (code) {
    // A unix socket's queue of connections that HAProxy has not accepted: it is full.
    case 'EAGAIN':
      return [
        `${at} takes no more connections`,
        'HAProxy hangs (look at its process, and restart it if it does not recover), or all of its stats connections are in use and others wait for one ("stats maxconn", 10 by default)',
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        `the host name in ${at} could not be resolved (${code})`,
        'correct it, or give an IP address',
      ];
    case 'ENOTDIR':
      return [
        `the path in ${at} is no socket (${code})`,
        'correct it; it stands in HAProxy\'s "stats socket" line',
      ];
    default:
      return [`${at} cannot be reached (${code})`, 'check the address, and the network between'];
  }
}

function noSuchServer(
  at: string,
  backend: string,
  missing: readonly string[],
  has: readonly string[],
): Halves {
  const there = has.length === 0 ? '' : `; it has ${names(has)}`;
  return [
    `backend "${backend}" of HAProxy at ${at} has no server ${names(missing)}${there}`,
    'correct "producers" in mainstay.yaml',
  ];
}

function names(list: readonly string[]): string {
  const shown = list.slice(0, MAX_NAMES).map((name) => `"${name}"`);
  return list.length > shown.length
    ? `${shown.join(', ')} and ${list.length - shown.length} more`
    : shown.join(', ');
}
