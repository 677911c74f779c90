// `run --release`: pins and heartbeats that stand at driven proxies end with the supervisor, and nothing else is written.
import { expect, test } from 'vitest';
import { releasePins } from '../../src/cli/release.ts';
import type { PinOrder } from '../../src/domain/decision.ts';
import { optionsFor, orderFor, standIn } from '../act/stand-in.ts';
import { judged } from '../report/world.ts';

/** What was written at ha1, where `pinned` stands at the last look and `ordered` was ordered after it. */
async function written(pinned: number, ordered: readonly PinOrder[] = [], driven = true) {
  const has = standIn();
  has.pinned = pinned;
  const view = await has.proxy.look();
  if (!view.ok) throw new Error('it is seen');
  const sight = { kind: 'seen', atMs: 0, value: view.value } as const;
  const round = {
    snapshot: { proxies: [{ name: 'ha1', sight }] },
    judgement: judged({ pins: ordered, beats: [] }),
  };
  const options = optionsFor(has);
  await releasePins({ ...options, proxies: driven ? options.proxies : [] }, round);
  return has.asked.flatMap((line) => /gpt0 (\d+)/.exec(line)?.[1] ?? []);
}

test('a pin that stands, or was ordered since the last look, is released', async () => {
  expect(await written(2)).toEqual(['0']);
  expect(await written(0, [orderFor('ha1', 2)])).toEqual(['0']);
});

test('without a pin nothing is written, nor at a proxy that somebody else drives', async () => {
  expect(await written(0)).toEqual([]);
  expect(await written(2, [], false)).toEqual([]);
});

test('the heartbeats that it wrote are ended with the pins, and nobody elses', async () => {
  const has = standIn();
  has.beats = true;
  const snapshot = { proxies: [] };
  await releasePins(optionsFor(has), { snapshot, judgement: judged({ pins: [], beats: [] }) });
  expect(has.beats).toBe(true);
  await releasePins(optionsFor(has), { snapshot, judgement: judged({ pins: [], beats: ['ha1'] }) });
  expect([has.beats, has.asked]).toEqual([false, ['set table pin key 2 data.gpt0 0']]);
});
