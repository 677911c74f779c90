// A HAProxy with a master, reached by every way there is: its own sockets, plain TCP, mutual TLS, and a real sshd.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Address } from '../../src/domain/config.ts';
import type { Role } from '../../src/transport/role.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { startSshd, type Sshd } from '../support/sshd.ts';
import { makeCertificates, tlsFrontend, type Certificates } from '../support/tls.ts';

export const WAYS = ['unix', 'tcp', 'tls', 'ssh streamlocal', 'ssh command'] as const;
export type WayThere = (typeof WAYS)[number];

/** Enough that `show stat` is some 200 kB long. */
export const SERVERS = 500;

export interface Scene {
  readonly haproxy: Haproxy;
  readonly sshd: Sshd;
  readonly certificates: Certificates;
  address(way: WayThere, role: Role): Address;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const masterDir = await mkdtemp(join(tmpdir(), 'mainstay-master-'));
  const masterSocket = join(masterDir, 'master.sock');
  const ports = {
    worker: { tcp: await freePort(), tls: await freePort() },
    master: { tcp: await freePort(), tls: await freePort() },
  };
  const certificates = await makeCertificates();
  const sshd = await startSshd();
  const frontend = (role: Role, socket: string): string =>
    tlsFrontend(role, ports[role].tls, socket, certificates.server.good, certificates.ca);
  const haproxy = await startHaproxy(
    (dir) => `global
    stats socket ${dir}/admin.sock level admin
    stats socket ipv4@127.0.0.1:${ports.worker.tcp} level admin
    stats maxconn 50
    stats timeout 30s
    log ring@events format rfc5424 local0
ring events
    format rfc5424
    maxlen 2000
    size 32768
defaults
    mode tcp
    log global
    timeout connect 1s
    timeout client 1h
    timeout server 1h
backend bp
    server-template s 1-${SERVERS} 127.0.0.1:1 disabled
${frontend('worker', `${dir}/admin.sock`)}${frontend('master', masterSocket)}`,
    ['-Ws', '-S', masterSocket, '-S', `127.0.0.1:${ports.master.tcp}`],
  );
  const address = (way: WayThere, role: Role): Address => {
    const path = role === 'master' ? masterSocket : join(haproxy.dir, 'admin.sock');
    const host = '127.0.0.1';
    switch (way) {
      case 'unix':
        return { kind: 'unix', path, text: `unix:${path}` };
      case 'tcp':
        return { kind: 'tcp', host, port: ports[role].tcp, text: `tcp:${host}` };
      case 'tls':
        return { kind: 'tls', host, port: ports[role].tls, tls: certificates.files, text: 'tls:' };
      case 'ssh streamlocal':
        return { kind: 'ssh', ...sshd.login, path, via: 'streamlocal', text: `ssh:${path}` };
      case 'ssh command':
        return { kind: 'ssh', ...sshd.login, path, via: 'command', text: `ssh:${path}` };
      default:
        return way satisfies never;
    }
  };
  return {
    haproxy,
    sshd,
    certificates,
    address,
    [Symbol.asyncDispose]: async () => {
      await sshd[Symbol.asyncDispose]();
      await haproxy[Symbol.asyncDispose]();
      await certificates[Symbol.asyncDispose]();
      await rm(masterDir, { recursive: true });
    },
  };
}
