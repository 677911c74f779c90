// The live page's parts that need no browser: times, freshness, events, and the layout of the picture.
import { describe, expect, test } from 'vitest';
import type { Status } from '../../src/domain/status.ts';
import { durationText, leftText } from '../../src/page/duration.ts';
import { freshness, hear } from '../../src/page/freshness.ts';
import { layOut } from '../../src/page/layout.ts';
import { makeEventReader } from '../../src/page/sse.ts';
import { wrapText } from '../../src/page/text-fit.ts';
import { proxy, splitBrain, status, unseen, worker } from './statuses.ts';

describe('a span of time', () => {
  test.for([
    [-5000, '0 s'],
    [400, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [72_000, '1 min 12 s'],
    [3_600_000, '1 h'],
    [3_630_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_400_000 * 3 + 3_600_000 * 4, '3 d 4 h'],
  ] as const)('of %d ms is %s', ([ms, text]) => {
    expect(durationText(ms)).toBe(text);
  });

  test('that is over is now', () => {
    expect([leftText(2000), leftText(499), leftText(-9000)]).toEqual(['in 2 s', 'now', 'now']);
  });
});

const AT = '2026-11-24T03:11:00.000Z';
const serverMs = Date.parse(AT);
const at = (ms: number) => new Date(serverMs + ms).toISOString();

/** A device whose clock is an hour behind the server's. */
const here = (sinceMs: number) => ({ wallMs: serverMs - 3_600_000 + sinceMs, monoMs: sinceMs });
const date = (sinceMs: number) => new Date(serverMs + sinceMs).toUTCString();

describe('the last word', () => {
  const fresh = hear(null, AT, date(0), here(0));

  test('is live for five seconds, whatever the clock of the device', () => {
    expect(fresh.offsetMs).toBe(3_600_000);
    expect(freshness(fresh, false, here(5000))).toEqual({ isLive: true, ageMs: 5000 });
    expect(freshness(fresh, false, here(5001)).isLive).toBe(false);
  });

  test('is stale as soon as a question has no answer', () => {
    expect(freshness(fresh, true, here(300)).isLive).toBe(false);
  });

  test('is stale where the daemon answers and decides nothing new', () => {
    const again = hear(fresh, AT, date(6000), here(6000));
    expect(freshness(again, false, here(6000))).toEqual({ isLive: false, ageMs: 6000 });
  });

  test('is old at once where the first answer is', () => {
    expect(freshness(hear(null, AT, date(60_000), here(0)), false, here(0)).isLive).toBe(false);
  });

  test('is as old as the clock says that went on while the device slept', () => {
    const { wallMs, monoMs } = here(0);
    expect(freshness(fresh, false, { wallMs: wallMs + 60_000, monoMs }).isLive).toBe(false);
    expect(freshness(fresh, false, { wallMs: wallMs - 9e6, monoMs: monoMs + 60_000 }).isLive).toBe(
      false,
    );
  });

  test('of a daemon that looks each ten seconds may be older, but not after a pause', () => {
    const slow = hear(fresh, at(10_000), date(10_000), here(10_000));
    expect(freshness(slow, false, here(34_000)).isLive).toBe(true);
    const pause = hear(slow, at(3_600_000), date(3_600_000), here(3_600_000));
    expect(freshness(pause, false, here(3_606_000)).isLive).toBe(false);
  });

  test('needs no Date', () => {
    expect(hear(null, AT, null, here(0))).toMatchObject({ offsetMs: 3_600_000, ageMs: 0 });
  });
});

describe('events', () => {
  const stream = ':\n\nevent: decision\ndata: {"a":1}\n\n:\n\nevent: action\ndata: 2\n\nevent: vi';

  test('are told by name, wherever the stream is cut', () => {
    for (let cut = 0; cut <= stream.length; cut++) {
      const read = makeEventReader();
      const names = [...read(stream.slice(0, cut)), ...read(stream.slice(cut))];
      expect(names).toEqual(['decision', 'action']);
    }
    const read = makeEventReader();
    expect(Array.from(stream).flatMap((letter) => read(letter))).toEqual(['decision', 'action']);
  });

  test('with endless lines hold nothing', () => {
    const read = makeEventReader();
    read('event: ');
    for (let i = 0; i < 100; i++) read('x'.repeat(10_000));
    expect(read('\n\n')[0]!.length).toBeLessThan(260);
  });
});

const kinds = (shown: Status) =>
  layOut(shown, false).lines.map(({ kind, label }) => `${kind} ${label}`.trim());

describe('the picture', () => {
  test('of a healthy pair has a line a proxy, to the target', () => {
    expect(kinds(status())).toEqual(['relays 4', 'relays 4', 'right 4', 'right 4']);
  });

  test('of a split brain marks what is wrong, old workers included, and where it should go', () => {
    expect(kinds(splitBrain())).toEqual([
      'ghost',
      'ghost',
      'relays 4',
      'relays 4',
      'right 4',
      'right 1',
      'wrong 2 wrong',
      'wrong 1 wrong',
    ]);
    const texts = layOut(splitBrain(), false).nodes.map((node) =>
      node.texts.map(({ text }) => text),
    );
    expect(texts).toEqual([
      ['relays', '8 sessions'],
      ['ha1', '2.6.12 · driven', 'new connections → main, 8 s', '4 on main'],
      ['ha2', '3.2.4 · driven', '1 on main', '2 on backup', 'old worker 20', '1 on backup'],
      ['ha3', 'driven', 'not seen', 'nobody listens at', 'unix:/run/haproxy/admin.sock'],
      ['main', '◎ target  ★ main', '✓ up at ha1, ha2'],
      ['backup', '✓ up at ha1, ha2'],
    ]);
  });

  test('without a target calls nothing wrong', () => {
    const lines = kinds(status({ target: null, verdict: 'no-producer' }));
    expect(lines.filter((line) => /wrong|ghost/.test(line))).toEqual([]);
  });

  test('says of each producer how it is seen', () => {
    const down = [worker(1, { main: 0, backup: 0 }, { health: 'down' })];
    const proxies = [proxy('a', { main: 1, backup: 0 }), proxy('b', {}, { workers: down })];
    const producers = layOut(status({ proxies }), false).nodes.slice(-2);
    expect(producers.map(({ texts }) => texts.map(({ text }) => text))).toEqual([
      ['main', '◎ target  ★ main', '✓ up at a', '✕ down at b'],
      ['backup', '✓ up at a', '✕ down at b'],
    ]);
  });

  const sizes = [1, 2, 6, 7, 16, 64].flatMap((proxies) =>
    [1, 2, 8].flatMap((producers) =>
      [true, false].map((isNarrow) => ({ proxies, producers, isNarrow })),
    ),
  );
  test.for(sizes)(
    'of $proxies proxies and $producers producers overlaps nowhere: $isNarrow',
    (size) => {
      const names = Array.from({ length: size.producers }, (_, i) => `producer-${i}`);
      const proxies = Array.from({ length: size.proxies }, (_, i) => {
        const sessions = Object.fromEntries(names.map((name, j) => [name, (i + j) % 3]));
        const old = i % 4 === 1 ? [worker(9, sessions, { old: true })] : [];
        return i % 5 === 3
          ? unseen(`proxy-${i}`, 'a long sentence of what went wrong, '.repeat(9))
          : proxy(`proxy-${i}`, {}, { workers: [worker(1, sessions), ...old] });
      });
      const picture = layOut(
        status({ proxies, producers: names, target: names[0]! }),
        size.isNarrow,
      );
      const boxes = picture.nodes.flatMap(({ old, ...node }) => [node, ...old]);
      for (const [i, a] of boxes.entries()) {
        expect(a.x + a.w).toBeLessThanOrEqual(picture.width);
        expect(a.y + a.h).toBeLessThanOrEqual(picture.height);
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
          expect({ a, b, apart }).toEqual({ a, b, apart: true });
        }
      }
      const numbers = picture.lines
        .map(({ d }) => d)
        .join()
        .match(/NaN|undefined/);
      expect(numbers).toBeNull();
    },
  );
});

test('text is wrapped to its lines and cut where it does not fit', () => {
  expect(wrapText('one two three four', 8, 2)).toEqual(['one two', 'three f…']);
  expect(wrapText('', 8, 2)).toEqual([]);
  expect(wrapText('abcdefghijkl', 8, 2)).toEqual(['abcdefg…']);
});
