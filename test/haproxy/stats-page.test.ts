// The statistics page, as real HAProxies of each version show it: its addresses, its table, its form.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { View } from '../../src/domain/view.ts';
import { showStat } from '../../src/haproxy/show-stat.ts';
import {
  closeForm,
  pageUrl,
  readFormAnswer,
  readStatsView,
  tableUrl,
} from '../../src/haproxy/stats-page.ts';
import { VERSIONS, fixture } from './fixtures.ts';

const page = (version: string, scope: string) => fixture(version, `stats-page-${scope}.csv`);

const view = (text: string, backend: string): View => {
  const read = readStatsView(text, backend, [], false);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return read.value;
};

/** The text with one field of one row changed; no field of it may be quoted. */
function spoil(text: string, row: string, column: string, value: string): string {
  const [header = '', ...rows] = text.trimEnd().split('\n');
  const place = header.slice(2).split(',').indexOf(column);
  const spoilt = rows.map((line) => {
    const fields = line.split(',');
    return (fields[1] === row ? fields.with(place, value) : fields).join(',');
  });
  return `${[header, ...spoilt].join('\n')}\n`;
}

describe.for(VERSIONS)('HAProxy %s', (version) => {
  test.for(['zoo', 'web'])('shows of %s what the socket shows', (backend) => {
    const socket = showStat.read(fixture(version, `show-stat-${backend}.csv`), backend);
    if (!socket.ok) throw new Error('no stat');
    const [worker] = view(page(version, backend), backend).workers;
    const steady = ({ servers }: Pick<typeof worker, 'servers'>) =>
      servers.map(({ name, id, health, checkPassed }) => [name, id, health, checkPassed]);
    expect(steady(worker)).toEqual(steady(socket.value));
    expect(worker.backendWeight).toBe(socket.value.backendWeight);
  });

  test('names neither process nor version, and hides old workers', () => {
    const { workers, ...rest } = view(page(version, 'pair'), 'pair');
    expect(rest).toEqual({
      way: 'stats',
      version: null,
      level: 'user',
      pin: { kind: 'page' },
      hidden: { kind: 'no-master' },
    });
    expect(workers).toMatchObject([{ pid: null, old: false }]);
  });

  test('may close where there is a name and a password for it', () => {
    const read = readStatsView(page(version, 'pair'), 'pair', ['backup', 'main'], true);
    expect(read).toMatchObject({ ok: true, value: { level: 'admin' } });
  });

  test('is as old as its backend is in this state, a second less', () => {
    const ages = ['41', '1', '0'].map((age) => {
      const text = spoil(page(version, 'pair'), 'BACKEND', 'lastchg', age);
      return view(text, 'pair').workers[0].uptimeS;
    });
    expect(ages).toEqual([40, 0, 0]);
  });

  test('may show other sections beside: those whose name holds the one asked for, or all', () => {
    expect(page(version, 'pair')).toContain('\npairs,FRONTEND,');
    const [{ servers }] = view(page(version, 'pair'), 'pair').workers;
    expect(servers.map(({ name }) => name)).toEqual(['main', 'backup']);
    expect(page(version, 'z')).toContain('\npair,BACKEND,');
    expect(view(page(version, 'z'), 'zoo').workers[0].servers).toHaveLength(16);
  });

  test('shows of a listen section its frontend and sockets too', () => {
    const text = page(version, 'both');
    expect(text).toMatch(/\nboth,FRONTEND,(?:.*\n)both,l1,/);
    const [{ servers }] = view(text, 'both').workers;
    expect(servers).toMatchObject([{ name: 'odd.1:a_b-c', health: 'up', sessions: 0 }]);
  });

  const absent: [says: string, scope: string, backend: string][] = [
    ['nobody has', 'nowhere', 'nowhere'],
    ['is disabled', 'off', 'off'],
    ['only a frontend has', 'pair', 'pairs'],
    ['differs in case', 'pair', 'PAIR'],
  ];
  test.for(absent)('shows no backend of a name that %s', ([, scope, backend]) => {
    const fault = { kind: 'no-such-backend', backend };
    expect(readStatsView(page(version, scope), backend, [], true)).toEqual({ ok: false, fault });
  });

  test('has no server that is asked for', () => {
    const read = readStatsView(page(version, 'pair'), 'pair', ['main', 'spare'], true);
    const fault = { backend: 'pair', missing: ['spare'], has: ['main', 'backup'] };
    expect(read).toEqual({ ok: false, fault: { kind: 'no-such-server', ...fault } });
  });

  test('is no table without `;csv`', () => {
    const html = fixture(version, 'stats-page.html');
    const fault = { kind: 'not-csv', said: html.slice(0, 200) };
    expect(readStatsView(html, 'pair', [], true)).toEqual({ ok: false, fault });
  });

  test.for(['pair', 'web'])('is a fault wherever the table of %s is cut off', (backend) => {
    const text = page(version, backend);
    const cuts = Array.from({ length: text.length }, (_, bytes) => bytes);
    // The last section of all but `pair` is the one that was asked for.
    const whole = backend === 'pair' ? text.lastIndexOf('\npairs,') + 1 : text.length;
    const mistaken = cuts.filter(
      (bytes) => bytes < whole && readStatsView(text.slice(0, bytes), backend, [], true).ok,
    );
    expect(mistaken).toEqual([]);
  });

  test('answers its form with where to go, and that it is done', () => {
    const location = fixture(version, 'stats-page-form.txt');
    expect(readFormAnswer(303, location)).toEqual({ ok: true, value: null });
  });
});

const [version = ''] = VERSIONS;
const pair = page(version, 'pair');

describe('it is not the table where', () => {
  const bad: [says: string, text: string][] = [
    ['there is nothing', ''],
    ['the page is JSON', '[[{"objType":"Server"}]]\n'],
    ['a column is missing', pair.replace(',lastchg,', ',last,')],
    ['the server has no sessions', spoil(pair, 'main', 'scur', '')],
    ['the server has a name outside the charset', spoil(pair, 'main', 'svname', '<b>')],
    ['a row is of no type', spoil(pair, 'main', 'type', '4')],
    ['the backend has no age', spoil(pair, 'BACKEND', 'lastchg', '-1')],
    ['the backend has no row', pair.replace(/^pair,BACKEND,.*\n/m, '')],
    ['the backend has two', pair.replace(/^pair,BACKEND,.*\n/m, '$&$&')],
    ['a server has two', pair.replace(/^pair,main,.*\n/m, '$&$&')],
  ];
  test.for(bad)('%s', ([, text]) => {
    expect(text).not.toBe(pair);
    const read = readStatsView(text, 'pair', [], true);
    expect(read).toMatchObject({ ok: false, fault: { kind: 'not-csv' } });
  });

  test('it is garbage, which never throws', () => {
    const latin1 = fc.nat({ max: 255 }).map((code) => String.fromCharCode(code));
    const text = fc.oneof(
      fc.string({ unit: latin1 }),
      fc
        .tuple(fc.nat(pair.length), fc.nat(20), fc.string())
        .map(([at, cut, put]) => pair.slice(0, at) + put + pair.slice(at + cut)),
    );
    const sound = fc.property(text, (csv) => {
      const read = readStatsView(csv, 'pair', ['main'], true);
      return read.ok ? read.value.workers[0].servers.length > 0 : read.fault.kind !== 'protocol';
    });
    expect(fc.check(sound)).toMatchObject({ failed: false });
  });
});

describe('the page', () => {
  const urls: [url: string, page: string][] = [
    ['http://10.0.0.1:8404/stats', 'http://10.0.0.1:8404/stats'],
    ['http://10.0.0.1:8404', 'http://10.0.0.1:8404/'],
    ['https://[fd00::1]/haproxy?stats', 'https://[fd00::1]/haproxy?stats'],
    ['http://h/haproxy?stats;csv', 'http://h/haproxy?stats'],
    ['http://h/stats;up;csv;scope=other', 'http://h/stats'],
    ['http://h/stats?scope=other', 'http://h/stats'],
    ['http://h/stats;st=DONE?scope=other', 'http://h/stats'],
    ['http://h/stats?a=b&scope=other;csv#top', 'http://h/stats?a=b'],
    ['http://h/stats#top', 'http://h/stats'],
    ['http://h/sta ts', 'http://h/sta%20ts'],
  ];
  test.for(urls)('of %s is %s, and its table is asked for after that', ([url, at]) => {
    expect(pageUrl(url)).toBe(at);
    expect(tableUrl(url, 'b.p:1_-')).toBe(`${at};csv;scope=b.p:1_-`);
  });

  test.for(['ftp://h/stats', 'http://me:secret@h/stats', 'http://me@h/', 'unix:/run/x', 'stats'])(
    'is not at %s: that is a bug',
    (url) => {
      expect(() => pageUrl(url)).toThrow(TypeError);
    },
  );

  test('is not asked for what is no name: that is a bug', () => {
    for (const name of ['', 'a b', 'bp;up', 'bp&action=drain', '#1', 'é', 'a\r\nx: y']) {
      expect(() => tableUrl('http://h/stats', name)).toThrow(TypeError);
      expect(() => closeForm(name, 'main')).toThrow(TypeError);
      expect(() => closeForm('bp', name)).toThrow(TypeError);
    }
  });
});

describe('the form', () => {
  test('names server and backend, encoded', () => {
    expect(closeForm('b.p', 'back.up:1_a-b')).toBe('s=back.up%3A1_a-b&action=shutdown&b=b.p');
  });

  const answers: [status: number, location: string, fault: object | null][] = [
    [303, '/stats;st=DONE', null],
    [303, '/haproxy?stats;st=DONE', null],
    [303, '/stats;st=DONE?scope=bp', null],
    [303, '/stats;st=DONE;norefresh', null],
    [303, '/stats;st=DENY', { kind: 'form-refused', st: 'DENY' }],
    [303, '/stats;st=NONE', { kind: 'form-refused', st: 'NONE' }],
    [303, '/stats;st=ERRP', { kind: 'form-refused', st: 'ERRP' }],
    [303, '/stats;st=EXCD', { kind: 'form-refused', st: 'EXCD' }],
    [303, '/stats;st=PART', { kind: 'form-refused', st: 'PART' }],
    [303, '/stats;st=UNKN', { kind: 'form-refused', st: 'UNKN' }],
    [303, '/stats;st=DONEXX', { kind: 'protocol', said: '/stats;st=DONEXX' }],
    [303, '/login', { kind: 'protocol', said: '/login' }],
    [303, '', { kind: 'protocol', said: '' }],
    [303, 'x'.repeat(300), { kind: 'protocol', said: 'x'.repeat(200) }],
    [200, '', { kind: 'http', status: 200 }],
    [302, '/stats;st=DONE', { kind: 'http', status: 302 }],
    [401, '', { kind: 'http', status: 401 }],
    [403, '', { kind: 'http', status: 403 }],
    [503, '', { kind: 'http', status: 503 }],
  ];
  test.for(answers)('answered by %i to %j', ([status, location, fault]) => {
    const expected = fault === null ? { ok: true, value: null } : { ok: false, fault };
    expect(readFormAnswer(status, location)).toEqual(expected);
  });
});
