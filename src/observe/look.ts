// One look at one proxy: one exchange, read as a View.
import type { Look, RuntimeLink } from '../domain/ports.ts';
import { lookLine, readView } from '../haproxy/read-view.ts';

/** Looks at `backend`. Any of `producers` that is not among its servers makes the look a fault; none may be named. */
export function makeLook(
  link: RuntimeLink,
  backend: string,
  producers: readonly string[],
  timeoutMs: number,
): Look {
  const line = lookLine(backend);
  return async (signal) => {
    const answer = await link.ask(line, { deadlineMs: timeoutMs, ...(signal && { signal }) });
    if (!answer.ok) return answer;
    const view = readView(answer.value, backend, producers);
    if (view.ok) return view;
    return { ok: false, fault: { ...view.fault, address: link.address } };
  };
}
