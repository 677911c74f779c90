// The look: what real answers show, that no part of one is taken for the whole, and that garbage shows nothing.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isName } from '../../src/haproxy/charset.ts';
import type { Pin } from '../../src/domain/view.ts';
import { lookLine, readView } from '../../src/haproxy/read-view.ts';
import { VERSIONS, filesOf, fixture, lookAt } from './fixtures.ts';

const read = (
  text: string,
  backend: string,
  producers: string[] = [],
  pinTable: string | null = null,
) => readView(text, { backend, producers, pinTable }, 'unix');

describe.for(VERSIONS)('HAProxy %s', (version) => {
  test.for(['user', 'operator', 'admin'])('a look at level %s', (level) => {
    const view = read(fixture(version, `look-${level}.txt`), 'pair', ['main', 'backup']);
    const value = { level, workers: [{ old: false }], pin: { kind: 'off' } };
    expect(view).toMatchObject({ ok: true, value });
    if (!view.ok) return;
    expect(view.value.version?.startsWith(version)).toBe(true);
    const [worker] = view.value.workers;
    expect(worker.servers).toMatchObject([
      {
        name: 'main',
        id: 1,
        health: 'up',
        settled: true,
        checkPassed: true,
        backup: false,
        sessions: 2,
      },
      {
        name: 'backup',
        id: 2,
        health: 'up',
        settled: true,
        checkPassed: true,
        backup: true,
        sessions: 0,
      },
    ]);
    expect(worker.servers.map(({ lastSessionS }) => lastSessionS === null)).toEqual([false, true]);
  });

  const faults: [file: string, producers: string[], fault: object][] = [
    ['look-no-such-backend', [], { kind: 'no-such-backend', backend: 'pair' }],
    ['look-name-of-a-frontend', [], { kind: 'no-such-backend', backend: 'pair' }],
    ['look-stopping', [], { kind: 'stopping' }],
    [
      'look-admin',
      ['main', 'spare', 'third'],
      {
        kind: 'no-such-server',
        backend: 'pair',
        missing: ['spare', 'third'],
        has: ['main', 'backup'],
      },
    ],
  ];
  test.for(faults)('%s with producers %j', ([file, producers, fault]) => {
    const view = read(fixture(version, `${file}.txt`), 'pair', producers);
    expect(view).toMatchObject({ ok: false, fault });
  });

  // A newline in quotes makes an empty line within the last answer, where an end could be mistaken.
  const withNewlines = lookAt(version, 'web').replace('bp,main,', 'a\n\nb\n\n,');
  const looks: [says: string, text: string, backend: string, pinTable: string | null][] = [
    ['pair', fixture(version, 'look-user.txt'), 'pair', null],
    ['pair and its pin', fixture(version, 'look-with-pin.txt'), 'pair', 'pin'],
    ['zoo', lookAt(version, 'zoo'), 'zoo', null],
    ['web', lookAt(version, 'web'), 'web', null],
    ['web with newlines in quotes', withNewlines, 'web', null],
  ];
  test.for(looks)('cut off at any byte, a look at %s is truncated', ([, text, backend, table]) => {
    expect(read(text, backend, [], table)).toMatchObject({ ok: true });
    const cuts = Array.from({ length: text.length }, (_, bytes) => bytes);
    const mistaken = cuts.filter((bytes) => {
      const view = read(text.slice(0, bytes), backend, [], table);
      return view.ok || view.fault.kind !== 'truncated' || view.fault.bytes !== bytes;
    });
    expect(mistaken).toEqual([]);
  });

  test('with anything after its end it is no look', () => {
    const text = fixture(version, 'look-user.txt');
    for (const more of ['\n', 'x', 'x\n\n', text])
      expect(read(`${text}${more}`, 'pair').ok).toBe(false);
  });

  test('no other answer is a look', () => {
    const others = filesOf(version).filter((name) => !/^look-(user|operator|admin)/.test(name));
    for (const name of others) expect(read(fixture(version, name), 'pair').ok).toBe(false);
  });

  const pinned = fixture(version, 'look-with-pin.txt');
  const TABLE = /^# table: [^]*?\n\n/m;
  const pins: [says: string, table: string, pin: Partial<Pin>][] = [
    ['stands', fixture(version, 'show-table-two-keys.txt'), { kind: 'table', serverId: 2 }],
    ['is not there', fixture(version, 'show-table-empty.txt'), { kind: 'table', serverId: 0 }],
    ['has no table', fixture(version, 'show-table-no-such-table.txt'), { kind: 'no-table' }],
    ['has no place', fixture(version, 'show-table-without-gpt0.txt'), { kind: 'unfit' }],
    ['is not shown', fixture(version, 'show-table-denied.txt'), { kind: 'denied' }],
  ];
  test.for(pins)('a look where the pin %s shows that, and the servers', ([, table, pin]) => {
    const view = read(pinned.replace(TABLE, table), 'pair', ['main', 'backup'], 'pin');
    expect(view).toMatchObject({ ok: true, value: { pin, workers: [{ old: false }] } });
  });

  test('a look with a garbled pin is a fault, and so is one without the pin that is asked for', () => {
    const garbled = pinned.replace('gpt0=2', 'gpt0=two');
    for (const text of [garbled, fixture(version, 'look-operator.txt')])
      expect(read(text, 'pair', [], 'pin')).toMatchObject({ ok: false });
    expect(read(pinned, 'pair')).toMatchObject({ ok: false });
  });
});

describe('garbage', () => {
  const text = fixture(VERSIONS[0] ?? '', 'look-with-pin.txt');
  const piece = fc.oneof(
    fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)) }),
    fc.constantFrom(
      '\n',
      '\n\n',
      ',',
      '"',
      '# ',
      'pair,',
      'admin\n\n',
      'Pid: 1\n',
      'Stopping: 0\n',
      '-1',
      '9'.repeat(20),
    ),
  );

  test('is never a look, and never throws', () => {
    const neverOk = fc.property(
      fc.array(piece),
      fc.constantFrom('', '\n\n'),
      (pieces, end) => !read(`${pieces.join('')}${end}`, 'pair').ok,
    );
    expect(fc.check(neverOk)).toMatchObject({ failed: false });
  });

  test('in a real answer is a fault, or leaves a view in which all is within its bounds', () => {
    const edit = fc.record({
      at: fc.nat({ max: text.length }),
      remove: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 500 })),
      insert: piece,
    });
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    const faultOrSound = fc.property(edits, (list) => {
      const spoilt = list.reduce(
        (sofar, { at, remove, insert }) => sofar.slice(0, at) + insert + sofar.slice(at + remove),
        text,
      );
      const view = read(spoilt, 'pair', [], 'pin');
      if (!view.ok) return;
      const { pin } = view.value;
      const [{ servers, ...worker }] = view.value.workers;
      const names = servers.map(({ name }) => name);
      expect(new Set(names.filter(isName)).size).toBe(servers.length);
      const numbers = servers.flatMap((s) => [
        s.id,
        s.weight,
        s.sessions,
        s.lastChangeS,
        s.lastSessionS ?? 0,
      ]);
      if (pin.kind === 'table') numbers.push(pin.serverId, pin.leaseMs);
      for (const number of [worker.pid ?? -1, worker.uptimeS, worker.backendWeight, ...numbers])
        expect(Number.isSafeInteger(number) && number >= 0).toBe(true);
      for (const { settled, status } of servers) expect(settled).toBe(status === 'UP');
    });
    fc.assert(faultOrSound, { numRuns: 2000 });
  });
});

test('the line asks for the servers last', () => {
  expect(lookLine('bp', null)).toBe('show cli level;show info;show stat bp 6 -1');
  expect(lookLine('bp', 'pin')).toBe(
    'show cli level;show info;show table pin data.gpt0 gt 0;show stat bp 6 -1',
  );
});
