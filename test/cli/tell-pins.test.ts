// Pins are renewed every second: log and journal hear of them when something changes, metrics of changes and failures.
import { expect, test } from 'vitest';
import { pinTeller } from '../../src/cli/tell-pins.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import { orderFor } from '../act/stand-in.ts';
import { clock, done, logBook } from '../report/world.ts';

const DENIED = { kind: 'denied', command: 'set table', address: 'unix:/s' } as const;

function teller() {
  const { log, said } = logBook();
  const kept: JournalRecord[] = [];
  const counted: string[] = [];
  const journal = {
    append: async (record: JournalRecord) => void kept.push(record),
    latest: () => [],
  };
  const observeOutcome = ({ action, result }: Outcome) => void counted.push(`${action} ${result}`);
  const tell = pinTeller(log, journal, { observeOutcome }, clock);
  const pin = (serverId: 0 | 2, renews: boolean, ok = true) => {
    const order = orderFor('ha2', serverId, renews);
    const action = serverId === 0 ? ('release' as const) : ('pin' as const);
    const end = ok ? { result: 'ok' as const } : { result: 'failed' as const, fault: DENIED };
    tell(order, done({ action, server: order.server, ...end }));
    return { said: said.length, kept: kept.length, counted: counted.length };
  };
  return { pin, counted };
}

test('a pin is told when it is set, not when it is renewed, and when it is released', () => {
  const { pin, counted } = teller();
  expect(pin(2, false)).toEqual({ said: 1, kept: 1, counted: 1 });
  for (let i = 0; i < 60; i += 1) pin(2, true);
  expect(pin(2, true)).toEqual({ said: 1, kept: 1, counted: 1 });
  expect(pin(0, false)).toEqual({ said: 2, kept: 2, counted: 2 });
  expect(counted).toEqual(['pin ok', 'release ok']);
});

test('a failure is told when it begins and when it ends, and counted each time', () => {
  const { pin } = teller();
  pin(2, false);
  for (let i = 0; i < 10; i += 1) pin(2, true, false);
  expect(pin(2, true, false)).toEqual({ said: 2, kept: 2, counted: 12 });
  expect(pin(2, true)).toEqual({ said: 3, kept: 3, counted: 12 });
  const never = teller();
  for (let i = 0; i < 10; i += 1) never.pin(2, false, false);
  expect(never.pin(2, false, false)).toEqual({ said: 1, kept: 1, counted: 11 });
});

test('what stood before this supervisor began is renewed without a word', () => {
  expect(teller().pin(2, true)).toEqual({ said: 0, kept: 0, counted: 0 });
});
