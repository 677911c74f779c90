// Follows what one HAProxy writes into a ring, so that news is looked at when it happens. The looks decide, not the news.
import type { Fault } from '../domain/fault.ts';
import type { RuntimeLink, StreamLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { at } from '../haproxy/answer.ts';
import { eventKind } from '../haproxy/event-kind.ts';
import { eventsLine, isRefusal } from '../haproxy/events-line.ts';
import { showEvents } from '../haproxy/show-events.ts';

/** A frontend with TLS before the socket may end what is silent for 30 s. */
const SILENCE_MS = 25_000;
/** After this long it is asked again whether there is a ring, and whether it may be read. */
const NO_RING_MS = 60_000;
/** Between connections that fail or do not last: twice the one before. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** A stream that lasted so long was a good one: the next may follow at once. */
const LASTING_MS = 1000;
/** What counts as an attack where it is repeated (fail2ban): a key that is not let in. */
const SUSPECT_PAUSE_MS = 150_000;
const ASK_MS = 5000;
/** Sessions mostly end in crowds, with a line each: a look waits for the crowd. */
const MERGE_MS = 5;

export interface FollowOptions {
  readonly backend: string;
  /** `auto`: the first that HAProxy has. */
  readonly ring: 'auto' | { readonly ring: string };
  /** To ask for the rings that there are; it and `stream` lead to the same socket. */
  readonly link: RuntimeLink;
  readonly stream: StreamLink;
  /** That socket is the master's. */
  readonly viaMaster: boolean;
  readonly clock: Clock;
  /** Something may have happened: a line came, or the connection began or broke. */
  readonly nudge: () => void;
}

export interface Followed {
  /**
   * The worker that a look showed to serve (null: not known). Where it is another one than before, the stream is
   * begun anew: it would go on with the old worker, hear nothing more from it, and keep it alive.
   */
  pidSeen(pid: number | null): void;
}

/** How following ended: what comes next depends on it. */
type End = 'lasted' | 'failed' | 'suspect' | 'no-ring';

/** Until `signal` aborts. Never throws: where there is no ring, or no way to one, polling goes on alone. */
export function followEvents(options: FollowOptions, signal: AbortSignal): Followed {
  let serving: number | null = null;
  let turn = new AbortController();
  signal.addEventListener('abort', () => turn.abort(), { once: true });

  const goOn = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      turn = new AbortController();
      const end = await followOnce(options, turn);
      if (signal.aborted) return;
      failures = end === 'failed' ? failures + 1 : 0;
      turn = new AbortController();
      await options.clock.sleep(pauseAfter(end, failures), turn.signal);
    }
  };
  void goOn();

  return {
    pidSeen: (pid) => {
      if (pid === null || pid === serving) return;
      if (serving !== null) turn.abort();
      serving = pid;
    },
  };
}

function pauseAfter(end: End, failures: number): number {
  switch (end) {
    case 'lasted':
      return 0;
    case 'failed':
      return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    case 'suspect':
      return SUSPECT_PAUSE_MS;
    case 'no-ring':
      return NO_RING_MS;
    default:
      return end satisfies never;
  }
}

async function followOnce(options: FollowOptions, turn: AbortController): Promise<End> {
  const { backend, stream, viaMaster, clock, nudge } = options;
  const ring = await findRing(options, turn.signal);
  if (!ring.ok) return endOf(ring.fault);
  if (ring.value === null) return 'no-ring';
  const beganMs = clock.now().monoMs;
  let heard = false;
  let first = '';
  let soon = false;
  const nudgeSoon = async (): Promise<void> => {
    if (soon) return;
    soon = true;
    await clock.sleep(MERGE_MS, turn.signal);
    soon = false;
    nudge();
  };
  const hear = (line: string): void => {
    heard = true;
    first ||= line;
    if (isRefusal(first)) return turn.abort();
    const kind = eventKind(line, backend);
    if (kind === 'stopped') turn.abort();
    // HAProxy begins with an empty line: from here on nothing is missed, and what was is looked at.
    if (kind === 'session') void nudgeSoon();
    else if (kind !== 'other') nudge();
  };
  const limit = { silenceMs: SILENCE_MS, signal: turn.signal };
  const fault = await stream.stream(eventsLine(ring.value, viaMaster), hear, limit);
  if (isRefusal(first)) return 'no-ring';
  if (heard) nudge();
  if (heard && clock.now().monoMs - beganMs >= LASTING_MS) return 'lasted';
  return fault === null ? 'failed' : endOf(fault);
}

/** The ring to follow; null: there is none. */
async function findRing(
  { ring, link, viaMaster }: FollowOptions,
  signal: AbortSignal,
): Promise<Result<string | null, Fault>> {
  if (ring !== 'auto') return { ok: true, value: ring.ring };
  const answer = await link.ask(showEvents.line(viaMaster), { deadlineMs: ASK_MS, signal });
  if (!answer.ok) return answer;
  const read = at(link.address, showEvents.read(answer.value, viaMaster));
  return read.ok ? { ok: true, value: read.value[0] ?? null } : read;
}

function endOf(fault: Fault): End {
  if (fault.kind === 'denied' || fault.kind === 'protocol') return 'no-ring';
  const refusesUs =
    fault.kind === 'ssh' && (fault.stage === 'authentication' || fault.stage === 'host-key');
  return refusesUs ? 'suspect' : 'failed';
}
