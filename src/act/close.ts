// Closes the sessions on one server in the serving worker, all at once: list them, close, look again until they are gone.
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { at } from '../haproxy/answer.ts';
import { shutdownSessionsServer } from '../haproxy/shutdown-sessions-server.ts';
import { listSessions, type Where } from './list.ts';
import { beginStep, type Acting } from './step.ts';
import { common, isLost, sessionKey, untilGone, type List } from './until-gone.ts';

/** How it is done here: over the runtime link, or by the statistics page. */
interface ServerWay {
  readonly list: List;
  readonly close: (limit: AskLimit) => Promise<Result<null, Fault>>;
}

/** Closes the sessions of one step, and says what came of it. A session that arrives meanwhile is not counted. */
export async function closeServer(acting: Acting, plan: Plan, step: Step): Promise<Outcome> {
  const { verifyWithinMs, signal } = acting;
  const record = beginStep(acting, plan, step);
  const { list, close } = wayTo(acting, step);

  // Side by side: every millisecond counts here. Whatever the listing takes, the look must be young when it is over.
  const listing = list({ deadlineMs: verifyWithinMs, signal });
  const seen = await acting.lookAgain(step, listing);
  const listed = await listing;
  if (!listed.ok) return record.fail(listed.fault);
  const count = listed.value.size;
  record.note('list', `${count} sessions on ${step.server}`);
  if (count === 0) return record.end('ok');

  if (!seen.ok) return record.forbid(seen.fault);
  const closed = await close(seen.value.limit);
  record.note('close', closed.ok ? 'accepted' : closed.fault.kind);
  // Without an answer the command may still have been carried out: only looking again tells.
  if (!closed.ok && !isLost(closed.fault)) {
    return record.fail(closed.fault, { listed: count, remaining: count });
  }
  const still = await untilGone(acting, list, listed.value);
  const ending = signal.aborted ? 'abandoned' : 'failed';
  if (!still.ok) {
    return record.end(ending, { listed: count, remaining: count, fault: still.fault });
  }
  const left = common(still.value, listed.value);
  record.note('verify', `${left} of ${count} are left`);
  const counts = { listed: count, remaining: left };
  if (left === 0) return record.end('ok', counts);
  return record.end(ending, { ...counts, fault: closed.ok ? null : closed.fault });
}

function wayTo(acting: Acting, { server }: Step): ServerWay {
  const { proxy, view, backend } = acting;
  if (server === null) throw new TypeError('a closing without its server');
  const where = { backend, server };
  if (proxy.link !== null && view.way !== 'stats') return byLink(proxy.link, where);
  if (proxy.stats !== null) return byStats(acting, proxy.stats, where);
  throw new TypeError(`no way to close sessions at ${proxy.name}`);
}

function byLink(link: RuntimeLink, where: Where): ServerWay {
  return {
    list: async (limit) => {
      const found = await listSessions(link, where, limit);
      if (!found.ok) return found;
      return { ok: true, value: new Set(found.value.map(sessionKey)) };
    },
    close: async (limit) => {
      const { backend, server } = where;
      const answer = await link.ask(shutdownSessionsServer.line(backend, server), limit);
      if (!answer.ok) return answer;
      const read = shutdownSessionsServer.read(answer.value, backend, server);
      return at(link.address, read.ok ? { ok: true, value: null } : read);
    },
  };
}

/**
 * The page shows a count and no sessions: they are numbered, so that of those that were listed as many count as left
 * as are shown. New ones would be taken for old ones; the page is a way for want of a better.
 */
function byStats({ proxy }: Acting, stats: StatsLink, { backend, server }: Where): ServerWay {
  return {
    list: async ({ signal }) => {
      const view = await proxy.lookServing(signal);
      if (!view.ok) return view;
      const { servers } = view.value.workers[0];
      const count = servers.find(({ name }) => name === server)?.sessions ?? 0;
      return { ok: true, value: new Set(Array.from({ length: count }, (_, i) => String(i))) };
    },
    close: (limit) => stats.closeServer(backend, server, limit),
  };
}
