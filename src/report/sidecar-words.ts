// What a decision says of the other supervisors: who is gone or has come, and how far a move is that both have to make.
import type { Judgement } from '../domain/decision.ts';
import type { PeerSight } from '../domain/peer.ts';

/** Those that are unseen each time, as proxies are; one that is seen when it comes. */
export function peerWords(
  previous: readonly PeerSight[] = [],
  peers: readonly PeerSight[] = [],
): string[] {
  return peers.flatMap(({ name, sight }) => {
    if (sight.kind === 'unseen') return [`peer ${name} unseen (${sight.fault.message})`];
    const before = previous.find((peer) => peer.name === name);
    return before?.sight.kind === 'unseen' ? [`peer ${name} seen`] : [];
  });
}

/** That a move is pending its gates say; that nothing of ours holds it, and that it is pending no longer, say no gates. */
export function moveWords(previous: Judgement | null, { move, target, plan }: Judgement): string[] {
  const before = previous?.move ?? null;
  if (move?.ready === true) return before?.ready === true ? [] : [`ready to move to ${target}`];
  if (move !== null) return before?.ready === true ? [`not ready to move to ${target} now`] : [];
  const goesOn = before !== null && plan === null && previous?.target === target;
  return goesOn ? [`the move to ${target} is pending no longer`] : [];
}

/** A proxy whose own supervisor is gone, and one whose own is back. */
export function driveWords(previous: Judgement | null, { drives }: Judgement): string[] {
  if (previous === null) return [];
  const come = drives.filter((name) => !previous.drives.includes(name));
  const gone = previous.drives.filter((name) => !drives.includes(name));
  return [
    ...(come.length === 0 ? [] : [`acting on ${come.join(', ')} from now on`]),
    ...(gone.length === 0 ? [] : [`acting on ${gone.join(', ')} no longer`]),
  ];
}
