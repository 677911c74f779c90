// Labs whose HAProxies are reached as from another host: runtime and master over TLS or SSH, with real keys and servers.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TestContext } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import type { LabOptions } from '../../src/lab/options.ts';
import { withTlsFrontends } from '../../src/lab/tls-frontends.ts';
import { startSshd, type Sshd } from '../support/sshd.ts';
import { makeCertificates, SERVER_NAME } from '../support/tls.ts';
import { PROXIES } from './scenes.ts';
import { openLab } from './support.ts';

/** Every way to both sockets of a proxy. */
export const WAYS = ['unix', 'tls', 'ssh streamlocal', 'ssh command'] as const;
export type WayIn = (typeof WAYS)[number];

export interface Outside {
  readonly lab: Lab;
  /** The `proxies` of a configuration that reaches them this way. */
  readonly proxies: readonly Readonly<Record<string, unknown>>[];
  /** The server of each proxy's host, where the way is SSH. */
  readonly sshds: readonly Sshd[];
}

type Ending = Pick<TestContext, 'onTestFinished' | 'onTestFailed'>;

/** A lab of two proxies, and servers where the way asks for them; all end with the test. */
export async function openOver(t: Ending, way: WayIn, options: LabOptions): Promise<Outside> {
  switch (way) {
    case 'unix': {
      const lab = await openLab(t, options);
      const proxies = PROXIES.map((name) => {
        const { admin, master } = lab.proxy(name).sockets;
        return { name, runtime: `unix:${admin}`, master: `unix:${master}` };
      });
      return { lab, proxies, sshds: [] };
    }
    case 'tls':
      return openTls(t, options);
    case 'ssh streamlocal':
    case 'ssh command':
      return openSsh(t, way === 'ssh command' ? 'command' : 'streamlocal', options);
    default:
      throw way satisfies never;
  }
}

async function openTls(t: Ending, options: LabOptions): Promise<Outside> {
  const certificates = await makeCertificates();
  t.onTestFinished(() => certificates[Symbol.asyncDispose]());
  const { ca, server, client } = certificates;
  const lab = await openLab(t, {
    ...options,
    configure: (config) => {
      const [, host = ''] = /^ +bind (\S+):3001$/m.exec(config) ?? [];
      const [, admin = ''] = /^ +stats socket (\S+)/m.exec(config) ?? [];
      return withTlsFrontends(config, {
        files: { pem: server.good, ca },
        sockets: { admin, master: `${dirname(admin)}/master.sock` },
        at: { runtime: `${host}:9443`, master: `${host}:9444` },
      });
    },
  });
  const proxies = PROXIES.map((name) => {
    const { host } = lab.relaysAt(name);
    const tls = { ca, ...client.good, serverName: SERVER_NAME };
    return { name, runtime: `tls:${host}:9443`, master: `tls:${host}:9444`, tls };
  });
  return { lab, proxies, sshds: [] };
}

async function openSsh(
  t: Ending,
  via: 'streamlocal' | 'command',
  options: LabOptions,
): Promise<Outside> {
  const lab = await openLab(t, options);
  const hosts = await Promise.all(
    PROXIES.map(async (name) => {
      const { admin, master } = lab.proxy(name).sockets;
      const command = `${lab.dir}/${name}/mainstay-sockets`;
      await writeFile(command, forcedCommand(admin, master), { mode: 0o755 });
      const sshd = await startSshd(
        via === 'command' ? { forwarding: 'no', command } : { forwarding: 'local' },
      );
      t.onTestFinished(() => sshd[Symbol.asyncDispose]());
      const { user, host, port, keyFile, hostKey } = sshd.login;
      const at = `ssh:${user}@${host}:${port}`;
      const ssh = { key: keyFile, hostKey, via };
      return { sshd, proxy: { name, runtime: `${at}${admin}`, master: `${at}${master}`, ssh } };
    }),
  );
  return {
    lab,
    proxies: hosts.map(({ proxy }) => proxy),
    sshds: hosts.map(({ sshd }) => sshd),
  };
}

/** The script of docs/remote.md for these two sockets. */
function forcedCommand(admin: string, master: string): string {
  const [, script = ''] =
    /```sh\n(.*?)```/s.exec(
      readFileSync(new URL('../../docs/remote.md', import.meta.url), 'utf8'),
    ) ?? [];
  return script
    .replaceAll('/run/haproxy/admin.sock', admin)
    .replaceAll('/run/haproxy-master.sock', master);
}
