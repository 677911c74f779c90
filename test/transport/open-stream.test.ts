// What a stream promises, whichever way it goes; how it goes by every way to a real HAProxy, ways.test.ts shows.
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BoundedLines } from '../../src/transport/bounded-lines.ts';
import { openStream } from '../../src/transport/open-stream.ts';
import {
  answer,
  deadAddress,
  dribble,
  endless,
  hungSocket,
  resettingSocket,
  scriptedSocket,
  silent,
  type Script,
  type ScriptedSocket,
} from '../support/scripted-socket.ts';
import { until } from '../support/until.ts';

const LINE = 'set timeout cli 60;show events ev -w -n';
const LONG_MS = 5000;
/** A silence that is meant to pass, and by how much later the fault may come on a busy machine. */
const SHORT_MS = 150;
const SLACK_MS = 1000;

const handles = () => process.getActiveResourcesInfo().length;

const closed = (socket: ScriptedSocket) =>
  until(() => socket.open() === 0, 'the connection is closed');

describe.each(['unix', 'tcp'] as const)('a stream over %s', (kind) => {
  const play = async (script: Script) => {
    const socket = await scriptedSocket(kind, script);
    onTestFinished(() => socket[Symbol.asyncDispose]());
    const stop = new AbortController();
    const heard: string[] = [];
    const note = (line: string): void => void heard.push(line);
    const stream = (silenceMs = LONG_MS, hear = note) =>
      openStream(socket.address).stream(LINE, hear, { silenceMs, signal: stop.signal });
    return { socket, stop, heard, stream, address: socket.address.text };
  };

  test('tells each line when it comes, a character a byte, and does not end what it sends', async () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    let ended = false;
    const { socket, heard, stream } = await play((to) => {
      to.on('end', () => (ended = true));
      to.write('\nfirst\n', () => setTimeout(() => !ended && to.end(`${bytes}\n`, 'latin1'), 30));
    });
    expect(await stream()).toBe(null);
    expect(heard).toEqual(['', 'first', ...bytes.split('\n')]);
    expect(socket.received()).toBe(`${LINE}\n`);
    expect(socket.connections(), 'tried once').toBe(1);
    await closed(socket);
  });

  test('joins what comes byte by byte', async () => {
    const { heard, stream } = await play(dribble('\nServer bp/main is DOWN\n'));
    expect(await stream()).toBe(null);
    expect(heard).toEqual(['', 'Server bp/main is DOWN']);
  });

  test('keeps 4,096 characters of a line, and the next is whole again', async () => {
    const { heard, stream } = await play(answer(`${'x'.repeat(1 << 20)}\nnext\n`));
    expect(await stream()).toBe(null);
    expect(heard).toEqual(['x'.repeat(4096), 'next']);
  });

  test('a line without an end is silence, and is not kept', async () => {
    const { socket, heard, stream, address } = await play(endless);
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address };
    expect(await stream(SHORT_MS)).toEqual(fault);
    expect(heard).toEqual([]);
    await closed(socket);
  });

  test('is truncated by an end before anything or in the middle of a line, and by a reset', async () => {
    for (const text of ['', '\nServer bp/ma']) {
      const { heard, stream, address } = await play(answer(text));
      expect(await stream()).toEqual({ kind: 'truncated', bytes: text.length, address });
      expect(heard).toEqual(text === '' ? [] : ['']);
    }
    await using socket = await resettingSocket(kind, '\nwhole\n');
    const { signal } = new AbortController();
    const limit = { silenceMs: LONG_MS, signal };
    expect(await openStream(socket.address).stream(LINE, () => {}, limit)).toMatchObject({
      kind: 'truncated',
    });
  });

  test('ends when nothing was heard for too long, and closes the connection', async () => {
    const { socket, stop, stream, address } = await play(silent);
    const beganMs = performance.now();
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address };
    expect(await stream(SHORT_MS)).toEqual(fault);
    const tookMs = performance.now() - beganMs;
    expect(tookMs).toBeGreaterThan(SHORT_MS - 5);
    expect(tookMs).toBeLessThan(SHORT_MS + SLACK_MS);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    await closed(socket);
  });

  test('each line begins the silence anew', async () => {
    const { heard, stream } = await play(dribble('\n'.repeat(12), 50));
    expect(await stream(400)).toBe(null);
    expect(heard).toHaveLength(12);
  });

  test('ends at the deadline when nobody accepts', async () => {
    await using hung = await hungSocket(kind);
    const { signal } = new AbortController();
    const limit = { silenceMs: SHORT_MS, signal };
    expect(await openStream(hung.address).stream(LINE, () => {}, limit)).toMatchObject({
      kind: 'timeout',
    });
  });

  test('is refused where nobody listens', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'mainstay-dead-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const address = await deadAddress(kind, dir);
    const limit = { silenceMs: LONG_MS, signal: new AbortController().signal };
    expect(await openStream(address).stream(LINE, () => {}, limit)).toEqual({
      kind: 'refused',
      address: address.text,
    });
  });

  test('an abort ends it at once, in the middle of what has come, and leaves no handle', async () => {
    const { socket, stop, heard, stream, address } = await play((to) => to.write('one\ntwo\n'));
    const before = handles();
    const hear = (line: string): void => {
      heard.push(line);
      stop.abort();
    };
    expect(await stream(LONG_MS, hear)).toEqual({ kind: 'abandoned', address });
    expect(heard).toEqual(['one']);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    await closed(socket);
    await until(() => handles() <= before, 'the handles are gone');
    expect(await stream()).toEqual({ kind: 'abandoned', address });
    expect(socket.connections()).toBe(1);
  });

  test('does not send what is more than one printable line: that is a bug', async () => {
    const { socket } = await play(silent);
    const limit = { silenceMs: LONG_MS, signal: new AbortController().signal };
    for (const line of ['show events\nshutdown session 0x1', '', 'x'.repeat(8192)])
      await expect(openStream(socket.address).stream(line, () => {}, limit)).rejects.toThrow(
        /printable|8192 bytes/,
      );
    expect(socket.connections()).toBe(0);
  });
});

test('lines are the same however they are cut, and what has no end yet is bounded', () => {
  const text = `\nab\n${'x'.repeat(5000)}\n\ncd\n`;
  const whole = [...new BoundedLines().add(text)];
  expect(whole).toEqual(['', 'ab', 'x'.repeat(4096), '', 'cd']);
  for (const size of [1, 2, 3, 4095, 4096, 4097]) {
    const lines = new BoundedLines();
    const told: string[] = [];
    for (let at = 0; at < text.length; at += size)
      told.push(...lines.add(text.slice(at, at + size)));
    expect([told, lines.chars, lines.isWhole]).toEqual([whole, text.length, true]);
  }
});
