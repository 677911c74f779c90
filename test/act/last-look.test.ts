// The last look before a command that acts: what is older than `poll.timeout` by then is looked at again.
import { expect, test } from 'vitest';
import { carryOut, type DrivenProxy } from '../../src/act/actor.ts';
import type { Look, RuntimeLink } from '../../src/domain/ports.ts';
import { optionsFor, planOf, SERVING, standIn, streams, type StandIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const CLOSE = 'shutdown sessions server bp/backup';
const TIMEOUT_MS = 800;

function withStrays(): StandIn {
  const has = standIn();
  has.workers.set(SERVING, streams('backup', 3));
  return has;
}

/** This process stands still for so long between these looks and what follows them. */
function stopsAfterLook(has: StandIn, looks: readonly number[], ms: number): void {
  has.onLook = () => {
    if (looks.includes(has.looks)) void has.clock.sleep(ms);
  };
}

/** `looks`: how many there were when the command was sent. */
async function close(has: StandIn, proxy: DrivenProxy = has.proxy) {
  let looks = 0;
  has.intercept = (line) => {
    if (line === CLOSE) looks = has.looks;
    return null;
  };
  const plan = planOf({ action: 'close-server', pid: SERVING });
  const [outcome] = await carryOut(optionsFor(has, [], { proxies: [proxy] }), plan, [], NEVER);
  return { outcome: outcome!, looks, closed: has.asked.includes(CLOSE) };
}

test('stopped between the last look and the command: looked at once more', async () => {
  const has = withStrays();
  // The first look is the re-read.
  stopsAfterLook(has, [2], TIMEOUT_MS);
  expect(await close(has)).toMatchObject({ outcome: { result: 'ok' }, looks: 3 });
});

test('what that look shows counts: main has died meanwhile', async () => {
  const has = withStrays();
  const lookServing: Look = async (signal) => {
    const seen = await has.proxy.lookServing(signal);
    if (has.looks === 2) {
      await has.clock.sleep(TIMEOUT_MS);
      has.mainUp = false;
    }
    return seen;
  };
  const { outcome, closed } = await close(has, { ...has.proxy, lookServing });
  expect(outcome).toMatchObject({ result: 'refused', gate: 'target-not-up' });
  expect(closed).toBe(false);
});

test('stopped at each of them: refused, and nothing is sent', async () => {
  const has = withStrays();
  stopsAfterLook(has, [2, 3, 4], TIMEOUT_MS);
  const { outcome, closed } = await close(has);
  expect(outcome).toMatchObject({ result: 'refused', gate: 'stalled', listed: 0 });
  expect(closed).toBe(false);
});

test('a moment less is no standstill', async () => {
  const has = withStrays();
  stopsAfterLook(has, [2], TIMEOUT_MS - 2);
  expect(await close(has)).toMatchObject({ outcome: { result: 'ok' }, looks: 2 });
});

test('the listing beside it takes that long: looked at once more', async () => {
  const has = withStrays();
  let listings = 0;
  const link: RuntimeLink = {
    ...has.proxy.link!,
    ask: async (line, limit) => {
      if (line === 'show sess' && (listings += 1) === 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await has.clock.sleep(TIMEOUT_MS);
      }
      return has.proxy.link!.ask(line, limit);
    },
  };
  const closed = await close(has, { ...has.proxy, link });
  expect(closed).toMatchObject({ outcome: { result: 'ok' }, looks: 3 });
});
