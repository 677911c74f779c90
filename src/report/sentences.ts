// Decisions as sentences for whoever is woken by them.
import type { Gate, Judgement, PinOrder, Plan, Step } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Now } from '../domain/time.ts';
import type { Hidden, ProxySight, Snapshot, View } from '../domain/view.ts';
import { driveWords, moveWords, peerWords } from './sidecar-words.ts';
import { clockTime, wallMs } from './wall.ts';

type FaultText = (fault: Fault) => string;

/**
 * `split-brain (R30): ha1 main=4 backup=0, ha2 main=0 backup=4; target main; held: cooldown ha2 until 03:12:10Z - …`.
 * Why a proxy is not seen is told once. Counts are of all workers, with those of old ones said. So are a status other than plain UP, why a target is new, an
 * override or a pause that begins or ends, peers that are gone or have come, and pins that are not just renewed.
 */
export function decisionSentence(
  previous: { readonly judgement: Judgement; readonly snapshot: Snapshot } | null,
  next: { readonly judgement: Judgement; readonly snapshot: Snapshot; readonly now: Now },
  faultText: FaultText,
): string {
  const { judgement, snapshot, now } = next;
  const before = previous?.judgement ?? null;
  const { verdict, rule, hold, producers, plan, gates } = judgement;
  const sights = snapshot.proxies.map((proxy) =>
    isStillUnseen(proxy, previous?.snapshot)
      ? `${proxy.name} unseen`
      : sightWords(proxy, producers, faultText),
  );
  return [
    `${verdict} (${hold === null ? rule : `${rule}, ${hold}`}): ${sights.join(', ')}`,
    ...peerWords(previous?.snapshot.peers, snapshot.peers),
    targetWords(before, judgement),
    ...overrideWords(before, next),
    ...pauseWords(before, next),
    ...moveWords(before, judgement),
    ...driveWords(before, judgement),
    ...pinWords(newOrders(before, judgement)),
    ...judgement.unheeded.map((name) => `${name} does not do as its pin says`),
    ...(plan === null ? [] : planWords(plan)),
    ...(gates.length === 0 ? [] : [`held: ${gateWords(gates, now).join('; ')}`]),
  ].join('; ');
}

/** For the reason that was told with the decision before. */
function isStillUnseen({ name, sight }: ProxySight, previous: Snapshot | undefined): boolean {
  const before = previous?.proxies.find((proxy) => proxy.name === name)?.sight;
  return (
    sight.kind === 'unseen' && before?.kind === 'unseen' && sight.fault.kind === before.fault.kind
  );
}

function sightWords(
  { name, sight }: ProxySight,
  producers: readonly string[],
  faultText: FaultText,
) {
  if (sight.kind === 'unseen') return `${name} unseen (${faultText(sight.fault)})`;
  const { value } = sight;
  const counts = producers.flatMap((producer) => producerWords(value, producer));
  return [name, ...counts, ...hiddenWords(value.hidden, faultText)].join(' ');
}

/** A master socket that does not answer; that none is named is known, and `status` and `check` say it. */
function hiddenWords(hidden: Hidden | null, faultText: FaultText): string[] {
  if (hidden === null || hidden.kind === 'no-master') return [];
  return [`(old workers unseen: ${faultText(hidden)})`];
}

/** Health is the serving worker's, which stands first; an old one's is frozen. */
function producerWords({ workers }: View, producer: string): string[] {
  const [serving, ...old] = workers.map(({ servers }) =>
    servers.find(({ name }) => name === producer),
  );
  if ([serving, ...old].every((server) => server === undefined)) return [];
  const inOld = old.reduce((sum, server) => sum + (server?.sessions ?? 0), 0);
  const status = serving?.status ?? 'UP';
  const notes = [
    ...(status === 'UP' ? [] : [status]),
    ...(inOld === 0 ? [] : [`${inOld} in old workers`]),
  ];
  const sessions = (serving?.sessions ?? 0) + inOld;
  return [`${producer}=${sessions}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`];
}

function targetWords(previous: Judgement | null, { target, election, why }: Judgement): string {
  const named = target === null ? 'no target' : `target ${target}`;
  if (previous !== null && previous.target === target) return named;
  const before = previous === null || previous.target === null ? '' : `, was ${previous.target}`;
  return `${named} (${election}${before}: ${why})`;
}

function overrideWords(
  previous: Judgement | null,
  { judgement, now }: { readonly judgement: Judgement; readonly now: Now },
): string[] {
  const { override } = judgement;
  const before = previous?.override ?? null;
  if (override === null) return before === null ? [] : ['the override has ended'];
  if (before?.to === override.to && before.untilWallMs === override.untilWallMs) return [];
  return [`override to ${override.to} until ${clockTime(now, override.untilWallMs)}`];
}

function pauseWords(
  previous: Judgement | null,
  { judgement, now }: { readonly judgement: Judgement; readonly now: Now },
): string[] {
  const { paused } = judgement;
  const before = previous?.paused ?? null;
  if (paused === null) return before === null ? [] : ['the pause has ended'];
  if (before?.untilWallMs === paused.untilWallMs) return [];
  return paused.untilWallMs === null
    ? ['paused until somebody resumes']
    : [`paused until ${clockTime(now, paused.untilWallMs)}`];
}

/** Orders that change a pin, and were not given already in the decision before. */
export function newOrders(previous: Judgement | null, { pins }: Judgement): readonly PinOrder[] {
  const given = previous?.pins.filter(({ renews }) => !renews) ?? [];
  return pins.filter(
    ({ proxy, serverId, renews }) =>
      !renews && !given.some((order) => order.proxy === proxy && order.serverId === serverId),
  );
}

/** `pinning ha1, ha2 to backup`, `releasing ha3`. */
function pinWords(orders: readonly PinOrder[]): string[] {
  const servers = [...new Set(orders.map(({ server }) => server))];
  return servers.map((server) => {
    const proxies = orders.filter((order) => order.server === server).map(({ proxy }) => proxy);
    return server === null
      ? `releasing ${proxies.join(', ')}`
      : `pinning ${proxies.join(', ')} to ${server}`;
  });
}

/** `closing ha1/backup (4), ha1/backup (3, old worker 123)`, then each higher rung with the reason of climbing. */
function planWords({ steps }: Plan): string[] {
  const closing = steps.filter((step) => step.server !== null).map(closingWords);
  const climbing = steps.filter((step) => step.server === null);
  return [
    ...(closing.length === 0 ? [] : [`closing ${closing.join(', ')}`]),
    ...climbing.map(({ action, proxy, sessions, climbed }) => {
      const why = climbed === null ? '' : ` - ${climbed}`;
      return `${action === 'restart' ? 'restarting' : 'reloading'} ${proxy} (${sessions})${why}`;
    }),
  ];
}

function closingWords({ action, proxy, pid, server, sessions }: Step): string {
  const where = action === 'close-session' ? `, old worker ${pid}` : '';
  return `${proxy}/${server} (${sessions}${where})`;
}

function gateWords(gates: readonly Gate[], now: Now): string[] {
  return gates.map(({ gate, proxy, untilMs, reason }) => {
    const where = proxy === null ? '' : ` ${proxy}`;
    const until = untilMs === null ? '' : ` until ${clockTime(now, wallMs(now, untilMs))}`;
    return `${gate}${where}${until} - ${reason}`;
  });
}
