// Puts a lab's parts together, in the order in which they need each other, and takes them apart again.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { readReference, renderHaproxyConfig } from './haproxy-config.ts';
import { layOut, text, type Layout } from './layout.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { claimNetwork } from './network.ts';
import type { LabOptions } from './options.ts';
import { signal } from './processes.ts';
import { Producer } from './producer.ts';
import { LabProxy } from './proxy.ts';
import { randomFrom } from './random.ts';
import { startRelay, type Relay } from './relay.ts';

export interface Rig {
  readonly dir: string;
  readonly layout: Layout;
  readonly ledger: Ledger;
  readonly producers: readonly Producer[];
  readonly proxies: readonly LabProxy[];
  readonly relays: readonly Relay[];
}

/** What ends each thing that was started, in the order of starting. */
export type Undo = (() => Promise<void> | void)[];

type Settings = Required<LabOptions>;

/** Starts everything, and puts into `undo` what ends it, also when it fails half way. */
export async function buildRig(settings: Settings, undo: Undo): Promise<Rig> {
  const network = await claimNetwork();
  undo.push(() => network.release());
  return buildOn(layOut(network, settings.proxies, settings.producers), settings, undo);
}

/** The same at addresses that are there already, and stay the caller's. */
export async function buildOn(layout: Layout, settings: Settings, undo: Undo): Promise<Rig> {
  const ledger = createLedger(settings.proxies, settings.producers);
  const producers = layout.producers.map(({ name, ways }) => new Producer(name, ways, ledger));
  undo.push(...producers.map((producer) => () => producer.kill()));
  await Promise.all(producers.map((producer) => producer.restart()));
  const dir = await mkdtemp(`${tmpdir()}/mainstay-lab-`);
  undo.push(() => rm(dir, { recursive: true, force: true }));
  const proxies = layout.proxies.map(
    ({ name }) => new LabProxy(name, `${dir}/${name}`, settings.haproxy),
  );
  undo.push(onCrash(proxies, dir), ...proxies.map((proxy) => () => proxy.stop()));
  await Promise.all(
    proxies.map(async (proxy) => {
      await proxy.configure(settings.configure(haproxyConfig(proxy, layout, settings), proxy.name));
      await proxy.start();
    }),
  );
  const relays = startRelays(layout, ledger, settings);
  undo.push(...relays.map((relay) => () => relay.stop()));
  return { dir, layout, ledger, producers, proxies, relays };
}

/** Ends everything, the last started first. One that does not end does not keep the others. */
export async function takeApart(undo: Undo): Promise<void> {
  const errors: unknown[] = [];
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'the lab did not stop cleanly');
}

/** Should this process end without `takeApart`: kills the HAProxies, removes the folder. Gives back what calls it off. */
function onCrash(proxies: readonly LabProxy[], dir: string): () => void {
  const clear = (): void => {
    for (const proxy of proxies) {
      for (const pid of [...proxy.workers(), proxy.master()]) {
        if (pid !== null) signal(pid, 'SIGKILL');
      }
    }
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', clear);
  return () => void process.off('exit', clear);
}

function haproxyConfig(proxy: LabProxy, layout: Layout, settings: Settings): string {
  const at = layout.proxies.find(({ name }) => name === proxy.name)!;
  return renderHaproxyConfig(readReference(), {
    sockets: proxy.sockets,
    stateFile: proxy.stateFile,
    relaysAt: text(at),
    statsAt: text(at.stats),
    peerAt: text(at.peer),
    producers: layout.producers.map(({ name, ways }) => ({
      name,
      address: text(ways.find((way) => way.proxy === proxy.name)!),
    })),
    check: settings.check,
  });
}

function startRelays(layout: Layout, ledger: Ledger, settings: Settings): readonly Relay[] {
  const { relays, dials, timeScale, seed } = settings;
  return Array.from({ length: relays }, (_, i) => {
    const one = layout.proxies[i % layout.proxies.length]!;
    const random = randomFrom(seed * 1000 + i);
    return startRelay(`relay${i + 1}`, dials === 'all' ? layout.proxies : [one], {
      ledger,
      timeScale,
      random,
    });
  });
}
