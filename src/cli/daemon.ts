// Asks a running daemon for its status, or what else it says of its last decision. Its words are checked: another program may answer on that port.
import axios, { isAxiosError } from 'axios';
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { Status, StatusGate } from '../domain/status.ts';
import { GATES, VERDICTS } from '../domain/verdict.ts';
import { daemonOptions, daemonUrl } from './dial-daemon.ts';

const TIMEOUT_MS = 1000;
const MAX_BYTES = 1024 * 1024;
/** A daemon is believed while its last decision is no older than this many polls. */
const FRESH_POLLS = 3;

const count = z.int().min(0);
const error = z.object({ kind: z.string(), message: z.string() }).nullable();
/** One shut gate, where a daemon tells of it. */
export const GateShape = z.object({
  gate: z.enum(GATES),
  proxy: z.string().nullable(),
  until: z.iso.datetime().nullable(),
  reason: z.string(),
  opens: z.string(),
}) satisfies z.ZodType<StatusGate>;

/** What a status and an explanation both say. */
export const JudgedShape = z.object({
  source: z.literal('daemon'),
  at: z.iso.datetime(),
  cluster: z.string(),
  backend: z.string(),
  says: z.string(),
  verdict: z.enum(VERDICTS),
  rule: z.string(),
  hold: z.enum(['wait', 'override', 'together', 'flapping', 'probe', 'operator']).nullable(),
  since: z.iso.datetime().nullable(),
  target: z.string().nullable(),
  election: z.string(),
  why: z.string(),
  degraded: z.array(z.string()),
});

const StatusShape = JudgedShape.extend({
  producers: z.array(z.string()),
  mode: z.enum(['converge', 'observe']),
  override: z.object({ to: z.string(), until: z.iso.datetime() }).nullable(),
  paused: z.object({ until: z.iso.datetime().nullable() }).nullable(),
  gates: z.array(GateShape),
  proxies: z.array(
    z.object({
      name: z.string(),
      driven: z.boolean(),
      reachable: z.boolean(),
      error,
      version: z.string().nullable(),
      level: z.string().nullable(),
      transport: z.enum(['unix', 'tcp', 'tls', 'ssh', 'stats', 'peer']).nullable(),
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
  peers: z.array(
    z.object({
      name: z.string(),
      reachable: z.boolean(),
      error,
      version: z.string().nullable(),
      mode: z.enum(['converge', 'observe']).nullable(),
      target: z.string().nullable(),
      ageMs: z.number().nullable(),
    }),
  ),
}) satisfies z.ZodType<Status>;

/** The daemon's status, or why it is not to be had or not to be believed, as the end of a sentence. */
export function askDaemon(config: Config, nowMs: number): Promise<Result<Status, string>> {
  return askJudged(config, nowMs, '/v1/status', StatusShape);
}

/** What a daemon says of its last decision at this path, believed only while that is fresh and of this cluster. */
export async function askJudged<T extends z.infer<typeof JudgedShape>>(
  config: Config,
  nowMs: number,
  path: string,
  shape: z.ZodType<T>,
): Promise<Result<T, string>> {
  const said = await askFor(config, path, shape, MAX_BYTES);
  if (!said.ok) return said;
  const no = refusalAt(config, path);
  const { cluster, backend, at } = said.value;
  if (cluster !== config.cluster || backend !== config.backend) {
    return no(`the daemon of cluster ${cluster}, backend ${backend} answers`);
  }
  const ageMs = nowMs - Date.parse(at);
  if (ageMs > FRESH_POLLS * config.policy.pollIntervalMs) {
    return no(`the daemon's last decision is ${Math.round(ageMs / 1000)}s old`);
  }
  return said;
}

/** What a daemon answers at this path, if it is of this shape; else why not, as the end of a sentence. */
export async function askFor<T>(
  config: Config,
  path: string,
  shape: z.ZodType<T>,
  maxBytes: number,
): Promise<Result<T, string>> {
  const no = refusalAt(config, path);
  const options = await daemonOptions(config, { timeoutMs: TIMEOUT_MS, maxBytes });
  if (!options.ok) return no(`not asked, since ${options.fault},`);
  let body: unknown;
  try {
    body = (await axios.get<unknown>(daemonUrl(config, path), options.value)).data;
  } catch (fault) {
    return no(whyNot(fault));
  }
  const said = shape.safeParse(body);
  return said.success
    ? { ok: true, value: said.data }
    : no('something that is not this mainstay answers');
}

function refusalAt(config: Config, path: string): (why: string) => Result<never, string> {
  return (why) => ({ ok: false, fault: `${why} at ${daemonUrl(config, path)}` });
}

/** What became of a request, as the beginning of a sentence. */
export function whyNot(fault: unknown): string {
  if (!isAxiosError(fault)) return 'no daemon answers in time';
  if (fault.response !== undefined) return `the daemon answers ${fault.response.status}`;
  if (fault.code === 'ECONNREFUSED') return 'no daemon listens';
  const late = ['ECONNABORTED', 'ERR_CANCELED', 'ETIMEDOUT'].includes(fault.code ?? '');
  return late
    ? `no daemon answers within ${TIMEOUT_MS} ms`
    : `no daemon answers (${fault.code ?? 'unknown error'})`;
}
