// What HAProxy's configuration file lacks for the service or for mainstay: only what its text proves.
import { readBackend, type BackendConfig, type Setting } from '../../haproxy/config-backend.ts';
import type { Section, Spot } from '../../haproxy/config-file.ts';
import { tcpStatsSockets, type NetworkSocket } from '../../haproxy/config-global.ts';
import type { ServerLine } from '../../haproxy/config-server.ts';
import { printable } from '../../haproxy/printable.ts';
import { markedUpMendedIn } from '../../haproxy/version-bugs.ts';
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { ServerView, View } from '../../domain/view.ts';
import type { Found } from './finding.ts';
import { judgeEvents } from './judge-events.ts';
import { judgePinFile } from './judge-pin-file.ts';
import { judgeSetup } from './judge-setup.ts';
import { judgeTries } from './judge-tries.ts';
import { serverList } from './server-list.ts';

export type InFile = Omit<Found, 'proxies' | 'spot'> & { readonly at: Spot | null };

export interface FileCase {
  readonly sections: readonly Section[];
  readonly config: Config;
  /** In order of preference; empty where no proxy is seen and the configuration names none. */
  readonly producers: readonly string[];
  /** What the proxy itself shows, to tell whether this is its file; null: it is not seen. */
  readonly view: View | null;
  readonly proxy: ProxyConfig;
}

/** Where the file is not the one that HAProxy runs with, nothing else of it is judged. */
export function judgeFile(file: FileCase): readonly InFile[] {
  const { sections, config, view } = file;
  const { backend } = config;
  const found = readBackend(sections, backend);
  const sockets = tcpStatsSockets(sections).map(socketOf);
  if (found === 'unclear') return [unclear(backend, ['the whole section'], null), ...sockets];
  const other = differs(found, backend, view?.workers[0].servers ?? null);
  if (other !== null || found === 'absent') return other === null ? [] : [other];
  const servers = producersOf(found, file.producers);
  return [
    ...redispatchOf(backend, found),
    ...judgeTries(backend, found, servers),
    ...downOf(backend, found, servers),
    ...upOf(found, servers, view?.version ?? null),
    ...allbackupsOf(backend, found),
    ...stickOf(backend, found),
    ...judgePinFile({ ...file, found }),
    ...judgeEvents(config, sections, found),
    ...judgeSetup({ sections, backend, found, proxy: file.proxy }),
    ...unclearOf(backend, found),
    ...sockets,
  ];
}

function differs(
  found: BackendConfig | 'absent',
  backend: string,
  shown: readonly ServerView[] | null,
): InFile | null {
  const why = found === 'absent' ? `has no section ${backend}` : otherServers(found, shown);
  if (why === null) return null;
  return {
    id: 'config-differs',
    level: 'warning',
    at: found === 'absent' ? null : found.spot,
    message: `the file ${why}: it is not the one that HAProxy runs with, or not loaded yet; nothing else of it was checked`,
    cure: 'reload HAProxy, or name the right file\n    mainstay check --haproxy NAME=FILE',
  };
}

function otherServers(found: BackendConfig, shown: readonly ServerView[] | null): string | null {
  if (found.servers === null || shown === null) return null;
  const [inFile, running] = [serverList(found.servers), serverList(shown)];
  return inFile === running
    ? null
    : `has the servers ${printable(inFile).slice(0, 300) || 'none'}, HAProxy shows ${running || 'none'}`;
}

/** The lines of the producers in order of preference; of all servers where no producer is known. */
function producersOf(
  { servers }: BackendConfig,
  producers: readonly string[],
): readonly ServerLine[] {
  if (servers === null || producers.length === 0) return servers ?? [];
  return producers.flatMap((name) => servers.find((server) => server.name === name) ?? []);
}

function redispatchOf(backend: string, { redispatch, kind, spot }: BackendConfig): InFile[] {
  if (redispatch === null || redispatch.value) return [];
  return [
    {
      id: 'no-redispatch',
      level: 'warning',
      at: redispatch.spot ?? spot,
      message:
        'a new connection that meets a server which has just died is tried there again and again, and nowhere else: it fails, though another server is up',
      cure: `in ${kind} ${backend}, add\n    option redispatch 1`,
    },
  ];
}

function downOf(
  backend: string,
  { kind }: BackendConfig,
  servers: readonly ServerLine[],
): InFile[] {
  const without = servers.filter(({ shutsDown }) => !shutsDown);
  const [first] = without;
  if (first === undefined) return [];
  return [
    {
      id: 'no-on-marked-down',
      level: 'warning',
      at: first.spot,
      message: `when ${namesOf(without)} goes down, its sessions stay with it until TCP or a timeout gives up: their clients hang on a dead server, for many minutes where it went silent`,
      cure: `in ${kind} ${backend}, above its server lines, add\n    default-server on-marked-down shutdown-sessions`,
    },
  ];
}

function upOf(
  found: BackendConfig,
  servers: readonly ServerLine[],
  version: string | null,
): InFile[] {
  // It closes the sessions of servers with the word `backup`, and nobody else's.
  if (found.servers?.some(({ backup }) => backup) !== true) return [];
  return servers
    .filter(({ shutsBackups, backup }) => shutsBackups && !backup)
    .flatMap(({ name, spot }) => {
      const mended = version === null ? null : markedUpMendedIn(version);
      const word = 'on-marked-up shutdown-backup-sessions';
      const trap: InFile = {
        id: 'on-marked-up',
        level: 'warning',
        at: spot,
        message: `${word}: HAProxy closes the backups' sessions as soon as it sees ${printable(name)} up, whatever the other proxies see, and also when ${printable(name)} leaves maintenance dead`,
        cure: 'take it off the line, since mainstay brings the sessions back; until then never use maintenance there, but drain',
      };
      if (mended === null) return [trap];
      const message = `${word} does nothing in HAProxy ${version} (haproxy issue 2848)`;
      const cure = `take it off the line, since mainstay brings the sessions back, and update to ${mended} or later`;
      return [trap, { id: 'on-marked-up-broken', level: 'warning', at: spot, message, cure }];
    });
}

function allbackupsOf(backend: string, { allbackups, servers, kind }: BackendConfig): InFile[] {
  const backups = servers?.filter((server) => server.backup) ?? [];
  if (allbackups?.value !== true || backups.length < 2) return [];
  return [
    {
      id: 'allbackups',
      level: 'warning',
      at: allbackups.spot,
      message: `option allbackups: with main down, new connections are spread over all backups; they cannot be kept on one of them, and mainstay closes none (gate not-steerable)`,
      cure: `take it out, or in ${kind} ${backend}, add\n    no option allbackups`,
    },
  ];
}

function stickOf(backend: string, { sticks, servers, kind }: BackendConfig): InFile[] {
  const kept = servers?.filter((server) => server.backup && !server.nonStick) ?? [];
  if (sticks?.value !== true || kept.length === 0) return [];
  return [
    {
      id: 'stick-table',
      level: 'error',
      at: sticks.spot,
      message: `a client that has once been on ${namesOf(kept)} is sent there again by the stick table, also when main is up: closing its session does not bring it back`,
      cure: `take the "stick" rule out, or in ${kind} ${backend}, append "non-stick" to the lines of the backups${kept.map(({ name }) => `\n    server ${printable(name)} ... backup non-stick`).join('')}`,
    },
  ];
}

/** What hangs on an `.if` or on an environment variable is named, so that nobody takes silence for approval. */
function unclearOf(backend: string, found: BackendConfig): InFile[] {
  const settings: readonly (readonly [string, Setting<unknown> | readonly ServerLine[]])[] = [
    ['option redispatch', found.redispatch],
    ['retries', found.retries],
    ['timeout connect', found.connectMs],
    ['option allbackups', found.allbackups],
    ['stick', found.sticks],
    ['the server lines', found.servers],
  ];
  const names = settings.filter(([, value]) => value === null).map(([name]) => name);
  return names.length === 0 ? [] : [unclear(backend, names, found.spot)];
}

function unclear(backend: string, names: readonly string[], at: Spot | null): InFile {
  return {
    id: 'config-unclear',
    level: 'info',
    at,
    message: `not everything of section ${backend} could be checked, since it hangs on an ".if" or an environment variable, or mainstay cannot read it: ${names.join(', ')}`,
    cure: "check it by hand, against this package's haproxy/haproxy.cfg",
  };
}

function socketOf(socket: NetworkSocket & { readonly spot: Spot }): InFile {
  return {
    id: 'stats-socket-tcp',
    level: 'warning',
    at: socket.spot,
    message: `stats socket ${printable(socket.address)}: plain text, with ${socket.level} rights for anybody who reaches it, whatever "ssl" and "verify" the line has`,
    cure: 'use a unix socket, with a TLS frontend that asks for a certificate before it where it must be reached from elsewhere\n    stats socket /run/haproxy/admin.sock mode 660 group haproxy level admin',
  };
}

function namesOf(servers: readonly ServerLine[]): string {
  return printable(servers.map(({ name }) => name).join(' or '));
}
