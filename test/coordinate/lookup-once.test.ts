import { lookup } from 'node:dns';
import { expect, test } from 'vitest';
import { lookupOnce } from '../../src/coordinate/lookup-once.ts';

const FOUND = [{ address: '192.0.2.1', family: 4 }];

test('whoever asks for a name that is being looked up gets the same answer, and the next one asks anew', async () => {
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const once = lookupOnce((host, _, tell) => {
    asked.push(host);
    held.push(() => tell(null, FOUND));
  });
  const ask = (host: string) =>
    new Promise((resolve) => once(host, { all: true }, (_, found) => resolve(found)));

  const answers = [ask('peer2'), ask('peer2'), ask('peer3')];
  expect(asked).toEqual(['peer2', 'peer3']);
  for (const tell of held) tell();
  expect(await Promise.all(answers)).toEqual([FOUND, FOUND, FOUND]);
  void ask('peer2');
  expect(asked).toEqual(['peer2', 'peer3', 'peer2']);
});

test('a name that is none is an error for all who asked', async () => {
  const once = lookupOnce(lookup);
  const ask = () =>
    new Promise((resolve) =>
      once('no.such.invalid', { all: true }, (error) => resolve(error === null)),
    );
  expect(await Promise.all([ask(), ask()])).toEqual([false, false]);
});
