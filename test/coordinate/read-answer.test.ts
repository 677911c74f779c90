// A peer's words: whatever they are, they are a view within bounds or a fault that says what is wrong, and never a throw.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/coordinate/read-answer.ts';
import type { PeerView } from '../../src/domain/peer.ts';
import { answerOf, OURS, peerView, viewOfProxy } from './peer.ts';

const PEER = { name: 'ha2', url: 'http://10.0.0.2:9847' };
const read = (text: string, ours = OURS) => readAnswer(PEER, ours, text);
/** The kind of the fault, or that there is none. */
const kindOf = (view: object) => {
  const result = read(answerOf(view));
  return result.ok ? 'ok' : result.fault.kind;
};

test('a view comes as it was sent, without what is not known here', () => {
  const view = peerView({
    move: { from: 'backup', ready: true },
    override: { to: 'backup', untilWallMs: 2e12, givenWallMs: 2e12 - 1 },
    clearedWallMs: 1e12,
    producers: ['main', 'backup'],
  });
  const [proxy] = view.proxies;
  const more = { ...view, proxies: [{ ...proxy, mood: 'good' }], mood: 'good' };
  expect(read(answerOf(more))).toEqual({ ok: true, value: view });
});

test('of a heartbeat and of old workers nothing is lost', () => {
  const [serving] = viewOfProxy().workers;
  const view = peerView({
    proxies: [
      {
        name: 'ha2',
        ageMs: 0,
        view: viewOfProxy({
          workers: [serving, { ...serving, pid: 90, old: true }],
          pin: { kind: 'table', serverId: 2, leaseMs: 9000, heartbeatMs: 8000 },
          hidden: { kind: 'no-master' },
        }),
      },
    ],
  });
  expect(read(answerOf(view))).toEqual({ ok: true, value: view });
});

test('why old workers are hidden there is told in our words', () => {
  const hidden = { kind: 'denied', command: '\x1b[2J show proc', address: 'unix:/m' } as const;
  const view = peerView({
    proxies: [{ name: 'ha2', ageMs: 0, view: viewOfProxy({ hidden }) }],
  });
  const result = read(answerOf(view));
  const told = result.ok ? result.value.proxies[0]!.view.hidden : null;
  expect(told).toEqual({
    kind: 'peer',
    peer: 'ha2',
    said: 'it does not see all old workers (denied)',
    address: 'ha2',
  });
});

describe('another than ours is no peer to agree with, and theirs and ours are said', () => {
  test.for<[differ: Partial<PeerView>, ...words: string[]]>([
    [{ cluster: 'ADA2' }, 'cluster "ADA2"', '"ADA1"'],
    [{ backend: 'db' }, 'backend "db"', '"bp"'],
    [{ producers: ['backup', 'main'] }, 'backup, main', 'main, backup', 'same order'],
    [{ producers: ['main'] }, 'producers main, we'],
    [{ self: 'ha3' }, '"ha3"', '"ha2"'],
  ])('%j', ([differ, ...words]) => {
    const result = read(answerOf(peerView(differ)));
    expect(result).toMatchObject({ ok: false, fault: { kind: 'other' } });
    for (const word of [PEER.url, ...words])
      expect(result.ok ? '' : result.fault.message).toContain(word);
  });

  test('another version of the view', () => {
    const result = read(JSON.stringify({ v: 2, news: true }));
    expect(result).toMatchObject({ ok: false, fault: { kind: 'other' } });
    expect(result.ok ? '' : result.fault.message).toContain('version 2 of the view, we 1');
  });

  test('producers that one of the two has not seen yet are no difference', () => {
    expect(kindOf(peerView({ producers: [] }))).toBe('ok');
    const blind = { ...OURS, producers: () => [] };
    expect(read(answerOf(peerView({ producers: ['x'] })), blind).ok).toBe(true);
  });
});

/** The valid view with one place changed. */
function spoilt(path: readonly (string | number)[], value: unknown): object {
  const changed = (at: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (key === undefined) return value;
    if (Array.isArray(at))
      return at.map((one, i) => (i === Number(key) ? changed(one, rest) : one));
    const all = new Map<string, unknown>(Object.entries(at ?? {}));
    return Object.fromEntries(all.set(`${key}`, changed(all.get(`${key}`), rest)));
  };
  return Object(changed(peerView(), path));
}
const PROXY = ['proxies', 0];
const WORKERS = [...PROXY, 'view', 'workers'];
const SERVER = [...WORKERS, 0, 'servers', 0];
const [serving] = viewOfProxy().workers;
const [server] = serving.servers;

describe('garbage is named by its place', () => {
  test.for<[path: (string | number)[], value: unknown]>([
    [['mode'], 'force'],
    [['target'], 'main; shutdown sessions server bp/main'],
    [['target'], 'x'.repeat(257)],
    [['producers'], Array.from({ length: 257 }, (_, i) => `p${i}`)],
    [['producers'], ['main', 'main']],
    [['version'], '\x1b[2J'],
    [['paused'], 1],
    [['clearedWallMs'], 8.65e15],
    [['override'], { to: 'main', untilWallMs: 8e15, givenWallMs: 0 }],
    [['override'], { to: 'main', untilWallMs: 1 }],
    [['move'], { from: 'a\nb', ready: true }],
    [
      ['proxies'],
      Array.from({ length: 65 }, (_, i) => ({ ...peerView().proxies[0], name: `h${i}` })),
    ],
    [['proxies'], [peerView().proxies[0], peerView().proxies[0]]],
    [[...PROXY, 'ageMs'], -1],
    [[...PROXY, 'ageMs'], 0.5],
    [[...PROXY, 'view', 'way'], 'peer'],
    [[...PROXY, 'view', 'pin'], { kind: 'table', serverId: 1 }],
    [[...PROXY, 'view', 'pin'], { kind: 'wishes' }],
    [[...PROXY, 'view', 'hidden'], { kind: 'A\n' }],
    [WORKERS, []],
    [WORKERS, [{ ...serving, old: true }]],
    [WORKERS, [serving, serving]],
    [WORKERS, [serving, ...Array.from({ length: 64 }, () => ({ ...serving, old: true }))]],
    [
      [...WORKERS, 0, 'servers'],
      [server, server],
    ],
    [[...SERVER, 'sessions'], 1e300],
    [[...SERVER, 'sessions'], -3],
    [[...SERVER, 'sessions'], null],
    [[...SERVER, 'name'], 'ma in'],
    [[...SERVER, 'health'], 'UP'],
    [[...SERVER, 'status'], 'x'.repeat(65)],
  ])('%j: %j', ([path, value]) => {
    const result = read(answerOf(spoilt(path, value)));
    expect(result).toMatchObject({ ok: false, fault: { kind: 'garbage' } });
    expect(result.ok ? '' : result.fault.message).toContain(`"${path.join('.')}`);
  });

  test.for([
    '',
    'null',
    '[]',
    '{}',
    '"v"',
    '{"v":"1"}',
    '{"v":1}',
    '<html>',
    '[[[[',
    '{"v":1,"v":',
  ])('%j', (text) => {
    expect(read(text)).toMatchObject({ ok: false, fault: { kind: 'garbage' } });
  });

  test('also where it is a million brackets, or half a million wrong items', () => {
    for (const text of [
      '['.repeat(500_000) + ']'.repeat(500_000),
      '{"v":'.repeat(200_000),
      answerOf(
        spoilt(
          ['producers'],
          Array.from({ length: 500_000 }, () => 1),
        ),
      ),
      answerOf(
        spoilt(
          ['proxies'],
          Array.from({ length: 500_000 }, () => 0),
        ),
      ),
    ])
      expect(read(text)).toMatchObject({ ok: false, fault: { kind: 'garbage' } });
  });
});

/** Every number and text in it, wherever it stands. */
function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leaves)
    : [value];
}

/** Holds for what may be believed. */
function isSound(text: string): boolean {
  const result = read(text);
  if (!result.ok) {
    const { message } = result.fault;
    return /^[\x20-\x7e]{1,300}$/.test(message) && !message.endsWith('.');
  }
  const view = result.value;
  return (
    leaves(view).every(
      (leaf) =>
        (typeof leaf !== 'number' || (Number.isInteger(leaf) && leaf >= 0 && leaf <= 8.64e15)) &&
        (typeof leaf !== 'string' || leaf.length <= 256),
    ) &&
    view.self === 'ha2' &&
    view.proxies.length <= 64 &&
    view.proxies.every(({ view: { workers } }) => workers.filter(({ old }) => !old).length === 1)
  );
}

test('any JSON is a sound view or a fault', () => {
  const sound = fc.property(fc.json(), fc.string(), (json, text) => isSound(json) && isSound(text));
  expect(fc.check(sound).failed).toBe(false);
});

/** Every place in a valid view. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, one]) => places(one, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

test('a view with any of its places changed to any JSON is a sound view or a fault', () => {
  const anywhere = fc.constantFrom(...places(peerView()));
  const odd = fc.constantFrom<unknown[]>(-1, 2 ** 53, '', 'main', '__proto__', [], {}, null);
  const { failed, counterexample } = fc.check(
    fc.property(anywhere, fc.oneof(fc.jsonValue(), odd), (path, value) =>
      isSound(answerOf(spoilt(path, value))),
    ),
    { numRuns: 1000 },
  );
  expect([failed, counterexample]).toEqual([false, null]);
});
