// Asks a running daemon for its status. Its words are checked: another program may answer on that port.
import axios, { isAxiosError } from 'axios';
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import { GATES, VERDICTS } from '../domain/verdict.ts';

const TIMEOUT_MS = 1000;
const MAX_BYTES = 1024 * 1024;
/** A daemon is believed while its last decision is no older than this many polls. */
const FRESH_POLLS = 3;

const count = z.int().min(0);
const StatusShape = z.object({
  source: z.literal('daemon'),
  at: z.iso.datetime(),
  cluster: z.string(),
  backend: z.string(),
  verdict: z.enum(VERDICTS),
  rule: z.string(),
  hold: z.enum(['wait', 'override', 'together', 'flapping', 'probe', 'operator']).nullable(),
  target: z.string().nullable(),
  election: z.string(),
  why: z.string(),
  producers: z.array(z.string()),
  since: z.iso.datetime().nullable(),
  mode: z.enum(['converge', 'observe']),
  degraded: z.array(z.string()),
  override: z.object({ to: z.string(), until: z.iso.datetime() }).nullable(),
  gates: z.array(
    z.object({
      gate: z.enum(GATES),
      proxy: z.string().nullable(),
      until: z.iso.datetime().nullable(),
      reason: z.string(),
    }),
  ),
  proxies: z.array(
    z.object({
      name: z.string(),
      reachable: z.boolean(),
      error: z.object({ kind: z.string(), message: z.string() }).nullable(),
      version: z.string().nullable(),
      level: z.string().nullable(),
      transport: z.enum(['unix', 'tcp', 'tls', 'ssh', 'stats']).nullable(),
      oldWorkers: z.object({ seen: z.boolean(), message: z.string().nullable() }),
      pin: z.object({
        server: z.string().nullable(),
        leaseMs: count,
        message: z.string().nullable(),
      }),
      ageMs: z.number().nullable(),
      workers: z.array(
        z.object({
          pid: count.nullable(),
          old: z.boolean(),
          producers: z.array(
            z.object({
              name: z.string(),
              health: z.enum(['up', 'down', 'maint', 'drain', 'unknown']),
              status: z.string(),
              sessions: count,
              lastChangeS: count,
            }),
          ),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<Status>;

/** The daemon's status, or why it is not to be had or not to be believed, as the end of a sentence. */
export async function askDaemon(config: Config, nowMs: number): Promise<Result<Status, string>> {
  const url = daemonUrl(config, '/v1/status');
  const no = (why: string): Result<Status, string> => ({ ok: false, fault: `${why} at ${url}` });
  let body: unknown;
  try {
    const answer = await axios.get<unknown>(url, {
      timeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      maxContentLength: MAX_BYTES,
      maxRedirects: 0,
      proxy: false,
      ...(config.token === null ? {} : { headers: { authorization: `Bearer ${config.token}` } }),
    });
    body = answer.data;
  } catch (error) {
    return no(whyNot(error));
  }
  const status = StatusShape.safeParse(body);
  if (!status.success) return no('something that is not this mainstay answers');
  const { cluster, backend, at } = status.data;
  if (cluster !== config.cluster || backend !== config.backend) {
    return no(`the daemon of cluster ${cluster}, backend ${backend} answers`);
  }
  const ageMs = nowMs - Date.parse(at);
  if (ageMs > FRESH_POLLS * config.policy.pollIntervalMs) {
    return no(`the daemon's last decision is ${Math.round(ageMs / 1000)}s old`);
  }
  return { ok: true, value: status.data };
}

/** Where this configuration's daemon answers; `path` begins with a slash. */
export function daemonUrl({ listen }: Config, path: string): string {
  return `http://${reachable(listen.host)}:${listen.port}${path}`;
}

/** An address to listen on may be one that nobody can dial. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function whyNot(error: unknown): string {
  if (!isAxiosError(error)) return 'no daemon answers in time';
  if (error.response !== undefined) return `the daemon answers ${error.response.status}`;
  if (error.code === 'ECONNREFUSED') return 'no daemon listens';
  const late = ['ECONNABORTED', 'ERR_CANCELED', 'ETIMEDOUT'].includes(error.code ?? '');
  return late
    ? `no daemon answers within ${TIMEOUT_MS} ms`
    : `no daemon answers (${error.code ?? 'unknown error'})`;
}
