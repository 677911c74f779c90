// The guide is a test (style.md 18): every file under src/ keeps it, and a file that does not is caught.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { breaches } from './guide/rules.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);

describe('src/', () => {
  test('is where this test looks', () => {
    expect(files).toContain('domain/ports.ts');
  });

  test.for(files)('%s keeps the guide', (path) => {
    expect(breaches(path, readFileSync(join('src', path), 'utf8'))).toEqual([]);
  });
});

/** A path below src/, code for its second line, and the one thing that is wrong there. */
const bad: [path: string, code: string, what: string][] = [
  // floors
  ['domain/a.ts', `import { b } from '../decide/b.ts';`, 'imports decide, which stands above it'],
  ['decide/a.ts', `import type { B } from '../loop.ts';`, 'imports loop.ts, which stands above it'],
  ['observe/a.ts', `import '../act/b.ts';`, 'imports act, a stranger on its floor'],
  ['cli/a.ts', `const b = await import('../lab/b.ts');`, 'imports lab, a stranger on its floor'],
  ['loop.ts', `type B = import('./main.ts').B;`, 'imports main.ts, which stands above it'],
  ['report/deep/a.ts', `import '../../act/b.ts';`, 'imports act, a stranger on its floor'],
  ['act/a.ts', `import fs = require('../cli/b.ts');`, 'imports cli, which stands above it'],
  ['loop.ts', `import './new/b.ts';`, 'imports new, which stands on no floor'],
  ['new/a.ts', '', 'new stands on no floor'],
  [
    'main.ts',
    `await import(process.argv[2] ?? '');`,
    'imports what only the running program knows',
  ],
  ['page/a.ts', `import type { B } from '../report/b.ts';`, 'imports report into the browser'],
  [
    'page/a.ts',
    `import { GATES } from '../domain/b.ts';`,
    'imports more than types into the browser',
  ],
  ['main.ts', `import '../test/support/a.ts';`, '../test/support/a.ts leaves src/'],
  ['main.ts', `import './cli/run.js';`, './cli/run.js has no .ts ending'],
  ['cli/a.ts', `import type { Client } from 'ssh2';`, 'imports ssh2 outside transport/'],
  ['transport/a.ts', `import ssh2 from 'ssh2';`, 'imports ssh2 before it is used'],
  [
    'transport/a.ts',
    `import { type Client, utils } from 'ssh2';`,
    'imports ssh2 before it is used',
  ],
  // the pure floors
  ['domain/a.ts', `import type { Socket } from 'node:net';`, 'floor 0 imports node:net'],
  ['decide/a.ts', `import { z } from 'zod';`, 'floor 1 imports zod'],
  ['decide/a.ts', 'const now = Date.now();', 'asks Date for now on a pure floor'],
  ['decide/a.ts', 'const { now } = Date;', 'asks Date for something on a pure floor'],
  ['decide/a.ts', `const now = Date['now']();`, 'asks Date for something on a pure floor'],
  ['decide/a.ts', 'const now = new Date();', 'asks new Date() the time'],
  ['decide/a.ts', 'const now = Date();', 'asks Date for something on a pure floor'],
  ['decide/a.ts', 'const dice = Math.random();', 'asks Math for random on a pure floor'],
  ['haproxy/a.ts', 'const { random } = Math;', 'asks Math for something on a pure floor'],
  ['haproxy/a.ts', 'setTimeout(() => {}, 1);', 'uses setTimeout on a pure floor'],
  ['haproxy/a.ts', 'const home = process.env.HOME;', 'uses process on a pure floor'],
  ['haproxy/a.ts', 'const now = performance.now();', 'uses performance on a pure floor'],
  ['cardano/a.ts', 'const id = crypto.randomUUID();', 'uses crypto on a pure floor'],
  ['cardano/a.ts', 'const now = globalThis.Date.now();', 'uses globalThis on a pure floor'],
  ['decide/a.ts', 'const later = async () => 1;', 'waits on a pure floor'],
  ['domain/a.ts', 'export function up() {}', 'logic in domain/'],
  ['domain/a.ts', 'export const up = () => true;', 'logic in domain/'],
  ['domain/a.ts', 'export class View {}', 'logic in domain/'],
  // everywhere
  ['act/a.ts', 'export default function act() {}', 'default export'],
  ['act/a.ts', 'const act = 1; export { act as default };', 'default export'],
  ['act/a.ts', `export * from './b.ts';`, 'barrel'],
  ['act/a.ts', `export type { B } from './b.ts';`, 'barrel'],
  ['act/a.ts', 'const enum Colour { Red }', 'enum'],
  ['act/a.ts', 'namespace Act {}', 'namespace'],
  ['act/a.ts', 'declare global {}', 'namespace'],
  ['act/a.ts', 'const act = {} as any;', 'any'],
  ['act/a.ts', 'let acts = 0;', 'state of the module'],
  ['act/a.ts', 'export let acts = 0;', 'state of the module'],
  ['lab/a.ts', `console.log('hello');`, 'speaks to the console'],
];

describe('a file is caught', () => {
  test.for(bad)('%s: %s', ([path, code, what]) => {
    expect(breaches(path, `// One idea.\n${code}\n`)).toEqual([
      `src/${path}:${code === '' ? 1 : 2}: ${what}`,
    ]);
  });

  test('when it is longer than 250 lines', () => {
    const source = `// One idea.\n${'act();\n'.repeat(249)}`;
    expect(breaches('act/a.ts', source)).toEqual([]);
    expect(breaches('act/a.ts', `${source}act();\n`)).toEqual([
      'src/act/a.ts:251: more than 250 lines',
    ]);
  });

  test.for([
    ['decide/a.ts', `import '../domain/a.ts';\n// One idea.\n`],
    ['decide/a.ts', `/** One idea. */\n`],
    ['decide/a.ts', `#!/usr/bin/env node\n// One idea.\n`],
    ['main.ts', `#!/usr/bin/env node\nconst idea = 1;\n`],
    ['main.ts', ''],
  ])('without its one idea: %s', ([path = '', source = '']) => {
    expect(breaches(path, source)).toEqual([
      expect.stringContaining('the first line is not a comment that says the one idea'),
    ]);
  });
});

describe('a file is let pass', () => {
  test.for([
    ['main.ts', `#!/usr/bin/env node\n// One idea.\nconsole.log(process.argv);`],
    [
      'loop.ts',
      `// One idea.\nimport { a } from './act/a.ts';\nimport { b } from './domain/b.ts';`,
    ],
    ['decide/a.ts', `// One idea.\nimport { b } from './deep/b.ts';`],
    ['decide/deep/b.ts', `// One idea.\nimport { a } from '../a.ts';`],
    ['decide/a.ts', `// One idea.\nconst text = new Date(ms).toISOString() + Math.max(1, 2);`],
    ['decide/a.ts', `// One idea.\nconst text: Date = row.process({ process: 1 }) ?? row.console;`],
    ['haproxy/a.ts', `// One idea.\n// setTimeout(process.env)\nconst text = 'new Date()';`],
    ['domain/a.ts', `// One idea.\nexport interface Port { ask(process: string): Promise<void> }`],
    [
      'transport/a.ts',
      `// One idea.\nimport { connect } from 'node:net';\nawait connect(Date.now());`,
    ],
    ['transport/a.ts', `// One idea.\nimport type { Client } from 'ssh2';\nawait import('ssh2');`],
    ['transport/a.ts', `// One idea.\ntype Client = import('ssh2').Client;`],
    ['cli/a.ts', `// One idea.\nconsole.log('hello');`],
    [
      'page/a.ts',
      `// One idea.\nimport type { B } from '../domain/b.ts';\nimport { c } from './c.ts';`,
    ],
  ])('%s: %s', ([path = '', source = '']) => {
    expect(breaches(path, source)).toEqual([]);
  });
});
