// What a line of a ring is about, in any of the formats that a ring has (configuration.txt, "Rings").

/**
 * `stopped`: the worker has stopped to serve the backend. `session`, `other`: the log line of a session of this backend,
 * or of another one. `change`: all else, as the news of servers.
 */
export type EventKind = 'stopped' | 'session' | 'other' | 'change';

/** What "option tcplog" and "option httplog" have in common (configuration.txt 8.2): time, frontend, backend, server, timers. */
const SESSION = / \[\d\d\/\w{3}\/\d{4}:[\d:.]+\] \S+ ([\w.:-]+)\/\S+ [-+\d/]+ /;

/** Never throws. Log lines hold words of strangers: that of a session is one, whatever else it says. */
export function eventKind(line: string, backend: string): EventKind {
  const [, of] = SESSION.exec(line) ?? [];
  if (of !== undefined) return of === backend ? 'session' : 'other';
  const [, stopped] = /(?:^| )Proxy (\S+) stopped \(/.exec(line) ?? [];
  return stopped === backend ? 'stopped' : 'change';
}
