// Pins: what each proxy's pin table is to say now, so that new connections go to one producer everywhere.
import type { PinOrder } from '../domain/decision.ts';
import type { Pin, ServerView, WorkerView } from '../domain/view.ts';
import { seenHere, serverAt, shelvedAt, type Facts, type ProxyFacts } from './facts.ts';
import { isHeeded } from './heed.ts';
import { leadsTo, standingPin } from './steering.ts';

/** No pin that counts. */
const NO_PIN: Pin = { kind: 'off' };

/** The orders of this tick at every driven proxy that is seen. Null: new connections are wanted nowhere. */
export function pinOrders(facts: Facts, producer: string | null): readonly PinOrder[] {
  return writable(facts)
    .map((proxy) => orderAt(facts, proxy, producer))
    .filter((order) => order !== null);
}

/** The orders that keep every pin as it stands, and write none where none stands: those of a pause. */
export function renewals(facts: Facts): readonly PinOrder[] {
  return writable(facts).flatMap((proxy): readonly PinOrder[] => {
    const { serving, pin } = proxy;
    if (serving === null || !mayPin(facts, proxy)) return [];
    const server = standingPin(serving, pin);
    if (server === null || shelved(server)) return [];
    return [{ proxy: proxy.name, server: server.name, serverId: server.id, renews: true }];
  });
}

/** Where a supervisor that stands by is shown that this one lives: its own proxies, paused or not. */
export function beats(facts: Facts): readonly string[] {
  if (facts.peers.length === 0) return [];
  const own = facts.policy.proxies.filter(({ drive }) => drive === true).map(({ name }) => name);
  return writable(facts)
    .filter((proxy) => own.includes(proxy.name) && proxy.pin.kind === 'table')
    .filter((proxy) => mayPin(facts, proxy))
    .map((proxy) => proxy.name);
}

function writable({ seen }: Facts): readonly ProxyFacts[] {
  return seen.filter((proxy) => proxy.drive && seenHere(proxy));
}

/**
 * Whether the next new connection at a proxy goes to this producer alone, once whoever drives it has carried out this
 * tick's order. Where pins are not heeded both must lead there, HAProxy's own choice and the pin that still stands.
 */
export function comesTo(facts: Facts, proxy: ProxyFacts, producer: string): boolean {
  const { serving } = proxy;
  if (serving === null) return false;
  const heeded = isHeeded(proxy.heed) || leadsTo(serving, NO_PIN, producer);
  return heeded && leadsTo(serving, pinOnceOrdered(facts, proxy, producer), producer);
}

/** The pin at a proxy once its order for this producer is carried out. */
export function pinOnceOrdered(facts: Facts, proxy: ProxyFacts, producer: string): Pin {
  const order = orderAt(facts, proxy, producer);
  if (order === null) return proxy.pin;
  return order.server === null ? NO_PIN : { kind: 'table', serverId: order.serverId, leaseMs: 1 };
}

/** Null: nothing is to be written, or nothing may be. An operator's drain or maintenance is never overridden. */
function orderAt(facts: Facts, proxy: ProxyFacts, producer: string | null): PinOrder | null {
  const { name, pin, serving } = proxy;
  if (serving === null || pin.kind !== 'table' || !mayPin(facts, proxy)) return null;
  const server = producer === null ? null : serverAt(proxy, producer);
  const wanted =
    server !== null &&
    isHeeded(proxy.heed) &&
    !shelved(server) &&
    !leadsTo(allUp(serving), NO_PIN, server.name);
  if (wanted) {
    const renews = pin.serverId === server.id && pin.leaseMs > 0;
    return { proxy: name, server: server.name, serverId: server.id, renews };
  }
  return pin.serverId === 0 ? null : { proxy: name, server: null, serverId: 0, renews: false };
}

function shelved({ health }: ServerView): boolean {
  return health !== 'up' && health !== 'down';
}

function mayPin({ policy }: Facts, { view }: ProxyFacts): boolean {
  return policy.mode === 'converge' && view?.level !== 'user';
}

/**
 * A worker as it would be were every server up that nobody has taken out. A pin is set ahead of need: no session shall
 * land on a producer that has just come up before it has been seen up.
 */
function allUp(worker: WorkerView): WorkerView {
  const servers = worker.servers.map((server) =>
    server.health === 'down' ? { ...server, health: 'up' as const } : server,
  );
  return { ...worker, servers };
}

/**
 * Whether new connections can be held on a producer at every proxy that is concerned, by whoever drives it: there are
 * pins, they are heeded, and nobody has taken the producer out there.
 */
export function canHold(facts: Facts, producer: string): boolean {
  return isSteered(facts) && !facts.concerned.some((proxy) => shelvedAt(proxy, producer));
}

/** Whether every proxy that is concerned has pins that are heeded, and they may be written. */
export function isSteered({ concerned, policy }: Facts): boolean {
  return (
    policy.mode === 'converge' &&
    concerned.length > 0 &&
    concerned.every(({ heed, pin }) => pin.kind === 'table' && isHeeded(heed))
  );
}
