// A stand-in for a relay: keeps one connection through each of its proxies, and dials again when it is closed.
import { connect } from 'node:net';
import type { Endpoint } from './layout.ts';
import type { Ledger } from './ledger.ts';
import { redial } from './redial.ts';

export interface Relay {
  readonly name: string;
  /** As a restart of the node: hangs up, forgets its failures, and dials at once. With `proxy`, only that connection. */
  restart(proxy?: string): void;
  /** Hangs up for good. */
  stop(): void;
}

interface Setting {
  readonly ledger: Ledger;
  /** Durations are multiplied by this: 1 is life, 0.02 a test. */
  readonly timeScale: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A proxy's name, and where it is dialled. */
type Way = Endpoint & { readonly name: string };

const KEEP_ALIVE_MS = 10_000;
const HANDSHAKE_MS = 10_000;
/** Not scaled below this: a busy machine must not look like a frozen producer. */
const HANDSHAKE_LEAST_MS = 2000;

/** Starts a relay that dials each of these proxies at once. */
export function startRelay(name: string, ways: readonly Way[], setting: Setting): Relay {
  const links = new Map(ways.map((way) => [way.name, keepConnected(name, way, setting)]));
  return {
    name,
    restart: (proxy) => {
      for (const [key, link] of links) if (proxy === undefined || proxy === key) link.restart();
    },
    stop: () => {
      for (const link of links.values()) link.stop();
    },
  };
}

function keepConnected(relay: string, way: Way, setting: Setting): Pick<Relay, 'restart' | 'stop'> {
  const { timeScale, random } = setting;
  let dials = 0;
  let failures = 0;
  let waiting: NodeJS.Timeout | undefined;
  let hangUp: () => void;

  function dialNow(): void {
    dials++;
    hangUp = dial(`${relay}/${way.name}#${dials}`, way, setting, (goodForMs) => {
      const goodForS = goodForMs === null ? null : goodForMs / 1000 / timeScale;
      const next = redial(failures, goodForS, random);
      failures = next.failures;
      waiting = setTimeout(dialNow, next.delayS * 1000 * timeScale);
    });
  }
  function stop(): void {
    clearTimeout(waiting);
    hangUp();
  }
  function restart(): void {
    stop();
    failures = 0;
    dialNow();
  }

  dialNow();
  return { stop, restart };
}

/**
 * One connection. Tells `closed` how long it has been good, null if never: HAProxy accepts before it has reached a
 * producer, so only the producer's answer makes it good. Gives back what hangs up, which `closed` is not told of.
 */
function dial(
  id: string,
  { host, port }: Endpoint,
  { ledger, timeScale }: Setting,
  closed: (goodForMs: number | null) => void,
): () => void {
  let goodSinceMs: number | null = null;
  let hungUp = false;
  const socket = connect({ host, port, noDelay: true });
  const leave = (): void => {
    ledger.leaving(id);
    socket.destroy();
  };
  const keepAlive = setInterval(() => socket.write('ping\n'), KEEP_ALIVE_MS * timeScale);
  const handshake = setTimeout(leave, Math.max(HANDSHAKE_MS * timeScale, HANDSHAKE_LEAST_MS));
  socket.on('data', () => {
    goodSinceMs ??= performance.now();
    clearTimeout(handshake);
  });
  // Refused or reset: `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(keepAlive);
    clearTimeout(handshake);
    if (!hungUp) closed(goodSinceMs === null ? null : performance.now() - goodSinceMs);
  });
  socket.write(`hello ${id}\n`);
  return () => {
    hungUp = true;
    leave();
  };
}
