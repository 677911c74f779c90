// A small model of what mainstay lives among: producers that die, HAProxies with checks, pins and old workers, relays that redial.
import type { Step } from '../../src/domain/decision.ts';
import {
  nextAt,
  type Build,
  type Model,
  type ModelProxy,
  type Relay,
  type Server,
} from './model-parts.ts';
import { DAY_S } from './world.ts';

/** Well for a day, everybody on main. */
export function buildModel(build: Build, nowMs: number): Model {
  const proxies = build.proxies.map(({ pins, hangs }, at): ModelProxy => ({
    name: `ha${at + 1}`,
    pins,
    hangs,
    pid: 1_000 * (at + 1),
    startedMs: nowMs - DAY_S * 1_000,
    servers: newServers(build, nowMs - DAY_S * 1_000, true),
    pin: null,
    unseenSinceMs: null,
    // The proxies do not check at the same moments.
    nextCheckMs: nowMs + 500 * (at % 2),
  }));
  const relays = proxies.flatMap(({ name }) =>
    Array.from({ length: build.relaysEach }, (_, at): Relay => {
      return { proxy: name, slowMs: 1_500 * at, on: null, redialMs: nowMs };
    }),
  );
  const model = {
    build,
    nowMs,
    dead: new Set(''),
    cut: new Set(''),
    proxies,
    relays,
    closings: [],
  };
  dialAll(model);
  return model;
}

/** Time passes: leases end, checks are made, relays dial. */
export function pass(model: Model, ms: number): void {
  model.nowMs += ms;
  for (const proxy of model.proxies) {
    while (proxy.nextCheckMs <= model.nowMs) {
      for (const one of proxy.servers) check(model, proxy, one);
      proxy.nextCheckMs += model.build.interMs;
    }
  }
  dialAll(model);
}

export type Fault =
  | { readonly kind: 'die' | 'return'; readonly producer: number }
  | { readonly kind: 'cut' | 'mend'; readonly producer: number; readonly proxy: number }
  | { readonly kind: 'reload' | 'restart' | 'unseen' | 'seen'; readonly proxy: number }
  | { readonly kind: 'drop'; readonly relay: number };

/** Numbers count modulo what there is. */
export function befall(model: Model, fault: Fault): void {
  const proxy = 'proxy' in fault ? model.proxies[fault.proxy % model.proxies.length] : undefined;
  const { producers } = model.build;
  const producer = 'producer' in fault ? (producers[fault.producer % producers.length] ?? '') : '';
  switch (fault.kind) {
    case 'die':
      model.dead.add(producer);
      lose(model, ({ on, proxy: at }) => on?.producer === producer && !isCut(model, at, producer));
      return;
    case 'return':
      if (model.dead.delete(producer)) lose(model, ({ on }) => on?.producer === producer);
      return;
    case 'cut':
      model.cut.add(`${proxy?.name} ${producer}`);
      return;
    case 'mend':
      model.cut.delete(`${proxy?.name} ${producer}`);
      if (model.dead.has(producer)) {
        lose(model, ({ on, proxy: at }) => at === proxy?.name && on?.producer === producer);
      }
      return;
    case 'reload':
    case 'restart':
      if (proxy !== undefined) begin(model, proxy, fault.kind);
      return;
    case 'unseen':
      if (proxy !== undefined) proxy.unseenSinceMs ??= model.nowMs;
      return;
    case 'seen':
      if (proxy !== undefined) proxy.unseenSinceMs = null;
      return;
    case 'drop': {
      const one = model.relays[fault.relay % model.relays.length];
      lose(model, (relay) => relay === one);
      return;
    }
    default:
      fault satisfies never;
  }
}

/** Every fault is over, but these producers stay dead. */
export function calm(model: Model, dead: readonly number[]): void {
  model.proxies.forEach((_, proxy) => {
    befall(model, { kind: 'seen', proxy });
    model.build.producers.forEach((__, producer) => {
      befall(model, { kind: 'mend', proxy, producer });
    });
  });
  model.build.producers.forEach((_, producer) => {
    befall(model, { kind: dead.includes(producer) ? 'die' : 'return', producer });
  });
}

/** `set table … gpt0`: true where there is such a table, and somebody who answers. */
export function setPin(model: Model, name: string, serverId: number): boolean {
  const proxy = model.proxies.find((one) => one.name === name);
  if (proxy === undefined || proxy.pins === 'none' || proxy.unseenSinceMs !== null) return false;
  proxy.pin = { serverId, untilMs: model.nowMs + model.build.leaseMs };
  return true;
}

/** `shutdown sessions server`, or session by session in an old worker. */
export function closeSessions(model: Model, step: Step, target: string): void {
  const proxy = model.proxies.find((one) => one.name === step.proxy);
  if (proxy === undefined || step.server === null) return;
  const hit = ({ proxy: at, on }: Relay) =>
    at === step.proxy && on?.pid === step.pid && on?.producer === step.server;
  model.closings.push({
    atMs: model.nowMs,
    proxy: step.proxy,
    producer: step.server,
    count: model.relays.filter(hit).length,
    target,
    next: nextAt(model, proxy),
  });
  lose(model, hit);
}

function newServers({ producers }: Build, changedMs: number, checked: boolean): Server[] {
  return producers.map((name, at) => {
    return {
      name,
      id: at + 1,
      up: true,
      run: 0,
      checked,
      passed: true,
      changedMs,
      lastSessionMs: null,
    };
  });
}

/** A new worker believes everything up. A reload leaves the sessions to the old one, and the pin in its table. */
function begin(model: Model, proxy: ModelProxy, how: 'reload' | 'restart'): void {
  proxy.pid += 1;
  proxy.startedMs = model.nowMs;
  proxy.servers = newServers(model.build, model.nowMs, false);
  if (how === 'reload') return;
  proxy.pin = null;
  lose(model, (relay) => relay.proxy === proxy.name);
}

function check(model: Model, proxy: ModelProxy, one: Server): void {
  one.passed = reaches(model, proxy.name, one.name);
  one.run = one.passed === one.up ? 0 : one.run + 1;
  const { rise, fall } = model.build;
  const enough = one.up ? (one.checked ? fall : 1) : rise;
  one.checked = true;
  if (one.run < enough) return;
  [one.up, one.run, one.changedMs] = [one.passed, 0, proxy.nextCheckMs];
  if (one.up || proxy.hangs) return;
  lose(
    model,
    ({ proxy: at, on }) => at === proxy.name && on?.pid === proxy.pid && on.producer === one.name,
  );
}

function dialAll(model: Model): void {
  for (const relay of model.relays) {
    if (relay.on !== null || relay.redialMs > model.nowMs) continue;
    const proxy = model.proxies.find(({ name }) => name === relay.proxy);
    const to = proxy === undefined ? null : nextAt(model, proxy);
    const row = proxy?.servers.find(({ name }) => name === to);
    if (proxy === undefined || row === undefined || !reaches(model, proxy.name, row.name)) {
      relay.redialMs = model.nowMs + model.build.redialMs;
      continue;
    }
    relay.on = { pid: proxy.pid, producer: row.name };
    row.lastSessionMs = model.nowMs;
  }
}

function lose(model: Model, whose: (relay: Relay) => boolean): void {
  for (const relay of model.relays.filter((one) => one.on !== null && whose(one))) {
    relay.on = null;
    relay.redialMs = model.nowMs + model.build.redialMs + relay.slowMs;
  }
}

function reaches(model: Model, proxy: string, producer: string): boolean {
  return !model.dead.has(producer) && !isCut(model, proxy, producer);
}

function isCut({ cut }: Model, proxy: string, producer: string): boolean {
  return cut.has(`${proxy} ${producer}`);
}
