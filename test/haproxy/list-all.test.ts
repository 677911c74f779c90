// What `init` asks a HAProxy of which it knows no name yet: all backends, all stick tables, and what its host is called.
import { describe, expect, test } from 'vitest';
import { showBackends } from '../../src/haproxy/show-backends.ts';
import { nodeOf } from '../../src/haproxy/show-info.ts';
import { showTables } from '../../src/haproxy/show-tables.ts';
import { VERSIONS, fixture } from './fixtures.ts';

describe.for(VERSIONS)('HAProxy %s', (version) => {
  const stat = fixture(version, 'show-backends.csv');
  const tables = fixture(version, 'show-tables.txt');

  test('every backend has its mode and its servers, and one without servers is there as well', () => {
    const read = showBackends.read(stat);
    if (!read.ok) throw new Error(read.fault.kind);
    expect(read.value.map(({ name, mode }) => `${name} ${mode}`)).toEqual([
      'pin tcp',
      'counters tcp',
      'names tcp',
      'pair tcp',
      'zoo tcp',
      'web http',
      'both tcp',
    ]);
    expect(read.value[0]?.servers).toEqual([]);
    expect(read.value[3]?.servers).toEqual([
      { name: 'main', backup: false },
      { name: 'backup', backup: true },
    ]);
    expect(read.value[4]?.servers).toHaveLength(16);
  });

  test('of the tables those whose keys are integers are named', () => {
    expect(showTables.read(tables)).toEqual({ ok: true, value: ['counters', 'pin'] });
  });

  test('half an answer is a fault, wherever it ends', () => {
    for (let end = 0; end < tables.length; end += 1)
      expect(showTables.read(tables.slice(0, end)).ok, `${end}`).toBe(false);
    for (let end = 0; end < stat.length; end += 97)
      expect(showBackends.read(stat.slice(0, end)).ok, `${end}`).toBe(false);
  });

  test('what it calls its host is told where that can be a name', () => {
    const info = fixture(version, 'show-info.txt');
    expect(nodeOf(info)).toBe('lab');
    expect(nodeOf(info.replace('node: lab', 'node: a;b'))).toBeNull();
    expect(nodeOf(info.replace('node: lab\n', ''))).toBeNull();
  });
});

test('a name that HAProxy could not have given is never handed on', () => {
  const header = '# pxname,svname,bck,type,mode,\n';
  const read = (rows: string) => showBackends.read(`${header}${rows}\n`);
  expect(read('bp,BACKEND,1,1,tcp,\n')).toEqual({
    ok: true,
    value: [{ name: 'bp', mode: 'tcp', servers: [] }],
  });
  expect(read('<HTTPCLIENT>,BACKEND,1,1,tcp,\n')).toEqual({ ok: true, value: [] });
  expect(read('bp,a;b,0,2,tcp,\n').ok).toBe(false);
  expect(read('bp,a,yes,2,tcp,\n').ok).toBe(false);
  expect(read('bp,a,0,2,tcp,\nbp,a,0,2,tcp,\n').ok).toBe(false);
  expect(read('bp,BACKEND,1,1,"t: cp",\n')).toMatchObject({ value: [{ mode: '' }] });
  expect(showBackends.read('# pxname,svname,\n\n').ok).toBe(false);
  expect(showTables.read('# table: a;b, type: integer, size:1, used:0\n\n').ok).toBe(false);
  expect(showTables.read('No such table\n\n').ok).toBe(false);
});
