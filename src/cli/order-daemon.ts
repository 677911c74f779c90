// Orders to a running daemon: `POST /v1/converge`, `/v1/pause` and `/v1/resume` with the bearer token of the same configuration.
import axios from 'axios';
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import { printable } from '../haproxy/printable.ts';
import { daemonOptions, daemonUrl } from './dial-daemon.ts';

const BOUNDS = { timeoutMs: 3000, maxBytes: 64 * 1024 };
const MAX_MESSAGE = 500;

/** `no-answer`: nobody did in time, and it may have been taken all the same; else contract.md's word for the refusal. */
export interface Refused {
  readonly error: string;
  /** Why, and where there is one the way out, as a sentence without its full stop. */
  readonly message: string;
}

export type DaemonOrder =
  | { readonly path: '/v1/converge'; readonly body: { to: string; for: string } | { clear: true } }
  | { readonly path: '/v1/pause'; readonly body: { for?: string } }
  | { readonly path: '/v1/resume'; readonly body: Readonly<Record<string, never>> };

export const NO_TOKEN =
  'mainstay.yaml names no api.tokenFile, and without its token a daemon takes no orders: give it one, and restart the daemon';

const TakenShape = z.object({
  override: z.object({ to: z.string(), until: z.iso.datetime() }).nullable(),
}) satisfies z.ZodType<Pick<Status, 'override'>>;
const RefusedShape = z.object({ error: z.string(), message: z.string() });

/** The override that stands once the order was taken, or why it was not. Never sends anything twice. */
export async function orderDaemon(
  config: Config,
  { path, body }: DaemonOrder,
): Promise<Result<Status['override'], Refused>> {
  if (config.token === null) return no('forbidden', NO_TOKEN);
  const url = daemonUrl(config, path);
  const options = await daemonOptions(config, BOUNDS);
  if (!options.ok) return no('file', `the daemon is not told, since ${options.fault}`);
  try {
    const answer = await axios.post<unknown>(url, body, {
      ...options.value,
      validateStatus: () => true,
    });
    const taken = TakenShape.safeParse(answer.data);
    if (answer.status === 202 && taken.success) return { ok: true, value: taken.data.override };
    const refused = RefusedShape.safeParse(answer.data);
    return refused.success
      ? no(refused.data.error, printable(refused.data.message.slice(0, MAX_MESSAGE)))
      : no('unknown', `something answers ${answer.status} at ${url}, and not as mainstay does`);
  } catch {
    // What axios would say of it holds the token.
    const late = `the daemon did not answer the order at ${url}; whether it took it, status tells`;
    return no('no-answer', late);
  }
}

function no(error: string, message: string): Result<never, Refused> {
  return { ok: false, fault: { error, message } };
}
