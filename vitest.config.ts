// How the tests run: unit tests on both cores, then those that start real HAProxies, then those that want the machine for themselves.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { Reporter } from 'vitest/node';
import { findHaproxy } from './src/lab/haproxy-binary.ts';
import { closingLine } from './test/support/closing-line.ts';

type ProjectConfig = NonNullable<TestProjectInlineConfiguration['test']>;

/** On each HAProxy that there is. */
const INTEGRATION = ['test/integration/**/*.test.ts'];
/** Tests that start real HAProxies and relays: they mostly wait, so two files at a time. */
const REAL = [
  ...INTEGRATION,
  'test/lab/**/*.test.ts',
  'test/act/reload.test.ts',
  'test/act/steer.test.ts',
  'test/cli/server-state.test.ts',
  'test/transport/ssh.test.ts',
  'test/transport/ways.test.ts',
];
/** Those that are alone on the machine: they measure, or take all of it. */
const ALONE_EACH = [
  'test/integration/converge-cut-short.test.ts',
  'test/integration/sidecars*.test.ts',
];
const ALONE = [
  ...ALONE_EACH,
  'test/act/old-worker.test.ts',
  'test/operator/**/*.test.ts',
  'test/page/page.test.ts',
];

/** The installed HAProxy, and a second one: as the environment says, else as scripts/setup.mjs has found it. */
const { MAINSTAY_HAPROXY: named = handedOn(), ...rest } = process.env;
const installed = findHaproxy(rest);
const first = installed.ok ? installed.value : named;
const second = named === first ? undefined : named;

const real = { maxWorkers: 2, testTimeout: 60_000, hookTimeout: 30_000 };

export default defineConfig({
  test: {
    reporters: ['default', haproxies(), closingLine()],
    projects: [
      project('unit', {
        setupFiles: ['test/support/fixed-seed.ts'],
        include: ['test/**/*.test.ts'],
        exclude: [...REAL, ...ALONE],
        env: runs(first),
        // A process for each of the many files would cost more than all that they test.
        isolate: false,
        maxWorkers: 2,
        testTimeout: 10_000,
        sequence: { groupOrder: 0 },
      }),
      ...on(first, 'integration', REAL, ALONE, 1),
      ...(second === undefined
        ? []
        : on(second, `integration on HAProxy ${version(second)}`, INTEGRATION, ALONE_EACH, 2)),
    ],
  },
});

/** The tests of one HAProxy: those that run side by side, with those of another one, then those that run alone. */
function on(
  haproxy: string | undefined,
  name: string,
  include: string[],
  alone: string[],
  turn: number,
) {
  const env = runs(haproxy);
  return [
    project(name, { ...real, include, exclude: alone, env, sequence: { groupOrder: 1 } }),
    project(`${name}, alone`, {
      ...real,
      maxWorkers: 1,
      include: alone,
      env,
      sequence: { groupOrder: 1 + turn },
    }),
  ];
}

function project(name: string, test: ProjectConfig) {
  return { extends: true as const, test: { ...test, name } };
}

/** The environment of tests that run this HAProxy, and are told of all that there are. */
function runs(haproxy: string | undefined): Record<string, string> {
  if (haproxy === undefined) return {};
  const all = [first, second].filter((path) => path !== undefined);
  return { MAINSTAY_HAPROXY: haproxy, MAINSTAY_HAPROXIES: all.join(':') };
}

function handedOn(): string | undefined {
  try {
    return readFileSync('node_modules/.cache/mainstay/haproxy-newer', 'utf8');
  } catch {
    return undefined;
  }
}

function version(haproxy: string): string {
  const { stdout, error } = spawnSync(haproxy, ['-v'], { encoding: 'utf8' });
  return (
    /version (\S+)/.exec(stdout ?? '')?.[1] ?? `that does not run (${error?.message ?? haproxy})`
  );
}

/** Says at the end what the tests ran on. */
function haproxies(): Reporter {
  return {
    onTestRunEnd() {
      const each = [first, second].flatMap((path) => (path === undefined ? [] : [version(path)]));
      console.log(`\nThe tests ran on HAProxy ${each.join(' and ')}.`);
    },
  };
}
