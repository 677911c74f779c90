// `mainstay status` for people: the verdict in words, one table, and what holds mainstay back.
import type { Status, StatusPeer, StatusProxy } from '../domain/status.ts';
import { noteLines, oldWorkerLines } from './blind-spots.ts';
import { exitOf } from './exit.ts';
import { gateSentence } from './gate-text.ts';
import { clockTime, duration, paint, paragraph, widthOf, wrap } from './layout.ts';
import type { Output } from './world.ts';

/** `seenBy` says who looked; `nowMs` is wall time. Fits in 80 columns for names of ordinary length. */
export function statusText(status: Status, seenBy: string, nowMs: number, out: Output): string {
  const colour = exitOf(status.verdict, status.degraded) === 0 ? 'green' : 'red';
  const since = status.since === null ? '' : `, for ${duration(nowMs - Date.parse(status.since))}`;
  return [
    wrap(status.says, widthOf(out), ''),
    '',
    field(
      out,
      'verdict',
      `${paint(out, colour, status.verdict)}${holdWords(status, nowMs)} (${status.rule}${since})`,
    ),
    field(out, 'target', `${status.target ?? 'none'}: ${status.why} (${status.election})`),
    ...overrideField(status, nowMs, out),
    ...pausedField(status, nowMs, out),
    field(out, 'cluster', `${status.cluster}, backend ${status.backend}, mode ${status.mode}`),
    field(out, 'seen', seenBy),
    ...drivesField(status, out),
    ...peerFields(status, out),
    '',
    ...table(status, out),
    ...pins(status, out),
    ...marks(status, out),
    ...held(status, nowMs, out),
    '',
  ].join('\n');
}

/** Why sessions are held, and for how long, where that is known: ` (wait, 28m3s more)`. */
function holdWords({ hold, override, gates }: Status, nowMs: number): string {
  if (hold === null) return '';
  const waits = gates.filter(({ gate }) => gate === 'failback-wait' || gate === 'flapping');
  const until = hold === 'override' ? override?.until : waits.find((one) => one.until)?.until;
  return until == null ? ` (${hold})` : ` (${hold}, ${duration(Date.parse(until) - nowMs)} more)`;
}

function overrideField({ override }: Status, nowMs: number, out: Output): readonly string[] {
  if (override === null) return [];
  const untilMs = Date.parse(override.until);
  const end = `${clockTime(untilMs)}, ${duration(untilMs - nowMs)} more`;
  const text = `to ${override.to} until ${end}; mainstay converge --clear ends it`;
  return [field(out, 'override', text)];
}

function pausedField({ paused }: Status, nowMs: number, out: Output): readonly string[] {
  if (paused === null) return [];
  const untilMs = paused.until === null ? null : Date.parse(paused.until);
  const end =
    untilMs === null ? '' : ` until ${clockTime(untilMs)}, ${duration(untilMs - nowMs)} more`;
  const text = `${paint(out, 'yellow', 'nothing is done')}${end}; mainstay resume ends it`;
  return [field(out, 'paused', text)];
}

/** Where a daemon acts on some of its proxies only. */
function drivesField({ source, proxies }: Status, out: Output): readonly string[] {
  const [on, off] = [proxies.filter(({ driven }) => driven), proxies.filter((p) => !p.driven)];
  if (source === 'look' || off.length === 0) return [];
  return [field(out, 'drives', `${namesOf(on) || 'none'}; only watches ${namesOf(off)}`)];
}

function namesOf(proxies: Status['proxies']): string {
  return proxies.map(({ name }) => name).join(', ');
}

function peerFields({ peers, ...ours }: Status, out: Output): readonly string[] {
  return peers.map((peer) => field(out, 'peer', `${peer.name}: ${peerWords(peer, ours, out)}`));
}

/** What keeps the two from agreeing, if anything. */
function peerWords(
  { reachable, error, target, mode }: StatusPeer,
  ours: Pick<Status, 'target' | 'mode'>,
  out: Output,
): string {
  if (!reachable) {
    return `${paint(out, 'red', 'not reached')}: ${error?.message ?? 'no reason given'}`;
  }
  const differs = target === ours.target ? [] : [`its target is ${target ?? 'none'}`];
  const other = mode === ours.mode ? [] : [`its mode is ${mode}`];
  const but = [...differs, ...other].join(', and ');
  return but === '' ? 'reached' : `reached, but ${paint(out, 'yellow', but)}`;
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
      `${proxy.name}${overWords(proxy)}`,
      `${worker.pid ?? '-'}${worker.old ? ' old' : ''}`,
      ...producers.map((name) => {
        const server = worker.producers.find((one) => one.name === name);
        return server === undefined ? '-' : `${server.sessions} ${server.status}`;
      }),
    ],
    fault: null,
  }));
}

/** The way to it, where it is not the usual one. */
function overWords({ transport }: StatusProxy): string {
  if (transport === null || transport === 'unix') return '';
  if (transport === 'peer') return ' by peer';
  return transport === 'stats' ? ' by page' : ` over ${transport}`;
}

/** Where pins send new connections: a line for each server, with the shortest lease of the proxies that name it. */
function pins({ proxies }: Status, out: Output): readonly string[] {
  const pinned = proxies.filter(({ pin }) => pin.server !== null);
  return [...new Set(pinned.map(({ pin }) => pin.server))].map((server) => {
    const here = pinned.filter(({ pin }) => pin.server === server);
    const names = here.map(({ name }) => name).join(', ');
    const lease = duration(Math.min(...here.map(({ pin }) => pin.leaseMs)));
    return paragraph(out, `${names}: new connections: ${server} (pinned, ${lease})`);
  });
}

/** What cannot be seen or done at proxies that are seen, each with its cure. */
function marks({ proxies }: Status, out: Output): readonly string[] {
  const seen = proxies.filter(({ reachable }) => reachable);
  const hidden = seen.filter(({ oldWorkers }) => !oldWorkers.seen);
  return [
    ...noteLines(
      out,
      seen.flatMap((proxy) => weaknesses(proxy).map((text) => ({ name: proxy.name, text }))),
    ),
    ...oldWorkerLines(
      out,
      hidden.map(({ name, oldWorkers }) => ({
        name,
        why: oldWorkers.message ?? 'no reason given',
      })),
    ),
  ];
}

function weaknesses(proxy: StatusProxy): readonly string[] {
  const { message } = proxy.pin;
  return message === null ? unfitWay(proxy) : [...unfitWay(proxy), message];
}

function unfitWay({ transport, level }: StatusProxy): readonly string[] {
  // Its own supervisor says it, where something can be done about it.
  if (transport === 'peer') return [];
  const isWeak = level !== null && level !== 'admin';
  if (transport === 'stats') {
    const blind = 'a statistics page shows neither the version of HAProxy nor its worker';
    const weak =
      'no session can be closed by the page; give mainstay "auth", and HAProxy "stats admin"';
    return isWeak ? [blind, weak] : [blind];
  }
  const weak = `the socket is at level ${level}: seen, but no session can be closed through it; give it "level admin"`;
  return isWeak ? [weak] : [];
}

function held(status: Status, nowMs: number, out: Output): readonly string[] {
  if (status.gates.length === 0) return [];
  const lines = status.gates.map((gate) => {
    const text = wrap(`${gateSentence(gate, nowMs)}.`, widthOf(out) - 2, '    ');
    return `  ${text.replace(gate.gate, paint(out, 'yellow', gate.gate))}`;
  });
  return ['', paint(out, 'bold', 'held back by'), ...lines];
}
