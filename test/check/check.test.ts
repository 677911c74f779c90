// The command `check`: where it takes HAProxy's files from, what it prints for whom, and its exit codes.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { exitOfFault, exitOfFindings, type Found } from '../../src/cli/check/finding.ts';
import { ask } from '../../src/lab/ask.ts';
import { startHaproxy } from '../support/haproxy.ts';
import { until } from '../support/until.ts';
import {
  changed,
  check,
  findingsOf,
  folder,
  haproxy,
  HEALTHY,
  masterAnswers,
  plainYaml,
  single,
  yamlFor,
} from './support.ts';

const WITHOUT = changed(HEALTHY, [['  option redispatch 1\n', '']]);

// Several processes begin in each.
vi.setConfig({ testTimeout: 30_000 });

/** Ids with their places. */
const placesOf = async (dir: string, yaml: string, args: readonly string[] = []) =>
  (await findingsOf(dir, yaml, args)).findings.map(({ id, where }) => `${id} ${where}`);

describe("HAProxy's configuration file", () => {
  test('is that of the process behind the socket, also of a worker whose master was reloaded', async (t) => {
    const started = await haproxy(t, WITHOUT);
    const { dir } = started;
    const places = ['no-redispatch ha1: DIR/haproxy.cfg:23'];
    expect(await placesOf(dir, yamlFor([dir]))).toEqual(places);
    const serving = async (): Promise<string> => {
      const info = await ask(`${dir}/admin.sock`, 'show info').catch(() => '');
      return /^Stopping: 0$/m.test(info) ? (/^Pid: \d+$/m.exec(info)?.[0] ?? '') : '';
    };
    const before = await serving();
    started.signal('SIGUSR2');
    await until(async () => !['', before].includes(await serving()), 'a new worker serves');
    await masterAnswers(`${dir}/master.sock`);
    expect(await placesOf(dir, yamlFor([dir]))).toEqual(places);
  });

  // Only root may change its root.
  test.runIf(process.geteuid?.() === 0)(
    'is found by its relative name, though the worker sits in a chroot',
    async (t) => {
      const dir = await folder(t);
      await mkdir(`${dir}/jail`);
      const jailed = changed(WITHOUT, [['  hard-stop-after', '  chroot JAIL\n  hard-stop-after']]);
      const own = jailed.replace('JAIL', `${dir}/jail`).replaceAll('DIR', dir);
      await writeFile(`${dir}/own.cfg`, `${own}\n`);
      // `-f haproxy.cfg` is added to these.
      const started = await startHaproxy(
        (other) => `global\n  stats socket ${other}/admin.sock`,
        ['-W', '-S', `${dir}/master.sock`, '-f', relative(process.cwd(), `${dir}/own.cfg`)],
      );
      t.onTestFinished(() => started[Symbol.asyncDispose]());
      await masterAnswers(`${dir}/master.sock`);
      const places = await placesOf(dir, yamlFor([dir]));
      expect(places).toEqual(['no-redispatch ha1: DIR/own.cfg:24']);
    },
  );

  test('may be several, and folders, and relative to where HAProxy was started', async (t) => {
    const [globals = '', rest = ''] = WITHOUT.split('defaults');
    const dir = await folder(t);
    await mkdir(`${dir}/conf.d`);
    await writeFile(`${dir}/conf.d/10-bp.cfg`, `defaults${rest}\n`.replaceAll('DIR', dir));
    // None of these is read by HAProxy.
    for (const name of ['.hidden.cfg', '20-bp.cfg.off']) {
      await writeFile(`${dir}/conf.d/${name}`, 'listen bp\n  server other 127.0.0.1:1\n');
    }
    await mkdir(`${dir}/conf.d/30-folder.cfg`);
    const config = globals.replaceAll('DIR', dir);
    await using started = await startHaproxy(
      (own) => config.replace(`${dir}/admin.sock`, `${own}/admin.sock`),
      // After these `-f haproxy.cfg` is added, which holds the global section.
      ['-db', '-C', dir, '-f', 'conf.d'],
    );
    const places = await placesOf(started.dir, plainYaml([started.dir]));
    expect(places.map((one) => one.replaceAll(dir, 'OTHER'))).toEqual([
      'no-redispatch ha1: OTHER/conf.d/10-bp.cfg:16',
      'no-master-socket ha1',
    ]);
  });

  test('may be named, for all proxies or for one', async (t) => {
    const [one, two] = [await haproxy(t, HEALTHY), await haproxy(t, HEALTHY)];
    const file = `${one.dir}/copy.cfg`;
    await writeFile(file, WITHOUT.replaceAll('DIR', one.dir));
    const yaml = yamlFor([one.dir, two.dir]);
    expect(await placesOf(one.dir, yaml)).toEqual([]);
    expect(await placesOf(one.dir, yaml, ['--haproxy', `ha2=${file}`])).toEqual([
      'no-redispatch ha2: DIR/copy.cfg:23',
    ]);
    const all = await placesOf(one.dir, yaml, ['--haproxy', file, '--haproxy', file]);
    expect(all.filter((place) => place.startsWith('no-redispatch'))).toEqual([
      'no-redispatch ha1, ha2: DIR/copy.cfg:23',
    ]);
  });

  test('is judged without a HAProxy too', async (t) => {
    const dir = await folder(t);
    await writeFile(`${dir}/haproxy.cfg`, WITHOUT);
    expect(await placesOf(dir, plainYaml([dir]), ['--haproxy', `${dir}/haproxy.cfg`])).toEqual([
      'no-socket ha1',
      'no-redispatch ha1: DIR/haproxy.cfg:23',
      'no-master-socket ha1',
    ]);
  });

  test('that is gone, or that has no such section, is said to be so', async (t) => {
    const { dir } = await haproxy(t, HEALTHY);
    await rename(`${dir}/haproxy.cfg`, `${dir}/moved.cfg`);
    const [unseen] = (await findingsOf(dir, yamlFor([dir]))).findings;
    expect(unseen).toMatchObject({
      id: 'config-unseen',
      message: "HAProxy's configuration file was not checked: DIR/haproxy.cfg: no such file",
    });
    const debian = await findingsOf(dir, yamlFor([dir]), ['--haproxy', '/etc/haproxy/haproxy.cfg']);
    expect(debian.findings[0]).toMatchObject({
      id: 'config-differs',
      where: 'ha1: /etc/haproxy/haproxy.cfg',
      message: expect.stringContaining('the file has no section bp'),
    });
  });

  test('that HAProxy has not loaded yet is not taken for what runs', async (t) => {
    const { dir } = await haproxy(t, HEALTHY);
    const third = changed(HEALTHY, [
      ['  server backup', '  server new 127.0.0.1:9\n  server backup'],
    ]);
    await writeFile(`${dir}/haproxy.cfg`, third.replaceAll('DIR', dir));
    const { findings } = await findingsOf(dir, yamlFor([dir]));
    expect(findings.map(({ id }) => id)).toContain('config-differs');
  });
});

describe('usage', () => {
  test.for([
    [['--haproxy', 'ha9=x'], '--haproxy: there is no proxy "ha9"; there are ha1\n'],
    [['--haproxy', 'ha1='], '--haproxy: expected FILE or NAME=FILE\n'],
    [['--haproxy', 'DIR/none.cfg'], '--haproxy: DIR/none.cfg: no such file\n'],
    [['--haproxy', 'DIR/a=b.cfg'], '--haproxy: DIR/a=b.cfg: no such file\n'],
  ] as const)('%s', async ([args, err], t) => {
    const dir = await folder(t);
    const own = args.map((arg) => arg.replace('DIR', dir));
    expect(await check(dir, yamlFor([dir]), own)).toEqual({ code: 1, out: '', err });
  });

  test('a wrong mainstay.yaml is told as by every command', async (t) => {
    const dir = await folder(t);
    const { code, out, err } = await check(dir, yamlFor([dir], 'mood: good\n'), ['--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^DIR\/mainstay\.yaml:5:1 unknown key "mood"/);
  });
});

describe('what it prints', () => {
  /** Much is wrong here, with long names and lines. */
  const BAD = changed(HEALTHY, [
    ['  option redispatch 1\n', ''],
    ['retries 10', 'retries 1'],
    [' on-marked-down shutdown-sessions', ''],
    ['inter 2s', 'inter 100s'],
    ['127.0.0.1:1', '127.0.0.1:1 on-marked-up shutdown-backup-sessions'],
    [
      '127.0.0.1:2 backup id 2',
      '127.0.0.1:2 backup id 2 no-check\n  server a-third-one 127.0.0.1:3',
    ],
    ['level admin', 'level operator'],
  ]);

  test('fits in 80 columns, worst first, plain on a pipe', async (t) => {
    const { dir } = await single(t, BAD);
    const { code, out } = await check(dir, plainYaml([dir, `${dir}/nowhere`]));
    expect(code).toBe(3);
    const long = out.split('\n').filter((line) => line.length > 80);
    expect(long).toEqual([]);
    const levels = [...out.matchAll(/^(error|warning|info) /gm)].map(([, level]) => level);
    expect(levels.slice(0, 8)).toEqual([
      ...Array<string>(4).fill('error'),
      ...Array<string>(4).fill('warning'),
    ]);
    const infos = levels.slice(8);
    expect(new Set(infos)).toEqual(new Set(['info']));
    expect(out).toMatch(new RegExp(`\\n4 errors, 4 warnings, ${infos.length} info\\.\\n$`));
    expect(out).not.toContain('\u001B');
  });

  test('is coloured on a terminal, and says the same', async (t) => {
    const { dir } = await single(t, BAD);
    const plain = await check(dir, plainYaml([dir]));
    const colour = await check(dir, plainYaml([dir]), [], { colour: true, columns: 80 });
    expect(colour.out).toContain('\u001B[31merror\u001B[0m');
    const words = stripVTControlCharacters(colour.out);
    expect(ageless(words)).toBe(ageless(plain.out));
  });

  test('is one JSON document with --json: the same findings, and what was seen', async (t) => {
    const started = await single(t, BAD);
    const { dir } = started;
    const yaml = plainYaml([dir, `${dir}/nowhere`]);
    const { code, out, err } = await check(dir, yaml, ['--json']);
    const text = await check(dir, yaml);
    expect({ code, err }).toEqual({ code: text.code, err: '' });
    const document = JSON.parse(out);
    for (const { id, level, where, message, cure } of document.findings) {
      const block = `${level} ${id} ${where} ${message} Cure: ${cure}`;
      expect(text.out.replaceAll(/\s+/g, ' ')).toContain(block.replaceAll(/\s+/g, ' '));
    }
    expect(document.proxies).toMatchObject([
      {
        name: 'ha1',
        address: 'unix:DIR/admin.sock',
        version: expect.stringMatching(/^\d+\.\d+/),
        level: 'operator',
        pid: started.pid(),
        files: ['DIR/haproxy.cfg'],
        ways: [
          {
            setting: 'runtime',
            address: 'unix:DIR/admin.sock',
            fault: null,
            tookMs: expect.any(Number),
          },
        ],
      },
      {
        name: 'ha2',
        version: null,
        level: null,
        pid: null,
        uptimeS: null,
        files: [],
        ways: [{ setting: 'runtime', fault: 'no-socket' }],
      },
    ]);
  });
});

describe('exit codes', () => {
  const [warning, info] = [found('no-redispatch', 'warning'), found('server-unlisted', 'info')];
  const missing = found('no-backup-server');
  test.for([
    [[], 0],
    [[warning, info, { ...info, exit: 4 }], 0],
    [[missing], 2],
    [[missing, { ...missing, exit: 4 }], 4],
    [[{ ...missing, exit: 4 }, { ...missing, exit: 3 }, missing], 3],
  ] as const)('%j', ([list, code]) => {
    expect(exitOfFindings(list)).toBe(code);
  });

  test.for([
    [{ kind: 'refused' }, 3],
    [{ kind: 'timeout', afterMs: 1, connected: true }, 3],
    [{ kind: 'ssh', stage: 'lost', said: '' }, 3],
    [{ kind: 'ssh', stage: 'channel', said: '' }, 3],
    [{ kind: 'ssh', stage: 'authentication', said: '' }, 4],
    [{ kind: 'ssh', stage: 'host-key', said: '' }, 2],
    [{ kind: 'permission' }, 4],
    [{ kind: 'denied', command: 'show proc' }, 4],
    [{ kind: 'http', status: 401 }, 4],
    [{ kind: 'http', status: 503 }, 2],
    [{ kind: 'file', path: '/key', code: 'EACCES' }, 4],
    [{ kind: 'file', path: '/key', code: 'ENOENT' }, 2],
    [{ kind: 'tls', reason: 'unknown ca' }, 2],
    [{ kind: 'other-master', pid: 1 }, 2],
    [{ kind: 'peer', peer: 'ha2', said: '' }, 3],
  ] as const)('of %j', ([trouble, code]) => {
    expect(exitOfFault({ ...trouble, address: 'unix:/s' })).toBe(code);
  });
});

const ageless = (text: string): string =>
  text.replaceAll(/up\s+\d+s|(?:under\s+)?\d+\s+ms/g, 'N').replaceAll(/\s+/g, ' ');

function found(id: Found['id'], level: Found['level'] = 'error'): Found {
  return { id, level, proxies: ['ha1'], spot: null, message: id, cure: '' };
}
