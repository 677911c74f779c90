// What a command is handed in these tests: a configuration and a world in which nothing may be used but what a test gives.
import type { World } from '../../src/cli/world.ts';
import type { Config } from '../../src/domain/config.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { systemClock } from '../../src/transport/clock.ts';

export const CONFIG: Config = {
  file: 'mainstay.yaml',
  cluster: 'ADA1',
  backend: 'bp',
  proxies: [],
  self: null,
  peers: [],
  hooks: [],
  policy: DEFAULT_POLICY,
  pinTable: null,
  events: 'off',
  listen: { host: '127.0.0.1', port: 0 },
  tls: null,
  token: null,
  journal: null,
  log: { level: 'info', format: 'json' },
  warnings: [],
};

export const PIPE = { write() {}, columns: null, colour: false };

export function worldWith(difference: Partial<World>): World {
  return {
    version: '0.0.0',
    clock: systemClock,
    openLink: refuse,
    openStats: refuse,
    openStream: refuse,
    remedyRunner: refuse,
    env: {},
    tour: refuse,
    keep: refuse,
    ask: refuse,
    out: PIPE,
    err: PIPE,
    ...difference,
  };
}

function refuse(): never {
  throw new Error('this test has no use for it');
}
