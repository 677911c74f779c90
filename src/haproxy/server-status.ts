// What the columns `status`, `weight` and `check_status` of a server say (management.txt 9.1).
import type { Health } from '../domain/view.ts';

/** The words that may begin a status, and how far they may go on. What is not here is `unknown`. */
const STATUS_FORMS: readonly { readonly form: RegExp; readonly health: Health }[] = [
  // `UP -1/3` and `UP 0/3` stand for a server of HAProxy 3.4 before its first check.
  { form: /^UP(?: -?\d+\/\d+)?$/, health: 'up' },
  { form: /^DOWN(?: -?\d+\/\d+| \(agent\))?$/, health: 'down' },
  { form: /^MAINT(?: \(via [^ ()]+\)| \(resolution\))?$/, health: 'maint' },
  { form: /^DRAIN(?: -?\d+\/\d+| \(agent\))?$/, health: 'drain' },
  { form: /^NOLB(?: -?\d+\/\d+)?$/, health: 'drain' },
];

/** The results of a health check that passed: layers 4 to 7, `L7OKC` (404 with disable-on-404), and external checks. */
const PASSED: ReadonlySet<string> = new Set(['L4OK', 'L6OK', 'L7OK', 'L7OKC', 'PROCOK']);

/**
 * contract.md's reading of a status. `no check` is `unknown`: HAProxy does not know either. A server that is up
 * with weight 0 gets no new connections, which is what `drain` means. `settled`: exactly `UP`.
 */
export function readStatus(
  status: string,
  weight: number,
): { readonly health: Health; readonly settled: boolean } {
  const health = STATUS_FORMS.find(({ form }) => form.test(status))?.health ?? 'unknown';
  return {
    health: health === 'up' && weight === 0 ? 'drain' : health,
    settled: status === 'UP',
  };
}

/**
 * Whether the last finished check passed. `* ` stands before the last result while a check runs. A server that
 * tracks another has no check of its own: its status is the other's, in which a failed check shows as `UP 1/2`.
 */
export function checkPassed(checkStatus: string, tracked: string): boolean {
  if (checkStatus === '') return tracked !== '';
  return PASSED.has(checkStatus.startsWith('* ') ? checkStatus.slice(2) : checkStatus);
}
