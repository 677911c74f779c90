// What would bring every session to the target: the steps that would be taken if no gate were shut.
import type { Step } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import type { ServerView, WorkerView } from '../domain/view.ts';
import { sessionsAt, unfitAt, type Facts, type ProxyFacts } from './facts.ts';
import { rungFor } from './ladder.ts';
import { memoryOf } from './memory.ts';

/** Steps at every proxy that is seen and where the target is fit to go to. */
export function wantedSteps(facts: Facts, memory: Memory, target: string | null): readonly Step[] {
  if (target === null) return [];
  return facts.seen
    .filter((proxy) => unfitAt(facts, proxy, target) === null)
    .flatMap((proxy) => stepsAt(facts, memory, proxy, target));
}

/** A reload or a restart stands alone: it moves all that the other steps at the proxy would close. */
function stepsAt(facts: Facts, memory: Memory, proxy: ProxyFacts, target: string): readonly Step[] {
  const astray = strays(facts, proxy.serving, target);
  const here = astray.filter((server) => server.health !== 'drain');
  const drained = here.length < astray.length;
  const climb = rungFor(proxy, memoryOf(memory, proxy.name), facts.policy, drained);
  if (here.length > 0 && climb !== null && climb.rung !== 'sessions') {
    return [
      {
        action: climb.rung,
        proxy: proxy.name,
        pid: proxy.serving?.pid ?? null,
        server: null,
        sessions: astray.reduce((sum, server) => sum + server.sessions, 0),
        climbed: climb.why,
      },
    ];
  }
  const closing = (action: Step['action'], pid: number | null, server: ServerView): Step => ({
    action,
    proxy: proxy.name,
    pid,
    server: server.name,
    sessions: server.sessions,
    climbed: null,
  });
  // An old worker's health is frozen, a drain in it too: its sessions are closed all the same.
  const old = proxy.workers.filter((worker) => worker.old && worker.pid !== null);
  return [
    ...(climb === null ? [] : here).map((server) =>
      closing('close-server', proxy.serving?.pid ?? null, server),
    ),
    ...old.flatMap((worker) =>
      strays(facts, worker, target).map((server) => closing('close-session', worker.pid, server)),
    ),
  ];
}

/** Servers of other producers than the target that have sessions in a worker. */
export function strays(
  { producers }: Facts,
  worker: WorkerView | null,
  target: string,
): readonly ServerView[] {
  return (worker?.servers ?? []).filter(
    ({ name, sessions }) => name !== target && producers.includes(name) && sessions > 0,
  );
}

/** Whether a proxy has sessions on another producer than the target, in any of its workers. */
export function isAstray(facts: Facts, proxy: ProxyFacts, target: string): boolean {
  return facts.producers.some((p) => p !== target && sessionsAt(proxy, p) > 0);
}

/** What two looks must agree on before a proxy is touched. */
export function agreementKey(target: string, steps: readonly Step[]): string {
  const keys = steps.map(({ action, pid, server }) => `${action}/${pid}/${server}`);
  return [target, ...keys.toSorted()].join(' ');
}
