// The rungs above closing sessions: whether there is a way to climb them, and what climbing would leave behind.
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { Found, Here } from './finding.ts';

/** Of all that are driven together. What was written by hand is for the configuration's own warnings. */
export function judgeLadder({ policy, proxies, warnings }: Config): readonly Found[] {
  const climbs = policy.escalate.includes('reload') && policy.mode === 'converge';
  const driven = proxies.filter(({ drive }) => drive !== false);
  const without = driven.length > 0 && driven.every(({ reload }) => reload === null);
  const told = warnings.some((warning) => / escalate\[\d+\]: .* reload /.test(warning));
  if (!climbs || !without || told) return [];
  return [
    {
      id: 'no-reload-way',
      level: 'info',
      proxies: driven.map(({ name }) => name),
      spot: null,
      message:
        'where HAProxy does not close a session that it is told to, nothing more is tried: there is no way to reload it',
      cure: 'give each a way to, or write "escalate: [sessions]" if none is wanted\n    reload: master',
    },
  ];
}

/** Of one proxy. */
export function judgeReload({ reload, master }: ProxyConfig, { policy }: Config): readonly Here[] {
  if (reload === null || master !== null || !policy.escalate.includes('reload')) return [];
  return [
    {
      id: 'reload-without-master',
      level: 'warning',
      message:
        'it has a way to reload and no master socket: mainstay will not reload it, since sessions would live on in the old worker, where it can neither see nor close them',
      cure: 'name the master socket too\n    master: unix:/run/haproxy-master.sock',
    },
  ];
}
