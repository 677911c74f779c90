// The words of every gate: what it is there for, and what opens it, by itself or by whom.
import { fitToStay } from '../decide/fitness.ts';
import type { Gate, Judgement } from '../domain/decision.ts';
import type { GateName } from '../domain/verdict.ts';
import type { ServerView, Snapshot } from '../domain/view.ts';

/** What is known where a gate is shut. */
export interface GateScene {
  readonly backend: string;
  readonly judgement: Pick<Judgement, 'producers' | 'target'>;
  readonly snapshot: Snapshot;
}

/** What a gate is there for, as a sentence without its full stop. */
export function gateSays(gate: GateName): string {
  switch (gate) {
    case 'failback-wait':
      return 'nobody is moved back before the better producer has lasted';
    case 'not-in-sync':
      return 'nobody is moved to a producer that its probe does not find in step';
    case 'flapping':
      return 'after too many moves the next one waits longer';
    case 'leader-slot':
      return 'nobody is moved while a producer is about to be needed';
    case 'peer-disagrees':
      return 'a move that can wait is made by all supervisors together';
    case 'blind':
      return 'nothing is done where nothing is seen, and a move that can wait needs sight of every proxy';
    case 'observe-only':
      return 'with mode: observe nothing is done';
    case 'paused':
      return 'while an operator has paused mainstay nothing is done';
    case 'not-driver':
      return 'each proxy has one supervisor that acts there';
    case 'cooldown':
      return 'after a closing, clients are left in peace at that proxy for a while';
    case 'budget':
      return 'no more than so many closings within so much time, whatever is seen';
    case 'unconfirmed':
      return 'nothing is closed on the word of one look';
    case 'stalled':
      return 'after mainstay stood still it looks again before it acts';
    case 'not-steerable':
      return 'nothing is closed that would come back to the wrong producer';
    case 'target-not-up':
      return 'nothing is closed where the target would not take it';
    case 'level-too-low':
      return 'the way to HAProxy must be allowed to close sessions';
    case 'draining':
      return 'what an operator is draining is left to end';
    default:
      return gate satisfies never;
  }
}

/**
 * What opens a shut gate: the end of a sentence that begins with "Opens", without its full stop. It does not say again
 * what `reason` says. With `untilMs` it opens then, and these words say how.
 */
export function gateOpens({ gate, proxy, untilMs }: Gate, scene: GateScene): string {
  const timed = untilMs !== null;
  const at = proxy ?? 'that proxy';
  const target = scene.judgement.target ?? 'the target';
  switch (gate) {
    case 'failback-wait': {
      const better = betterIn(scene);
      return timed
        ? `by itself, if ${better} stays up; to go now: mainstay converge --to ${better}`
        : `once ${better} is UP at every proxy and its checks pass; see to ${better}`;
    }
    case 'not-in-sync':
      return 'by itself, once the probe finds it in step; see to that producer';
    case 'flapping': {
      const better = betterIn(scene);
      return timed
        ? `by itself, if ${better} stays up; sooner: mainstay resume; see why ${better} comes and goes`
        : `once ${better} is UP at every proxy and has lasted; see why it comes and goes`;
    }
    case 'leader-slot':
      return 'by itself, once that is over; not to wait: mainstay converge --force';
    case 'peer-disagrees':
      return timed
        ? 'by itself, without that peer; sooner once it is heard again: mainstay check says what is in the way'
        : 'once that peer wants the same and nothing holds it: mainstay explain beside it tells more';
    case 'blind':
      return blindOpens(at, timed, scene);
    case 'observe-only':
      return 'when mainstay.yaml says mode: converge and the daemon has read it again';
    case 'paused':
      return timed ? 'by itself; sooner: mainstay resume' : 'when somebody says: mainstay resume';
    case 'not-driver':
      return `only for the supervisor beside ${at}, which acts there: look at its own status`;
    case 'cooldown':
      return timed ? 'by itself; nothing is to be done' : 'by itself, once they are gone';
    case 'budget':
      return timed
        ? 'by itself; look for what keeps bringing sessions back: mainstay history'
        : 'when budget.max in mainstay.yaml is more than 0';
    case 'unconfirmed':
      if (timed) return 'by itself, one way or the other';
      return proxy === null
        ? 'by itself, within seconds'
        : 'by itself, with the next look that agrees';
    case 'stalled':
      return 'by itself, with the next looks';
    case 'not-steerable':
      return `when HAProxy sends new connections at ${at} to ${target} alone: mainstay check says what it lacks for that`;
    case 'target-not-up':
      return timed
        ? `by itself, if ${target} passes its checks`
        : `once ${at} shows ${target} as UP and its checks pass; see to ${target}`;
    case 'level-too-low':
      return `once that is done and HAProxy has reloaded`;
    case 'draining':
      return drainOpens(at, scene);
    default:
      return gate satisfies never;
  }
}

function blindOpens(at: string, timed: boolean, { snapshot }: GateScene): string {
  const check = 'mainstay check says what is in the way';
  if (timed) return `by itself, without ${at}; sooner once it is seen: ${check}`;
  const sight = snapshot.proxies.find(({ name }) => name === at)?.sight;
  const seen = sight?.kind === 'seen' ? 'is reached from here' : 'can be seen again';
  return `when ${at} ${seen}: ${check}`;
}

/** `set server` does not help a weight of 0, nor a server that asks by itself for no more. */
function drainOpens(at: string, scene: GateScene): string {
  const { backend, judgement, snapshot } = scene;
  const servers = servingAt(snapshot, at).filter(
    ({ name, health, sessions }) =>
      health === 'drain' &&
      sessions > 0 &&
      name !== judgement.target &&
      judgement.producers.includes(name),
  );
  const ready = servers
    .filter(({ status }) => status.startsWith('DRAIN'))
    .map(({ name }) => `set server ${backend}/${name} state ready`);
  const sooner =
    ready.length === 0
      ? 'once it takes new connections again'
      : `end the drain in HAProxy at ${at}: ${ready.join(', ')}`;
  return `by itself, when they have ended; sooner: ${sooner}`;
}

/** The most preferred producer before the target that is up somewhere: the one that a failback would go to. */
function betterIn({ judgement: { producers, target }, snapshot }: GateScene): string {
  const better = producers.slice(0, target === null ? 1 : producers.indexOf(target));
  const up = better.find((producer) =>
    snapshot.proxies.some(({ name }) =>
      fitToStay(servingAt(snapshot, name).find((server) => server.name === producer) ?? null),
    ),
  );
  return up ?? better[0] ?? 'the better one';
}

function servingAt({ proxies }: Snapshot, proxy: string): readonly ServerView[] {
  const sight = proxies.find(({ name }) => name === proxy)?.sight;
  return sight?.kind === 'seen' ? sight.value.workers[0].servers : [];
}
