// A stand-in for a producer in docker-compose.yml: the lab's, with its counts and its faults over HTTP.
//   GET  /ledger?from=N      { next, open, events }: what it counts now, and each opening and closing from the Nth on
//   POST /kill /restart      as kill -9 and a start
//   POST /cut?proxy=NAME     that proxy's way to it is shut; /mend opens it
import { createServer } from 'node:http';

const dist = new URL('../../dist/lab/', import.meta.url);
/** @type {typeof import('../../src/lab/producer.ts')} */
const { Producer } = await import(new URL('producer.js', dist).href);
/** @type {typeof import('../../src/lab/ledger.ts')} */
const { createLedger } = await import(new URL('ledger.js', dist).href);

const [name = '', ...ways] = process.argv.slice(2);
const addresses = ways.map((way) => {
  const [proxy = '', port] = way.split(':');
  return { proxy, host: '0.0.0.0', port: Number(port) };
});
const ledger = createLedger(
  addresses.map(({ proxy }) => proxy),
  [name],
);
const producer = new Producer(name, addresses, ledger);
await producer.restart();

/** @type {Record<string, (query: URLSearchParams) => unknown>} */
const routes = {
  'GET /ledger': (query) => ({
    next: ledger.mark(),
    open: Object.fromEntries(
      addresses.map(({ proxy }) => [proxy, ledger.count({ proxy, producer: name })]),
    ),
    events: ledger.since(Number(query.get('from') ?? 0)),
  }),
  'POST /kill': () => producer.kill(),
  'POST /restart': () => producer.restart(),
  'POST /cut': (query) => producer.cut(query.get('proxy') ?? ''),
  'POST /mend': (query) => producer.mend(query.get('proxy') ?? ''),
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://producer');
  const route = routes[`${request.method} ${pathname}`];
  try {
    const answer = await route?.(searchParams);
    response.writeHead(route === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  } catch (error) {
    response.writeHead(400).end(String(error));
  }
}).listen(8080);

process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
