// Pins: what is written so that new connections go where they are wanted. The target is backup, main is up; a row names the difference.
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Heed, Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ServerView, View } from '../../src/domain/view.ts';
import { backup, main, POLICY, proxyPolicy, seen, server, view, worker } from './world.ts';

const NOW = { monoMs: 100_000, wallMs: 100_000 };
const used = backup({ sessions: 4 });
const none: Pin = { kind: 'table', serverId: 0, leaseMs: 0 };
const onBackup: Pin = { kind: 'table', serverId: 2, leaseMs: 9_000 };
const onMain: Pin = { kind: 'table', serverId: 1, leaseMs: 9_000 };
const young = { lastChangeS: 60 };

interface Differs {
  readonly servers?: readonly ServerView[];
  /** At ha2, which others drive. */
  readonly elsewhere?: readonly ServerView[];
  readonly pin?: Pin;
  readonly view?: Partial<View>;
  readonly policy?: Partial<Policy>;
  readonly memory?: Partial<Memory>;
  readonly heed?: Heed;
}

/** What is written at ha1, as `backup`, `backup again` or `release`. */
function written(differs: Differs): string {
  const { servers = [main(young), used], pin = none, heed = null } = differs;
  const shows = { ...view(worker(servers)), pin, ...differs.view };
  const others = differs.elsewhere ?? [];
  const ha2 = seen('ha2', NOW.monoMs, view(worker(others, { pid: 200 })));
  const proxies = [seen('ha1', NOW.monoMs, shows), ...(others.length > 0 ? [ha2] : [])];
  const policy = { ...POLICY, proxies: [proxyPolicy('ha1')], ...differs.policy };
  const was = { ...memoryOf(BLANK, 'ha1'), heed, lastLookMs: NOW.monoMs - 1_000 };
  const memory = { ...BLANK, target: 'backup', proxies: [was], ...differs.memory };
  const { pins } = decide({ proxies }, memory, policy, NOW);
  return pins
    .map(({ server: name, serverId, renews }) => {
      const id = servers.find((one) => one.name === name)?.id ?? 0;
      expect(serverId).toBe(id);
      return name === null ? 'release' : `${name}${renews ? ' again' : ''}`;
    })
    .join();
}

const unheeding: Heed = { pid: 100, serverId: 2, sinceMs: 0, missed: 3 };
const rows: [says: string, writes: string, differs: Differs][] = [
  ['main up, and nothing pinned', 'backup', {}],
  ['backup pinned already', 'backup again', { pin: onBackup }],
  ['backup pinned, its lease over', 'backup', { pin: { ...onBackup, leaseMs: 0 } }],
  ['main pinned', 'backup', { pin: onMain }],
  ['main down: it may come back', 'backup', { servers: [main({ status: 'DOWN' }), used] }],
  [
    'backup down here, and up elsewhere',
    'backup',
    { servers: [main(young), backup({ status: 'DOWN' })], elsewhere: [main(young), used] },
  ],
  [
    'main in maintenance: HAProxy chooses backup',
    '',
    { servers: [main({ status: 'MAINT' }), used] },
  ],
  [
    'main in maintenance, backup pinned',
    'release',
    { servers: [main({ status: 'MAINT' }), used], pin: onBackup },
  ],
  ['main draining', '', { servers: [main({ status: 'DRAIN' }), used] }],
  ['main not checked', 'backup', { servers: [main({ status: 'no check' }), used] }],
  [
    'backup draining: nobody overrides that',
    '',
    { servers: [main(young), backup({ status: 'DRAIN', sessions: 4 })] },
  ],
  [
    'backup draining, and pinned',
    'release',
    { servers: [main(young), backup({ status: 'DRAIN', sessions: 4 })], pin: onBackup },
  ],
  [
    'main as the target, backup pinned',
    'release',
    { memory: { target: 'main' }, servers: [main({ sessions: 4 }), backup()], pin: onBackup },
  ],
  [
    'main as the target',
    '',
    { memory: { target: 'main' }, servers: [main({ sessions: 4 }), backup()] },
  ],
  [
    'main as the target, beside another active server',
    'main',
    {
      memory: { target: 'main' },
      servers: [main({ sessions: 4 }), server({ name: 'backup', id: 2 })],
    },
  ],
  [
    'ids that are not in order',
    'backup',
    { servers: [main({ id: 9, ...young }), backup({ id: 3, sessions: 4 })] },
  ],
  ['no such server here', '', { servers: [main(young)], elsewhere: [main(young), used] }],
  ['observe mode', '', { policy: { mode: 'observe' } }],
  ['steer none', '', { policy: { steer: 'none' }, pin: onMain }],
  ['no table', '', { pin: { kind: 'no-table' } }],
  ['level user', '', { view: { level: 'user' } }],
  ['level operator', 'backup', { view: { level: 'operator' } }],
  [
    'a proxy that others drive',
    '',
    { policy: { proxies: [proxyPolicy('ha1', { drive: false })] } },
  ],
  ['a worker that heeds no pin', '', { heed: unheeding }],
  ['one whose pin still stands', 'release', { heed: unheeding, pin: onBackup }],
  ['another worker that heeded none', 'backup', { heed: { ...unheeding, pid: 99 } }],
  [
    'a pending move from backup to main',
    'backup',
    { memory: { target: 'main', pendingMove: true, from: 'backup' }, policy: { confirm: 9 } },
  ],
  [
    'a move to main that begins now',
    'release',
    {
      pin: onBackup,
      memory: { target: 'main', pendingMove: true, from: 'backup' },
      policy: { confirm: 1 },
    },
  ],
  [
    'nothing remembered, nothing up',
    'release',
    {
      memory: { target: null },
      pin: onMain,
      servers: [main({ status: 'DOWN' }), backup({ status: 'DOWN' })],
    },
  ],
];

describe('with backup as the target', () => {
  test.each(rows)('%s, is written: %s', (_, writes, differs) => {
    expect(written(differs)).toBe(writes);
  });
});
