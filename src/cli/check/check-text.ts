// `mainstay check` for people: what was found, worst first, each with its cure; then what was looked at, and the sum.
import { printable } from '../../haproxy/printable.ts';
import { duration, paint, widthOf, wrap } from '../layout.ts';
import type { Output } from '../world.ts';
import type { AskedPeer } from './ask-peers.ts';
import type { Finding, FindingLevel } from './finding.ts';
import type { CheckedProxy, CheckReport } from './check-report.ts';
import type { Tried } from './ways.ts';

const COLOUR = { error: 'red', warning: 'yellow', info: 'dim' } as const;
const INDENT = '  ';

export function checkText({ config, findings, proxies, peers }: CheckReport, out: Output): string {
  const { file, cluster, backend, policy } = config;
  return [
    ...findings.flatMap((finding) => [...block(finding, out), '']),
    wrap(
      `Checked: ${file} (cluster ${cluster}, backend ${backend}, mode ${policy.mode})`,
      widthOf(out),
      INDENT,
    ),
    ...proxies.flatMap((proxy) =>
      proxyLines(proxy).map((line, i) => {
        const indent = INDENT.repeat(i === 0 ? 1 : 2);
        return indent + wrap(line, widthOf(out) - indent.length, INDENT.repeat(i === 0 ? 2 : 3));
      }),
    ),
    ...peers.map((peer) => INDENT + wrap(peerLine(peer), widthOf(out) - 2, INDENT.repeat(2))),
    sum(findings, out),
    '',
  ].join('\n');
}

function block({ level, id, where, message, cure }: Finding, out: Output): readonly string[] {
  const room = widthOf(out) - INDENT.length;
  const [sentence = '', ...lines] = cure.split('\n');
  const title = wrap(`${level} ${id}  ${where}`, widthOf(out), INDENT);
  const head = `${level} ${id}`;
  return [
    `${paint(out, COLOUR[level], level)} ${paint(out, 'bold', id)}${title.slice(head.length)}`,
    INDENT + wrap(message, room, INDENT),
    ...(sentence === '' ? [] : [INDENT + wrap(`Cure: ${sentence}`, room, INDENT)]),
    ...lines,
  ];
}

/** The proxy, then a line for each way to it that is configured. */
function proxyLines({ ways, files }: CheckedProxy): readonly string[] {
  const { proxy, view, runtime, master, stats } = ways;
  const lines = [
    ...wayLine('runtime', runtime, ({ level }) => `level ${level}`),
    ...wayLine('master', master, ({ level, old }) =>
      [...(level === null ? [] : [`level ${level}`]), many(old.length, 'old worker')].join(', '),
    ),
    ...wayLine('stats', stats, ({ level }) =>
      level === 'admin' ? 'with a password' : 'to look at',
    ),
  ];
  if (view === null) return [`${proxy.name}: not seen`, ...lines];
  const [{ pid, uptimeS, servers }] = view.workers;
  const parts = [
    view.version === null ? 'HAProxy' : `HAProxy ${view.version}`,
    `worker${pid === null ? '' : ` ${pid}`} up ${duration(uptimeS * 1000)}`,
    many(servers.length, 'server'),
    ...files.map(({ path }) => printable(path)),
  ];
  return [`${proxy.name}: ${parts.join(', ')}`, ...lines];
}

/** Of a way that failed, the id of the finding that tells of it. */
function wayLine<T>(
  setting: string,
  tried: Tried<T> | null,
  shows: (value: T) => string,
): readonly string[] {
  if (tried === null) return [];
  const { address, result, tookMs } = tried;
  const what = result.ok ? shows(result.value) : result.fault.kind;
  return [`${setting} ${address}: ${what}, ${tookText(tookMs)}`];
}

function peerLine({ peer, result, tookMs }: AskedPeer): string {
  const { name, url } = peer;
  const what = result.ok
    ? `mainstay ${printable(result.value.version)}, mode ${result.value.mode}, target ${result.value.target ?? 'none'}`
    : result.fault.kind;
  return `peer ${name} ${url}: ${what}, ${tookText(tookMs)}`;
}

function tookText(ms: number): string {
  return ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`;
}

function sum(findings: readonly Finding[], out: Output): string {
  const count = (level: FindingLevel): number =>
    findings.filter((finding) => finding.level === level).length;
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')];
  const told = `${many(errors, 'error')}, ${many(warnings, 'warning')}, ${infos} info`;
  if (errors + warnings === 0) return `${paint(out, 'green', 'Nothing is wrong')}: ${told}.`;
  return `${paint(out, errors > 0 ? 'red' : 'yellow', told)}.`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
