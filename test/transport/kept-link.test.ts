// A kept connection among CLIs that break, hang, chatter and lie: what is sent, how often, and what is made of it.
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import type { Role } from '../../src/transport/role.ts';
import { keptLink } from '../../src/transport/kept-link.ts';
import { dialPlain, promptServer, type Reply } from '../support/prompt-server.ts';
import { freePort } from '../support/port-of.ts';
import { until } from '../support/until.ts';

const LIMIT = { deadlineMs: 5000 };
const SHORT = { deadlineMs: 150 };
const ADDRESS: Address = { kind: 'tcp', host: '127.0.0.1', port: 1, text: 'tcp:test' };
const SAID = { kind: 'protocol', address: ADDRESS.text };

/** A clock that stands still until the test turns it. */
const still = () => {
  const at = { monoMs: 0, wallMs: 0 };
  return { at, pace: { clock: { now: () => ({ ...at }) }, random: () => 0.5 } };
};

const echo: Reply = (line) => (line === 'prompt' ? undefined : `${line}\n\n> `);

async function play(reply: Reply, role: Role = 'worker', greeting?: string) {
  const server = await promptServer(reply, greeting ?? (role === 'master' ? 'master> ' : '\n> '));
  onTestFinished(() => server[Symbol.asyncDispose]());
  const { at, pace } = still();
  const link = keptLink(ADDRESS, role, server.dial, pace);
  onTestFinished(() => link.drop());
  return { server, link, at };
}

test('one connection carries every exchange, a command a line, and answers are joined', async () => {
  const { server, link } = await play(echo);
  expect(await link.ask('show info;show stat', LIMIT)).toEqual({
    ok: true,
    value: 'show info\n\nshow stat\n\n',
  });
  expect(await link.ask('show sess', LIMIT)).toEqual({ ok: true, value: 'show sess\n\n' });
  expect(server.received).toEqual(['prompt\nshow info\nshow stat\nshow sess\n']);
});

test('asks at the same time take turns', async () => {
  const { server, link } = await play((line, socket) => {
    if (line === 'prompt') return undefined;
    setTimeout(() => socket.write(`${line}\n\n> `), 5);
    return '';
  });
  const answers = await Promise.all(['a', 'b;c', 'd'].map((line) => link.ask(line, LIMIT)));
  expect(answers.map((answer) => answer.ok && answer.value)).toEqual([
    'a\n\n',
    'b\n\nc\n\n',
    'd\n\n',
  ]);
  expect(server.received).toHaveLength(1);
});

test('an ask whose time is over while it waits for its turn is never sent, and hinders nobody', async () => {
  const { server, link } = await play((line, socket) => {
    if (line !== 'slow') return echo(line, socket);
    setTimeout(() => socket.write('slow\n\n> '), 400);
    return '';
  });
  const slow = link.ask('slow', LIMIT);
  const stop = new AbortController();
  const waiting = link.ask('late', { deadlineMs: 50 });
  const given = link.ask('given up', { ...LIMIT, signal: stop.signal });
  stop.abort();
  expect(await given).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
  expect(await waiting).toMatchObject({ ok: false, fault: { kind: 'timeout', afterMs: 50 } });
  expect(await slow).toEqual({ ok: true, value: 'slow\n\n' });
  expect(await link.ask('next', LIMIT)).toEqual({ ok: true, value: 'next\n\n' });
  expect(server.received).toEqual(['prompt\nslow\nnext\n']);
});

test('at the deadline the connection is closed, and the next ask opens another at once', async () => {
  const { server, link } = await play((line, socket) =>
    line === 'hang' ? '' : echo(line, socket),
  );
  const fault = { kind: 'timeout', afterMs: 150, connected: true, address: ADDRESS.text };
  expect(await link.ask('hang', SHORT)).toEqual({ ok: false, fault });
  await until(() => server.sockets.size === 0, 'the connection is closed');
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: 'show info\n\n' });
  expect(server.received).toEqual(['prompt\nhang\n', 'prompt\nshow info\n']);
});

test('an answer that comes after the deadline is given to nobody', async () => {
  const { link } = await play((line, socket) => {
    if (line !== 'slow') return echo(line, socket);
    setTimeout(() => socket.write('slow\n\n> '), 250);
    return '';
  });
  expect(await link.ask('slow', SHORT)).toMatchObject({ fault: { kind: 'timeout' } });
  await sleep(200);
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: 'show info\n\n' });
});

test('an abort in the middle closes the connection, and lets go of the signal', async () => {
  const { server, link } = await play((line, socket) =>
    line === 'hang' ? '' : echo(line, socket),
  );
  const stop = new AbortController();
  const asked = link.ask('hang', { ...LIMIT, signal: stop.signal });
  await until(() => server.received[0]?.includes('hang') === true, 'the line arrives');
  stop.abort();
  expect(await asked).toEqual({ ok: false, fault: { kind: 'abandoned', address: ADDRESS.text } });
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  await until(() => server.sockets.size === 0, 'the connection is closed');
});

test('after an abort nothing is sent and nothing is opened', async () => {
  const { server, link } = await play(echo);
  const result = await link.ask('show info', { ...LIMIT, signal: AbortSignal.abort() });
  expect(result).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
  await sleep(20);
  expect(server.received).toEqual([]);
});

test('a connection that was closed between two exchanges is replaced before anything is sent', async () => {
  const { server, link } = await play(echo);
  await link.ask('show info', LIMIT);
  for (const socket of server.sockets) socket.end();
  await until(() => server.sockets.size === 0, 'the connection is closed');
  expect(await link.ask('show stat', LIMIT)).toEqual({ ok: true, value: 'show stat\n\n' });
  expect(server.received).toEqual(['prompt\nshow info\n', 'prompt\nshow stat\n']);
});

test('what was sent is never sent again, whether the end is in good order or a reset', async () => {
  for (const end of ['end', 'resetAndDestroy'] as const) {
    const { server, link } = await play((line, socket) => {
      if (line === 'prompt') return undefined;
      socket[end]();
      return '';
    });
    const fault = { kind: 'truncated', bytes: 0, address: ADDRESS.text };
    expect(await link.ask('shutdown session 0x1', LIMIT)).toEqual({ ok: false, fault });
    await sleep(50);
    expect(server.received).toEqual(['prompt\nshutdown session 0x1\n']);
  }
});

test('bytes that nobody asked for close the connection', async () => {
  const { server, link } = await play(echo);
  await link.ask('show info', LIMIT);
  for (const socket of server.sockets) socket.write('[ALERT] something\n');
  await until(() => server.sockets.size === 0, 'the connection is closed');
  expect(await link.ask('show stat', LIMIT)).toEqual({ ok: true, value: 'show stat\n\n' });
  expect(server.received).toHaveLength(2);
});

test('an end in the middle gives what came, for the reader to judge', async () => {
  const { link } = await play((line, socket) => {
    if (line === 'prompt') return undefined;
    socket.end('Pid: 12\nStop');
    return '';
  });
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: 'Pid: 12\nStop' });
});

test('a reset in the middle is a fault, whatever came before it', async () => {
  const { link } = await play((line, socket) => {
    if (line === 'prompt') return undefined;
    socket.write('Pid: 12\n', () => setTimeout(() => socket.resetAndDestroy(), 30));
    return '';
  });
  const fault = { kind: 'truncated', bytes: 8, address: ADDRESS.text };
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
});

test('a prompt in the middle of an answer shows by what follows, and nothing is believed', async () => {
  const { server, link } = await play((line) =>
    line === 'prompt' ? undefined : 'half\n\n> other half\n\n> ',
  );
  expect(await link.ask('show info', LIMIT)).toMatchObject({ ok: false, fault: SAID });
  await until(() => server.sockets.size === 0, 'the connection is closed');
});

test('stops reading at 16 MiB', async () => {
  const block = 'x'.repeat(1 << 20);
  const { server, link } = await play((line, socket) => {
    if (line === 'prompt') return undefined;
    const more = (): void => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', more);
    more();
    return '';
  });
  const fault = { kind: 'too-large', limitBytes: 16 * 1024 * 1024, address: ADDRESS.text };
  expect(await link.ask('show sess', LIMIT)).toEqual({ ok: false, fault });
  await until(() => server.sockets.size === 0, 'the connection is closed');
});

const end: Reply = (line, socket) => {
  if (line === 'prompt') return undefined;
  socket.end();
  return '';
};

test('a master may end with nothing said; a worker may not', async () => {
  const master = await play(end, 'master');
  expect(await master.link.ask('reload', LIMIT)).toEqual({ ok: true, value: '' });
  const worker = await play(end);
  expect(await worker.link.ask('reload', LIMIT)).toMatchObject({ fault: { kind: 'truncated' } });
});

test('a worker that is gone ends the exchange with the master, and the connection', async () => {
  const gone = `Can't find the target PID matching the prefix '@!7'\n`;
  const { server, link } = await play(
    (line) => (line === '@!7 show info' ? `${gone}master> ` : undefined),
    'master',
  );
  expect(await link.ask('@!7 show info;@!7 show stat', LIMIT)).toEqual({ ok: true, value: gone });
  await until(() => server.sockets.size === 0, 'the connection is closed');
});

test('what greets with anything but the prompt is no CLI of that role, and is sent no command', async () => {
  for (const [role, greeting] of [
    ['worker', 'master> '],
    ['master', '\n> '],
    ['worker', 'HTTP/1.1 400 Bad Request\r\n'],
  ] as const) {
    const { server, link } = await play(() => undefined, role, greeting);
    const fault = { ...SAID, said: greeting };
    expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
    expect(server.received).toEqual(['prompt\n']);
  }
});

test('the prompt may come byte by byte', async () => {
  let written: Promise<unknown> = Promise.resolve();
  const { link } = await play((line, socket) => {
    const said = line === 'prompt' ? '\n> ' : `${line}\n\n> `;
    for (const byte of said) written = written.then(() => sleep(1)).then(() => socket.write(byte));
    return '';
  });
  expect(await link.ask('a;b', LIMIT)).toEqual({ ok: true, value: 'a\n\nb\n\n' });
});

test('`drop` closes, and the next ask opens another', async () => {
  const { server, link } = await play(echo);
  await link.ask('show info', LIMIT);
  link.drop();
  link.drop();
  await until(() => server.sockets.size === 0, 'the connection is closed');
  expect(await link.ask('show stat', LIMIT)).toMatchObject({ ok: true });
  expect(server.received).toHaveLength(2);
});

test('`drop` lets an exchange under way end first', async () => {
  const { server, link } = await play((line, socket) => {
    if (line !== 'slow') return echo(line, socket);
    setTimeout(() => socket.write('slow\n\n> '), 50);
    return '';
  });
  const slow = link.ask('slow', LIMIT);
  await until(() => server.received[0]?.includes('slow') === true, 'the line arrives');
  link.drop();
  expect(await slow).toEqual({ ok: true, value: 'slow\n\n' });
  await until(() => server.sockets.size === 0, 'the connection is closed');
});

test('after a connection that failed, asks fail at once until the pause is over', async () => {
  const { at, pace } = still();
  const port = await freePort();
  let dials = 0;
  const dial = dialPlain(port);
  const counting: typeof dial = (events) => {
    dials += 1;
    return dial(events);
  };
  const link = keptLink(ADDRESS, 'worker', counting, pace);
  const fault = { kind: 'refused', address: ADDRESS.text };
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
  at.monoMs += 499;
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
  expect(dials).toBe(1);
  at.monoMs += 1;
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
  expect(dials).toBe(2);
  at.monoMs += 999;
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: false, fault });
  expect(dials).toBe(2);
});

test('a connection that takes longer than an ask is made all the same, for the next', async () => {
  const { server, link } = await play((line, socket) => {
    if (line !== 'prompt') return echo(line, socket);
    setTimeout(() => socket.write('\n> '), 300);
    return '';
  });
  const fault = { kind: 'timeout', afterMs: 150, connected: true, address: ADDRESS.text };
  expect(await link.ask('early', SHORT)).toEqual({ ok: false, fault });
  expect(await link.ask('show info', LIMIT)).toEqual({ ok: true, value: 'show info\n\n' });
  expect(server.received, 'what was given up is never sent').toEqual(['prompt\nshow info\n']);
});

test('a connection that is not made within ten seconds is given up, and followed by a pause', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { pace } = still();
  let dials = 0;
  let closed = 0;
  const wire = { write: () => {}, hold: () => {}, close: () => (closed += 1) };
  const link = keptLink(ADDRESS, 'worker', () => (dials++, wire), pace);
  for (let turn = 0; turn < 3; turn += 1) {
    const asked = link.ask('show info', SHORT);
    await vi.advanceTimersByTimeAsync(150);
    expect(await asked).toMatchObject({ fault: { kind: 'timeout', afterMs: 150 } });
  }
  expect([dials, closed]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(closed).toBe(1);
  expect(await link.ask('show info', LIMIT)).toMatchObject({
    fault: { kind: 'timeout', afterMs: 10_000, connected: false },
  });
  expect(dials).toBe(1);
});

test('an abort, and a file that cannot be read, are followed by no pause', async () => {
  const { pace } = still();
  for (const trouble of ['abandoned', 'file'] as const) {
    let dials = 0;
    const link = keptLink(
      ADDRESS,
      'worker',
      (events) => {
        dials += 1;
        setImmediate(() => {
          if (trouble === 'file') events.ended({ kind: 'file', path: '/k', code: 'ENOENT' });
        });
        return { write: () => {}, hold: () => {}, close: () => {} };
      },
      pace,
    );
    for (let turn = 0; turn < 3; turn += 1) {
      const stop = new AbortController();
      const asked = link.ask('show info', { ...LIMIT, signal: stop.signal });
      if (trouble === 'abandoned') setTimeout(() => stop.abort(), 5);
      expect(await asked).toMatchObject({ fault: { kind: trouble } });
    }
    expect(dials).toBe(3);
  }
});

test('while idle it does not keep the process from ending, during an ask it does', async () => {
  const held: boolean[] = [];
  const { server } = await play(echo);
  const link = keptLink(
    ADDRESS,
    'worker',
    (events) => {
      const wire = server.dial(events);
      return { ...wire, hold: (busy) => void held.push(busy) };
    },
    still().pace,
  );
  await link.ask('show info', LIMIT);
  await link.ask('show info', LIMIT);
  link.drop();
  expect(held).toEqual([true, false, true, false]);
});

test('what is more than one printable line is a bug, and is not sent', async () => {
  const { server, link } = await play(echo);
  for (const line of ['show info\nshutdown session 0x1', '', 'x'.repeat(8192), 'show é'])
    await expect(link.ask(line, LIMIT)).rejects.toThrow(/printable|8192 bytes/);
  expect(await link.ask('show info', LIMIT)).toMatchObject({ ok: true });
  expect(server.received).toEqual(['prompt\nshow info\n']);
});
