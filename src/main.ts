#!/usr/bin/env node
// The program: chooses the adapters to the world, and hands them down.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { command } from './cli/program.ts';
import type { Output } from './cli/world.ts';
import { systemClock } from './transport/clock.ts';
import { openLink } from './transport/open-link.ts';
import { openStats } from './transport/open-stats.ts';
import { openStream } from './transport/open-stream.ts';
import { remedyRunner } from './transport/run-remedy.ts';

/** How long output that nobody reads may hold the end up. */
const LAST_WORDS_MS = 1000;

function output(stream: NodeJS.WriteStream): Output {
  // A reader that has gone away (`mainstay status | head -1`) is no reason to fail.
  stream.on('error', () => {});
  return {
    write: (text) => void stream.write(text),
    get columns() {
      return stream.isTTY ? stream.columns : null;
    },
    colour: stream.isTTY && (process.env['NO_COLOR'] ?? '') === '',
  };
}

/** On stderr, so that stdout keeps to what was asked for. */
async function ask(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D reject it, a terminal that hangs up ends it with neither.
  const asked = terminal.question(question, { signal }).catch(() => null);
  const closed = once(terminal, 'close').then(() => null);
  const answer = await Promise.race([asked, closed]);
  terminal.close();
  if (answer === null) process.stderr.write('\n');
  return answer ?? '';
}

/** This program, as the kernel starts it, and as a person here would type it. */
function program(): { argv: readonly string[]; spoken: string } {
  const file = fileURLToPath(import.meta.url);
  const typed = process.argv[1] ?? file;
  const spoken = basename(typed) === 'mainstay' ? 'mainstay' : `node ${relative('', typed)}`;
  return { argv: [process.execPath, file], spoken };
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version: written }: { version?: unknown } = JSON.parse(text);
  return String(written);
}

process.exitCode = await command(
  {
    version: version(),
    clock: systemClock,
    openLink,
    openStats,
    openStream,
    remedyRunner,
    env: process.env,
    // The lab is for demonstrations: a supervisor need not load it.
    tour: async (screen, signal) =>
      (await import('./lab/tour/tour.ts')).tour(program(), screen, signal),
    keep: async (screen, signal) =>
      (await import('./lab/keep/keep.ts')).keep(program(), screen, process.stdin, signal),
    ask,
    out: output(process.stdout),
    err: output(process.stderr),
  },
  process.argv.slice(2),
);
// A reader of stdout that has stopped reading must not keep a supervisor from ending.
setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
