// Pins and heartbeats that are not left to their lease when a supervisor ends.
import { releaseBeats } from '../act/write-beats.ts';
import { writePins, type PinOptions } from '../act/write-pins.ts';
import type { Judgement, PinOrder } from '../domain/decision.ts';
import type { Snapshot } from '../domain/view.ts';

const WITHIN_MS = 1000;

/**
 * Releases every pin that stands, or may just have been written, at the proxies of `options`, and the heartbeats that
 * this supervisor wrote last; within a second in all.
 */
export async function releasePins(
  options: PinOptions,
  { snapshot, judgement }: { readonly snapshot: Snapshot; readonly judgement: Judgement },
): Promise<void> {
  const standing = snapshot.proxies.filter(
    ({ sight }) =>
      sight.kind === 'seen' && sight.value.pin.kind === 'table' && sight.value.pin.serverId !== 0,
  );
  const ordered = judgement.pins.filter(({ server }) => server !== null);
  const names = new Set([
    ...standing.map(({ name }) => name),
    ...ordered.map(({ proxy }) => proxy),
  ]);
  const pins = options.proxies
    .filter(({ name }) => names.has(name))
    .map(({ name }) => releaseOrder(name));
  const within = AbortSignal.timeout(WITHIN_MS);
  await Promise.all([
    writePins(options, { ...judgement, pins }, within),
    releaseBeats(options, judgement.beats, within),
  ]);
}

export function releaseOrder(proxy: string): PinOrder {
  return { proxy, server: null, serverId: 0, renews: false };
}
