// Holding a producer by hand: its pins are renewed for as long as this command runs, and released when it ends.
import { setMaxListeners } from 'node:events';
import { writePins } from '../act/write-pins.ts';
import { decideByHand } from '../decide/by-hand.ts';
import { fitToStay } from '../decide/fitness.ts';
import type { PinOrder } from '../domain/decision.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { pinOptions, type ByHand } from './by-hand-acts.ts';
import { lookAtAll } from './look.ts';
import { releaseOrder } from './release.ts';

/** `yielded`: the producer is not up at any proxy that is seen. `stopped`: by Ctrl-C. */
export type HoldEnd = 'over' | 'yielded' | 'stopped';

export interface Hold {
  /** Once this has been called, pins are not only renewed but written where they are missing. Resolves at its end. */
  until(endMs: number): Promise<HoldEnd>;
  /** Renews no more, and releases every pin that was seen on the producer; within `poll.timeout`. */
  release(): Promise<void>;
}

/**
 * Begins at once: what is done beside it may take longer than a pin lives.
 * @param orders the pins on `target` that are written beside it, or by it once `until` was called
 */
export function startHold(hand: ByHand, target: string, orders: readonly PinOrder[]): Hold {
  const { world, config, wish, memory, signal } = hand;
  const { clock } = world;
  const { policy } = config;
  const ending = new AbortController();
  const stop = AbortSignal.any([ending.signal, signal]);
  setMaxListeners(0, stop);
  const pinned = new Set(orders.filter(({ server }) => server !== null).map(({ proxy }) => proxy));
  const tell = troubleTeller(hand);
  let endMs: number | null = null;
  /** Looks in a row that showed the producer up nowhere. */
  let gone = 0;

  const renew = async (): Promise<void> => {
    const sighting = await lookAtAll(world, config, hand.proxies);
    if (stop.aborted) return;
    const seen = sighting.snapshot.proxies.flatMap(({ name, sight }) => {
      if (sight.kind === 'unseen') tell(name, `not seen: ${faultText(sight.fault)}`);
      return sight.kind === 'seen' ? [sight.value.workers[0]] : [];
    });
    const up = seen.some(({ servers }) =>
      fitToStay(servers.find(({ name }) => name === target) ?? null),
    );
    gone = seen.length > 0 && !up ? gone + 1 : 0;
    const { pins, verdict } = decideByHand([sighting], memory, policy, { ...wish, to: target });
    // While something else acts, it is for that to say where a pin moves.
    const due = pins.filter(({ server, renews }) => server !== null && (renews || endMs !== null));
    for (const { proxy } of due) pinned.add(proxy);
    const written = await writePins(pinOptions(hand), { pins: due, target, verdict }, stop);
    for (const { proxy, result, fault } of written) {
      if (result === 'failed' && fault !== null) tell(proxy, faultText(fault));
      if (result === 'ok') tell(proxy, null);
    }
  };
  const end = (): HoldEnd | null => {
    if (stop.aborted) return 'stopped';
    if (endMs === null) return null;
    if (gone >= policy.confirm) return 'yielded';
    return clock.now().monoMs >= endMs ? 'over' : null;
  };
  const renewing = (async (): Promise<HoldEnd> => {
    for (;;) {
      await renew();
      const ended = end();
      if (ended !== null) return ended;
      const leftMs = (endMs ?? Infinity) - clock.now().monoMs;
      await clock.sleep(Math.min(policy.pollIntervalMs, leftMs), stop);
    }
  })();
  return {
    until: (ms) => {
      endMs = ms;
      return renewing;
    },
    release: async () => {
      ending.abort();
      await renewing;
      const pins = [...pinned].map(releaseOrder);
      // A Ctrl-C must not keep it from being released.
      const within = AbortSignal.timeout(policy.pollTimeoutMs);
      await writePins(pinOptions(hand), { pins, target, verdict: 'holding' }, within);
    },
  };
}

/** Says the trouble of a proxy when it begins, or is another one; null: there is none now. */
function troubleTeller({ warn }: ByHand): (proxy: string, trouble: string | null) => void {
  const known = new Map<string, string | null>();
  return (proxy, trouble) => {
    const before = known.get(proxy) ?? null;
    known.set(proxy, trouble);
    if (trouble === before) return;
    warn(
      trouble === null
        ? `${proxy}: its pin is renewed again`
        : `${proxy}: its pin is not renewed, and lives on until its lease ends: ${trouble}`,
    );
  };
}
