// Certificates for mutual TLS, good and bad, made by openssl in a folder of their own; and HAProxy's frontend for them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsFiles } from '../../src/domain/config.ts';

/** The name on the server's certificate, beside 127.0.0.1. */
export const SERVER_NAME = 'haproxy.test';

export interface Certificates {
  readonly dir: string;
  /** The authority of server and clients. */
  readonly ca: string;
  /** Another, which nobody trusts. */
  readonly rogueCa: string;
  /** Certificate and key in one file, as HAProxy's `crt` takes it: good, of the rogue, and past its time. */
  readonly server: { readonly good: string; readonly rogue: string; readonly expired: string };
  readonly client: Readonly<Record<'good' | 'rogue' | 'expired', Pair>>;
  /** What a client sets: trusts `ca`, shows the good certificate. */
  readonly files: TlsFiles;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Pair {
  readonly cert: string;
  readonly key: string;
}

export async function makeCertificates(): Promise<Certificates> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-tls-'));
  const ca = authority(dir, 'ca');
  const rogueCa = authority(dir, 'rogue-ca');
  const client = {
    good: sign(dir, 'client', ca),
    rogue: sign(dir, 'rogue', rogueCa),
    expired: sign(dir, 'expired', ca, -1),
  };
  return {
    dir,
    ca: ca.cert,
    rogueCa: rogueCa.cert,
    server: {
      good: bundle(sign(dir, 'server', ca)),
      rogue: bundle(sign(dir, 'rogue-server', rogueCa)),
      expired: bundle(sign(dir, 'expired-server', ca, -1)),
    },
    client,
    files: { ca: ca.cert, ...client.good, serverName: null },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  };
}

/** A TLS frontend before a CLI's unix socket: only who shows a certificate of `ca` comes through. */
export function tlsFrontend(
  name: string,
  port: number,
  socket: string,
  crt: string,
  ca: string,
): string {
  return `frontend ${name}
    mode tcp
    bind 127.0.0.1:${port} ssl crt ${crt} ca-file ${ca} verify required
    timeout client 1h
    default_backend ${name}_cli
backend ${name}_cli
    mode tcp
    timeout connect 1s
    timeout server 1h
    server cli unix@${socket}
`;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function authority(dir: string, name: string): Pair {
  const pair = { cert: join(dir, `${name}.pem`), key: join(dir, `${name}.key`) };
  const subject = ['-subj', `/CN=${name}`, '-days', '2'];
  openssl('req', '-x509', ...NEW_KEY, ...subject, '-keyout', pair.key, '-out', pair.cert);
  return pair;
}

function sign(dir: string, name: string, ca: Pair, days = 2): Pair {
  const pair = { cert: join(dir, `${name}.pem`), key: join(dir, `${name}.key`) };
  const request = join(dir, `${name}.csr`);
  const names = ['-addext', `subjectAltName=DNS:${SERVER_NAME},IP:127.0.0.1`];
  openssl(
    'req',
    ...NEW_KEY,
    '-subj',
    `/CN=${name}`,
    ...names,
    '-keyout',
    pair.key,
    '-out',
    request,
  );
  const by = ['-CA', ca.cert, '-CAkey', ca.key, '-days', String(days), '-copy_extensions', 'copy'];
  openssl('x509', '-req', '-in', request, ...by, '-out', pair.cert);
  return pair;
}

function bundle({ cert, key }: Pair): string {
  const file = cert.replace(/\.pem$/, '.bundle.pem');
  writeFileSync(file, readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'), { mode: 0o600 });
  return file;
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
