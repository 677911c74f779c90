// The sessions of one server at one proxy, as HAProxy lists them now.
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { at } from '../haproxy/answer.ts';
import { showProc } from '../haproxy/show-proc.ts';
import { sessionsOn, showSess, type Session } from '../haproxy/show-sess.ts';
import { atWorker, isGone } from '../haproxy/at-worker.ts';

/** A server's full name. */
export interface Where {
  readonly backend: string;
  readonly server: string;
}

/** Needs level operator. The whole list is read and filtered here: HAProxy 2.6 has no filter (facts: `show sess`). */
export async function listSessions(
  link: RuntimeLink,
  where: Where,
  limit: AskLimit,
): Promise<Result<readonly Session[], Fault>> {
  const answer = await link.ask(showSess.line(), limit);
  return answer.ok ? readList(link, where, answer.value) : answer;
}

/**
 * The same in one old worker, asked through its master. None where the worker has ended: so have they. The master is
 * asked for its workers first: that of HAProxy 2.6 can hang for ever when it is asked for one that is about to end.
 */
export async function listInWorker(
  master: RuntimeLink,
  where: Where & { readonly pid: number },
  limit: AskLimit,
): Promise<Result<readonly Session[], Fault>> {
  const list = await master.ask(showProc.line(), limit);
  if (!list.ok) return list;
  const processes = at(master.address, showProc.read(list.value));
  if (!processes.ok) return processes;
  if (!processes.value.workers.includes(where.pid)) return { ok: true, value: [] };
  const answer = await master.ask(atWorker(where.pid, showSess.line()), limit);
  if (!answer.ok) return answer;
  if (isGone(answer.value, where.pid)) return { ok: true, value: [] };
  return readList(master, where, answer.value);
}

function readList(
  { address }: RuntimeLink,
  { backend, server }: Where,
  answer: string,
): Result<readonly Session[], Fault> {
  const read = at(address, showSess.read(answer));
  if (!read.ok) return read;
  return { ok: true, value: sessionsOn(read.value, backend, server) };
}
