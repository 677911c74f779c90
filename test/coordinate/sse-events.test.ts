// The names of server-sent events, however the bytes are cut, and whatever else comes.
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { makeSseReader } from '../../src/coordinate/sse-events.ts';

const read = (...pieces: string[]): readonly string[] => {
  const reader = makeSseReader();
  return pieces.flatMap((piece) => reader(Buffer.from(piece)));
};

const STREAM =
  ': hello\n\nevent: view\ndata: {}\n\nevent:decision\r\ndata: {"a":"event: view"}\r\n\r\n: still here\n\ndata: alone\n\nid: 7\nevent: action\ndata: a\ndata: b\n\n';

test('an event is told when it ends, with its name; comments and others without one are passed over', () => {
  expect(read(STREAM)).toEqual(['view', 'decision', 'action']);
  expect(read('event: view\ndata: {}\n')).toEqual([]);
});

test('cut anywhere it is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 8 }), (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      const pieces = at.slice(1).map((to, i) => STREAM.slice(at[i], to));
      expect(read(...pieces)).toEqual(['view', 'decision', 'action']);
    }),
  );
});

test('a line without an end is nothing, and the next event is heard', () => {
  const long = 'x'.repeat(100_000);
  expect(read(`event: ${long}`, long, `\n\nevent: view\ndata: ${long}`, long, '\n\n')).toEqual([
    'view',
  ]);
});

test('no bytes make it throw', () => {
  const sound = fc.property(fc.array(fc.uint8Array()), (pieces) => {
    const reader = makeSseReader();
    for (const piece of pieces) reader(Buffer.from(piece));
  });
  expect(fc.check(sound).failed).toBe(false);
});
