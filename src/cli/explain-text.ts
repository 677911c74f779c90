// `mainstay explain` for people: what is, why not yet, and the rules that were asked, with what each saw.
import type { Explanation, RuleAnswer } from '../domain/explanation.ts';
import { exitOf } from './exit.ts';
import { gateSentence } from './gate-text.ts';
import { duration, paint, paragraph, widthOf, wrap } from './layout.ts';
import type { Output } from './world.ts';

/** `decidedBy` says who decided; `nowMs` is wall time. Fits in 80 columns for names of ordinary length. */
export function explanationText(
  explanation: Explanation,
  decidedBy: string,
  nowMs: number,
  out: Output,
): string {
  const { says, verdict, since, target, gates } = explanation;
  const colour = exitOf(verdict, []) === 0 ? 'green' : 'red';
  const lasting = since === null ? '' : `, for ${duration(nowMs - Date.parse(since))}`;
  const shut = gates.flatMap((gate) => gate.shut);
  const open = gates.filter((gate) => gate.shut.length === 0).map(({ gate }) => gate);
  return [
    wrap(says, widthOf(out), ''),
    '',
    paragraph(out, `Decided ${decidedBy}.`),
    '',
    ...section(out, 'Why not yet'),
    ...(shut.length === 0 ? ['  nothing is held back'] : []),
    ...shut.map((gate) => item(out, `${gateSentence(gate, nowMs)}.`, gate.gate, 'yellow')),
    '',
    ...section(out, `Why the verdict is ${verdict}${lasting}`),
    ...explanation.verdictRules.flatMap((rule) => ruleLines(out, rule, colour)),
    '',
    ...section(out, target === null ? 'Why there is no target' : `Why the target is ${target}`),
    ...explanation.electionRules.flatMap((rule) => ruleLines(out, rule, 'green')),
    '',
    paragraph(out, `Open gates: ${open.join(', ') || 'none'}.`),
    '',
  ].join('\n');
}

function section(out: Output, title: string): readonly string[] {
  return [paint(out, 'bold', title)];
}

/** A rule that was not asked says nothing. */
function ruleLines(
  out: Output,
  { id, says, answer, saw }: RuleAnswer,
  colour: 'green' | 'red',
): readonly string[] {
  if (answer === 'not-asked') return [];
  const head = `${id} ${answer === 'yes' ? 'yes' : 'no '}`;
  const text = wrap(`${head}  ${says} - ${saw}`, widthOf(out) - 2, '           ');
  return [`  ${answer === 'yes' ? text.replace(head, paint(out, colour, head)) : text}`];
}

/** Wrapped first, so that a colour takes no room. */
function item(out: Output, text: string, name: string, colour: 'yellow'): string {
  return `  ${wrap(text, widthOf(out) - 2, '    ').replace(name, paint(out, colour, name))}`;
}
