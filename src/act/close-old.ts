// Closes the sessions on one server in one old worker, one by one: there HAProxy knows no other way (facts 4).
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import { closeBatches } from './close-batches.ts';
import { listInWorker } from './list.ts';
import { beginStep, type Acting } from './step.ts';
import {
  OLD_LOOK_AGAIN_MS,
  sessionKey,
  untilGone,
  type List,
  type SessionKeys,
} from './until-gone.ts';

/** Lists and closes so often: once, and again where an answer was lost or a stream changed its server meanwhile. */
const MAX_ROUNDS = 4;
const NONE: SessionKeys = new Set();

/**
 * Closes until none is left on that server in that worker, or the worker has ended, which is as good. What is on other
 * servers is not touched: each round lists anew, and closes by id only what it has just seen there.
 */
export async function closeOld(acting: Acting, plan: Plan, step: Step): Promise<Outcome> {
  const record = beginStep(acting, plan, step);
  const { proxy, backend, clock, signal } = acting;
  const { master } = proxy;
  const { pid, server } = step;
  if (pid === null || server === null) throw new TypeError('a closing without worker or server');
  if (master === null) {
    return record.fail({ kind: 'unreachable', code: 'no master socket', address: proxy.name });
  }
  /** All that were ever listed, with their ids. */
  const idOf = new Map<string, string>();
  const list: List = async (limit) => {
    const found = await listInWorker(master, { backend, server, pid }, limit);
    if (!found.ok) return found;
    const keys = found.value.map((session) => [sessionKey(session), session.id] as const);
    for (const [key, id] of keys) idOf.set(key, id);
    return { ok: true, value: new Set(keys.map(([key]) => key)) };
  };

  const first = await untilGone(acting, list, NONE, OLD_LOOK_AGAIN_MS);
  if (!first.ok) return record.fail(first.fault);
  record.note('list', `${first.value.size} sessions on ${server} in worker ${pid}`);
  let left = first.value;
  let lines = 0;
  const told = new Set<string>();
  for (let round = 1; left.size > 0; round += 1) {
    const keyOf = new Map<string, string>();
    for (const key of left) if (!told.has(key)) keyOf.set(idOf.get(key) ?? '', key);
    const sent = await closeBatches(acting, { master, pid, step }, [...keyOf.keys()]);
    lines += sent.lines;
    for (const id of sent.told) told.add(keyOf.get(id) ?? '');
    record.note('close', `${sent.told.length} of ${left.size}, in ${sent.lines} lines`);
    await clock.sleep(OLD_LOOK_AGAIN_MS[0] ?? 0, signal);
    const still = await untilGone(acting, list, told, OLD_LOOK_AGAIN_MS);
    const listed = idOf.size;
    if (!still.ok) {
      const result = signal.aborted ? 'abandoned' : 'failed';
      return record.end(result, { listed, remaining: listed, fault: still.fault });
    }
    left = still.value;
    record.note('verify', `${left.size} of ${listed} are left`);
    if (left.size === 0) break;
    const counts = { listed, remaining: left.size };
    if (sent.forbidden !== null) {
      const forbidden = record.forbid(sent.forbidden);
      // Once something was sent it is no refusal any more.
      const result = forbidden.result === 'refused' ? 'failed' : forbidden.result;
      return lines === 0 ? forbidden : { ...forbidden, ...counts, result };
    }
    if (sent.fault !== null && !sent.lost) return record.fail(sent.fault, counts);
    if (signal.aborted) return record.end('abandoned', counts);
    const fresh = [...left].some((key) => !told.has(key));
    if (!fresh || round === MAX_ROUNDS) {
      return record.end('failed', { ...counts, fault: sent.fault });
    }
  }
  return record.end('ok', { listed: idOf.size });
}
