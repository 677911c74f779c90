// Who does what was asked for by hand: the command alone, holding or not, or the daemon, where it can be told.
import { expect, test } from 'vitest';
import type { ConvergeOptions } from '../../src/cli/converge.ts';
import { courseOf } from '../../src/cli/course.ts';
import type { Config } from '../../src/domain/config.ts';
import type { PinOrder } from '../../src/domain/decision.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Status } from '../../src/domain/status.ts';
import { PLAN } from '../report/world.ts';
import { pinnedTo, STATUS } from './status.ts';
import { CONFIG } from './world.ts';

const TOKEN = { ...CONFIG, token: 'a-token-of-some-length' };
const NONE = { ok: false, fault: 'no daemon listens' } as const;
const PIN: PinOrder = { proxy: 'ha1', server: 'backup', serverId: 2, renews: false };
const HOUR_MS = 3_600_000;
const ASKED: ConvergeOptions = {
  to: null,
  proxy: null,
  forMs: null,
  dryRun: false,
  yes: false,
  force: false,
  json: false,
};

const daemon = (difference: Partial<Status>): Result<Status, string> => ({
  ok: true,
  value: { ...STATUS, ...difference },
});

function course(
  difference: Partial<ConvergeOptions>,
  status: Result<Status, string>,
  hand: Partial<Parameters<typeof courseOf>[3]>,
  config: Config = TOKEN,
) {
  const whole = { target: 'backup', plan: PLAN, pins: [PIN], ...hand };
  return courseOf(config, { ...ASKED, ...difference }, status, whole);
}

const ON_MAIN = daemon({ target: 'main' });
const ON_BACKUP = daemon({ target: 'backup' });
const OBSERVES = daemon({ target: 'main', mode: 'observe' });
const PINS_MAIN = daemon({ target: 'main', proxies: [pinnedTo('main')] });

test.each<[string, ReturnType<typeof course>, object | null]>([
  [
    'no daemon, and HAProxy leads there itself',
    course({ to: 'backup' }, NONE, { pins: [] }),
    { kind: 'alone', holdMs: null },
  ],
  [
    'no daemon, and a pin is needed',
    course({ to: 'backup' }, NONE, {}),
    { kind: 'alone', holdMs: HOUR_MS },
  ],
  [
    'for a time of its own',
    course({ to: 'backup', forMs: 5000 }, NONE, {}),
    { kind: 'alone', holdMs: 5000 },
  ],
  [
    'nothing to close, but to be held',
    course({ to: 'backup' }, NONE, { plan: null }),
    { kind: 'alone', holdMs: HOUR_MS },
  ],
  [
    'a pin is needed, and nobody named',
    course({}, NONE, {}),
    { kind: 'against', passes: false, why: expect.stringContaining('--to backup') },
  ],
  ['nothing to close, and nobody named', course({}, NONE, { plan: null }), null],
  [
    'a pin is only to be released',
    course({ to: 'main' }, NONE, { target: 'main', pins: [{ ...PIN, server: null, serverId: 0 }] }),
    { kind: 'alone', holdMs: null },
  ],
  [
    'a daemon that only observes',
    course({ to: 'backup' }, OBSERVES, {}),
    { kind: 'alone', holdMs: HOUR_MS },
  ],
  [
    'a daemon that wants the same',
    course({ to: 'backup' }, ON_BACKUP, {}),
    { kind: 'alone', holdMs: null },
  ],
  [
    'the same, and it is to be held for a time',
    course({ to: 'backup', forMs: 5000 }, ON_BACKUP, { plan: null }),
    { kind: 'hand-over', to: 'backup', forMs: 5000 },
  ],
  [
    'a daemon with another target',
    course({ to: 'backup' }, ON_MAIN, {}),
    { kind: 'hand-over', to: 'backup', forMs: HOUR_MS, has: 'main' },
  ],
  ['nobody named, no pin: it follows', course({}, ON_MAIN, {}), { kind: 'alone', holdMs: null }],
  ['nobody named, and it pins', course({}, PINS_MAIN, {}), { kind: 'hand-over', to: 'backup' }],
  [
    'nobody named, it pins, and nothing is to be closed',
    course({}, PINS_MAIN, { plan: null }),
    null,
  ],
  [
    'no token',
    course({ to: 'backup' }, ON_MAIN, {}, CONFIG),
    { kind: 'against', why: expect.stringContaining('no api.tokenFile') },
  ],
  [
    'one proxy only',
    course({ to: 'backup', proxy: 'ha1' }, ON_MAIN, {}),
    { kind: 'against', why: expect.stringContaining('--proxy') },
  ],
  ['no target at all', course({}, NONE, { target: null, plan: null }), null],
])('%s', (_, found, wanted) => {
  expect({ found }).toMatchObject({ found: wanted });
});
