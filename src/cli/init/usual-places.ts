// Where HAProxy's sockets usually are on a host, its master's among them, and where a master's is looked for beside one.
import { dirname } from 'node:path';

/** Debian and Ubuntu, Red Hat, BSD and older guides, this package's own examples. */
export const USUAL_PLACES: readonly string[] = [
  '/run/haproxy/admin.sock',
  '/run/haproxy/haproxy.sock',
  '/var/run/haproxy.sock',
  '/var/run/haproxy-stat.sock',
  '/var/lib/haproxy/stats',
  '/var/lib/haproxy/admin.sock',
  '/run/haproxy-1/admin.sock',
  '/run/haproxy-2/admin.sock',
  '/run/haproxy-master.sock',
];

/** For a worker's socket: the paths at which its master may listen. */
export function mastersBeside(path: string): readonly string[] {
  const folder = dirname(path);
  return [`${folder}/master.sock`, `${folder}/haproxy-master.sock`, '/run/haproxy-master.sock'];
}
