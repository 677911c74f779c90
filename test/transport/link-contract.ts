// What a link promises that connects anew for each exchange, over a unix socket or TCP.
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLink } from '../../src/transport/open-link.ts';
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

const LIMIT = { deadlineMs: 5000 };
/** A deadline that is meant to pass, and by how much later the fault may come on a busy machine. */
const SHORT = { deadlineMs: 150 };
const SLACK_MS = 1000;

const handles = () => process.getActiveResourcesInfo().length;

const closed = (socket: ScriptedSocket) =>
  until(() => socket.open() === 0, 'the connection is closed');

export function linkContract(kind: 'unix' | 'tcp'): void {
  const play = async (script: Script, role: 'worker' | 'master' = 'worker') => {
    const socket = await scriptedSocket(kind, script);
    onTestFinished(() => socket[Symbol.asyncDispose]());
    return { socket, link: openLink(socket.address, role) };
  };

  describe(`a link over ${kind}`, () => {
    test('gives the whole answer, a character a byte', async () => {
      const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
      const { link } = await play(answer(bytes));
      expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: bytes });
    });

    test('sends the line and a newline, and closes the connection after the answer', async () => {
      const { socket, link } = await play(answer('admin\n\n'));
      await link.ask('show cli level;show info', LIMIT);
      expect(socket.received()).toBe('show cli level;show info\n');
      expect(socket.connections()).toBe(1);
      await closed(socket);
    });

    test('joins what comes byte by byte', async () => {
      const text = 'Pid: 12\nStopping: 0\n\n';
      const { link } = await play(dribble(text));
      expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: text });
    });

    test('gives what came before an early end, for the reader to judge', async () => {
      const { link } = await play(answer('Pid: 12\nStop'));
      expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: 'Pid: 12\nStop' });
    });

    test('is truncated where the end comes before any byte', async () => {
      const { socket, link } = await play(answer(''));
      const fault = { kind: 'truncated', bytes: 0, address: link.address };
      expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
      expect(socket.connections(), 'tried once').toBe(1);
    });

    test('takes an empty answer of a master for one', async () => {
      const { socket, link } = await play(answer(''), 'master');
      expect(await link.ask('reload', LIMIT)).toEqual({ ok: true, value: '' });
      expect(socket.connections(), 'tried once').toBe(1);
    });

    test('tells a master that nothing more will come: it ends only then', async () => {
      const { link } = await play(
        (socket) => socket.on('end', () => socket.end('master\n\n')),
        'master',
      );
      expect(await link.ask('show proc', LIMIT)).toEqual({ ok: true, value: 'master\n\n' });
    });

    test('is truncated by a reset, however much came before it', async () => {
      for (const text of ['', 'admin\n\n']) {
        await using socket = await resettingSocket(kind, text);
        const result = await openLink(socket.address, 'worker').ask('show info', LIMIT);
        expect(result).toMatchObject({ ok: false, fault: { kind: 'truncated' } });
        expect(socket.connections(), 'tried once').toBe(1);
      }
    });

    test('is refused where nobody listens', async () => {
      const dir = mkdtempSync(join(tmpdir(), 'mainstay-dead-'));
      onTestFinished(() => rmSync(dir, { recursive: true }));
      const address = await deadAddress(kind, dir);
      const fault = { kind: 'refused', address: address.text };
      expect(await openLink(address, 'worker').ask('show info', LIMIT)).toEqual({
        ok: false,
        fault,
      });
    });

    test('gives up at the deadline when no answer comes, and closes the connection', async () => {
      const { socket, link } = await play(silent);
      const beganMs = performance.now();
      const fault = { kind: 'timeout', afterMs: 150, connected: true, address: link.address };
      expect(await link.ask('show info', SHORT)).toEqual({ ok: false, fault });
      const tookMs = performance.now() - beganMs;
      expect(tookMs).toBeGreaterThan(SHORT.deadlineMs - 5);
      expect(tookMs).toBeLessThan(SHORT.deadlineMs + SLACK_MS);
      await closed(socket);
      expect(socket.connections(), 'tried once').toBe(1);
    });

    test('has one deadline for all: bytes that keep coming do not move it', async () => {
      const { socket, link } = await play(dribble('x'.repeat(1000), 10));
      const beganMs = performance.now();
      const result = await link.ask('show info', SHORT);
      expect(result).toMatchObject({ ok: false, fault: { kind: 'timeout', connected: true } });
      expect(performance.now() - beganMs).toBeLessThan(SHORT.deadlineMs + SLACK_MS);
      await closed(socket);
    });

    test('gives up at the deadline when nobody accepts', async () => {
      await using hung = await hungSocket(kind);
      const result = await openLink(hung.address, 'worker').ask('show info', SHORT);
      expect(result).toMatchObject({ ok: false, fault: { kind: 'timeout', connected: true } });
    });

    test('stops reading at 16 MiB', async () => {
      const { socket, link } = await play(endless);
      const fault = { kind: 'too-large', limitBytes: 16 * 1024 * 1024, address: link.address };
      expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
      await closed(socket);
    });

    test('is abandoned by an abort in the middle, and lets go of the signal', async () => {
      const { socket, link } = await play(silent);
      const stop = new AbortController();
      const asked = link.ask('show info', { ...LIMIT, signal: stop.signal });
      await until(() => socket.received() !== '', 'the line arrives');
      stop.abort();
      const fault = { kind: 'abandoned', address: link.address };
      expect(await asked).toEqual({ ok: false, fault });
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
      await closed(socket);
    });

    test('sends nothing after an abort', async () => {
      const { socket, link } = await play(answer('admin\n\n'));
      const result = await link.ask('show info', { ...LIMIT, signal: AbortSignal.abort() });
      expect(result).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
      expect(socket.connections()).toBe(0);
    });

    test('lets go of the signal and of every handle after an answer', async () => {
      const { socket, link } = await play(answer('admin\n\n'));
      const { signal } = new AbortController();
      const limit = { deadlineMs: 60_000, signal };
      const before = handles();
      for (let turn = 0; turn < 50; turn += 1) await link.ask('show info', limit);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      await until(() => handles() <= before, 'the handles are gone');
      await closed(socket);
    });

    test('does not send what is more than one printable line: that is a bug', async () => {
      const { socket, link } = await play(answer('\n'));
      for (const line of ['show info\nshutdown session 0x1', '', 'x'.repeat(8192), 'show é'])
        await expect(link.ask(line, LIMIT)).rejects.toThrow(/printable|8192 bytes/);
      expect(socket.connections()).toBe(0);
    });
  });
}
