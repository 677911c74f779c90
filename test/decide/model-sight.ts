// What a look at a proxy of the model shows: its serving worker, the old ones that have sessions, its pin.
import type { Pin, ProxySight, ServerView, View } from '../../src/domain/view.ts';
import type { Model, ModelProxy, Server } from './model-parts.ts';
import { seen, server, unseen, worker } from './world.ts';

/** What a look shows now. */
export function sightOf(model: Model, proxy: ModelProxy): ProxySight {
  return proxy.unseenSinceMs === null
    ? seen(proxy.name, model.nowMs, viewOf(model, proxy))
    : unseen(proxy.name, proxy.unseenSinceMs);
}

export function viewOf(model: Model, proxy: ModelProxy): View {
  const { pid, startedMs } = proxy;
  const here = model.relays.filter((relay) => relay.proxy === proxy.name);
  const count = (of: number, producer: string) =>
    here.filter(({ on }) => on?.pid === of && on.producer === producer).length;
  const old = [...new Set(here.flatMap(({ on }) => on?.pid ?? []))].filter((one) => one !== pid);
  const rows = (of: number) => proxy.servers.map((one) => rowOf(model, one, count(of, one.name)));
  const frozen = (of: number) =>
    proxy.servers.map(({ name, id }) =>
      server({ name, id, backup: id > 1, sessions: count(of, name) }),
    );
  const uptimeS = wholeS(model.nowMs - startedMs);
  return {
    way: 'unix',
    version: '2.6.12',
    level: 'admin',
    workers: [
      worker(rows(pid), { pid, uptimeS }),
      ...old.toSorted((a, b) => b - a).map((of) => worker(frozen(of), { pid: of, old: true })),
    ],
    pin: pinOf(model, proxy),
    hidden: null,
  };
}

function pinOf(model: Model, { pins, pin }: ModelProxy): Pin {
  if (pins === 'none') return { kind: 'no-table' };
  const leaseMs = Math.max(0, (pin?.untilMs ?? 0) - model.nowMs);
  return { kind: 'table', serverId: leaseMs > 0 ? (pin?.serverId ?? 0) : 0, leaseMs };
}

function rowOf({ nowMs, build }: Model, one: Server, sessions: number): ServerView {
  const { name, id, up, run, passed, changedMs, lastSessionMs } = one;
  const rest = up ? `${build.fall - run}/${build.fall}` : `${run}/${build.rise}`;
  return server({
    name,
    id,
    backup: id > 1,
    status: `${up ? 'UP' : 'DOWN'}${run > 0 ? ` ${rest}` : ''}`,
    checkPassed: passed,
    sessions,
    lastChangeS: wholeS(nowMs - changedMs),
    lastSessionS: lastSessionMs === null ? null : wholeS(nowMs - lastSessionMs),
  });
}

/** As HAProxy counts: whole seconds, rounded down. */
function wholeS(ms: number): number {
  return Math.trunc(ms / 1_000);
}
