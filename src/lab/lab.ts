// The embedded lab: real HAProxies between stand-in producers and relays, all on a loopback network of their own.
import { stringify } from 'yaml';
import { text, type Endpoint } from './layout.ts';
import type { Counts, SessionEvent } from './ledger.ts';
import { withDefaults, type LabOptions } from './options.ts';
import type { Producer } from './producer.ts';
import type { LabProxy } from './proxy.ts';
import type { Relay } from './relay.ts';
import { buildRig, takeApart, type Rig, type Undo } from './rig.ts';
import { waitFor } from './wait.ts';

export interface Lab {
  /** A temporary folder, for the test's own files too; gone after `stop`. */
  readonly dir: string;
  /** By name; an unknown one throws. Their methods are the lab's faults. */
  proxy(name: string): LabProxy;
  producer(name: string): Producer;
  relay(name: string): Relay;
  /** Where the relays dial this proxy, and its statistics page. */
  relaysAt(proxy: string): Endpoint;
  statsUrl(proxy: string): string;
  /** An address for a supervisor to listen on, that nobody else uses: `HOST:PORT`. */
  readonly listen: string;
  /** Sessions open now, as the producers count them: proxy, then producer. */
  counts(): Counts;
  /** How many of them on this producer, through this proxy. */
  count(where: { proxy?: string; producer?: string }): number;
  /** Whether every connection of every relay is on this producer. */
  allOn(producer: string): boolean;
  /** Polls until `predicate` says true; throws after `deadlineMs` with `what` and the counts. */
  until(
    predicate: () => boolean | Promise<boolean>,
    deadlineMs: number,
    what: string,
  ): Promise<void>;
  /** A point in time for `events` and `closes`. */
  mark(): number;
  /** Every opening and closing of a session since the mark (default: since the start), in order. */
  events(mark?: number): readonly SessionEvent[];
  /** The closings among them. */
  closes(mark?: number): readonly SessionEvent[];
  /** A mainstay.yaml for this lab; `overrides` replace its top-level keys, undefined removes one. */
  mainstayYaml(overrides?: Readonly<Record<string, unknown>>): string;
  /** Ends every process and connection, and removes the folder. May be called twice. */
  stop(): Promise<void>;
}

const FIRST_SESSIONS_MS = 5000;

/** Starts a lab and waits until every relay has its sessions. Leaves nothing behind when that fails. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const settings = withDefaults(options);
  const undo: Undo = [];
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= takeApart(undo));
  try {
    return { ...(await labOf(await buildRig(settings, undo), settings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a rig is to its users, once every relay has its sessions. */
export async function labOf(
  rig: Rig,
  { relays, dials, proxies }: Required<LabOptions>,
): Promise<Omit<Lab, 'stop'>> {
  const sessions = relays * (dials === 'all' ? proxies.length : 1);
  const lab = { ...facesOf(rig), ...countsOf(rig, sessions) };
  const all = (): boolean => lab.count({}) === sessions;
  await lab.until(all, FIRST_SESSIONS_MS, 'every relay is connected');
  return lab;
}

/** The parts by their names, and where to find them. */
function facesOf({ dir, layout, producers, proxies, relays }: Rig) {
  return {
    dir,
    proxy: (name: string) => named(proxies, name),
    producer: (name: string) => named(producers, name),
    relay: (name: string) => named(relays, name),
    relaysAt: (proxy: string) => named(layout.proxies, proxy),
    statsUrl: (proxy: string) => `http://${text(named(layout.proxies, proxy).stats)}/stats`,
    listen: text(layout.supervisor),
    mainstayYaml: (overrides: Readonly<Record<string, unknown>> = {}) =>
      stringify({
        cluster: 'lab',
        backend: 'bp',
        producers: producers.map(({ name }) => name),
        proxies: proxies.map(({ name, sockets }) => ({
          name,
          runtime: `unix:${sockets.admin}`,
          master: `unix:${sockets.master}`,
        })),
        listen: text(layout.supervisor),
        ...overrides,
      }),
  } satisfies Partial<Lab>;
}

/** What the producers have counted; `sessions` is how many there are when every relay is connected. */
function countsOf({ ledger }: Rig, sessions: number) {
  return {
    counts: () => ledger.counts(),
    count: (where: Parameters<Lab['count']>[0]) => ledger.count(where),
    allOn: (producer: string) =>
      ledger.count({}) === sessions && ledger.count({ producer }) === sessions,
    until: (predicate: () => boolean | Promise<boolean>, deadlineMs: number, what: string) =>
      waitFor(predicate, deadlineMs, what, () => JSON.stringify(ledger.counts())),
    mark: () => ledger.mark(),
    events: (mark = 0) => ledger.since(mark),
    closes: (mark = 0) => ledger.since(mark).filter((event) => event.kind === 'close'),
  } satisfies Partial<Lab>;
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the lab has no ${name}`);
  return found;
}
