// `check --live`: 0 where the daemon's loop turns, else 3 with the reason.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { live } from '../../src/cli/live.ts';
import { CONFIG, worldWith } from './world.ts';

const HOST = 'http://127.0.0.1:9847';
const HERE = { ...CONFIG, listen: { host: '127.0.0.1', port: 9847 } };

// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

async function asked() {
  const said: string[] = [];
  const to = (lead: string) => (text: string) =>
    void said.push(lead + text.trimEnd().replaceAll(/\n */g, ' '));
  const world = worldWith({
    out: { write: to(''), columns: null, colour: false },
    err: { write: to('! '), columns: null, colour: false },
  });
  return { code: await live(world, HERE), said };
}

test.each<[number, object | string, number, string]>([
  [200, { ok: true, sinceTickMs: 412.4 }, 0, "The daemon's loop turned 412 ms ago."],
  [
    503,
    { error: 'stuck', message: 'not turned' },
    3,
    `! the daemon answers 503 at ${HOST}/healthz`,
  ],
  [200, '<html>', 3, `! something that is not mainstay answers at ${HOST}/healthz`],
  [302, '', 3, `! the daemon answers 302 at ${HOST}/healthz`],
])('an answer of %i', async (status, body, code, words) => {
  nock(HOST).get('/healthz').reply(status, body);
  expect(await asked()).toEqual({ code, said: [words] });
});

test('nobody there', async () => {
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  nock(HOST).get('/healthz').replyWithError(refused);
  expect(await asked()).toEqual({ code: 3, said: [`! no daemon listens at ${HOST}/healthz`] });
});
