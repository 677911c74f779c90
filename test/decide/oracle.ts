// What HAProxy's own words allow: invariant 1 read anew from design.md, without any help from src/decide.
import type { PinOrder, Step } from '../../src/domain/decision.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ServerView, Snapshot, View, WorkerView } from '../../src/domain/view.ts';

/** Exactly `UP`, taking new connections, its last check passed, in a worker older than the warm-up. */
function fit(row: ServerView, worker: WorkerView, warmupMs: number): boolean {
  const warm = worker.uptimeS * 1000 >= warmupMs;
  return row.status === 'UP' && row.weight > 0 && row.checkPassed && warm;
}

/** Whether HAProxy would give a server new connections, or might: what is no known word or number may mean anything. */
function open(row: ServerView): boolean {
  return !/^(DOWN|MAINT|DRAIN|NOLB)/.test(row.status) && !(row.weight <= 0);
}

/** Alive and taking no new connections, because an operator or the server itself wants none. */
function draining(row: ServerView): boolean {
  return /^(DRAIN|NOLB)/.test(row.status) || (row.status.startsWith('UP') && row.weight === 0);
}

/**
 * Every row that the next new connection may go to: the one that a live pin names, unless it is down or in maintenance;
 * else the active ones, else the first backup listed, or all of them.
 */
export function nextRows(worker: WorkerView, pin: Pin = NO_PIN): readonly ServerView[] {
  const live = pin.kind === 'table' && pin.leaseMs > 0;
  const pinned = worker.servers.filter((row) => live && row.id === pin.serverId);
  if (pinned.some((row) => !/^(DOWN|MAINT)/.test(row.status))) return pinned;
  const rows = worker.servers.filter(open);
  const active = rows.filter((row) => !row.backup);
  if (active.length > 0) return active;
  const [first] = rows;
  return first !== undefined && worker.backendWeight <= first.weight ? [first] : rows;
}

const NO_PIN: Pin = { kind: 'off' };

/** What a pin says once an order is carried out. */
function written(pin: Pin, order: PinOrder | undefined): Pin {
  return order === undefined ? pin : { kind: 'table', serverId: order.serverId, leaseMs: 1 };
}

/** Why a step must not be taken, once these orders are carried out, or null: it may. */
export function forbids(
  step: Step,
  target: string,
  snapshot: Snapshot,
  policy: Policy,
  pins: readonly PinOrder[] = [],
): string | null {
  const sight = snapshot.proxies.find((proxy) => proxy.name === step.proxy)?.sight;
  if (sight?.kind !== 'seen') return `${step.proxy} is not seen`;
  if (!policy.proxies.some((proxy) => proxy.name === step.proxy && proxy.drive)) {
    return `${step.proxy} is not driven`;
  }
  if (policy.mode === 'observe') return 'nothing is done in observe mode';
  const [worker] = sight.value.workers;
  const order = pins.find((pin) => pin.proxy === step.proxy);
  const [next, ...others] = nextRows(worker, written(sight.value.pin, order));
  if (next === undefined || others.length > 0) return 'the next new connection may go anywhere';
  if (next.name !== target) return `the next new connection goes to ${next.name}`;
  if (!fit(next, worker, policy.warmupMs)) return `${target} is not fit to go to`;
  return step.server === null
    ? forbidsWhole(step, target, sight.value, policy)
    : forbidsClosing(step, step.server, target, sight.value, policy);
}

/** Why a pin must not be written, or null: it may. */
export function forbidsPin(order: PinOrder, snapshot: Snapshot, policy: Policy): string | null {
  const sight = snapshot.proxies.find((proxy) => proxy.name === order.proxy)?.sight;
  if (sight?.kind !== 'seen') return `${order.proxy} is not seen`;
  if (!policy.proxies.some((proxy) => proxy.name === order.proxy && proxy.drive)) {
    return `${order.proxy} is not driven`;
  }
  if (policy.mode === 'observe' || policy.steer === 'none') return 'nothing is to be steered';
  const { level, pin, workers } = sight.value;
  if (pin.kind !== 'table') return 'there is no pin';
  if (level === 'user') return 'level user may not write';
  if (order.server === null) return order.serverId === 0 ? null : 'a release names a server';
  const row = workers[0].servers.find((one) => one.name === order.server);
  if (row === undefined || !Object.is(row.id, order.serverId)) return 'it is another server';
  if (!/^(UP|DOWN)/.test(row.status) || draining(row)) return `${order.server} is ${row.status}`;
  return order.renews && !(pin.leaseMs > 0 && pin.serverId === row.id) ? 'it is new' : null;
}

/** A closing names a server that is off the target and has sessions in the worker that it names. */
function forbidsClosing(
  step: Step,
  name: string,
  target: string,
  view: View,
  policy: Policy,
): string | null {
  const isOld = step.action === 'close-session';
  const named = view.workers.filter((one) => Object.is(one.pid, step.pid) && one.old === isOld);
  if (named.length === 0) return `${step.pid} does not ${isOld ? 'linger' : 'serve'}`;
  const rows = named
    .flatMap((one) => off(target, one, policy.producers))
    .filter((row) => row.name === name);
  if (rows.length === 0) return `${name} has no session that may be closed`;
  if (isOld) return null;
  if (view.level !== 'admin') return `with level ${view.level} nothing can be closed`;
  return rows.every(draining) ? `${name} is draining` : null;
}

/** A reload or a restart is listed, has a way, something to move, nobody's drain in its way, and hides nothing for good. */
function forbidsWhole(step: Step, target: string, view: View, policy: Policy): string | null {
  const { action } = step;
  if (action !== 'reload' && action !== 'restart') return `${action} names no server`;
  if (!Object.is(step.pid, view.workers[0].pid)) return `${step.pid} does not serve`;
  const own = policy.proxies.find((proxy) => proxy.name === step.proxy);
  if (own?.[action] !== true || !policy.escalate.includes(action)) return `no ${action} is allowed`;
  if (action === 'reload' && view.hidden !== null) return 'what it hides could not be closed';
  const rows = off(target, view.workers[0], policy.producers);
  if (rows.length === 0) return 'there is nothing to move';
  return rows.some(draining) ? 'it would end a drain' : null;
}

/** Rows of listed servers that have sessions off the target; without a list all are. */
export function off(
  target: string,
  worker: WorkerView,
  listed: readonly string[],
): readonly ServerView[] {
  return worker.servers.filter(
    ({ name, sessions }) =>
      name !== target && sessions > 0 && (listed.length === 0 || listed.includes(name)),
  );
}
