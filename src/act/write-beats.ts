// Writes heartbeats: what tells a supervisor that stands by, in the proxy itself, that the one beside it lives.
import type { Fault } from '../domain/fault.ts';
import { at } from '../haproxy/answer.ts';
import { setBeat } from '../haproxy/set-beat.ts';
import type { PinOptions } from './write-pins.ts';

export interface BeatOptions extends Pick<PinOptions, 'proxies' | 'pinTable' | 'pollTimeoutMs'> {
  /** Told of the first write at a proxy that fails, and with null of the first after it that goes well. */
  readonly onBeat: (proxy: string, fault: Fault | null) => void;
}

/** One exchange within `poll.timeout`. Left out while another at that proxy has not ended: the next tick writes again. */
export type WriteBeat = (proxy: string) => Promise<void>;

/** `signal` abandons what is under way, which is no failure. */
export function makeBeatWriter(options: BeatOptions, signal: AbortSignal): WriteBeat {
  const underWay = new Set<string>();
  const failing = new Set<string>();
  return async (proxy) => {
    if (underWay.has(proxy)) return;
    underWay.add(proxy);
    const fault = await writeBeat(options, proxy, true, signal);
    underWay.delete(proxy);
    if (fault?.kind === 'abandoned' || (fault !== null) === failing.has(proxy)) return;
    if (fault === null) failing.delete(proxy);
    else failing.add(proxy);
    options.onBeat(proxy, fault);
  };
}

/** Ends the heartbeats at these proxies, so that whoever stands by need not wait for the lease. Trouble is passed over. */
export async function releaseBeats(
  options: Omit<BeatOptions, 'onBeat'>,
  proxies: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(proxies.map((proxy) => writeBeat(options, proxy, false, signal)));
}

async function writeBeat(
  { proxies, pinTable, pollTimeoutMs }: Omit<BeatOptions, 'onBeat'>,
  proxy: string,
  beats: boolean,
  signal: AbortSignal,
): Promise<Fault | null> {
  const link = proxies.find(({ name }) => name === proxy)?.link ?? null;
  if (link === null || pinTable === null) throw new TypeError(`no way for a heartbeat at ${proxy}`);
  const answer = await link.ask(setBeat.line(pinTable, beats), {
    deadlineMs: pollTimeoutMs,
    signal,
  });
  const wrote = answer.ok ? at(link.address, setBeat.read(answer.value, pinTable, beats)) : answer;
  return wrote.ok ? null : wrote.fault;
}
