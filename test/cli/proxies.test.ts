// The configured proxies and the ways to them: which are opened, and that a command leaves none open.
import { expect, test } from 'vitest';
import { lookOnce } from '../../src/cli/look.ts';
import { reachProxies } from '../../src/cli/proxies.ts';
import type { Config, ProxyConfig } from '../../src/domain/config.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
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

test('one look leaves no connection behind, whatever came of it', async () => {
  const { did, world } = worldOf();
  const ha2 = { ...FULL, name: 'ha2', runtime: socket('/s2'), master: null, stats: null };
  const { snapshot } = await lookOnce(world, configOf(FULL, ha2));
  expect(snapshot.proxies.map(({ sight }) => sight.kind)).toEqual(['unseen', 'unseen']);
  const drops = did.filter((one) => one.startsWith('drop'));
  expect(new Set(drops)).toEqual(new Set(['drop unix:/s', 'drop unix:/m', 'drop unix:/s2']));
});
