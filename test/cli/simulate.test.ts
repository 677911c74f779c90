// `mainstay simulate`: stories and journals decided again, with other settings, and every kind of wrong file.
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../../src/cli/simulate.ts';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { DecisionRecord } from '../../src/domain/journal.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Snapshot } from '../../src/domain/view.ts';
import { backup, main, POLICY, seen, view, worker } from '../decide/world.ts';
import { worldWith } from './world.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-simulate-'));
});
afterAll(() => rm(dir, { recursive: true }));

const pipe = (to: string[]) => ({
  write: (text: string) => void to.push(text),
  columns: null,
  colour: false,
});

async function run(path: string, set: readonly string[] = [], json = false) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await simulate(worldWith({ out: pipe(out), err: pipe(err) }), path, { set, json });
  return { code, out: out.join(''), err: err.join('').replaceAll(/\n +/g, ' ') };
}

async function file(text: string): Promise<string> {
  const path = join(dir, 'file');
  await writeFile(path, text);
  return path;
}

const STORY = `# main returns
with failback.after=3m
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
t=60 ha1 main:UP ha2 main:UP
t=260`;

describe('a story', () => {
  test('is told whole', async () => {
    const { code, out, err } = await run(await file(STORY));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('t=60 ha1 main:UP ha2 main:UP\n> t=60..239');
    expect(out).toMatch(/> t=240 .* R50 sticky {2}E40 main {2}held: unconfirmed ha1, [^\n]+\n/);
  });

  test('with another setting is a diff of its results, below the lines that they follow', async () => {
    const { code, out } = await run(await file(STORY), ['failback.after=2m', 'confirm=3']);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.slice(0, 14).trimEnd())).toEqual([
      'With failback.',
      '  t=60 ha1 mai',
      '- t=60..239',
      '- t=240',
      '- t=241',
      '- t=242..259',
      '+ t=60..179',
      '+ t=180',
      '+ t=181',
      '+ t=182',
      '+ t=183..259',
      '',
    ]);
    const same = await run(await file(STORY), ['budget.max=99']);
    expect(same.out).toBe('With budget.max=99 nothing is decided otherwise.\n');
  });

  test('as JSON is one document with both lists', async () => {
    const { out } = await run(await file(STORY), ['failback.after=2m'], true);
    const { kind, set, told, changed } = JSON.parse(out);
    expect({ kind, set }).toEqual({ kind: 'story', set: ['failback.after=2m'] });
    expect(
      [told, changed].map((list: string[]) => list.some((line) => line.includes('t=180 '))),
    ).toEqual([false, true]);
  });
});

function look(at: number, up: boolean): Snapshot {
  const lastChangeS = up ? Math.floor(at / 1000) - 60 : 3_600;
  const health = up ? { lastChangeS } : { status: 'DOWN', lastChangeS };
  const shows = view(worker([main(health), backup({ sessions: 4 })]));
  return { proxies: [seen('ha1', at, shows), seen('ha2', at, shows)] };
}

/** Main comes back, and after a failback.after of 10 minutes all go back to it: decided poll by poll, kept where it changed. */
function journal(): DecisionRecord[] {
  const policy = { ...POLICY, failbackAfterMs: 600_000 };
  let memory: Memory = BLANK;
  let shape = '';
  return Array.from({ length: 662 }, (_, at) => at * 1_000).flatMap((monoMs): DecisionRecord[] => {
    const snapshot = look(monoMs, monoMs >= 60_000);
    const now = { monoMs, wallMs: 1_800_000_000_000 + monoMs };
    const { memory: next, ...decision } = decide(snapshot, memory, policy, now);
    const at = new Date(now.wallMs).toISOString();
    const record: DecisionRecord = {
      v: 1,
      at,
      kind: 'decision',
      now,
      snapshot,
      memory,
      policy,
      decision,
    };
    memory = next;
    const { verdict, target, plan, gates } = decision;
    const told = JSON.stringify([verdict, target, plan, gates.map(({ gate }) => gate)]);
    if (told === shape) return [];
    shape = told;
    return [record];
  });
}

const text = (records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('a journal', () => {
  const records = journal();

  test('is decided again, the same at every decision', async () => {
    const { code, out, err } = await run(await file(text(records)));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`\\n${records.length} decisions, all the same\\.\\n$`));
    expect(out.match(/^\d{4}-/gm)).toHaveLength(records.length);
  });

  test('of which a decision comes out otherwise is told with what differs: exit code 2', async () => {
    const [first, ...rest] = records;
    const altered = { ...first, decision: { ...first?.decision, target: 'main' } };
    const path = await file(text([altered, ...rest]));
    const { code, out } = await run(path);
    expect(code).toBe(2);
    expect(out).toMatch(
      /line 1 is decided otherwise now\n +target: recorded "main", now "backup"\n/,
    );
    expect(out).toContain(`${records.length} decisions, 1 decided otherwise now: line 1\n`);
    const { entries, differing } = JSON.parse((await run(path, [], true)).out);
    expect(differing).toBe(1);
    expect(entries[0]).toMatchObject({
      line: 1,
      verdict: 'failed-over',
      differences: [{ what: 'target', recorded: '"main"', decided: '"backup"' }],
    });
  });

  test('of another version of mainstay is told as such', async () => {
    const [first, ...rest] = records;
    const { clearedWallMs: _, ...memory } = first?.memory ?? {};
    const { beats: __, ...decision } = first?.decision ?? {};
    const { code, out } = await run(await file(text([{ ...first, memory, decision }, ...rest])));
    expect(code).toBe(2);
    expect(out).toContain(
      'line 1 is decided otherwise now; another version of mainstay wrote it\n',
    );
  });

  test('with another setting is followed to where the two part: both are named', async () => {
    const path = await file(text(records));
    const { code, out } = await run(path, ['failback.after=5m']);
    expect(code).toBe(0);
    const flat = out.replaceAll(/\n {3,}/g, ' ');
    expect(flat).toMatch(/^- 2027-01-15 08:11:00Z {2}sticky .*; target main \(E40, was backup/m);
    expect(flat).toMatch(/^\+ 2027-01-15 08:06:00Z {2}sticky .*; target main \(E40, was backup/m);
    expect(flat).toContain('From there on the world would have been another');
    const { whatIf } = JSON.parse((await run(path, ['failback.after=5m'], true)).out);
    expect(whatIf).toMatchObject({ parts: true, cut: false });
    expect(whatIf.recorded.at(-1).at).toBe('2027-01-15T08:11:00.000Z');
    expect(whatIf.changed.at(-1).at).toBe('2027-01-15T08:06:00.000Z');
    const same = await run(path, ['budget.max=99']);
    expect(same.out.replaceAll(/\s+/g, ' ')).toMatch(
      /^With budget.max=99 nothing would have been done otherwise, up to 2027-01-15 08:\d\d:\d\dZ\. $/,
    );
  });

  test('with lines that are no records: they are named, the others are simulated, exit code 1', async () => {
    const [first] = records;
    const lines = [
      `{"v":1,"at":"x","kind":"gossip\u001B"}\n`,
      text(records),
      '{"v":1,"at":"2027-01-15T08:00:00.000Z","kind":"dec',
      `\n${text([{ ...first, snapshot: { proxies: [{ name: 'ha1', sight: { kind: 'seen' } }] } }])}`,
    ];
    const path = await file(lines.join(''));
    const { code, out, err } = await run(path);
    expect(code).toBe(1);
    const [one, two, three, ...others] = err.trimEnd().split('\n');
    expect(one).toContain(`${path}:1: expected a record, {"v":1,`);
    expect(two).toContain(`${path}:${records.length + 2}: expected a record`);
    expect(three).toContain(`${path}:${records.length + 3}: expected a whole decision`);
    expect(others).toEqual([]);
    expect(out).toContain(`${records.length} decisions, all the same.`);
    expect(err + out).not.toContain('\u001B');
    expect((await run(path, ['failback.after=5m'])).code).toBe(1);
  });

  test('without a decision in it is no journal', async () => {
    const hook = {
      v: 1,
      at: '',
      kind: 'hook',
      hook: 'h',
      event: 'gate',
      result: 'ok',
      message: null,
    };
    const { code, err } = await run(await file(text([hook])));
    expect(code).toBe(1);
    expect(err).toContain('there is no decision in it');
  });
});

describe('a wrong file, exit code 1:', () => {
  test.each([
    ['neither', 'what is this\n', /:1: expected "with", "servers", .*got "what"; read as a story/],
    ['a story with a wrong line', '# s\nt=0 ha1 main=x\n', /:2: ha1 cannot be changed by "main=x"/],
    ['a story without end', '# s\nt=0 ha1 main=4\nt=9999999\n', /:2: .* more than 100000 ticks/],
    ['empty', '', /: it is empty; expected a story \(docs\/stories\.md\) or a journal/],
    ['terminal commands', '\u001B[2J\n', /got "\\x1b\[2J"/],
  ])('%s', async (_, content, why) => {
    const { code, out, err } = await run(await file(content));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(why);
  });

  test('missing, a folder, or larger than may be', async () => {
    const huge = join(dir, 'huge');
    const handle = await open(huge, 'w');
    await handle.truncate(300 * 1024 * 1024);
    await handle.close();
    await mkdir(join(dir, 'folder'));
    const said = await Promise.all(
      ['missing', 'folder', 'huge'].map((name) => run(join(dir, name))),
    );
    expect(said.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(said.map(({ err }) => err).join('')).toMatch(
      /there is no such file\n.*it is a folder; .*\n.*it is larger than 256 MiB/,
    );
  });

  test.each(['failback.afer=5m', 'failback.after=5', 'confirm', '', 'cluster=x'])(
    '--set %s',
    async (setting) => {
      const { code, err } = await run(await file(STORY), [setting]);
      expect(code).toBe(1);
      expect(err).toContain(`--set: expected a setting such as "failback.after=30m"`);
    },
  );
});
