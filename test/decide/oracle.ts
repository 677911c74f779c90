// What HAProxy's own words allow: invariant 1 read anew from design.md, without any help from src/decide.
import type { Step } from '../../src/domain/decision.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ServerView, Snapshot, WorkerView } from '../../src/domain/view.ts';

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

/** Every row that the next new connection may go to: the active ones, else the first backup listed, or all of them. */
export function nextRows(worker: WorkerView): readonly ServerView[] {
  const rows = worker.servers.filter(open);
  const active = rows.filter((row) => !row.backup);
  if (active.length > 0) return active;
  const [first] = rows;
  return first !== undefined && worker.backendWeight <= first.weight ? [first] : rows;
}

/** Why a step must not be taken, or null: it may. */
export function forbids(
  step: Step,
  target: string,
  snapshot: Snapshot,
  policy: Policy,
): string | null {
  const sight = snapshot.proxies.find((proxy) => proxy.name === step.proxy)?.sight;
  if (sight?.kind !== 'seen') return `${step.proxy} is not seen`;
  if (!policy.proxies.some((proxy) => proxy.name === step.proxy && proxy.drive)) {
    return `${step.proxy} is not driven`;
  }
  if (policy.mode === 'observe') return 'nothing is done in observe mode';
  const [worker] = sight.value.workers;
  if (!Object.is(step.pid, worker.pid)) return `${step.pid} does not serve`;
  if (step.server === target) return `${step.server} is the target`;
  if (policy.producers.length > 0 && !policy.producers.includes(step.server)) {
    return `${step.server} is not listed`;
  }
  const rows = worker.servers.filter((row) => row.name === step.server && row.sessions > 0);
  if (rows.length === 0) return `${step.server} has no session`;
  if (rows.every(draining)) return `${step.server} is draining`;
  const [next, ...others] = nextRows(worker);
  if (next === undefined || others.length > 0) return 'the next new connection may go anywhere';
  if (next.name !== target) return `the next new connection goes to ${next.name}`;
  return fit(next, worker, policy.warmupMs) ? null : `${target} is not fit to go to`;
}
