// Waiting for a way that is being opened: TLS and SSH take their time, and go on when the first exchange has given up.
import type { Fault } from '../domain/fault.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';

/** So many exchanges' time may pass until the connection stands. */
const TRIES = 5;

/**
 * Tries until it is answered, for a command that has no next look to wait for. Only a way that keeps its connection is
 * tried again, and only what looks: `attempt` must not act.
 * @param troubleOf what went wrong at this way, where the result as a whole is no fault for it
 */
export async function patiently<T>(
  link: RuntimeLink | null,
  attempt: () => Promise<Result<T, Fault>>,
  troubleOf: (result: Result<T, Fault>) => { readonly kind: string } | null = (result) =>
    result.ok ? null : result.fault,
): Promise<Result<T, Fault>> {
  const isKept = link?.way === 'ssh' || link?.way === 'tls';
  for (let tries = 1; ; tries += 1) {
    const result = await attempt();
    if (!isKept || tries === TRIES || troubleOf(result)?.kind !== 'timeout') return result;
  }
}
