// What stands around the picture: the verdict, the facts beside it, the gates, the peers and what happened.
import type { HistoryEntry } from '../domain/history.ts';
import type { Status, StatusGate, StatusPeer } from '../domain/status.ts';
import { html, svg } from './dom.ts';
import type { Child } from './dom.ts';
import { clockText, countdown, lasting } from './ticking.ts';
import { sentence, TONES, verdictWord } from './words.ts';

/** The icon's shape, one of index.html's, says the same as its colour. */
export function verdict({
  verdict: judged,
  says,
}: Pick<Status, 'verdict' | 'says'>): readonly Child[] {
  const tone = TONES[judged];
  const icon = svg('svg', { class: tone, 'aria-hidden': 'true' }, svg('use', { href: `#${tone}` }));
  return [icon, html('div', '', html('h1', tone, verdictWord(judged)), html('p', '', says))];
}

export function facts(status: Status): readonly Child[] {
  const { since, target, mode, paused, override, degraded } = status;
  return [
    since && fact('Since', `${clockText(since)}, for `, lasting(since)),
    fact('Target', target ?? 'none'),
    fact('Mode', mode),
    paused &&
      fact(
        'Paused',
        paused.until ? 'ends ' : 'until resumed',
        paused.until && countdown(paused.until),
      ),
    override && fact('Override', `to ${override.to}, ends `, countdown(override.until)),
    degraded.length > 0 && fact('Not seen in full', degraded.join(', ')),
  ];
}

function fact(name: string, ...said: readonly Child[]): HTMLElement {
  return html('div', '', html('dt', '', name), html('dd', '', ...said));
}

export function gateList(gates: readonly StatusGate[], none: string): readonly Child[] {
  return gates.length === 0
    ? [html('p', 'none', none)]
    : [html('ul', 'gates', ...gates.map(gateItem))];
}

function gateItem({ gate, proxy, until, reason, opens }: StatusGate): HTMLElement {
  return html(
    'li',
    '',
    html('b', '', gate, proxy && ` at ${proxy}`),
    until && html('span', 'until', 'opens ', countdown(until)),
    html('p', '', sentence(reason)),
    html('p', 'none', sentence(opens)),
  );
}

export function peerList({ peers, target }: Pick<Status, 'peers' | 'target'>): readonly Child[] {
  return peers.map((peer) => peerItem(peer, target));
}

function peerItem(
  { name, reachable, error, target, mode, version }: StatusPeer,
  ours: Status['target'],
): HTMLElement {
  if (!reachable) return html('li', 'bad', `✕ ${name} is not reached: ${error?.message ?? ''}`);
  const agrees = target === ours;
  const wants = agrees ? 'the same target' : (target ?? 'no target');
  const said = `${agrees ? '✓' : '≠'} ${name} wants ${wants} · ${mode} · ${version}`;
  return html('li', agrees ? '' : 'watch', said);
}

export function historyList(entries: readonly HistoryEntry[]): readonly Child[] {
  return entries.map(({ at, kind, verdict: judged, result, says }) => {
    const tone = judged ? TONES[judged] : result === 'ok' ? 'good' : result ? 'watch' : 'calm';
    const time = html('time', { datetime: at, title: at }, clockText(at));
    return html('li', `${tone} ${kind}`, time, html('span', '', says));
  });
}
