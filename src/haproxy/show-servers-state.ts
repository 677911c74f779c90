// `show servers state <backend>`: the administrative state behind a status (management.txt 9.3, format version 1).
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName, nameInCommand } from './charset.ts';
import { readCount } from './number.ts';

/** All that is read; found by name in the header line. `readServer` takes their values in this order. */
const COLUMNS = [
  'be_name',
  'srv_name',
  'srv_addr',
  'srv_port',
  'srv_id',
  'srv_op_state',
  'srv_admin_state',
  'srv_uweight',
  'srv_time_since_last_change',
] as const;

export interface ServerState {
  readonly id: number;
  readonly name: string;
  /** `IP:PORT`, or the IP alone where the client's port is kept; null: no IP, or not yet resolved. */
  readonly address: string | null;
  /** 0 stopped, 1 starting, 2 running, 3 stopping. */
  readonly opState: number;
  /** Bits: 1 forced maintenance, 2 inherited, 4 from the configuration, 8 forced drain, 16 inherited, 32 and 64 DNS. */
  readonly adminState: number;
  readonly userWeight: number;
  readonly lastChangeS: number;
}

export const showServersState: Command<[backend: string], readonly ServerState[]> = {
  line: (backend) => `show servers state ${nameInCommand(backend)}`,
  read(answer, backend) {
    const body = answerBody(answer, 'show servers state');
    if (!body.ok) return body;
    if (body.value === "Can't find backend.\n")
      return { ok: false, fault: { kind: 'no-such-backend', backend } };
    const [format, header, ...lines] = body.value.slice(0, -1).split('\n');
    if (format !== '1' || header === undefined || !header.startsWith('# '))
      return unexpected(answer);
    return readLines(header.slice(2).split(' '), lines, backend);
  },
};

function readLines(
  header: readonly string[],
  lines: readonly string[],
  backend: string,
): Result<readonly ServerState[], Trouble> {
  const places = COLUMNS.map((name) => header.indexOf(name));
  if (places.includes(-1)) return unexpected(header.join(' '));
  const servers: ServerState[] = [];
  for (const line of lines) {
    const fields = line.split(' ', header.length + 1);
    const server = readServer(
      places.map((place) => fields[place] ?? ''),
      backend,
    );
    if (server === null || fields.length !== header.length) return unexpected(line);
    servers.push(server);
  }
  return { ok: true, value: servers };
}

function readServer(values: readonly string[], backend: string): ServerState | null {
  const [backendName, name, ip = '', port = '', ...numbers] = values;
  const [id, opState, adminState, userWeight, lastChangeS] = numbers.map(readCount);
  if (backendName !== backend || name === undefined || !isName(name)) return null;
  if (id == null || opState == null || adminState == null) return null;
  if (userWeight == null || lastChangeS == null) return null;
  const address = addressOf(ip, port);
  return { id, name, address, opState, adminState, userWeight, lastChangeS };
}

function addressOf(ip: string, port: string): string | null {
  if (!/^[0-9A-Fa-f.:]{2,45}$/.test(ip) || !/^\d{1,5}$/.test(port)) return null;
  if (port === '0') return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
