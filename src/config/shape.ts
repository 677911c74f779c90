// The whole of mainstay.yaml as contract.md has it: every key, and what each may hold.
import * as z from 'zod';
import { VERDICTS } from '../domain/verdict.ts';
import {
  command,
  duration,
  file,
  haproxyName,
  hostPort,
  integer,
  link,
  list,
  map,
  oneOf,
  peerUrl,
  proxyName,
  secretUrl,
  sshLogin,
  statsUrl,
  text,
  url,
} from './kinds.ts';
import { wants } from './wants.ts';

const LONGEST = '720h';

const probeEvery = {
  interval: duration('100ms', '1h').optional(),
  timeout: duration('10ms', '1m').optional(),
  fall: integer(1, 100).optional(),
  rise: integer(1, 100).optional(),
  authority: oneOf('failback', 'failover').optional(),
};

const probe = z.discriminatedUnion(
  'kind',
  [
    map({
      kind: z.literal('cardano'),
      address: hostPort,
      network: z
        .union([z.enum(['mainnet', 'preprod', 'preview']), integer(0, 4_294_967_295)], {
          error: wants('mainnet, preprod, preview or the network magic'),
        })
        .optional(),
      maxLag: integer(0, 1_000_000).optional(),
      ...probeEvery,
    }),
    map({ kind: z.literal('tcp'), address: hostPort, ...probeEvery }),
    map({
      kind: z.literal('http'),
      http: map({
        url,
        status: integer(100, 599).optional(),
        body: text('text').optional(),
      }),
      ...probeEvery,
    }),
  ],
  {
    error: ({ code }) =>
      wants(
        code === 'invalid_union' ? 'cardano, tcp or http' : 'a map with kind: cardano, tcp or http',
      ),
  },
);

const forging = map({
  ssh: sshLogin.optional(),
  local: z.literal(true, { error: wants('true') }).optional(),
  enable: command.optional(),
  disable: command.optional(),
  check: command.optional(),
  metrics: url.optional(),
  unreachable: oneOf('hold', 'proceed').optional(),
});

const serverName = haproxyName('the name of a server');

const producer = z.union(
  [serverName, map({ name: serverName, probe: probe.optional(), forging: forging.optional() })],
  { error: wants('the name of a server, or a map with name') },
);

const remedy = map({ ssh: text('a command line').optional(), exec: command.optional() });

const proxy = map({
  name: proxyName,
  runtime: link.optional(),
  master: link.optional(),
  stats: statsUrl.optional(),
  drive: z
    .union([z.boolean(), z.literal('standby')], { error: wants('true, false or standby') })
    .optional(),
  tls: map({
    ca: file.optional(),
    cert: file.optional(),
    key: file.optional(),
    serverName: text('a host name').optional(),
  }).optional(),
  ssh: map({
    key: file.optional(),
    hostKey: text('SHA256: and 43 characters, as ssh-keygen -l prints it', (value) =>
      /^SHA256:[A-Za-z0-9+/]{43}$/.test(value),
    ).optional(),
    via: oneOf('streamlocal', 'command').optional(),
  }).optional(),
  auth: map({
    // A colon would end it in the header (RFC 7617, 2).
    username: text('a user name without a colon', (name) => !name.includes(':')),
    passwordFile: file,
  }).optional(),
  reload: z
    .union([z.literal('master'), remedy], {
      error: wants('master, { ssh: "…" } or { exec: […] }'),
    })
    .optional(),
  restart: remedy.optional(),
});

const api = map({
  tokenFile: file.optional(),
  tls: map({
    cert: file.optional(),
    key: file.optional(),
    ca: file.optional(),
  }).optional(),
});

const schedule = map({
  files: list(file, 'files').optional(),
  before: duration('0s', '1h').optional(),
  after: duration('0s', '1h').optional(),
  critical: duration('0s', '1h').optional(),
  applies: list(oneOf('failback', 'sticky'), 'failback or sticky').optional(),
});

const peer = map({
  name: proxyName,
  url: peerUrl,
  tokenFile: file.optional(),
  ca: file.optional(),
});

const hook = map({
  on: list(oneOf(...VERDICTS, 'action', 'gate'), 'events', 1),
  webhook: secretUrl.optional(),
  tokenFile: file.optional(),
  timeout: duration('100ms', '1m').optional(),
  exec: command.optional(),
});

/** mainstay.yaml before its defaults. What several settings must agree on is checked in agreement.ts. */
export const CONFIG_FILE = map(
  {
    cluster: text('a label of 1 to 64 characters', ({ length }) => length <= 64).optional(),
    backend: haproxyName('the name of the HAProxy backend to watch'),
    producers: list(producer, 'producers', 2).optional(),
    proxies: list(proxy, 'proxies', 1),
    self: proxyName.optional(),
    mode: oneOf('converge', 'observe').optional(),
    timing: oneOf('fast', 'normal', 'careful').optional(),
    poll: map({
      interval: duration('100ms', '60s').optional(),
      timeout: duration('10ms', '60s').optional(),
    }).optional(),
    confirm: integer(1, 100).optional(),
    warmup: duration('0s', '1h').optional(),
    failback: map({
      after: duration('0s', LONGEST).optional(),
      unseen: duration('1m', LONGEST).optional(),
    }).optional(),
    split: map({ after: duration('0s', '1h').optional() }).optional(),
    partial: map({
      policy: oneOf('together', 'tolerate').optional(),
      after: duration('0s', LONGEST).optional(),
    }).optional(),
    cooldown: duration('0s', LONGEST).optional(),
    flap: map({
      max: integer(1, 1000).optional(),
      within: duration('1s', LONGEST).optional(),
    }).optional(),
    budget: map({
      max: integer(1, 1000).optional(),
      within: duration('1s', LONGEST).optional(),
    }).optional(),
    steer: oneOf('auto', 'pin', 'none').optional(),
    pin: map({ table: haproxyName('the name of a stick table').optional() }).optional(),
    events: haproxyName('auto, off or the name of a ring').optional(),
    escalate: list(
      oneOf('sessions', 'reload', 'restart'),
      'rungs (sessions, reload, restart)',
      1,
      3,
    ).optional(),
    verify: map({
      within: duration('100ms', '10m').optional(),
      return: duration('0s', '1h').optional(),
    }).optional(),
    listen: hostPort.optional(),
    api: api.optional(),
    schedule: schedule.optional(),
    peers: list(peer, 'peers').optional(),
    hooks: list(hook, 'hooks').optional(),
    journal: file.optional(),
    log: map({
      level: oneOf('trace', 'debug', 'info', 'warn', 'error').optional(),
      format: oneOf('json', 'pretty').optional(),
    }).optional(),
  },
  'settings (at least backend and proxies)',
);

export type ConfigFile = z.infer<typeof CONFIG_FILE>;
