// `show stat <backend> 6 -1`: the servers of one backend and its BACKEND row (management.txt 9.1, 9.3).
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { ServerView, WorkerView } from '../domain/view.ts';
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName, nameInCommand } from './charset.ts';
import { readCsv } from './csv.ts';
import { readCount } from './number.ts';
import { checkPassed, readStatus } from './server-status.ts';

/** All that is read; found by name, since newer versions put new columns between the old ones. */
const COLUMNS = [
  'pxname',
  'svname',
  'type',
  'sid',
  'status',
  'weight',
  'bck',
  'scur',
  'lastchg',
  'lastsess',
  'check_status',
  'tracked',
] as const;

type Column = (typeof COLUMNS)[number];

/** A row: gives the field of a column. */
export type Row = (column: Column) => string;

/** The values of the column `type` that the mask 6 (2, backends, and 4, servers) lets through. */
export const TYPE = { backend: '1', server: '2' } as const;

/** Long enough for `MAINT (via backend/server)` with the longest names; printable, since people are shown it. */
const STATUS = /^[\x20-\x7e]{1,600}$/;

export type BackendStat = Pick<WorkerView, 'servers' | 'backendWeight'>;

/**
 * Faults: `no-such-backend`, also where HAProxy found a frontend or a disabled proxy under that name (no row at
 * all), or took a name in digits for a number and shows another proxy; `protocol` for all that is not documented.
 */
export const showStat: Command<[backend: string], BackendStat> = {
  line: (backend) => `show stat ${nameInCommand(backend)} 6 -1`,
  read(answer, backend) {
    const body = answerBody(answer, 'show stat');
    if (!body.ok) return body;
    if (body.value === 'No such proxy.\n') return noSuchBackend(backend);
    const rows = readTable(body.value);
    return rows.ok ? readBackend(rows.value, backend) : rows;
  },
};

/** The rows of a CSV with all the columns that are read here. Faults: `truncated`, `protocol`. */
export function readTable(text: string): Result<readonly Row[], Trouble> {
  const csv = readCsv(text);
  if (!csv.ok) return csv;
  const places = placesOf(csv.value.header);
  if (places === null) return unexpected(text);
  const rows = csv.value.rows.map(
    (fields): Row =>
      (column) =>
        fields[places.get(column) ?? -1] ?? '',
  );
  return { ok: true, value: rows };
}

/** The fault where one of `producers` is not among the backend's servers; null: they all are. */
export function absentServers(
  { servers }: BackendStat,
  backend: string,
  producers: readonly string[],
): Trouble | null {
  const has = servers.map(({ name }) => name);
  const missing = producers.filter((name) => !has.includes(name));
  return missing.length === 0 ? null : { kind: 'no-such-server', backend, missing, has };
}

/** What the rows of servers and one BACKEND row say. Faults: `no-such-backend` where none is of it, `protocol`. */
export function readBackend(rows: readonly Row[], backend: string): Result<BackendStat, Trouble> {
  if (rows.every((row) => row('pxname') !== backend)) return noSuchBackend(backend);
  return readRows(rows, backend);
}

function noSuchBackend(backend: string): Result<BackendStat, Trouble> {
  return { ok: false, fault: { kind: 'no-such-backend', backend } };
}

/** Where each column stands, or null where one is missing or stands twice. */
function placesOf(header: readonly string[]): ReadonlyMap<Column, number> | null {
  const places = new Map<Column, number>();
  for (const column of COLUMNS) {
    const place = header.indexOf(column);
    if (place === -1 || place !== header.lastIndexOf(column)) return null;
    places.set(column, place);
  }
  return places;
}

function readRows(rows: readonly Row[], backend: string): Result<BackendStat, Trouble> {
  const servers = new Map<string, ServerView>();
  let backendWeight: number | null = null;
  for (const row of rows) {
    const server = row('type') === TYPE.server ? readServer(row) : null;
    const weight = row('type') === TYPE.backend ? readCount(row('weight')) : null;
    if (row('pxname') !== backend) return unexpected(said(row));
    if (server !== null && !servers.has(server.name)) servers.set(server.name, server);
    else if (weight !== null && backendWeight === null) backendWeight = weight;
    else return unexpected(said(row));
  }
  if (backendWeight === null) return unexpected(`${backend} without its row BACKEND`);
  return { ok: true, value: { servers: [...servers.values()], backendWeight } };
}

/** What HAProxy said in a row, as far as it is read. */
function said(row: Row): string {
  return COLUMNS.map((column) => `${column}=${row(column)}`).join(' ');
}

/** The server, or null where any column holds what HAProxy would not write. */
function readServer(row: Row): ServerView | null {
  const name = row('svname');
  const status = row('status');
  const id = readCount(row('sid'));
  const weight = readCount(row('weight'));
  const sessions = readCount(row('scur'));
  const lastChangeS = readCount(row('lastchg'));
  const lastSessionS = row('lastsess') === '-1' ? -1 : readCount(row('lastsess'));
  if (id === null || weight === null || sessions === null) return null;
  if (lastChangeS === null || lastSessionS === null) return null;
  if (!isName(name) || !STATUS.test(status) || !/^[01]$/.test(row('bck'))) return null;
  return {
    name,
    id,
    status,
    ...readStatus(status, weight),
    checkPassed: checkPassed(row('check_status'), row('tracked')),
    backup: row('bck') === '1',
    weight,
    sessions,
    lastChangeS,
    lastSessionS: lastSessionS === -1 ? null : lastSessionS,
  };
}
