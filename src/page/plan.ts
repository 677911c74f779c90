// What an override would do, shown before anything is done.
import type { StepAction } from '../domain/decision.ts';
import type { DryRun } from '../domain/dry-run.ts';
import { html } from './dom.ts';
import type { Child } from './dom.ts';
import { gateList } from './sections.ts';
import { countdown } from './ticking.ts';
import { count } from './words.ts';

const WORDS: Readonly<Record<StepAction, string>> = {
  'close-server': 'close',
  'close-session': 'close, in an old worker,',
  reload: 'reload HAProxy for',
  restart: 'restart HAProxy for',
};

export function drawPlan({ to, until, steps, gates }: DryRun): readonly Child[] {
  return [
    html('b', '', `Plan: all to ${to}`),
    html('p', '', 'The override ends ', countdown(until), '.'),
    !steps[0] && html('p', '', 'No session needs to be closed now.'),
    html('ol', '', ...steps.map((step) => html('li', '', stepText(step)))),
    gates[0] ? html('p', '', 'It waits until these open:') : null,
    ...gateList(gates, 'No gate holds it back.'),
  ];
}

/** Equal for plans that do the same, whatever relays come and go meanwhile. */
export function planKey({ to, steps, gates }: DryRun): string {
  return JSON.stringify([
    to,
    steps.map((step) => ({ ...step, sessions: 0 })),
    gates.map(({ gate, proxy }) => [gate, proxy]),
  ]);
}

function stepText({ action, proxy, server, sessions }: DryRun['steps'][number]): string {
  return `${proxy}: ${WORDS[action]} ${count(sessions)}${server ? ` on ${server}` : ''}`;
}
