// The statistics page: where it shows what, what its table says, and its form (configuration.txt 4.2, "stats uri", "stats admin").
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import { unexpected } from './answer.ts';
import { nameInCommand } from './charset.ts';
import { readCount } from './number.ts';
import { TYPE, absentServers, readBackend, readTable, type Row } from './show-stat.ts';

/** The rows of `type` that no look needs: frontends, and the sockets that they listen on. */
const BESIDE: ReadonlySet<string> = new Set(['0', '3']);

/**
 * The page itself. Whatever was asked of it (`;csv`, `;up`, `;scope=…`, `?scope=…`) is cut off: HAProxy obeys the first
 * scope that it finds, and `;up` would hide the servers that are down. A query that belongs to it (`/haproxy?stats`)
 * stays. Throws where `url` is none that the configuration lets through: a bug.
 */
export function pageUrl(url: string): string {
  const { protocol, username, password, origin, pathname, search } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '')
    throw new TypeError('not the URL of a statistics page: http or https, without credentials');
  return `${origin}${`${pathname}${search}`.split(/;|[?&]scope=/, 1).join('')}`;
}

/**
 * The table of one section. HAProxy takes the scope for a part of a name in any case, looks at its first 20 bytes only,
 * and shows everything where it is a single byte: other sections may come along.
 */
export function tableUrl(url: string, backend: string): string {
  return `${pageUrl(url)};csv;scope=${nameInCommand(backend)}`;
}

/**
 * Reads the whole body of `tableUrl`. The page names neither process nor version and tells no level, so `mayClose` says
 * whether there is a name and a password to close sessions with; old workers are not seen. Never throws.
 * Faults: `not-csv`, `truncated`; `no-such-backend`, also where "stats scope" or "disabled" hides it; `no-such-server`.
 */
export function readStatsView(
  csv: string,
  backend: string,
  producers: readonly string[],
  mayClose: boolean,
): Result<View, Trouble> {
  const view = assemble(csv, backend, producers, mayClose);
  if (view.ok || view.fault.kind !== 'protocol') return view;
  return { ok: false, fault: { kind: 'not-csv', said: view.fault.said } };
}

function assemble(
  csv: string,
  backend: string,
  producers: readonly string[],
  mayClose: boolean,
): Result<View, Trouble> {
  const table = readTable(csv);
  if (!table.ok) return table;
  const rows = table.value.filter((row) => row('pxname') === backend && !BESIDE.has(row('type')));
  const stat = readBackend(rows, backend);
  if (!stat.ok) return stat;
  const uptimeS = uptimeOf(rows);
  if (uptimeS === null) return unexpected(`${backend}: its row BACKEND without lastchg`);
  const absent = absentServers(stat.value, backend, producers);
  if (absent !== null) return { ok: false, fault: absent };
  return {
    ok: true,
    value: {
      way: 'stats',
      version: null,
      level: mayClose ? 'admin' : 'user',
      workers: [{ pid: null, old: false, uptimeS, ...stat.value }],
      pin: { kind: 'page' },
      hidden: { kind: 'no-master' },
    },
  };
}

/**
 * Since when the backend is as it is: from the start of the worker on, for unlike the servers' ages this one comes from
 * no server-state file. It is rounded otherwise than the worker's own, and can be a second more.
 */
function uptimeOf(rows: readonly Row[]): number | null {
  const lastChangeS = readCount(rows.find((row) => row('type') === TYPE.backend)?.('lastchg'));
  return lastChangeS === null ? null : Math.max(0, lastChangeS - 1);
}

/** What the page's form sends to have all sessions of a server closed; to be posted to `pageUrl`. */
export function closeForm(backend: string, server: string): string {
  const [s, b] = [server, backend].map((name) => encodeURIComponent(nameInCommand(name)));
  return `s=${s}&action=shutdown&b=${b}`;
}

/**
 * What the answer to the form means: a 303 to the page with `;st=DONE`. Success says only that HAProxy has begun, also
 * where there was nothing to close. Faults: `form-refused` for every other word (`DENY`: no "stats admin", `ERRP`: no
 * such backend or server, `NONE`, `PART`, `EXCD`, `UNKN`, `IVAL`), `http`, `protocol`.
 */
export function readFormAnswer(status: number, location: string): Result<null, Trouble> {
  if (status !== 303) return { ok: false, fault: { kind: 'http', status } };
  const [, st] = /;st=([A-Z]{4})(?![A-Za-z0-9])/.exec(location) ?? [];
  if (st === undefined) return unexpected(location);
  return st === 'DONE'
    ? { ok: true, value: null }
    : { ok: false, fault: { kind: 'form-refused', st } };
}
