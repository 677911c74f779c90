// Streams that have nothing to do with any of it: how long the longest of their pings took, in a process of its own.
import { createServer, connect } from 'node:net';
import { createInterface } from 'node:readline';

const EVERY_MS = 2;
const [host = '', proxyPort = '', serverPort = ''] = process.argv.slice(2);
let longestMs = 0;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.pipe(socket);
});
server.listen(Number(serverPort), host, () => console.log('ready'));

/** One more stream through the proxy, to whichever worker takes it now. */
function dial() {
  const socket = connect({ host, port: Number(proxyPort), noDelay: true });
  let sentMs = 0;
  const ping = () => {
    sentMs = performance.now();
    socket.write('.');
  };
  socket.on('connect', ping);
  socket.on('data', () => {
    longestMs = Math.max(longestMs, performance.now() - sentMs);
    setTimeout(ping, EVERY_MS);
  });
  socket.on('error', () => {});
}

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'dial') dial();
  else console.log(longestMs.toFixed(1));
  longestMs = 0;
});
