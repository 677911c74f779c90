// `mainstay check` for people: what was found, worst first, each with its cure; then what was looked at, and the sum.
import { printable } from '../../haproxy/printable.ts';
import { duration, paint, widthOf, wrap } from '../layout.ts';
import type { Output } from '../world.ts';
import type { Finding, FindingLevel } from './finding.ts';
import type { CheckedProxy, CheckReport } from './check-report.ts';

const COLOUR = { error: 'red', warning: 'yellow', info: 'dim' } as const;
const INDENT = '  ';

export function checkText({ config, findings, proxies }: CheckReport, out: Output): string {
  const { file, cluster, backend, policy } = config;
  const room = widthOf(out) - INDENT.length;
  return [
    ...findings.flatMap((finding) => [...block(finding, out), '']),
    wrap(
      `Checked: ${file} (cluster ${cluster}, backend ${backend}, mode ${policy.mode})`,
      widthOf(out),
      INDENT,
    ),
    ...proxies.map((proxy) => INDENT + wrap(proxyLine(proxy), room, INDENT.repeat(2))),
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

function proxyLine({ name, address, view, files }: CheckedProxy): string {
  if (view === null) return `${name}: not seen at ${address}`;
  const [worker] = view.workers;
  const from = files.length === 0 ? '' : `, ${printable(files.map(({ path }) => path).join(', '))}`;
  return `${name}: HAProxy ${view.version} at ${address}, level ${view.level}, worker ${worker.pid} up ${duration(worker.uptimeS * 1000)}, ${worker.servers.length} servers${from}`;
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
