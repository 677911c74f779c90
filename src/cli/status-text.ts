// `mainstay status` for people: the verdict in words, one table, and what holds mainstay back.
import { verdictSays } from '../decide/verdicts.ts';
import type { Status, StatusProxy } from '../domain/status.ts';
import { exitOf } from './exit.ts';
import { duration, paint, widthOf, wrap } from './layout.ts';
import type { Output } from './world.ts';

/** `seenBy` says who looked; `nowMs` is wall time. Fits in 80 columns for names of ordinary length. */
export function statusText(status: Status, seenBy: string, nowMs: number, out: Output): string {
  const says = verdictSays(status.rule);
  const colour = exitOf(status.verdict, status.degraded) === 0 ? 'green' : 'red';
  const hold = status.hold === null ? '' : ` (${status.hold})`;
  const since = status.since === null ? '' : `, for ${duration(nowMs - Date.parse(status.since))}`;
  return [
    field(
      out,
      'verdict',
      `${paint(out, colour, status.verdict)}${hold}: ${says} (${status.rule}${since})`,
    ),
    field(out, 'target', `${status.target ?? 'none'}: ${status.why} (${status.election})`),
    field(out, 'cluster', `${status.cluster}, backend ${status.backend}, mode ${status.mode}`),
    field(out, 'seen', seenBy),
    '',
    ...table(status, out),
    ...weak(status, out),
    ...held(status, nowMs, out),
    '',
  ].join('\n');
}

const LABEL = 9;

function field(out: Output, label: string, text: string): string {
  const indent = ' '.repeat(LABEL);
  return label.padEnd(LABEL) + wrap(text, widthOf(out) - LABEL, indent);
}

function table(status: Status, out: Output): readonly string[] {
  const rows = status.proxies.flatMap((proxy) => rowsOf(proxy, status.producers));
  const header = ['proxy', 'worker', ...status.producers];
  const widths = header.map((cell, i) =>
    Math.max(...[cell, ...rows.map((row) => row.cells[i] ?? '')].map((c) => c.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    paint(out, 'bold', line(header)),
    ...rows.map(({ cells, fault }) =>
      fault === null
        ? line(cells)
        : wrap(
            `${(cells[0] ?? '').padEnd(widths[0] ?? 0)}  ${paint(out, 'red', 'not seen')}: ${fault}`,
            widthOf(out),
            '    ',
          ),
    ),
  ];
}

interface Row {
  readonly cells: readonly string[];
  readonly fault: string | null;
}

function rowsOf(proxy: StatusProxy, producers: readonly string[]): readonly Row[] {
  if (proxy.error !== null) return [{ cells: [proxy.name], fault: proxy.error.message }];
  return proxy.workers.map((worker) => ({
    cells: [
      proxy.name,
      worker.old ? `${worker.pid} old` : `${worker.pid}`,
      ...producers.map((name) => {
        const server = worker.producers.find((one) => one.name === name);
        return server === undefined ? '-' : `${server.sessions} ${server.status}`;
      }),
    ],
    fault: null,
  }));
}

/** Proxies where HAProxy would refuse to close a session. */
function weak(status: Status, out: Output): readonly string[] {
  return status.proxies
    .filter(({ level }) => level !== null && level !== 'admin')
    .map(({ name, level }) => {
      const text = `${name}: its socket is at level ${level}: seen, but no session can be closed there; give it "level admin"`;
      return wrap(paint(out, 'yellow', text), widthOf(out), '  ');
    });
}

function held(status: Status, nowMs: number, out: Output): readonly string[] {
  if (status.gates.length === 0) return [];
  const lines = status.gates.map(({ gate, proxy, until, reason }) => {
    const opens = until === null ? '' : `, ${duration(Date.parse(until) - nowMs)} more`;
    const name = paint(out, 'yellow', gate);
    return `  ${wrap(`${name}${proxy === null ? '' : ` at ${proxy}`}${opens}: ${reason}`, widthOf(out) - 2, '    ')}`;
  });
  return ['', paint(out, 'bold', 'held back by'), ...lines];
}
