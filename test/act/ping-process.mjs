// A process of its own, so that no other work of the test delays it: a producer that echoes, and streams that ping it.
import { connect, createServer } from 'node:net';

const EVERY_MS = 2;

/** @type {Set<import('node:net').Socket>} */
const sessions = new Set();

/** @type {{ longestMs: number, echoes: number, closed: boolean, sentMs: number }[]} */
const streams = [];

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    sessions.add(socket);
    socket.write(chunk);
  });
  socket.on('error', () => {});
  socket.on('close', () => sessions.delete(socket));
});

/**
 * Sends a byte, waits for its echo, and goes on 2 ms later; keeps the longest wait.
 * @param {number} port
 */
function ping(port) {
  const stream = { longestMs: 0, echoes: 0, closed: false, sentMs: Infinity };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const send = () => {
    stream.sentMs = performance.now();
    socket.write('x');
  };
  socket.on('connect', send);
  socket.on('data', () => {
    stream.longestMs = Math.max(stream.longestMs, performance.now() - stream.sentMs);
    stream.echoes += 1;
    stream.sentMs = Infinity;
    setTimeout(send, EVERY_MS);
  });
  socket.on('error', () => {});
  socket.on('close', () => (stream.closed = true));
  streams.push(stream);
}

/** @param {unknown} told */
function tell(told) {
  process.send?.(told);
}

/** @param {[word: 'listen' | 'ping' | 'forget' | 'report', port: number]} message */
function hear([word, port]) {
  if (word === 'listen') server.listen(port, '127.0.0.1', () => tell('listens'));
  if (word === 'ping') ping(port);
  if (word === 'forget') for (const stream of streams) stream.longestMs = 0;
  if (word !== 'report') return;
  const now = performance.now();
  const told = streams.map(({ longestMs, echoes, closed, sentMs }) => ({
    // One that is still waited for has waited for so long at least.
    longestMs: Math.max(longestMs, closed ? 0 : now - sentMs),
    echoes,
    closed,
  }));
  tell({ sessions: sessions.size, streams: told });
}

process.on('message', hear);
// The test has ended, however it did.
process.on('disconnect', () => process.exit());
