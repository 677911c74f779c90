// The journal against real files: in order, on disk, and through all that happens to files.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HookRecord, OutcomeRecord } from '../../src/domain/journal.ts';
import { openJournal } from '../../src/report/journal.ts';
import { clock, decision, done, logBook, NOW } from './world.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mainstay-journal-'));
  file = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const outcome: OutcomeRecord = {
  v: 1,
  at: new Date(NOW.wallMs).toISOString(),
  kind: 'outcome',
  outcome: done(),
};

const hook: HookRecord = {
  v: 1,
  at: new Date(NOW.wallMs).toISOString(),
  kind: 'hook',
  hook: 'exec tell',
  event: 'action',
  result: 'failed',
  message: 'it ended with 1',
};

/** What stands in the file, a decision by its `why`, anything that is no JSON as it is. */
function written(path = file): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      try {
        const record = JSON.parse(line);
        return record.kind === 'decision' ? record.decision.why : record.kind;
      } catch {
        return line;
      }
    });
}

async function open(path: string | null = file) {
  const book = logBook();
  return { journal: await openJournal(path, book.log, clock), said: book.said };
}

describe('a journal in memory', () => {
  test('gives the latest records, newest first, and decisions apart', async () => {
    const { journal, said } = await open(null);
    expect(journal.restored).toEqual({ records: [], readable: false });
    await journal.append(decision('1'));
    await journal.append(outcome);
    await journal.append(decision('2'));
    expect(journal.latest(2)).toEqual([decision('2'), outcome]);
    expect(journal.decisions(9)).toEqual([decision('2'), decision('1')]);
    expect(journal.decisions(1)).toEqual([decision('2')]);
    expect(journal.latest(0)).toEqual([]);
    expect(said).toEqual([]);
  });

  test('forgets the oldest beyond 1000 records', async () => {
    const { journal } = await open(null);
    for (let i = 0; i < 1005; i += 1) await journal.append(decision(String(i)));
    const kept = journal.decisions(5000);
    expect(kept).toHaveLength(1000);
    expect(kept.at(-1)).toEqual(decision('5'));
  });

  test('remembers the last 100 lines of hooks, and forgets no decision for more of them', async () => {
    const { journal } = await open(null);
    await journal.append(decision('1'));
    for (let i = 0; i < 2000; i += 1) await journal.append({ ...hook, message: `${i}` });
    await journal.append(outcome);
    const kept = journal.latest(Number.POSITIVE_INFINITY);
    expect(kept).toHaveLength(102);
    expect(kept.slice(0, 2)).toEqual([outcome, { ...hook, message: '1999' }]);
    expect(kept.at(-1)).toEqual(decision('1'));
    expect(journal.decisions(9)).toEqual([decision('1')]);
  });

  test('forgets the oldest beyond 4 MiB of text, but never the newest', async () => {
    const { journal } = await open(null);
    await journal.append(decision('a'.repeat(3 * 1024 * 1024)));
    await journal.append(decision('b'.repeat(3 * 1024 * 1024)));
    expect(journal.latest(9)).toHaveLength(1);
    await journal.append(decision('c'.repeat(5 * 1024 * 1024)));
    expect(journal.latest(9)).toEqual([decision('c'.repeat(5 * 1024 * 1024))]);
  });
});

describe('a journal file', () => {
  test('is made at the first record, for its owner alone, and holds a line each in the order of asking', async () => {
    const { journal, said } = await open();
    expect(existsSync(file)).toBe(false);
    const names = Array.from({ length: 50 }, (_, i) => String(i));
    await Promise.all(names.map((name) => journal.append(decision(name))));
    expect(written()).toEqual(names);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(said).toEqual(['info no journal yet, it begins now']);
    await journal.close();
  });

  test('holds a record whole by the time that appending it has ended', async () => {
    const { journal } = await open();
    await journal.append(decision('1'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(decision('1'));
    await journal.close();
  });

  test('is read back by the next run, oldest first', async () => {
    const first = await open();
    await first.journal.append(decision('1'));
    await first.journal.append(outcome);
    await first.journal.close();
    const { journal, said } = await open();
    expect(journal.restored).toEqual({ records: [decision('1'), outcome], readable: true });
    expect(journal.latest(1)).toEqual([outcome]);
    expect(said).toEqual([]);
  });

  test('that a crash cut off anywhere in its last line loses that line and no other', async () => {
    const line = `${JSON.stringify(decision('2'))}\n`;
    for (const cut of [1, 2, 100, line.length - 2]) {
      writeFileSync(file, `${JSON.stringify(decision('1'))}\n${line.slice(0, cut)}`);
      const { journal, said } = await open();
      expect(journal.restored).toEqual({ records: [decision('1')], readable: true });
      expect(said).toEqual([
        'warn lines of the journal that cannot be read are passed over; a crash leaves one',
      ]);
      await journal.append(decision('3'));
      expect(written()).toEqual(['1', line.slice(0, cut), '3']);
      await journal.close();
    }
  });

  test('of which only the last newline is missing loses nothing', async () => {
    writeFileSync(file, JSON.stringify(decision('1')));
    const { journal, said } = await open();
    expect(journal.restored.records).toEqual([decision('1')]);
    await journal.append(decision('2'));
    expect(written()).toEqual(['1', '2']);
    expect(said).toEqual([]);
    await journal.close();
  });

  test.for([
    ['garbage', 'garbage\n\0\0\n{}\n[1]\nnull\n'],
    ['records of another version', `${JSON.stringify({ ...decision('1'), v: 2 })}\n`],
    ['a decision without its memory', `${JSON.stringify({ ...decision('1'), memory: null })}\n`],
    ['an outcome alone', `${JSON.stringify(outcome)}\n`],
    ['nothing', ''],
  ])('that holds %s is not readable', async ([, text = '']) => {
    writeFileSync(file, text);
    expect((await open()).journal.restored.readable).toBe(false);
  });

  test('of which a line is unreadable says so once, with the count, and gives the others', async () => {
    writeFileSync(file, `x\n${JSON.stringify(decision('1'))}\n{"v":1}\n`);
    const { log, fields, said } = logBook();
    const journal = await openJournal(file, log, clock);
    expect(journal.restored.records).toEqual([decision('1')]);
    expect(said).toHaveLength(1);
    expect(fields).toEqual([{ journal: file, unreadable: 2 }]);
  });

  test('gives back what hooks came to with the rest, and without a decision is not readable for it', async () => {
    writeFileSync(file, `${JSON.stringify(hook)}\n`);
    const alone = await open();
    expect(alone.journal.restored).toEqual({ records: [hook], readable: false });
    expect(alone.said).toEqual([]);
    await alone.journal.append(decision('1'));
    await alone.journal.append(hook);
    const { restored } = (await open()).journal;
    expect(restored).toEqual({ records: [hook, decision('1'), hook], readable: true });
  });

  test('that is huge is read from its end only', async () => {
    const filler = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    writeFileSync(file, `${JSON.stringify(decision('old'))}\n`);
    for (let i = 0; i < 5; i += 1) appendFileSync(file, filler);
    appendFileSync(file, `${JSON.stringify(decision('new'))}\n`);
    expect((await open()).journal.restored).toEqual({ records: [decision('new')], readable: true });
  });

  test('that is huge loses nothing but its beginning', async () => {
    const line = `${JSON.stringify(decision('x'.repeat(100_000)))}\n`;
    writeFileSync(file, line.repeat(50));
    const { journal, said } = await open();
    expect(journal.restored.records.length).toBe(Math.floor((4 * 1024 * 1024) / line.length));
    expect(said).toEqual([]);
  });

  test('whose last line is left unfinished at any time, as by a full disk, goes on with a new one', async () => {
    const { journal } = await open();
    await journal.append(decision('1'));
    appendFileSync(file, '{"v":1,');
    await journal.append(decision('2'));
    await journal.append(decision('3'));
    expect(written()).toEqual(['1', '{"v":1,', '2', '3']);
    await journal.close();
  });

  test('that was moved away is begun anew, and the old one keeps what it had', async () => {
    const { journal, said } = await open();
    await journal.append(decision('1'));
    renameSync(file, `${file}.1`);
    await journal.append(decision('2'));
    writeFileSync(`${file}.new`, '');
    renameSync(`${file}.new`, file);
    await journal.append(decision('3'));
    expect(written(`${file}.1`)).toEqual(['1']);
    expect(written()).toEqual(['3']);
    expect(said).toEqual(['info no journal yet, it begins now']);
    await journal.close();
  });

  test('that was shortened in place goes on at its new end', async () => {
    const { journal } = await open();
    await journal.append(decision('1'));
    writeFileSync(file, '');
    await journal.append(decision('2'));
    expect(written()).toEqual(['2']);
    await journal.close();
  });
});

describe('trouble with the file', () => {
  test('a full disk is said once, and once when it is over; the records stay in memory', async () => {
    symlinkSync('/dev/full', file);
    const { journal, said } = await open();
    await journal.append(decision('1'));
    await journal.append(decision('2'));
    expect(said).toEqual([
      'error the journal is not written: no space is left on its disk; until it is, decisions are kept in memory only',
    ]);
    rmSync(file);
    await journal.append(decision('3'));
    await journal.append(decision('4'));
    expect(said.slice(1)).toEqual(['info the journal is written again']);
    expect(written()).toEqual(['3', '4']);
    expect(journal.decisions(9).map(({ decision: { why } }) => why)).toEqual(['4', '3', '2', '1']);
    await journal.close();
  });

  test.for([
    [
      'its folder is missing',
      'its folder does not exist',
      () => rmSync(folder, { recursive: true }),
    ],
    ['it is a folder', 'it is a folder', () => mkdirSync(file)],
  ] as const)('%s: said with its cure, and appending ends', async ([, meaning, spoil]) => {
    spoil();
    const { journal, said } = await open();
    await journal.append(decision('1'));
    expect(said.at(-1)).toBe(
      `error the journal is not written: ${meaning}; until it is, decisions are kept in memory only`,
    );
    mkdirSync(folder, { recursive: true });
  });

  test('a folder that may not be written to is said, and appending ends', async () => {
    // Not even root may make a file in sysfs.
    const { journal, said } = await open('/sys/mainstay-journal');
    await journal.append(decision('1'));
    expect(said[1]).toMatch(
      /^error the journal is not written: (mainstay's user may not|its file system is read-only)/,
    );
    expect(said).toHaveLength(2);
  });

  test('a disk that does not answer holds an append up for a second, and no append is lost by it', async () => {
    // A pipe that nobody reads stands for it: what exceeds its 64 KiB waits.
    execFileSync('mkfifo', [file]);
    const { journal, said } = await open();
    expect(journal.restored.readable).toBe(false);
    const beganMs = performance.now();
    await journal.append(decision('a'.repeat(100_000)));
    expect(said).toEqual([
      'error the journal is not written: the disk does not answer within 1000 ms; until it is, decisions are kept in memory only',
    ]);
    await journal.append(decision('2'));
    expect(performance.now() - beganMs).toBeLessThan(1500);
    expect(said).toHaveLength(1);
    const read = execFileSync('timeout', ['2', 'head', '-n', '1', file], { encoding: 'utf8' });
    expect(JSON.parse(read)).toEqual(decision('a'.repeat(100_000)));
    await journal.close();
  });
});
