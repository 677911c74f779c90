// The words and marks for what a status says: a colour never stands alone.
import type { Status, StatusProxy } from '../domain/status.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Health } from '../domain/view.ts';

/** How bad it is. */
export type Tone = 'good' | 'watch' | 'bad' | 'calm';

export const TONES: Readonly<Record<Verdict, Tone>> = {
  converged: 'good',
  idle: 'calm',
  holding: 'watch',
  'failed-over': 'watch',
  'views-differ': 'watch',
  sticky: 'bad',
  'split-brain': 'bad',
  'no-producer': 'bad',
  blind: 'bad',
};

/** In the order in which they are shown. */
export const HEALTH_MARKS: Readonly<Record<Health, string>> = {
  up: '✓',
  down: '✕',
  maint: '⏸',
  drain: '↓',
  unknown: '?',
};

/** As a headline. */
export function verdictWord(verdict: Verdict): string {
  return capital(verdict.replace('-', ' '));
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  return `${capital(text).replace(/[.]$/, '')}.`;
}

export function isWrong({ target }: Status, producer: string): boolean {
  return target !== null && producer !== target;
}

export function sessionsOf({ workers }: StatusProxy): number {
  return workers.flatMap((one) => one.producers).reduce((sum, one) => sum + one.sessions, 0);
}

export function count(sessions: number): string {
  return `${sessions} session${sessions === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
