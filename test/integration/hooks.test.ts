// Hooks on a real incident: those who asked for it are told of a split brain, of its healing, and that it is over.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test, type TestContext } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import type { HookPayload } from '../../src/report/hook-payload.ts';
import { portOf } from '../support/port-of.ts';
import { FAST, PATIENCE_MS, PROXIES, split, UNHELD } from './scenes.ts';
import { openLab, start, values } from './support.ts';

const TOKEN = 'a-token-that-nobody-may-see';

/** Keeps what is posted to it with the right token. */
async function receiver({ onTestFinished }: TestContext) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const right = request.headers.authorization === `Bearer ${TOKEN}`;
    if (right) bodies.push(await text(request));
    response.writeHead(right ? 204 : 401).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${portOf(server)}`;
  return { bodies, host, url: `http://${host}/mainstay` };
}

test('a webhook and a program are told of a split brain, of what was closed, and that all is well again', async (t) => {
  const lab = await openLab(t);
  await split(lab, PROXIES, ['ha1']);
  const { bodies, host, url } = await receiver(t);
  const [tokenFile, told] = [`${lab.dir}/hook-token`, `${lab.dir}/told`];
  await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
  const on = ['split-brain', 'action', 'converged'];
  const daemon = await start(t, lab, {
    ...UNHELD,
    ...FAST,
    split: { after: '1s' },
    hooks: [
      { on, webhook: url, tokenFile },
      { on, exec: ['/bin/sh', '-c', 'cat >> "$1"', 'sh', told] },
      { on, exec: ['/no/such/program'] },
    ],
  });
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  const over = () => bodies.some((body) => body.includes('"event":"converged"'));
  await waitFor(over, PATIENCE_MS, 'its end is told');

  const payloads: HookPayload[] = bodies.map((body) => JSON.parse(body));
  expect(payloads[0]).toMatchObject({ v: 1, event: 'split-brain', backend: 'bp', target: 'main' });
  expect(payloads[0]?.message).toMatch(/^split-brain \(R30\): ha1 main=1 backup=/);
  const closed = payloads.flatMap(({ outcome }) => outcome ?? []);
  expect(
    new Set(closed.map(({ proxy, server, result }) => `${proxy} ${server} ${result}`)),
  ).toEqual(new Set(['ha1 backup ok', 'ha2 backup ok']));
  const byProgram = async () => (await readFile(told, 'utf8')).split('\n').slice(0, -1);
  await waitFor(async () => (await byProgram()).length >= bodies.length, PATIENCE_MS, 'both know');
  expect((await byProgram()).slice(0, bodies.length)).toEqual(bodies);

  const count = async (hook: string, result: string) =>
    values(await daemon.metrics(), 'mainstay_hook_total', { hook, result })[0] ?? 0;
  expect(await count(`webhook ${host}`, 'ok')).toBeGreaterThanOrEqual(4);
  expect(await count('exec /bin/sh', 'ok')).toBeGreaterThanOrEqual(4);
  expect(await count('exec /no/such/program', 'failed')).toBeGreaterThanOrEqual(4);
  const log = daemon.log().map((line) => JSON.stringify(line));
  expect(log.filter((line) => line.includes('it could not be started (ENOENT)'))).not.toEqual([]);
  expect(log.filter((line) => line.includes(TOKEN))).toEqual([]);
});
