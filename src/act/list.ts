// The sessions of one server at one proxy, as HAProxy lists them now.
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { sessionsOn, showSess, type Session } from '../haproxy/show-sess.ts';

/** Needs level operator. The whole list is read and filtered here: HAProxy 2.6 has no filter (facts: `show sess`). */
export async function listSessions(
  link: RuntimeLink,
  { backend, server }: { readonly backend: string; readonly server: string },
  limit: AskLimit,
): Promise<Result<readonly Session[], Fault>> {
  const answer = await link.ask(showSess.line(), limit);
  if (!answer.ok) return answer;
  const read = showSess.read(answer.value);
  if (!read.ok) return { ok: false, fault: { ...read.fault, address: link.address } };
  return { ok: true, value: sessionsOn(read.value, backend, server) };
}
