// One worker seen through the master: what real answers show, and that no part of one is taken for the whole.
import { describe, expect, test } from 'vitest';
import { readWorker, workerLine } from '../../src/haproxy/read-worker.ts';
import { VERSIONS, filesOf, fixture } from './fixtures.ts';

const pidIn = (text: string) => Number(/^Pid: (\d+)$/m.exec(text)?.[1]);

describe.for(VERSIONS)('HAProxy %s', (version) => {
  const old = fixture(version, 'worker-old.txt');
  const serving = fixture(version, 'worker-serving.txt');
  const pid = pidIn(old);

  test('an old worker, with the sessions that it holds', () => {
    expect(readWorker(old, pid, 'pair')).toMatchObject({
      ok: true,
      value: { pid, old: true, servers: [{ name: 'main', sessions: 2 }, { name: 'backup' }] },
    });
  });

  test('a worker that serves is none', () => {
    const value = { pid: pidIn(serving), old: false, servers: [{ sessions: 0 }, { sessions: 0 }] };
    expect(readWorker(serving, pidIn(serving), 'pair')).toMatchObject({ ok: true, value });
  });

  test('a worker that began without the backend', () => {
    const text = fixture(version, 'worker-old-no-such-backend.txt');
    const fault = { kind: 'no-such-backend', backend: 'nowhere' };
    expect(readWorker(text, pid, 'nowhere')).toEqual({ ok: false, fault });
  });

  test('a worker that has ended, before the line or within it', () => {
    const gone = fixture(version, 'worker-gone.txt');
    const info = fixture(version, 'show-info.txt');
    for (const text of [gone, `${info}${gone}`])
      expect(readWorker(text, 999_999, 'pair')).toEqual({ ok: true, value: null });
    expect(readWorker(gone, 999_998, 'pair')).toMatchObject({ ok: false });
  });

  test('cut off at any byte it is truncated', () => {
    const cuts = Array.from({ length: old.length }, (_, bytes) => bytes);
    const mistaken = cuts.filter((bytes) => {
      const read = readWorker(old.slice(0, bytes), pid, 'pair');
      return read.ok || read.fault.kind !== 'truncated' || read.fault.bytes !== bytes;
    });
    expect(mistaken).toEqual([]);
  });

  test('another worker that answers, and anything after the end, is a protocol fault', () => {
    expect(readWorker(old, pid + 1, 'pair')).toMatchObject({
      ok: false,
      fault: { kind: 'protocol' },
    });
    for (const more of ['\n', 'x\n\n', old])
      expect(readWorker(`${old}${more}`, pid, 'pair').ok).toBe(false);
  });

  test('no other answer is a worker', () => {
    const others = filesOf(version).filter((name) => !/^worker-(old|serving).txt$/.test(name));
    for (const name of others) {
      const text = fixture(version, name);
      expect(readWorker(text, pidIn(text), 'pair').ok).toBe(false);
    }
  });
});

test('the line asks for the servers last, each command with the worker before it', () => {
  expect(workerLine(7, 'bp')).toBe('@!7 show info;@!7 show stat bp 6 -1');
});
