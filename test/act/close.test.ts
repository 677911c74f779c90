// Sessions on a server of the serving worker: closed over the runtime link or, for want of one, by the statistics page.
import { expect, test } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { Trouble } from '../../src/domain/fault.ts';
import type { StatsLink } from '../../src/domain/ports.ts';
import { optionsFor, planOf, SERVING, standIn, streams, type StandIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const PAGE = 'http://ha1/stats';

const did = ({ trail }: Outcome) => trail.map((entry) => `${entry.did}: ${entry.saw}`);

async function carry(has: StandIn, pid: number | null = SERVING): Promise<Outcome> {
  const plan = planOf({ action: 'close-server', pid });
  const [outcome] = await carryOut(optionsFor(has), plan, [], NEVER);
  return outcome!;
}

/** A page whose form does as `close` says, at a HAProxy that is seen by it alone. */
function byPage(close: (has: StandIn) => Trouble | null): { has: StandIn; forms: string[] } {
  const forms: string[] = [];
  const stats: StatsLink = {
    address: PAGE,
    mayClose: true,
    csv: async () => ({ ok: true, value: '' }),
    closeServer: async (backend, server) => {
      forms.push(`${backend}/${server}`);
      const fault = close(has);
      return fault === null
        ? { ok: true, value: null }
        : { ok: false, fault: { ...fault, address: PAGE } };
    },
  };
  const has = standIn({ link: null, master: null, stats });
  has.way = 'stats';
  has.workers.set(SERVING, [...streams('main', 2, 100), ...streams('backup', 3)]);
  return { has, forms };
}

const closeAll = (has: StandIn) => {
  has.workers.set(SERVING, streams('main', 2, 100));
  return null;
};

test('over the runtime link: listed, closed at once, and looked at until none is left', async () => {
  const has = standIn();
  has.workers.set(SERVING, [...streams('main', 2, 100), ...streams('backup', 3)]);
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'ok', action: 'close-server', listed: 3, remaining: 0 });
  expect(has.asked).toEqual(['show sess', 'shutdown sessions server bp/backup', 'show sess']);
  expect(has.workers.get(SERVING)).toHaveLength(2);
});

test('by the page: as many as it shows are listed, and gone when it shows none', async () => {
  const { has, forms } = byPage(closeAll);
  const outcome = await carry(has, null);

  expect(outcome).toMatchObject({ result: 'ok', listed: 3, remaining: 0, fault: null });
  expect(did(outcome).slice(0, 3)).toEqual([
    'list: 3 sessions on backup',
    'close: accepted',
    'verify: 0 of 3 are left',
  ]);
  expect(forms).toEqual(['bp/backup']);
});

test('the proxy was seen by the page although it has a socket: the page closes too', async () => {
  const { has, forms } = byPage(closeAll);
  const { link } = standIn().proxy;
  const [outcome] = await carryOut(
    optionsFor(has, [], { proxies: [{ ...has.proxy, link }] }),
    planOf({ action: 'close-server', pid: null }),
    [],
    NEVER,
  );
  expect(outcome).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
  expect(forms).toEqual(['bp/backup']);
  expect(has.asked).toEqual([]);
});

test('by the page: what it goes on showing is left', async () => {
  const { has } = byPage((here) => {
    here.workers.set(SERVING, streams('backup', 1));
    return null;
  });
  expect(await carry(has, null)).toMatchObject({ result: 'failed', listed: 3, remaining: 1 });
});

test('by the page: a refused form is a failure, with the reason', async () => {
  const { has, forms } = byPage(() => ({ kind: 'form-refused', st: 'DENY' }));
  expect(await carry(has, null)).toMatchObject({
    result: 'failed',
    remaining: 3,
    fault: { kind: 'form-refused', st: 'DENY', address: PAGE },
  });
  expect(forms).toHaveLength(1);
});

test('by the page: no answer to the form may be a closing all the same', async () => {
  const { has, forms } = byPage((here) => {
    closeAll(here);
    return { kind: 'timeout', afterMs: 5000, connected: true };
  });
  expect(await carry(has, null)).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
  expect(forms).toHaveLength(1);
});

test('main dies after the listing: nothing is sent, and what was noted stays noted', async () => {
  const { has, forms } = byPage(closeAll);
  has.onLook = () => {
    // The re-read, the listing, the last look.
    if (has.looks === 3) has.mainUp = false;
  };
  const outcome = await carry(has, null);
  expect(outcome).toMatchObject({ result: 'refused', gate: 'target-not-up' });
  expect(did(outcome)).toEqual(['list: 3 sessions on backup', 'reread: main is DOWN there']);
  expect(forms).toEqual([]);
});
