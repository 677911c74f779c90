// Memory out of a journal: after a restart only what was tried, and the target, are taken up again.
import type { JournalRecord } from '../domain/journal.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import { decide } from './decide.ts';
import { BLANK, cautious, memoryOf } from './memory.ts';

/**
 * `records` oldest first; null: there was no readable journal, and the start is cautious. Times are carried over by
 * the wall clock, never into the future. A plan without an outcome may have closed sessions: it counts as a closing
 * at the moment it was announced.
 */
export function recollect(
  records: readonly JournalRecord[] | null,
  policy: Policy,
  now: Now,
): Memory {
  if (records === null) return cautious(policy, now);
  try {
    const memory = lastMemory(records, policy, now);
    if (isSound(memory)) return memory;
  } catch {
    // The file was written by another version, or by another hand.
  }
  return cautious(policy, now);
}

function lastMemory(records: readonly JournalRecord[], policy: Policy, now: Now): Memory {
  const index = records.findLastIndex((record) => record.kind === 'decision');
  const last = records[index];
  if (last === undefined || last.kind !== 'decision') return BLANK;
  const { memory, plan } = decide(last.snapshot, completed(last.memory), last.policy, last.now);
  const toMono = (wallMs: number) => Math.min(now.monoMs, now.monoMs - (now.wallMs - wallMs));
  const carry = (monoMs: number) => toMono(last.now.wallMs + monoMs - last.now.monoMs);
  const later = records
    .slice(index + 1)
    .flatMap((record) => (record.kind === 'outcome' ? [record.outcome] : []))
    // A pin closes nothing.
    .filter(({ action }) => action !== 'pin' && action !== 'release');
  const untouched = later.length > 0 && later.every((outcome) => outcome.result === 'refused');
  const pendingMove = memory.pendingMove || (plan?.allOrNothing === true && untouched);
  return {
    ...BLANK,
    target: memory.target,
    producers: policy.producers.length > 0 ? [] : memory.producers,
    pendingMove,
    from: pendingMove ? memory.from : null,
    override: memory.override,
    clearedWallMs: memory.clearedWallMs,
    paused: memory.paused,
    together: memory.together,
    moves: memory.moves.map(carry),
    flap: { factor: memory.flap.factor, changedMs: carry(memory.flap.changedMs) },
    plans: memory.plans.map(carry),
    proxies: policy.proxies.map(({ name }) => {
      const { closedMs: before, actingMs } = memoryOf(memory, name);
      const outcomes = later.filter((outcome) => outcome.proxy === name);
      const closings = [
        ...[before, outcomes.length === 0 ? actingMs : null].filter((at) => at !== null).map(carry),
        ...outcomes
          .filter((outcome) => outcome.result !== 'refused')
          .map((outcome) => toMono(outcome.atMs + outcome.tookMs)),
      ];
      const closedMs = closings.length === 0 ? null : Math.max(...closings);
      return { ...memoryOf(BLANK, name), closedMs };
    }),
  };
}

/** A memory from before there were pins, or peers, with what it does not have. */
function completed(memory: Memory): Memory {
  const { from, override, together, apart, clearedWallMs, paused } = BLANK;
  const missing: Partial<Memory> = { from, override, together, apart, clearedWallMs, paused };
  return { ...missing, ...memory };
}

/** The furthest instant that a date can name (ECMA-262, 21.4.1.1). */
const MAX_DATE_MS = 8.64e15;

/** Whether every instant in it is one: nothing may be shut for ever, or open for ever, by a word in a file. */
function isSound(memory: Memory): boolean {
  const { moves, flap, plans, proxies, override, clearedWallMs, paused } = memory;
  const closings = proxies.map(({ closedMs }) => closedMs ?? 0);
  const given = override === null ? [] : [override.untilWallMs, override.givenWallMs];
  const wall = [...given, clearedWallMs ?? 0, paused?.untilWallMs ?? 0];
  const instants = [...moves, ...plans, ...closings, flap.changedMs, flap.factor];
  const names = [memory.target, memory.from, override?.to ?? null];
  return (
    instants.every(Number.isFinite) &&
    wall.every((wallMs) => Math.abs(wallMs) <= MAX_DATE_MS) &&
    names.every((name) => name === null || typeof name === 'string') &&
    typeof memory.together === 'boolean'
  );
}
