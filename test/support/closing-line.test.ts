// The closing line, as a real vitest prints it at the end of runs that go well, badly, and nowhere.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const cases: [after: string, code: string, exit: number | null, last: string | null][] = [
  [
    'a good run',
    `test('a', () => {}); test.skip('b', () => {});`,
    0,
    '1 passed, 0 failed, 1 skipped',
  ],
  ['a file that does not load', `import './absent.ts';`, 1, '0 passed, 1 failed, 0 skipped'],
  [
    'a failing test, a failing hook, and an error outside both',
    `test('a', () => { throw new Error(); });
    describe('b', () => { beforeAll(() => { throw new Error(); }); test('c', () => {}); });
    afterAll(() => void Promise.reject(new Error()));`,
    1,
    '0 passed, 3 failed, 1 skipped',
  ],
  ['a run that finds no test', '', 1, '0 passed, 1 failed, 0 skipped'],
  ['a vitest that dies', `process.kill(process.ppid, 'SIGKILL');`, null, null],
];

test.for(cases)('the last line after %s', { timeout: 30_000 }, ([, code, exit, last]) => {
  const folder = mkdtempSync(join(tmpdir(), 'closing-line-'));
  try {
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const reporter = JSON.stringify(resolve('test/support/closing-line.ts'));
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { closingLine } from ${reporter}; export default { test: { reporters: ['default', closingLine()] } };`,
    );
    if (code !== '') {
      const imports = `import { afterAll, beforeAll, describe, test } from 'vitest';`;
      writeFileSync(join(folder, 'a.test.ts'), `${imports} ${code}`);
    }

    const vitest = resolve('node_modules/vitest/vitest.mjs');
    const run = spawnSync(process.execPath, [vitest, 'run', '--no-color'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });

    const line = /(?:^|\n)(\d+ passed, \d+ failed, \d+ skipped)\n$/.exec(run.stdout)?.[1] ?? null;
    expect({ exit: run.status, line }).toEqual({ exit, line: last });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
