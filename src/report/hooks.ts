// The hooks of mainstay.yaml: which of them is told of what, and what is kept of its being told.
import type { HookConfig } from '../domain/config.ts';
import type { Outcome } from '../domain/decision.ts';
import type { Journal, Log } from '../domain/ports.ts';
import type { Clock } from '../domain/time.ts';
import type { HookEvent, HookResult } from '../domain/verdict.ts';
import type { Decided } from './announce.ts';
import { hookSentence } from './history.ts';
import { execHook } from './hook-exec.ts';
import { eventsOf, ofDecision, ofOutcome } from './hook-payload.ts';
import type { HookPayload, Made, PayloadNeeds } from './hook-payload.ts';
import { makeQueue } from './hook-queue.ts';
import type { Told } from './hook-queue.ts';
import { webhook } from './hook-webhook.ts';
import { rfc3339 } from './wall.ts';

export interface HookDeps extends PayloadNeeds {
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Pick<Journal, 'append'>;
  /** Once for each event and hook. */
  readonly onResult: (hook: string, result: HookResult) => void;
}

/** Nothing here waits for a hook, and none of it throws. */
export interface Hooks {
  /** A decision was announced; `previous`: the one of the round before, null in the first. */
  decided(previous: Decided | null, next: Made): void;
  /** Something was done. Pins are passed over: they say nothing that the decision before them did not. */
  done(outcome: Outcome): void;
  /** Gives what is under way 200 ms to end, and then gives it up; nothing is appended to the journal any more. */
  stop(): Promise<void>;
}

/** A hook that fails, hangs or is told too much costs its own lines: in the log, in the journal and in the metrics. */
export function makeHooks(hooks: readonly HookConfig[], deps: HookDeps): Hooks {
  const { clock } = deps;
  let last: Made | null = null;
  const told = hooks.map((hook) => {
    const { to, timeoutMs } = hook;
    const deliver =
      to.kind === 'webhook' ? webhook(to, timeoutMs, clock) : execHook(to.argv, timeoutMs);
    return { hook, queue: makeQueue(deliver, clock, (what) => keep(deps, hook.name, what)) };
  });
  const tell = (event: HookEvent, payload: () => HookPayload): void => {
    const asking = told.filter(({ hook }) => hook.on.includes(event));
    if (asking.length === 0) return;
    const body = JSON.stringify(payload());
    for (const { queue } of asking) queue.add({ event, body });
  };
  return {
    decided(previous, next) {
      last = next;
      for (const event of eventsOf(previous, next))
        tell(event, () => ofDecision(deps, event, previous, next));
    },
    done(outcome) {
      const decision = last;
      if (decision === null || outcome.action === 'pin' || outcome.action === 'release') return;
      tell('action', () => ofOutcome(deps, decision, outcome, clock.now()));
    },
    async stop() {
      await Promise.all(told.map(({ queue }) => queue.stop()));
    },
  };
}

/** A line in the log and in the journal, however many events it is of. */
function keep({ clock, log, journal, onResult }: HookDeps, hook: string, told: Told): void {
  const { event, result, times, message } = told;
  for (let time = 0; time < times; time += 1) onResult(hook, result);
  const fields = { hook, event, result };
  log[result === 'ok' ? 'debug' : 'warn'](fields, hookSentence({ hook, event, result, message }));
  const now = clock.now();
  const at = rfc3339(now, now.monoMs);
  void journal.append({ v: 1, at, kind: 'hook', hook, event, result, message });
}
