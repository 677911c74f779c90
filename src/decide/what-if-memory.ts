// The memory of a what-if, kept to what the journal tells of what was.
import type { Memory } from '../domain/memory.ts';

/**
 * What is remembered with another policy: as recorded, but for what that policy alone has made of it. `was`, `would`:
 * lived through with the recorded policy and with the other one. So what an operator ordered in between, and all that no
 * record tells of, is taken over.
 */
export function rebase(recorded: Memory, was: Memory, would: Memory): Memory {
  const proxies = recorded.proxies.map((own) => {
    const of = (memory: Memory) => memory.proxies.find(({ name }) => name === own.name);
    const [before, otherwise] = [of(was), of(would)];
    return before === undefined || otherwise === undefined ? own : kept(own, before, otherwise);
  });
  return { ...kept(recorded, was, would), proxies };
}

/** Field by field. */
function kept<T extends object>(recorded: T, was: T, would: T): T {
  const own = Object.fromEntries(
    Object.entries(would).filter(([name, value]) => !isSame(value, Reflect.get(was, name))),
  );
  return { ...recorded, ...own };
}

/**
 * With what the next recorded memory knows of the time before it: since when a producer was fit to go to everywhere.
 * Of a policy that has another opinion of that, nothing is changed.
 */
export function inHindsight(memory: Memory, was: Memory, next: Memory): Memory {
  if (!isSame(memory.fitSince, was.fitSince)) return memory;
  const { fitSince } = memory;
  const known = next.fitSince.map(({ producer, sinceMs }) => {
    const before = fitSince.find((one) => one.producer === producer)?.sinceMs ?? sinceMs;
    return { producer, sinceMs: Math.max(sinceMs, before) };
  });
  const others = fitSince.filter((one) => !known.some(({ producer }) => producer === one.producer));
  return { ...memory, fitSince: [...known, ...others] };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
