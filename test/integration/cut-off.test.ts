// What carries a closing ends in the middle of it: an error is left and no half action, and all is well once it is back.
import { expect, test, type TestContext } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { isAlive, signal } from '../../src/lab/processes.ts';
import { layCable, type Cable } from './cable.ts';
import { openOver } from './outside.ts';
import { LONG_MS, reloadAll, untilWorkers } from './reloads.ts';
import { closedByProxy, cutOff, UNHELD, untilUp } from './scenes.ts';
import { openLab, start, type Daemon } from './support.ts';

const SOON = {
  ...UNHELD,
  split: { after: '0s' },
  poll: { interval: '2s', timeout: '2s' },
  verify: { within: '3s', return: '5s' },
  budget: { max: 100 },
} as const;
/** In the line that closes sessions in an old worker, and in no other. */
const CLOSING = 'shutdown session';

test.concurrent('sshd is killed just before a closing reaches HAProxy: nothing is closed, and all is once sshd is back', async (t) => {
  const { lab, sshd, cable, proxies } = await overSsh(t);
  const mark = lab.mark();
  cable.before(CLOSING, async () => {
    cable.cut();
    await sshd.kill();
  });
  const daemon = await start(t, lab, { ...SOON, proxies });
  const { outcome, msg } = await troubled(daemon);
  expect(outcome).toMatchObject({ action: 'close-session', proxy: 'ha1' });
  expect(msg).toMatch(/SSH|ssh|connection/);
  await unseen(lab, daemon);
  expect(lab.events(mark)).toEqual([]);

  cable.mend();
  await sshd.start();
  await healed(lab, mark);
});

test.concurrent('sshd is killed just after a closing reached HAProxy: what came of it is looked up, nobody is closed twice', async (t) => {
  const { lab, sshd, cable, proxies } = await overSsh(t);
  const mark = lab.mark();
  cable.after(CLOSING, () => sshd.kill());
  const daemon = await start(t, lab, { ...SOON, proxies });
  await unseen(lab, daemon);
  await sshd.start();
  await healed(lab, mark);
  const closed = closedByProxy(lab, mark).map(({ relay, producer }) => `${relay} ${producer}`);
  expect(closed.toSorted()).toEqual(['relay1 backup', 'relay2 backup']);
});

test.concurrent('the network is gone in the middle of a closing: the wait has an end, and all is closed once it is back', async (t) => {
  const { lab, cable, proxies, sshd } = await overSsh(t);
  const { host, port } = sshd.login;
  const network = await layCable(t, { port: 0, host: '127.0.0.1' }, { host, port });
  const through = proxies.map((proxy) =>
    JSON.parse(JSON.stringify(proxy).replaceAll(`${host}:${port}`, network.at)),
  );
  const mark = lab.mark();
  cable.before(CLOSING, () => {
    network.hang();
    cable.cut();
  });
  const daemon = await start(t, lab, { ...SOON, proxies: through });
  const { outcome } = await troubled(daemon);
  expect(outcome?.proxy).toBe('ha1');
  await unseen(lab, daemon);
  expect(lab.events(mark)).toEqual([]);
  expect((await daemon.get('/healthz')).status).toBe(200);

  network.cut();
  network.mend();
  cable.mend();
  await healed(lab, mark);
});

test.concurrent("HAProxy's master is killed in the middle of a closing: it is said, and the supervisor goes on when HAProxy does", async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await hideSessions(lab);
  const { admin, master } = lab.proxy('ha1').sockets;
  const path = `${lab.dir}/between.sock`;
  const cable = await layCable(t, { path }, { path: master });
  const ha2 = lab.proxy('ha2').sockets;
  const pids = lab.proxy('ha1').workers();
  const mark = lab.mark();
  cable.before(CLOSING, () => signal(lab.proxy('ha1').master() ?? 0, 'SIGKILL'));
  const daemon = await start(t, lab, {
    ...SOON,
    proxies: [
      { name: 'ha1', runtime: `unix:${admin}`, master: `unix:${path}` },
      { name: 'ha2', runtime: `unix:${ha2.admin}`, master: `unix:${ha2.master}` },
    ],
  });
  const { outcome } = await troubled(daemon);
  expect(outcome?.proxy).toBe('ha1');
  await unseen(lab, daemon);
  // Workers end with their master.
  await lab.until(() => !pids.some(isAlive), LONG_MS, 'its workers have ended');
  expect((await daemon.get('/healthz')).status).toBe(200);
  expect(closedByProxy(lab, mark, { proxy: 'ha2' })).toEqual([]);

  await lab.proxy('ha1').start();
  await healed(lab, mark);
  await daemon.until(({ decision }) => decision?.verdict === 'converged', LONG_MS, 'it is said');
});

/** What there is to heal: ha1 has all its sessions on backup in an old worker, and main is up. */
async function hideSessions(lab: Lab): Promise<void> {
  await cutOff(lab, 'ha1');
  await reloadAll(lab, ['ha1']);
  await lab.producer('main').mend('ha1');
  await untilUp(lab, ['ha1']);
}

/** ha1 over SSH, with a cable between its sshd and its master, which sees what is to be done. */
async function overSsh(t: Pick<TestContext, 'onTestFinished' | 'onTestFailed'>) {
  const { lab, proxies, sshds } = await openOver(t, 'ssh streamlocal', { relays: 2 });
  const [sshd] = sshds;
  const [ha1, ha2] = proxies;
  if (sshd === undefined || ha1 === undefined) throw new Error('a lab of two proxies');
  await hideSessions(lab);
  const { master } = lab.proxy('ha1').sockets;
  const path = `${lab.dir}/between.sock`;
  const cable: Cable = await layCable(t, { path }, { path: master });
  const between = { ...ha1, master: String(ha1['master']).replace(master, path) };
  return { lab, sshd, cable, proxies: [between, ha2] };
}

/** The first outcome that is not good. */
function troubled(daemon: Daemon) {
  return daemon.until(
    ({ outcome }) => outcome?.result === 'failed' || outcome?.result === 'refused',
    LONG_MS,
    'it is said that something went wrong',
  );
}

async function unseen(lab: Lab, daemon: Daemon): Promise<void> {
  const gone = async () => (await daemon.status()).degraded.join() === 'ha1';
  await lab.until(gone, LONG_MS, 'ha1 is not seen');
}

/** In the end all are on main, nobody who was there has been closed, and no old worker is left. */
async function healed(lab: Lab, mark: number): Promise<void> {
  await lab.until(() => lab.allOn('main'), LONG_MS, 'every session is on main');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  await untilWorkers(lab, 'ha1', 1);
}
