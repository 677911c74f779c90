// The steps at one proxy that was re-read: all at once, since those that are taken together are closings.
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { Look } from '../domain/ports.ts';
import type { View } from '../domain/view.ts';
import type { ActorOptions, DrivenProxy } from './actor.ts';
import { closeOld } from './close-old.ts';
import { closeServer } from './close.ts';
import { lastLook } from './last-look.ts';
import { renew } from './renew.ts';
import type { Acting } from './step.ts';

/** One outcome a step. `view`: the proxy as it was re-read. */
export async function takeSteps(
  options: ActorOptions,
  plan: Plan,
  proxy: DrivenProxy,
  steps: readonly Step[],
  view: View,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  // Health may have changed since; which workers were old has not.
  const { workers, hidden } = view;
  const look: Look = async (ends) => {
    const now = await proxy.lookServing(ends);
    if (!now.ok) return now;
    const [serving] = now.value.workers;
    return { ok: true, value: { ...now.value, workers: [serving, ...workers.slice(1)], hidden } };
  };
  const lookAgain: Acting['lookAgain'] = (step, beside = Promise.resolve()) =>
    lastLook(options, look, plan, step, beside, signal);
  const acting = { ...options, proxy, view, signal, lookAgain };
  const outcomes = await Promise.all(steps.map((step) => takeStep(acting, plan, step)));
  // A connection that is kept would keep an old worker that has answered over it.
  if (steps.some(({ action }) => action !== 'close-server')) {
    proxy.link?.drop();
    proxy.master?.drop();
  }
  return outcomes;
}

function takeStep(acting: Acting, plan: Plan, step: Step): Promise<Outcome> {
  switch (step.action) {
    case 'close-server':
      return closeServer(acting, plan, step);
    case 'close-session':
      return closeOld(acting, plan, step);
    case 'reload':
    case 'restart':
      return renew(acting, plan, step);
    default:
      throw step.action satisfies never;
  }
}
