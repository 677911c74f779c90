// The one sentence for each fault: what happened, at which address, and the cure.
import type { Fault } from '../domain/fault.ts';
import {
  fileHalves,
  formHalves,
  httpHalves,
  sshHalves,
  tlsHalves,
  type Halves,
} from './fault-text-remote.ts';
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
  return { what: printable(withoutSecrets(what)), cure: printable(cure) };
}

/** No fault is given a secret; but what answers may say back what it was sent. */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\b(basic|bearer)\s+[\w+/=.~-]{4,}/gi, '$1 ***')
    .replaceAll(/\/\/[^/@\s"]*:[^/@\s"]*@/g, '//***@');
}

function halves(fault: Fault): Halves {
  const at = fault.address;
  switch (fault.kind) {
    case 'refused':
      return [
        `nobody listens at ${at}`,
        `start HAProxy, or correct the address; ${lineOf(at)} says where it listens`,
      ];
    case 'no-socket':
      return [
        `the socket ${at} does not exist`,
        `start HAProxy, or correct the path; it stands in ${lineOf(at)}`,
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
            'HAProxy hangs, or all of its stats connections are in use ("stats maxconn", 10 by default): close those that others hold, or raise it; where this is the master socket of a HAProxy 2.6, reload that (systemctl reload haproxy)',
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
        'check that HAProxy 2.6 or later answers at this address: for "runtime" its "stats socket", for "master" the master\'s (its option -S)',
      ];
    case 'too-large':
      return [
        `the answer of ${at} exceeds ${fault.limitBytes} bytes`,
        `check that HAProxy answers at this address, by ${lineOf(at)}`,
      ];
    case 'denied':
      return [
        `${at} refused "${fault.command}"`,
        'its level is too low; give that "stats socket" line (or the master\'s option -S) "level admin" and reload HAProxy',
      ];
    case 'no-such-backend':
      return [
        `HAProxy at ${at} shows no backend or listen section "${fault.backend}"`,
        'correct "backend" in mainstay.yaml; where it exists, it is disabled, or a frontend of the same name stands before it, which then needs another name, or "stats scope" hides it from the statistics page',
      ];
    case 'no-such-server':
      return noSuchServer(at, fault.backend, fault.missing, fault.has);
    case 'stopping':
      return [
        `an old worker of HAProxy (pid ${fault.pid}) answered at ${at}, left over from a reload`,
        'wait for the reload to end; if this stays, the new worker does not listen here: compare its "stats socket" line',
      ];
    case 'other-master':
      return [
        `the master at ${at} does not list the worker that serves (pid ${fault.pid})`,
        'it belongs to another HAProxy: correct "master" (or "runtime"), so that both are of the same one; its process shows the master socket behind -S',
      ];
    case 'no-worker':
      return [`the worker ${fault.pid} of HAProxy at ${at} has ended`, ''];
    case 'file':
      return fileHalves(at, fault);
    case 'tls':
      return tlsHalves(at, fault);
    case 'ssh':
      return sshHalves(at, fault);
    case 'http':
      return httpHalves(at, fault);
    case 'not-csv':
      return [
        `${at} gave something else than a table of statistics: "${fault.said}"`,
        'check that HAProxy\'s statistics page is at this address, and that nothing before it changes what it says; "stats uri" says where it is',
      ];
    case 'form-refused':
      return formHalves(at, fault);
    case 'reload-failed':
      return [
        `HAProxy at ${at} did not take its new configuration, and serves on with the old one${quoted(fault.said)}`,
        'mend what it names (on its host, "haproxy -c -f FILE" says it again), then reload HAProxy',
      ];
    case 'command-failed':
      return commandFailed(at, fault.code, fault.said);
    case 'same-worker':
      return [
        `after a reload or restart the worker from before (pid ${fault.pid}) still serves at ${at}`,
        'check that "reload" and "restart" are for this HAProxy, and look at its log',
      ];
    case 'abandoned':
      return [`the exchange with ${at} was given up, since mainstay is stopping`, ''];
    case 'peer':
      return [
        `all that is known of ${at} comes from peer "${fault.peer}": ${fault.said}`,
        'look at that mainstay ("mainstay status" on its host), or give this proxy a "runtime" or "stats" of its own',
      ];
    case 'not-yet':
      return [`no look at ${at} has ended yet`, 'wait for one "poll.interval"'];
    case 'late':
      return [
        `the last good look at ${at} is ${Math.round(fault.ageMs)} ms old, too old to act on`,
        'if this stays, HAProxy or this host is overloaded, or "poll.timeout" is too short',
      ];
    default:
      return fault satisfies never;
  }
}

/** HAProxy's line where the address stands. */
function lineOf(at: string): string {
  return /^https?:/.test(at)
    ? 'the "bind" line of the section with its "stats uri"'
    : 'its "stats socket" line (a master\'s: its option -S)';
}

function quoted(said: string): string {
  return said === '' ? '' : `: "${said.trim()}"`;
}

function commandFailed(at: string, code: number | null, said: string): Halves {
  const end = code === null ? 'did not end in time' : `ended with ${code}`;
  const what = `the command to reload or restart HAProxy at ${at} ${end}${quoted(said)}`;
  if (code === 127)
    return [what, 'there is no such command: correct "reload" or "restart" in mainstay.yaml'];
  if (code === 126)
    return [
      what,
      'it may not be run: check its rights, and those of the user that mainstay runs as',
    ];
  return [
    what,
    'run it by hand as the user that mainstay runs as (over SSH: as that user); sudo needs a rule with NOPASSWD for this very command',
  ];
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
