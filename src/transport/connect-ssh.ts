// An SSH connection: one host key that is trusted, one key of our own, and a look now and then whether it lives.
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Client } from 'ssh2';
import type { SshLogin } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { readSmall } from './key-files.ts';
import { failed } from './limit.ts';
import { firstWords, troubleOf } from './trouble-of.ts';
import type { Wire, WireEvents } from './wire.ts';

/** A frozen server is given up after two of these; an exchange has its own deadline. */
const KEEPALIVE_MS = 10_000;
const MAX_KEY_BYTES = 64 * 1024;

type Stage = (Trouble & { readonly kind: 'ssh' })['stage'];

type SshEvents = Pick<WireEvents, 'connected' | 'ended'> & {
  /** Channels may be opened. */
  ready(client: Client): void;
};

/** Begins to connect; ssh2 is loaded by the first that does. `ended` is told once, with a trouble. */
export function connectSsh(login: SshLogin, events: SshEvents): Pick<Wire, 'hold' | 'close'> {
  let socket: Socket | null = null;
  let client: Client | null = null;
  let keepalive: NodeJS.Timeout | undefined;
  let stage: Stage | 'connect' = 'connect';
  let closed = false;

  const close = (): void => {
    closed = true;
    clearInterval(keepalive);
    client?.end();
    socket?.destroy();
  };
  const end = (trouble: Trouble): void => {
    if (closed) return;
    close();
    events.ended(trouble);
  };
  const fail = (said: string): void => {
    if (stage !== 'connect') end({ kind: 'ssh', stage, said: firstWords(said) });
  };

  const begin = async (): Promise<void> => {
    const { default: ssh2 } = await import('ssh2');
    const key = await readKey(login.keyFile, ssh2.utils.parseKey);
    if (closed) return;
    if (!key.ok) return end(key.fault);
    const wire = connect({ host: login.host, port: login.port, noDelay: true });
    socket = wire;
    wire.on('connect', () => {
      stage = 'handshake';
      events.connected();
    });
    wire.on('error', (error) => stage === 'connect' && end(troubleOf(error)));
    const ssh = new ssh2.Client();
    client = ssh;
    let shown: string | null = null;
    ssh.on('handshake', () => (stage = 'authentication'));
    ssh.on('ready', () => {
      stage = 'lost';
      keepalive = keepAlive(ssh, () => fail('no answer to keepalives'));
      events.ready(ssh);
    });
    // ssh2 may tell of a second error after the first.
    ssh.on('error', (error: NodeJS.ErrnoException & { readonly level?: string }) => {
      const wasDenied = shown !== null && !shown.endsWith(` ${login.hostKey}`);
      if (wasDenied) end({ kind: 'ssh', stage: 'host-key', said: shown ?? '' });
      else fail(error.message);
    });
    ssh.on('close', () => fail('the server closed the connection'));
    ssh.connect({
      sock: wire,
      username: login.user,
      privateKey: key.value,
      authHandler: ['publickey'],
      hostVerifier: (hostKey: Buffer) => {
        shown = `${typeOf(hostKey)} ${fingerprint(hostKey)}`;
        return shown.endsWith(` ${login.hostKey}`);
      },
      // Whoever waits has a deadline.
      readyTimeout: 0,
    });
  };
  void begin();
  return { hold: (busy) => void (busy ? socket?.ref() : socket?.unref()), close };
}

/**
 * ssh2's own keepalive would keep the process from ending. This asks for the end of a forwarding that does not exist:
 * any answer, which a server must give (RFC 4254, 4), shows that it lives.
 */
function keepAlive(client: Client, lost: () => void): NodeJS.Timeout {
  let unanswered = false;
  return setInterval(() => {
    if (unanswered) return lost();
    unanswered = true;
    try {
      client.unforwardIn('', 0, () => (unanswered = false));
    } catch {
      lost();
    }
  }, KEEPALIVE_MS).unref();
}

type ParseKey = typeof import('ssh2').utils.parseKey;

async function readKey(path: string, parse: ParseKey): Promise<Result<Buffer, Trouble>> {
  const read = await readSmall(path, MAX_KEY_BYTES);
  if (!read.ok) return read;
  const key = parse(read.value);
  if (!(key instanceof Error) && key.isPrivateKey()) return read;
  const isEncrypted = key instanceof Error && /passphrase/.test(key.message);
  return failed({ kind: 'file', path, code: isEncrypted ? 'ENCRYPTED' : 'NO_PRIVATE_KEY' });
}

/** As `ssh-keygen -lf` prints it. */
function fingerprint(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
}

/** A key's blob begins with its type, behind its length (RFC 4253, 6.6). */
function typeOf(hostKey: Buffer): string {
  const length = hostKey.readUInt32BE(0);
  return hostKey.toString('latin1', 4, 4 + Math.min(length, 40));
}
