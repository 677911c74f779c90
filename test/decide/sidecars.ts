// Two sidecars in the model: each drives its own HAProxy, and sees the other one with the eyes of its peer, where it hears it.
import { throughPeers } from '../../src/coordinate/through-peers.ts';
import type { PeerSight, PeerView } from '../../src/domain/peer.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Snapshot } from '../../src/domain/view.ts';
import { newMind, turn, type Mind } from './minds.ts';
import type { Build, Model } from './model-parts.ts';
import { sightOf } from './model-sight.ts';
import { buildModel, pass } from './model.ts';
import { POLICY, proxyPolicy } from './world.ts';

export interface Sidecar {
  readonly name: string;
  readonly mind: Mind;
  /** Since when it does not hear the other one; null: it does. */
  deafSinceMs: number | null;
  /** What it last told, and when. */
  told: { readonly atMs: number; readonly view: PeerView } | null;
  before: Snapshot | null;
}

export interface Pair {
  readonly model: Model;
  readonly sidecars: readonly [Sidecar, Sidecar];
  /** Each sees the other's proxy itself; else with the eyes of the other alone. */
  readonly direct: boolean;
}

/** The middle of a minute, a day after the clock began. */
const START_MS = 86_400_000 + 30_000;
const STEP_MS = 500;

/** All well for a day, and all on main. */
export function pairUp(
  differs: Partial<Policy>,
  pins: Build['proxies'][number]['pins'] = 'heeded',
  direct = false,
): Pair {
  const build: Build = {
    producers: ['main', 'backup'],
    proxies: [
      { pins, hangs: false },
      { pins, hangs: false },
    ],
    relaysEach: 2,
    interMs: 1_000,
    rise: 2,
    fall: 2,
    leaseMs: 10_000,
    redialMs: 10_000,
  };
  const model = buildModel(build, START_MS);
  const sidecar = (own: string): Sidecar => {
    const proxies = ['ha1', 'ha2'].map((name) => proxyPolicy(name, { drive: name === own }));
    const policy = { ...POLICY, escalate: ['sessions' as const], ...differs, proxies };
    return { name: own, mind: newMind(policy), deafSinceMs: null, told: null, before: null };
  };
  return { model, sidecars: [sidecar('ha1'), sidecar('ha2')], direct };
}

/** One second: each decides once in it, half a second after the other. `after` is told of each decision. */
function second(pair: Pair, after: (sidecar: Sidecar) => void = () => {}): void {
  for (const [at, one] of pair.sidecars.entries()) {
    pass(pair.model, STEP_MS);
    const other = pair.sidecars[1 - at];
    if (other === undefined) continue;
    const snapshot = sees(pair, one, other);
    turn(pair.model, [one.mind], 0, () => snapshot);
    one.before = snapshot;
    one.told = tells(pair.model, one);
    after(one);
  }
}

export function wait(pair: Pair, forS: number, after?: (sidecar: Sidecar) => void): void {
  for (let s = 0; s < forS; s += 1) second(pair, after);
}

export function setDeaf({ model, sidecars }: Pair, deaf: readonly [boolean, boolean]): void {
  for (const [at, one] of sidecars.entries()) {
    one.deafSinceMs = deaf[at] === true ? (one.deafSinceMs ?? model.nowMs) : null;
  }
}

function sees({ model, direct }: Pair, one: Sidecar, other: Sidecar): Snapshot {
  const own = model.proxies.filter(({ name }) => direct || name === one.name);
  return throughPeers(
    { proxies: own.map((proxy) => sightOf(model, proxy)) },
    ['ha1', 'ha2'],
    [heard(model, one, other)],
    { nowMs: model.nowMs, intervalMs: 1_000, timeoutMs: 800, before: one.before },
  );
}

function heard(model: Model, one: Sidecar, other: Sidecar): PeerSight {
  const { name, told } = other;
  const { nowMs } = model;
  const unseen = (kind: 'not-yet' | 'unreachable' | 'late', sinceMs: number): PeerSight => {
    return { name, sight: { kind: 'unseen', sinceMs, fault: { kind, message: kind } } };
  };
  if (one.deafSinceMs !== null) return unseen('unreachable', one.deafSinceMs);
  if (told === null) return unseen('not-yet', nowMs);
  if (nowMs - told.atMs > 1_800) return unseen('late', told.atMs);
  return { name, sight: { kind: 'seen', atMs: told.atMs, value: told.view } };
}

/** Null while it is dead. */
function tells(model: Model, { name, mind }: Sidecar): Sidecar['told'] {
  const { decision, policy } = mind;
  if (decision === null) return null;
  const { producers, target, move, paused, override, clearedWallMs } = decision;
  const proxies = model.proxies
    .filter((proxy) => proxy.name === name)
    .flatMap((proxy) => {
      const { sight } = sightOf(model, proxy);
      return sight.kind === 'seen' ? [{ name, ageMs: 0, view: sight.value }] : [];
    });
  const view: PeerView = {
    version: '0.0.0',
    cluster: 'model',
    backend: 'bp',
    self: name,
    mode: policy.mode,
    producers,
    target,
    move,
    paused: paused !== null,
    override,
    clearedWallMs,
    proxies,
  };
  return { atMs: model.nowMs, view };
}
