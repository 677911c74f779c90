// Holding by pins: who dials again during the wait stays on backup, and then all go to main at once, whatever befalls meanwhile.
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import type { SessionEvent } from '../../src/lab/ledger.ts';
import { lineOfOld } from './moments.ts';
import { closedByProxy, failOver, FAST, PATIENCE_MS, PROXIES, UNHELD, untilUp } from './scenes.ts';
import { openLab, start, type Daemon } from './support.ts';

/** A hold of this length; its supervisors know that nothing was closed before them. */
async function settingsOf(lab: Lab, wait: string) {
  const journal = `${lab.dir}/journal`;
  await writeFile(journal, lineOfOld());
  const waits = { split: { after: '0s' }, failback: { after: wait } };
  return { ...UNHELD, ...FAST, ...waits, journal };
}

/** All are on backup; main is up again, and not yet trusted: new connections are held on backup. */
async function holding(lab: Lab): Promise<void> {
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
}

async function untilPinned(lab: Lab, daemon: Daemon): Promise<void> {
  await daemon.looks('ha1', 1);
  const pinned = async () =>
    (await daemon.status()).proxies.every(({ pin }) => pin.server === 'backup');
  await lab.until(pinned, PATIENCE_MS, 'backup is pinned');
}

/** A relay that dials again through every proxy comes to this producer everywhere. */
async function lands(lab: Lab, relay: string, producer: string): Promise<void> {
  const mark = lab.mark();
  lab.relay(relay).restart();
  const opened = () => lab.events(mark).filter((one) => one.kind === 'open' && one.relay === relay);
  await lab.until(() => opened().length === PROXIES.length, PATIENCE_MS, `${relay} is back`);
  expect(opened().map((one) => one.producer)).toEqual(PROXIES.map(() => producer));
}

test.concurrent('a relay that dials again stays on backup, over a reload and a restart of the supervisor, until the wait ends; none ever sees the proxies apart', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  const settings = await settingsOf(lab, '15s');
  const daemon = await start(t, lab, settings);
  // Already while main is down: nobody lands on a main that has just come up.
  await untilPinned(lab, daemon);
  const mark = lab.mark();
  await holding(lab);
  await lands(lab, 'relay1', 'backup');
  await lab.proxy('ha1').reload();
  await daemon.looks('ha1', 2);
  await lands(lab, 'relay2', 'backup');
  await daemon.stop();
  const next = await start(t, lab, settings);
  await lands(lab, 'relay3', 'backup');
  await next.looks('ha1', 1);
  expect(await next.status()).toMatchObject({ verdict: 'holding', hold: 'wait', target: 'backup' });
  expect(closedByProxy(lab, mark)).toEqual([]);

  await lab.until(() => lab.allOn('main'), 2 * PATIENCE_MS, 'all are on main');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(apart(lab, mark)).toEqual([]);
  await lands(lab, 'relay1', 'main');
});

test.concurrent('a supervisor that is killed in a hold leaves nothing behind: once its lease is over HAProxy is on its own', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await failOver(lab);
  const daemon = await start(t, lab, await settingsOf(lab, '30m'));
  await untilPinned(lab, daemon);
  await holding(lab);
  const mark = lab.mark();
  await daemon.stop('SIGKILL');
  await lands(lab, 'relay1', 'backup');
  const pins = () => Promise.all(PROXIES.map((proxy) => lab.proxy(proxy).ask('show table pin')));
  const gone = async () => (await pins()).every((answer) => !answer.includes('key=1 '));
  await lab.until(gone, PATIENCE_MS, 'the pins are gone');
  await lands(lab, 'relay2', 'main');
  expect(closedByProxy(lab, mark)).toEqual([]);
  for (const proxy of PROXIES) {
    expect(await lab.proxy(proxy).ask('show stat')).not.toMatch(
      /^bp,(main|backup),.*(MAINT|DRAIN)/m,
    );
  }
});

/** The openings that put a relay on two producers at once, through different proxies. */
function apart(lab: Lab, mark: number): readonly string[] {
  const open = new Map<string, SessionEvent>();
  return lab.events().flatMap((event, i) => {
    if (event.kind === 'close') open.delete(event.id);
    else open.set(event.id, event);
    const { id, relay, producer } = event;
    const others = [...open.values()].filter((one) => one.relay === relay && one.id !== id);
    const split = event.kind === 'open' && others.some((one) => one.producer !== producer);
    return split && i >= mark ? [`${id} on ${producer}`] : [];
  });
}
