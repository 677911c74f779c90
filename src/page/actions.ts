// What an operator can order here: converge by a plan that was shown, pause, resume, and the end of an override.
import type { DryRun } from '../domain/dry-run.ts';
import type { Status } from '../domain/status.ts';
import type { Answer, Api } from './api.ts';
import { byId, html, makePut } from './dom.ts';
import { drawPlan, planKey } from './plan.ts';

export interface Actions {
  /** The producers to choose from, and whether there is an override to clear. */
  show(status: Status): void;
}

interface Wish {
  readonly to: string;
  readonly for?: string;
}

/** A plan that was shown longer ago than this is not carried out. */
const PLAN_LIVES_MS = 60_000;

/** `done` is called after each order that was taken. */
export function makeActions(api: Api, done: () => void): Actions {
  const select = byId('to');
  const converge = byId('converge');
  const said = byId('said');
  const put = makePut();
  let shown: { readonly wish: Wish; readonly key: string } | null = null;
  let forget = 0;

  const say = (text: string, kind = ''): void => {
    said.textContent = text;
    said.className = kind;
  };
  const drop = (): void => {
    clearTimeout(forget);
    shown = null;
    converge.disabled = true;
    put('plan');
  };
  /** Null: it was not taken, and why has been said. */
  const post = async <T>(path: string, body: object): Promise<T | null> => {
    if (!api.hasToken()) {
      say('Type the token first.', 'bad');
      askToken();
      return null;
    }
    say('Asking …');
    const answer: Answer<T> = await api.post(path, body);
    if (answer.kind === 'ok') return answer.value;
    if (answer.kind === 'refused') say(`Refused: ${answer.message}.`, 'bad');
    else say('No answer. It may or may not have been taken: watch what happens.', 'bad');
    return null;
  };
  const order = async (path: string, body: object, taken: string): Promise<void> => {
    if ((await post(path, body)) === null) return;
    say(`Taken: ${taken}`, 'good');
    done();
  };
  const showPlan = async (wish: Wish, isSecond: boolean): Promise<void> => {
    const plan = await post<DryRun>('/v1/converge', { ...wish, dryRun: true });
    const key = plan && planKey(plan);
    if (isSecond && key === shown?.key) {
      drop();
      return order('/v1/converge', wish, `all go to ${wish.to}. Watch the picture.`);
    }
    drop();
    if (!plan || !key) return;
    put('plan', ...drawPlan(plan));
    shown = { wish, key };
    converge.disabled = false;
    forget = window.setTimeout(drop, PLAN_LIVES_MS);
    if (isSecond) say('The plan has changed meanwhile; nothing was done. Look again.', 'bad');
    else say('Nothing is done yet. Converge carries out this plan.');
  };

  for (const id of ['to', 'for']) byId(id).addEventListener('input', drop);
  on('converge-form', 'submit', () => showPlan({ to: select.value, ...lasting('for') }, false));
  on('converge', 'click', async () => shown && showPlan(shown.wish, true));
  on('pause-form', 'submit', () =>
    order('/v1/pause', lasting('pause-for'), 'mainstay watches, and does nothing.'),
  );
  on('resume', 'click', () => order('/v1/resume', {}, 'mainstay acts again.'));
  on('clear', 'click', () => order('/v1/converge', { clear: true }, 'the override ends.'));

  return {
    show({ producers, override }) {
      const chosen = select.value;
      put('to', ...producers.map((name) => html('option', '', name)));
      if (producers.includes(chosen)) select.value = chosen;
      byId('clear').hidden = override === null;
    },
  };
}

export function askToken(): void {
  byId('token').focus();
}

/** The duration in a field; none: the daemon's own. */
function lasting(id: string): { readonly for?: string } {
  const text = byId(id).value.trim();
  return text === '' ? {} : { for: text };
}

/** `work` does not run twice at a time. */
function on(id: string, event: string, work: () => Promise<unknown>): void {
  let isBusy = false;
  byId(id).addEventListener(event, (what) => {
    what.preventDefault();
    if (isBusy) return;
    isBusy = true;
    void work().finally(() => (isBusy = false));
  });
}
