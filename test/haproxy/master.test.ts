// What a master says: its list of processes, its reload, and the commands that it hands to a worker.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Trouble } from '../../src/domain/fault.ts';
import type { Result } from '../../src/domain/result.ts';
import { splitAnswers } from '../../src/haproxy/answer.ts';
import { atWorker, isGone } from '../../src/haproxy/at-worker.ts';
import { masterReload } from '../../src/haproxy/master-reload.ts';
import { showProc } from '../../src/haproxy/show-proc.ts';
import { sessionsOn, showSess } from '../../src/haproxy/show-sess.ts';
import { shutdownBatches } from '../../src/haproxy/shutdown-batches.ts';
import { shutdownSession } from '../../src/haproxy/shutdown-session.ts';
import { shutdownSessionsServer } from '../../src/haproxy/shutdown-sessions-server.ts';
import { VERSIONS, filesOf, fixture } from './fixtures.ts';

const done = <T>(value: T) => ({ ok: true, value });
const fault = (trouble: object) => ({ ok: false, fault: trouble });
const HEADER = '#<PID>          <type>          <reloads>       <uptime>        <version>      \n';
const MASTER = '10  master  0 [failed: 0]  0d00h00m05s  2.6.12\n';

/** The pid that a worker's answer was given by. */
const pidIn = (text: string) => Number(/^Pid: (\d+)$/m.exec(text)?.[1]);

/** Every beginning of `text` but itself that `read` takes for a whole answer. */
function mistaken(text: string, read: (text: string) => Result<unknown, Trouble>): number[] {
  const cuts = Array.from({ length: text.length }, (_, bytes) => bytes);
  return cuts.filter((bytes) => {
    const result = read(text.slice(0, bytes));
    return result.ok || result.fault.kind !== 'truncated';
  });
}

describe.for(VERSIONS)('HAProxy %s', (version) => {
  const text = (name: string) => fixture(version, `${name}.txt`);
  const old = pidIn(text('worker-old'));
  const serving = pidIn(text('worker-serving'));

  test('show proc before a reload lists one worker', () => {
    const list = showProc.read(text('show-proc'));
    expect(list).toEqual(done({ reloads: 0, failedReloads: 0, workers: [old] }));
  });

  test('show proc after a reload lists the old worker too', () => {
    const list = showProc.read(text('show-proc-reloaded'));
    expect(list).toEqual(done({ reloads: 1, failedReloads: 0, workers: [serving, old] }));
  });

  test('show proc after a failed reload lists both still, under whatever heading', () => {
    const list = showProc.read(text('show-proc-reload-failed'));
    expect(list).toEqual(done({ reloads: 2, failedReloads: 1, workers: [serving, old] }));
  });

  test.for(['show-proc', 'show-proc-reloaded', 'show-proc-reload-failed'])(
    'cut off at any byte, %s is truncated',
    (name) => {
      expect(mistaken(text(name), showProc.read)).toEqual([]);
    },
  );

  test('no other answer is a list of processes', () => {
    const others = filesOf(version).filter((name) => !name.startsWith('show-proc'));
    for (const name of others) expect(showProc.read(fixture(version, name)).ok).toBe(false);
    expect(showProc.read(text('show-proc-of-a-worker'))).toMatchObject(fault({ kind: 'protocol' }));
  });

  test('a reload that went well', () => {
    const answer = text('reload');
    const value = answer === '' ? 'unknown' : 'loaded';
    expect(masterReload.read(answer)).toEqual(done(value));
    expect(mistaken(answer, masterReload.read).filter((bytes) => bytes > 0)).toEqual([]);
  });

  test('a reload that failed says why, where HAProxy says anything', () => {
    const answer = text('reload-failed');
    const read = masterReload.read(answer);
    const said = !read.ok && read.fault.kind === 'reload-failed' ? read.fault.said : null;
    const why =
      /^\[ALERT\] \(\d+\) : config : parsing \[\S+\] : unknown keyword 'nonsense'[ -~]{1,1900}$/;
    expect(said === null ? answer : '').toBe('');
    expect([null, expect.stringMatching(why)]).toContainEqual(said);
    expect(read.ok).toBe(answer === '');
    expect(mistaken(answer, masterReload.read).filter((bytes) => bytes > 0)).toEqual([]);
  });

  test('no answer of a worker is one to a reload', () => {
    for (const name of [
      'show-info',
      'worker-old',
      'unknown-command',
      'worker-gone',
      'show-version',
    ])
      expect(masterReload.read(text(name)).ok).toBe(false);
  });

  test('an old worker lists its sessions, which can be closed one by one only', () => {
    const sessions = showSess.read(text('worker-old-show-sess'));
    expect(sessions.ok && sessionsOn(sessions.value, 'pair', 'main')).toHaveLength(2);
    const refused = text('worker-old-shutdown-sessions-server');
    expect(shutdownSessionsServer.read(refused, 'pair', 'main')).toEqual(
      fault({ kind: 'protocol', said: 'Proxy is disabled.\n\n' }),
    );
    const answers = splitAnswers(text('worker-old-shutdown-session'), 3);
    const closed = answers.ok && answers.value.map((answer) => shutdownSession.read(answer, '0x1'));
    expect(closed).toEqual([done('closing'), done('closing'), done('gone')]);
  });

  test('a worker that has ended is gone, and no other answer says so', () => {
    expect(isGone(text('worker-gone'), 999_999)).toBe(true);
    expect(isGone(`\n\n${text('worker-gone')}`, 999_999)).toBe(true);
    expect(isGone(text('worker-gone'), 99_999)).toBe(false);
    expect(isGone(`said: ${text('worker-gone')}`, 999_999)).toBe(false);
    const others = filesOf(version).filter((name) => name !== 'worker-gone.txt');
    for (const name of others) expect(isGone(fixture(version, name), 999_999)).toBe(false);
  });
});

test('a program is no worker, whatever its name', () => {
  const text = fixture('2.6.12', 'show-proc-program.txt');
  expect(text).toMatch(/# programs\n\d+ +worker /);
  expect(showProc.read(text)).toMatchObject(done({ workers: [expect.any(Number)] }));
  const old = `${HEADER}${MASTER}# workers\n11 worker 0 x y\n# programs\n12 a 0 x -\n# old programs\n13 worker 1 x -\n\n`;
  expect(showProc.read(old)).toMatchObject(done({ workers: [11] }));
});

const forms: [says: string, text: string, value: object][] = [
  ['without a worker', `${MASTER}# workers\n`, { workers: [] }],
  ['without a count of failures', '10  master  3  0d  2.6\n', { reloads: 3, failedReloads: null }],
  [
    'with an old worker that was the first',
    `${MASTER}# workers\n11 worker 0 x y\n# old workers\n9 worker [was: 1] 1 x y\n`,
    { workers: [11, 9] },
  ],
];
test.for(forms)('show proc %s', ([, text, value]) => {
  expect(showProc.read(`${HEADER}${text}\n`)).toMatchObject(done(value));
});

test('show proc of HAProxy 2.4, with a column of relative pids', () => {
  const header = '#<PID> <type> <relative PID> <reloads> <uptime> <version>\n';
  const text = `${header}10 master 0 4 0d00h00m08s 2.4\n# workers\n11 worker 1 0 0d 2.4\n\n`;
  expect(showProc.read(text)).toEqual(done({ reloads: 4, failedReloads: null, workers: [11] }));
});

const broken: [says: string, text: string][] = [
  ['no header', `${MASTER}# workers\n\n`],
  ['no master', `${HEADER}# workers\n11 worker 0 x y\n\n`],
  ['two masters', `${HEADER}${MASTER}${MASTER}\n`],
  ['a worker that is listed twice', `${HEADER}${MASTER}11 worker 0 x y\n11 worker 1 x y\n\n`],
  ['what is neither', `${HEADER}${MASTER}11 thing 0 x y\n\n`],
  ['pid 0', `${HEADER}${MASTER}0 worker 0 x y\n\n`],
  ['an absurd pid', `${HEADER}${MASTER}${'9'.repeat(17)} worker 0 x y\n\n`],
  ['a negative pid', `${HEADER}${MASTER}-1 worker 0 x y\n\n`],
  ['reloads that are no number', `${HEADER}10  master  x [failed: 0]  0d  2.6\n\n`],
  ['absurd failures', `${HEADER}10  master  1 [failed: ${'9'.repeat(17)}]  0d  2.6\n\n`],
  ['something below', `${HEADER}${MASTER}hello\n\n`],
];
test.for(broken)('show proc with %s is a protocol fault', ([, text]) => {
  expect(showProc.read(text)).toMatchObject(fault({ kind: 'protocol' }));
});

test('of a long log the alerts stand first, and 2000 characters are kept', () => {
  const notices = '[NOTICE]   (1) : \x1b[2Jwell\n'.repeat(500);
  const read = masterReload.read(`Success=0\n--\n${notices}[ALERT]    (2) : bad\xff\n\n`);
  const said = !read.ok && read.fault.kind === 'reload-failed' ? read.fault.said : '';
  expect(said.startsWith(String.raw`[ALERT] (2) : bad\xff | [NOTICE] (1) : \x1b[2Jwell`)).toBe(
    true,
  );
  expect(said).toHaveLength(2000);
});

test('a reload that may not be told is denied, and what is neither success nor failure is no answer', () => {
  const denied = fault({ kind: 'denied', command: 'reload' });
  expect(masterReload.read('Permission denied\n\n')).toEqual(denied);
  for (const text of ['Success=2\n\n', 'Success\n\n', 'Loading.\n\n'])
    expect(masterReload.read(text)).toMatchObject(fault({ kind: 'protocol' }));
});

test('every command for a worker has the worker before it', () => {
  expect(atWorker(7, 'show info', 'show sess')).toBe('@!7 show info;@!7 show sess');
  for (const pid of [0, -1, 1.5, Number.NaN, 2 ** 60])
    expect(() => atWorker(pid, 'show info')).toThrow(TypeError);
});

test('sessions are closed in lines that HAProxy takes, in order, each once', () => {
  const id = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => `0x${n.toString(16)}`);
  const pid = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const fits = fc.property(pid, fc.array(id, { maxLength: 500, size: 'max' }), (at, ids) => {
    const batches = shutdownBatches(at, ids);
    expect(batches.flatMap((batch) => batch.ids)).toEqual(ids);
    for (const { line, ids: some } of batches) {
      expect(line.length).toBeLessThan(8192);
      expect(line.split(';')).toEqual(some.map((one) => `@!${at} shutdown session ${one}`));
    }
  });
  fc.assert(fits);
  expect(shutdownBatches(7, [])).toEqual([]);
  expect(() => shutdownBatches(7, ['0x1;quit'])).toThrow(TypeError);
});
