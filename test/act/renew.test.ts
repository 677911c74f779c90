// Reload and restart: once, believed only when another worker serves, and failed with the reason otherwise.
import { expect, test } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { Fault, Trouble } from '../../src/domain/fault.ts';
import { OLD, optionsFor, planOf, SERVING, standIn, streams, type StandIn } from './stand-in.ts';

const NEW = 101;
const NEVER = new AbortController().signal;
const RELOAD = { action: 'reload', pid: SERVING, server: null, sessions: 4 } as const;
const RESTART = { ...RELOAD, action: 'restart' } as const;

async function carry(has: StandIn, step: typeof RELOAD | typeof RESTART = RELOAD, signal = NEVER) {
  const told: Outcome[] = [];
  const outcomes = await carryOut(optionsFor(has, told), planOf(step), [], signal);
  expect(told[0]).toEqual({ ...outcomes[0], returned: null, trail: told[0]?.trail });
  return outcomes[0]!;
}

const did = ({ trail }: Outcome) => trail.map((entry) => `${entry.did}: ${entry.saw}`);
const reloads = ({ asked }: StandIn) => asked.filter((line) => line === 'master: reload').length;
const fault = (trouble: Trouble): Fault => ({ ...trouble, address: 'ha1' });

/** A new worker serves from the look of that number on; the one before keeps its sessions. */
function renewedAtLook(has: StandIn, look: number): void {
  has.onLook = () => {
    if (has.looks !== look) return;
    has.workers.set(NEW, []);
    has.serving = NEW;
    has.uptimeS = 0;
  };
}

function withStrays(differ: Parameters<typeof standIn>[0] = {}): StandIn {
  const has = standIn(differ);
  has.workers.set(SERVING, [...streams('backup', 4), ...streams('main', 2, 100)]);
  return has;
}

test('HAProxy 2.6 says nothing: it is done when another worker serves', async () => {
  const has = withStrays();
  renewedAtLook(has, 5);
  const outcome = await carry(has);

  expect(outcome).toMatchObject({
    action: 'reload',
    server: null,
    result: 'ok',
    listed: 4,
    remaining: 0,
    convergedMs: null,
    returned: null,
    fault: null,
  });
  expect(did(outcome)).toEqual([
    'reload: accepted',
    'verify: another worker serves, with 0 sessions off main',
  ]);
  expect(reloads(has)).toBe(1);
  // Before each of the three looks at it.
  expect(has.drops.slice(0, 6)).toEqual([
    'worker',
    'master',
    'worker',
    'master',
    'worker',
    'master',
  ]);
});

test('HAProxy 3.2 says that it failed, and why: so does the fault', async () => {
  const has = withStrays();
  has.intercept = (line) =>
    line === 'reload' ? "Success=0\n--\n[ALERT] (1) : config : unknown keyword 'z'.\n\n" : null;
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'failed', listed: 4, remaining: 4 });
  expect(outcome.fault).toMatchObject({ kind: 'reload-failed', address: 'unix:master' });
  expect(JSON.stringify(outcome.fault)).toContain("unknown keyword 'z'");
  expect(reloads(has)).toBe(1);
});

test('HAProxy 2.6 counts a failure and says nothing: the count tells', async () => {
  const has = withStrays();
  has.reloads = [3, 1];
  has.onLook = () => {
    if (has.looks === 5) has.reloads = [4, 2];
  };
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'failed', fault: { kind: 'reload-failed' } });
  expect(reloads(has)).toBe(1);
});

test('a failure from before is not taken for this one', async () => {
  const has = withStrays();
  has.reloads = [3, 1];
  renewedAtLook(has, 8);
  expect(await carry(has)).toMatchObject({ result: 'ok' });
});

test('the same worker serves on: after 20 s that is said, and it is not tried again', async () => {
  const has = withStrays();
  const beganMs = has.clock.now().monoMs;
  const outcome = await carry(has);

  expect(outcome.fault).toEqual({ kind: 'same-worker', pid: SERVING, address: 'unix:master' });
  expect(has.clock.now().monoMs - beganMs).toBeGreaterThan(19_000);
  expect(has.clock.now().monoMs - beganMs).toBeLessThan(21_000);
  expect(reloads(has)).toBe(1);
});

test('the answer is lost: looking tells', async () => {
  const has = withStrays();
  has.intercept = (line) => (line === 'reload' ? { kind: 'truncated', bytes: 0 } : null);
  renewedAtLook(has, 5);
  const outcome = await carry(has);
  expect(outcome).toMatchObject({ result: 'ok', fault: null });
  expect(did(outcome)[0]).toBe('reload: truncated');
});

test('the master is not there: nothing was done, and nothing is waited for', async () => {
  const has = withStrays();
  has.intercept = (_, link) => (link === 'master' ? { kind: 'refused' } : null);
  const outcome = await carry(has);
  expect(outcome).toMatchObject({ result: 'failed', fault: { kind: 'refused' }, remaining: 4 });
  expect(has.looks).toBe(2);
});

test('main is down at the last look: nothing is reloaded', async () => {
  const has = withStrays();
  has.onLook = () => {
    if (has.looks === 2) has.mainUp = false;
  };
  expect(await carry(has)).toMatchObject({ result: 'refused', gate: 'target-not-up' });
  expect(reloads(has)).toBe(0);
});

test('the state is saved before the last look, and where it went is noted', async () => {
  const order: string[] = [];
  const has = withStrays({
    saveState: async () => {
      order.push('save');
      return { ok: true, value: '/run/state' };
    },
  });
  has.onLook = () => order.push('look');
  has.intercept = (line) => {
    if (line === 'reload') order.push('reload');
    return null;
  };
  const outcome = await carry(has);
  expect(order.slice(0, 4)).toEqual(['look', 'save', 'look', 'reload']);
  expect(did(outcome)[0]).toBe('save: /run/state');
});

test('the state cannot be saved: that is noted, and the reload goes on', async () => {
  const has = withStrays({
    saveState: async () => ({
      ok: false,
      fault: fault({ kind: 'file', path: '/x', code: 'EACCES' }),
    }),
  });
  renewedAtLook(has, 4);
  const outcome = await carry(has);
  expect(outcome.result).toBe('ok');
  expect(did(outcome)[0]).toBe('save: file');
});

test('by a command: it is run once, and the worker decides whether it was good', async () => {
  let runs = 0;
  const reload = async () => {
    runs += 1;
    return { ok: true, value: 'done' } as const;
  };
  const has = withStrays({ reload, master: null });
  renewedAtLook(has, 4);
  expect(await carry(has)).toMatchObject({ result: 'ok' });
  expect(runs).toBe(1);

  const deaf = withStrays({ reload, master: null });
  expect(await carry(deaf)).toMatchObject({ result: 'failed', fault: { kind: 'same-worker' } });
  expect(runs).toBe(2);
});

test('the command fails: its words are the fault', async () => {
  const said = 'Job for haproxy.service failed.';
  const has = withStrays({
    reload: async () => ({ ok: false, fault: fault({ kind: 'command-failed', code: 1, said }) }),
  });
  expect(await carry(has)).toMatchObject({ result: 'failed', fault: { code: 1, said } });
  expect(has.looks).toBe(2);
});

test('a command that hangs may have done it all the same: looking tells', async () => {
  const trouble = fault({ kind: 'command-failed', code: null, said: '' });
  const has = withStrays({ reload: async () => ({ ok: false, fault: trouble }) });
  renewedAtLook(has, 4);
  expect(await carry(has)).toMatchObject({ result: 'ok' });

  const deaf = withStrays({ reload: async () => ({ ok: false, fault: trouble }) });
  expect(await carry(deaf)).toMatchObject({ result: 'failed', fault: trouble });
});

test('a restart is done when another worker serves and none from before is left', async () => {
  const has = withStrays({ restart: async () => ({ ok: true, value: '' }) });
  has.workers.set(OLD, streams('backup', 3, 50));
  has.onLook = () => {
    if (has.looks === 4) {
      has.serving = NEW;
      has.workers.set(NEW, streams('main', 6, 200));
    }
    if (has.looks === 6) has.workers.delete(SERVING);
    if (has.looks === 8) has.workers.delete(OLD);
  };
  const outcome = await carry(has, RESTART);

  expect(outcome).toMatchObject({ action: 'restart', result: 'ok', listed: 4, remaining: 0 });
  expect(outcome.convergedMs).not.toBeNull();
  expect(outcome.returned).toBe(true);
  expect(has.looks).toBe(9);
});

test('seen on the statistics page, which names no process, a worker that counts from anew is another one', async () => {
  const has = withStrays({ restart: async () => ({ ok: true, value: '' }) });
  has.way = 'stats';
  renewedAtLook(has, 4);
  const step = { ...RESTART, pid: null };
  const outcomes = await carryOut(optionsFor(has), planOf(step), [], NEVER);
  expect(outcomes[0]).toMatchObject({ result: 'ok', server: null });

  const deaf = withStrays({ restart: async () => ({ ok: true, value: '' }) });
  deaf.way = 'stats';
  const [outcome] = await carryOut(optionsFor(deaf), planOf(step), [], NEVER);
  expect(outcome).toMatchObject({ result: 'failed', fault: null });
  expect(did(outcome!).at(-1)).toBe('verify: nothing shows another worker');
});

test('HAProxy is not seen after the restart: that is the fault', async () => {
  const has = withStrays({ restart: async () => ({ ok: true, value: '' }) });
  const { look } = has.proxy;
  const gone = fault({ kind: 'refused' });
  const proxy = {
    ...has.proxy,
    look: async (signal?: AbortSignal) =>
      has.looks < 2
        ? look(signal)
        : (await has.clock.sleep(1), { ok: false as const, fault: gone }),
  };
  const [outcome] = await carryOut(
    optionsFor(has, [], { proxies: [proxy] }),
    planOf(RESTART),
    [],
    NEVER,
  );
  expect(outcome).toMatchObject({ result: 'failed', fault: gone });
});

test.for([1, 2, 3])('a stop at exchange %i abandons it at once', async (stopAt) => {
  const has = withStrays();
  const stopping = new AbortController();
  let exchanges = 0;
  has.intercept = () => {
    if ((exchanges += 1) === stopAt) stopping.abort();
    return null;
  };
  const beganMs = has.clock.now().monoMs;
  const outcome = await carry(has, RELOAD, stopping.signal);
  expect(outcome.result).toBe('abandoned');
  expect(has.clock.now().monoMs - beganMs).toBeLessThan(1000);
  expect(reloads(has)).toBe(stopAt === 1 ? 0 : 1);
});

test('without any way to do it, it fails and says so', async () => {
  const has = withStrays({ reload: null });
  expect(await carry(has)).toMatchObject({ result: 'failed', fault: { kind: 'unreachable' } });
});
