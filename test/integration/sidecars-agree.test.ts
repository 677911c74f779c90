// Two sidecars on two hosts that agree, that stand in for each other, and that do without each other.
import { describe, expect, test } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import { HOSTS, noNamespaces, type Host } from './namespaces.ts';
import { closedByProxy, failOver, PATIENCE_MS, PROXIES, span, untilUp } from './scenes.ts';
import { gatesOf, measured, values } from './support.ts';
import {
  bothSidecars,
  RELAYS,
  twoHosts,
  untilSeen,
  type Sidecar,
  type TwoHosts,
} from './two-hosts.ts';

const POLL_MS = 300;
/** How long a pin and a heartbeat live in the test of a stand-in. */
const LEASE_MS = 2000;
/** A worker that is younger may have lost its heartbeat: nobody stands in. */
const YOUNG_S = 10;

const why = noNamespaces();
describe.skipIf(why !== null)(`two sidecars${why === null ? '' : ` (${why})`}`, () => {
  test.concurrent('both move within one tick of each other', async (t) => {
    const { lab } = await bothSidecars(t);
    await failOver(lab);
    await lab.producer('main').restart();
    await untilUp(lab, PROXIES);
    const mark = lab.mark();
    await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
    const firsts = HOSTS.map((proxy) => span(closedByProxy(lab, mark, { proxy })).firstMs);
    const apartMs = Math.max(...firsts) - Math.min(...firsts);
    measured('between the first closings of two sidecars in a failback', apartMs);
    expect(apartMs).toBeLessThan(POLL_MS);
    expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  });

  test.concurrent('a pause of one holds the failback of both, until it resumes', async (t) => {
    const { lab, sidecars } = await bothSidecars(t);
    const [ha1, ha2] = sidecars;
    expect(await ha2.order('/v1/pause')).toBe(202);
    await failOver(lab);
    await lab.producer('main').restart();
    await untilUp(lab, PROXIES);
    const mark = lab.mark();
    await shuts(ha1, 'peer-disagrees');
    await shuts(ha2, 'paused');
    expect((await ha2.status()).paused).toEqual({ until: null });
    // It stays so.
    await ha1.looks('ha1', 5);
    await shuts(ha1, 'peer-disagrees');
    expect(closedByProxy(lab, mark)).toEqual([]);

    expect(await ha2.order('/v1/resume')).toBe(202);
    await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
    expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  });

  test.concurrent("a peer that is gone, or another cluster's, is said, and healing does without it", async (t) => {
    const lab = await twoHosts(t);
    const ha1 = await lab.sidecar('ha1', { proxies: [at(lab, 'ha1'), at(lab, 'ha2')] });
    await peerIs(ha1, 'refused');
    expect(await healed(lab)).toEqual(Array(RELAYS).fill('backup'));

    await lab.sidecar('ha2', { cluster: 'another' });
    await peerIs(ha1, 'other');
    expect(await healed(lab)).toEqual(Array(RELAYS).fill('backup'));
  });

  test.concurrent('a stand-in acts within the lease and a poll of the death of the other one, and lets go when it is back', async (t) => {
    const lab = await twoHosts(t, { lease: `${LEASE_MS}ms` });
    // The way is cut for a moment only: that must not end in a move together.
    const partial = { after: '10s' };
    const ha1 = await lab.sidecar('ha1', {
      partial,
      proxies: [at(lab, 'ha1'), { ...at(lab, 'ha2'), drive: 'standby' }],
    });
    const ha2 = await lab.sidecar('ha2', { partial });
    await untilSeen([ha1, ha2]);
    await untilGrown(lab, 'ha2');
    expect(await drives(ha1)).toEqual(['ha1']);

    await losesMain(lab, 'ha2');
    const mark = lab.mark();
    await ha2.stop('SIGKILL');
    const killedMs = Date.now();
    await lab.mendWay('ha2', 'main');
    const closed = () => closedByProxy(lab, mark, { proxy: 'ha2' });
    await lab.until(() => closed().length > 0, PATIENCE_MS, 'the stand-in closes at ha2');
    const tookMs = span(closed()).firstMs - killedMs;
    measured(`a stand-in's first closing, with a lease of ${LEASE_MS} ms`, tookMs);
    expect(tookMs).toBeLessThan(LEASE_MS + POLL_MS);
    // It was alive within a poll of its end, or not at all.
    expect(tookMs).toBeGreaterThan(LEASE_MS - 2 * POLL_MS);
    expect(await drives(ha1)).toEqual(['ha1', 'ha2']);
    await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');

    const back = await lab.sidecar('ha2', { partial });
    const backMs = performance.now();
    const letGo = async () => !(await drives(ha1)).includes('ha2');
    await lab.until(letGo, PATIENCE_MS, 'the stand-in lets go');
    measured('a stand-in lets go', performance.now() - backMs);
    expect(performance.now() - backMs).toBeLessThan(POLL_MS + 1000);
    expect(await drives(back)).toEqual(['ha2']);
  });
});

/** How a supervisor on either host reaches this HAProxy itself: its sockets are files. */
function at(lab: TwoHosts, proxy: Host) {
  const { admin, master } = lab.proxy(proxy).sockets;
  return { name: proxy, runtime: `unix:${admin}`, master: `unix:${master}` };
}

/** The proxies that it acts on now. */
async function drives(sidecar: Sidecar): Promise<readonly string[]> {
  return (await sidecar.status()).proxies.filter(({ driven }) => driven).map(({ name }) => name);
}

async function shuts(sidecar: Sidecar, gate: string): Promise<void> {
  const shut = async () => gatesOf(await sidecar.status()).includes(gate);
  await waitFor(shut, PATIENCE_MS, `the gate ${gate} is shut`);
}

/** Waits until status and metrics say that the peer does not count, and why. */
async function peerIs(sidecar: Sidecar, kind: string): Promise<void> {
  const said = async () => (await sidecar.status()).peers[0]?.error?.kind === kind;
  await waitFor(said, PATIENCE_MS, `the peer is ${kind}`);
  expect(values(await sidecar.metrics(), 'mainstay_peer_up')).toEqual([0]);
}

/** Main cannot be reached from there, and its relays have moved to backup. */
async function losesMain(lab: TwoHosts, proxy: Host): Promise<void> {
  await lab.cutWay(proxy, 'main');
  const moved = () => lab.count({ proxy, producer: 'backup' }) === RELAYS;
  await lab.until(moved, PATIENCE_MS, `the relays of ${proxy} are on backup`);
}

/** Strands all relays of ha1, and waits until they are back on main; what was closed there for it. */
async function healed(lab: TwoHosts): Promise<readonly string[]> {
  const mark = lab.mark();
  await losesMain(lab, 'ha1');
  await lab.mendWay('ha1', 'main');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'ha1 is healed');
  return closedByProxy(lab, mark).map(({ producer }) => producer);
}

async function untilGrown(lab: TwoHosts, proxy: Host): Promise<void> {
  const grown = async () => {
    const [, uptimeS] = /^Uptime_sec: (\d+)$/m.exec(await lab.proxy(proxy).ask('show info')) ?? [];
    return Number(uptimeS) > YOUNG_S;
  };
  await waitFor(grown, PATIENCE_MS, `${proxy} is older than ${YOUNG_S} s`);
}
