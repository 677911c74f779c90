// The configured proxies and the ways to them: which are opened, and that a command leaves none open.
import { expect, test } from 'vitest';
import { reachProxies } from '../../src/cli/proxies.ts';
import { status } from '../../src/cli/status.ts';
import type { Config, ProxyConfig } from '../../src/domain/config.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import type { Status } from '../../src/domain/status.ts';
import { CONFIG, worldWith } from './world.ts';

const socket = (path: string) => ({ kind: 'unix', path, text: `unix:${path}` }) as const;
const PAGE = {
  url: 'http://10.0.0.1/stats',
  auth: null,
  tls: { ca: null, cert: null, key: null, serverName: null },
};
const FULL: ProxyConfig = {
  name: 'ha1',
  runtime: socket('/s'),
  master: socket('/m'),
  stats: PAGE,
  drive: true,
  reload: 'master',
  restart: { kind: 'exec', argv: ['restart'] },
};

const configOf = (...proxies: readonly ProxyConfig[]): Config => ({ ...CONFIG, proxies });

const no = (address: string) =>
  Promise.resolve({ ok: false, fault: { kind: 'refused', address } } as const);

/** Opens what refuses everything, and writes down what was opened, asked and dropped. */
function worldOf() {
  const did: string[] = [];
  const world = worldWith({
    openLink: ({ text }, role): RuntimeLink => {
      did.push(`open ${role} ${text}`);
      return {
        address: text,
        way: 'unix',
        ask: () => no(text),
        drop: () => void did.push(`drop ${text}`),
      };
    },
    openStats: ({ url }) => {
      did.push(`open ${url}`);
      return { address: url, mayClose: false, csv: () => no(url), closeServer: () => no(url) };
    },
    openStream: ({ text }) => {
      did.push(`stream ${text}`);
      return { address: text, stream: async () => null };
    },
    remedyRunner: (remedy) => {
      did.push(`remedy ${remedy.kind}`);
      return () => no('x');
    },
  });
  return { did, world };
}

test('every way that is configured is opened, each in its role', () => {
  const { did, world } = worldOf();
  const [ha1] = reachProxies(world, configOf(FULL));
  expect(did.toSorted()).toEqual([
    'open http://10.0.0.1/stats',
    'open master unix:/m',
    'open worker unix:/s',
    'remedy exec',
    'stream unix:/s',
  ]);
  expect(ha1).toMatchObject({ name: 'ha1', drive: true, address: 'unix:/s', reload: 'master' });
  expect(ha1?.restart).toBeTypeOf('function');
});

test('a way that is not configured is none', () => {
  const { did, world } = worldOf();
  const bare = { ...FULL, runtime: null, master: null, reload: null, restart: null };
  const [ha1] = reachProxies(world, configOf(bare));
  expect(did).toEqual(['open http://10.0.0.1/stats']);
  expect(ha1).toMatchObject({
    address: 'http://10.0.0.1/stats',
    link: null,
    master: null,
    reload: null,
    restart: null,
    saveState: null,
    events: null,
  });
});

test('where only the master is reached, events are followed through it', () => {
  const { did, world } = worldOf();
  const [ha1] = reachProxies(world, configOf({ ...FULL, runtime: null }));
  expect(did).toContain('stream unix:/m');
  expect(ha1?.events).toMatchObject({ viaMaster: true, link: { address: 'unix:/m' } });
});

/** The status of one look, since no daemon listens at port 0. */
async function statusOf(config: Config) {
  const { did, world } = worldOf();
  const written: string[] = [];
  const out = { ...world.out, write: (text: string) => void written.push(text) };
  const code = await status({ ...world, out }, config, { json: true });
  const found: Status = JSON.parse(written.join(''));
  return { did, code, found };
}

test('one look leaves no connection behind, whatever came of it', async () => {
  const ha2 = { ...FULL, name: 'ha2', runtime: socket('/s2'), master: null, stats: null };
  const { did, code, found } = await statusOf(configOf(FULL, ha2));
  expect(code).toBe(3);
  expect(found.proxies.map(({ error }) => error?.kind)).toEqual(['refused', 'refused']);
  const drops = did.filter((one) => one.startsWith('drop'));
  expect(new Set(drops)).toEqual(new Set(['drop unix:/s', 'drop unix:/m', 'drop unix:/s2']));
});

test('a proxy that only a peer tells of stands in its place, unseen: a command asks no peers', async () => {
  const told = { ...FULL, name: 'ha0', runtime: null, master: null, stats: null, drive: false };
  const { did, found } = await statusOf(configOf(told, FULL));
  expect(found.proxies.map(({ name, error }) => [name, error?.kind])).toEqual([
    ['ha0', 'peer'],
    ['ha1', 'refused'],
  ]);
  expect(found.proxies[0]?.error?.message).toMatch(
    /^all that is known of ha0 comes from peer "ha0": only a daemon asks peers, and this command looks by itself: /,
  );
  expect(did.filter((one) => one.startsWith('open'))).toHaveLength(3);
});
