// A stand-in for a relay in docker-compose.yml: the lab's. It keeps a connection through each proxy that it is given.
import { hostname } from 'node:os';

const dist = new URL('../../dist/lab/', import.meta.url);
/** @type {typeof import('../../src/lab/relay.ts')} */
const { startRelay } = await import(new URL('relay.js', dist).href);
/** @type {typeof import('../../src/lab/ledger.ts')} */
const { createLedger } = await import(new URL('ledger.js', dist).href);

const [timeScale, ...ways] = process.argv.slice(2);
const proxies = ways.map((way) => {
  const [name = '', port] = way.split(':');
  return { name, host: name, port: Number(port) };
});
// With the time in it: a session's name is never used twice, even where this container starts again.
const relay = startRelay(`${hostname()}.${Date.now().toString(36)}`, proxies, {
  // The producers count; this one only says who hangs up.
  ledger: createLedger([], []),
  timeScale: Number(timeScale),
  random: Math.random,
});

process.on('SIGTERM', () => {
  relay.stop();
  process.exit(0);
});
