// A file without faults becomes the domain's own types, with the defaults filled in.
import type { Config, ProxyConfig } from '../domain/config.ts';
import type { Policy, Rung } from '../domain/policy.ts';
import { parseHostPort } from './address.ts';
import { besideFile } from './beside.ts';
import { buildHooks, buildPeers, buildTls } from './build-others.ts';
import { buildProxy } from './build-proxy.ts';
import { DEFAULTS } from './defaults.ts';
import { durationMs } from './duration.ts';
import type { ConfigFile } from './shape.ts';
import { TIMINGS } from './timings.ts';
import type { Tokens } from './tokens.ts';

/** Everything but `warnings`. `at` is where the file is, for the relative paths in it. */
export function buildConfig(
  file: ConfigFile,
  at: string,
  tokens: Tokens,
): Omit<Config, 'warnings'> {
  const proxies = file.proxies.map((proxy) => buildProxy(proxy, at, file.self ?? null));
  return {
    file: at,
    cluster: file.cluster ?? DEFAULTS.cluster,
    backend: file.backend,
    proxies,
    self: file.self ?? null,
    peers: buildPeers(file, at, tokens),
    hooks: buildHooks(file, tokens),
    policy: policyOf(file, proxies),
    pinTable: file.steer === 'none' ? null : (file.pin?.table ?? DEFAULTS.pin.table),
    events: eventsOf(file.events ?? DEFAULTS.events),
    listen: hostPort(file.listen ?? DEFAULTS.listen),
    tls: buildTls(file, at),
    token: tokens.api,
    journal: file.journal === undefined ? null : besideFile(at, file.journal),
    log: {
      level: file.log?.level ?? DEFAULTS.log.level,
      format: file.log?.format ?? DEFAULTS.log.format,
    },
  };
}

/** From the gentlest to the hardest, in whatever order the file lists them. */
const LADDER: readonly Rung[] = ['sessions', 'reload', 'restart'];

function policyOf(file: ConfigFile, proxies: readonly ProxyConfig[]): Policy {
  const timing = TIMINGS[file.timing ?? DEFAULTS.timing];
  const pollIntervalMs = durationMs(file.poll?.interval ?? timing.poll.interval);
  const pollTimeoutMs = durationMs(file.poll?.timeout ?? timing.poll.timeout);
  return {
    producers: (file.producers ?? []).map((item) => (typeof item === 'string' ? item : item.name)),
    proxies: proxies.map(({ name, drive, reload, restart }) => ({
      name,
      drive,
      reload: reload !== null,
      restart: restart !== null,
    })),
    mode: file.mode ?? DEFAULTS.mode,
    pollIntervalMs,
    pollTimeoutMs: Math.min(pollTimeoutMs, pollIntervalMs),
    confirm: file.confirm ?? timing.confirm,
    warmupMs: durationMs(file.warmup ?? timing.warmup),
    failbackAfterMs: durationMs(file.failback?.after ?? timing.failback.after),
    failbackUnseenMs: durationMs(file.failback?.unseen ?? DEFAULTS.failback.unseen),
    splitAfterMs: durationMs(file.split?.after ?? timing.split.after),
    partialPolicy: file.partial?.policy ?? DEFAULTS.partial.policy,
    partialAfterMs: durationMs(file.partial?.after ?? timing.partial.after),
    steer: file.steer ?? DEFAULTS.steer,
    cooldownMs: durationMs(file.cooldown ?? timing.cooldown),
    flapMax: file.flap?.max ?? DEFAULTS.flap.max,
    flapWithinMs: durationMs(file.flap?.within ?? DEFAULTS.flap.within),
    budgetMax: file.budget?.max ?? DEFAULTS.budget.max,
    budgetWithinMs: durationMs(file.budget?.within ?? DEFAULTS.budget.within),
    escalate: LADDER.filter((rung) => (file.escalate ?? DEFAULTS.escalate).includes(rung)),
    verifyWithinMs: durationMs(file.verify?.within ?? timing.verify.within),
    verifyReturnMs: durationMs(file.verify?.return ?? timing.verify.return),
  };
}

function eventsOf(text: string): Config['events'] {
  return text === 'auto' || text === 'off' ? text : { ring: text };
}

function hostPort(text: string): Config['listen'] {
  const parsed = parseHostPort(text);
  if (!parsed.ok) throw new TypeError('listen was not checked');
  return parsed.value;
}
