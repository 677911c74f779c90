// Two clocks that must agree: how long a new connection is tried, and how long a dead server passes for alive.
import type { BackendConfig } from '../../haproxy/config-backend.ts';
import type { CheckPace, ServerLine } from '../../haproxy/config-server.ts';
import { printable } from '../../haproxy/printable.ts';
import type { InFile } from './judge-file.ts';
import { span } from './span.ts';

/** HAProxy waits min(`timeout connect`, 1 s) between two tries at a server that refuses (configuration.txt 4.2 "retries"). */
const LONGEST_PAUSE_MS = 1000;

const SLOW_MS = 30_000;

/** Only servers that are found dead or alive by their own checks alone are judged. */
export function judgeTries(
  backend: string,
  found: BackendConfig,
  servers: readonly ServerLine[],
): readonly InFile[] {
  const slowest = servers
    .flatMap(({ name, spot, check }) =>
      check === null ? [] : [{ name: printable(name), spot, check, ms: detectionMs(check) }],
    )
    .reduce<Slowest | null>(
      (worst, one) => (worst === null || one.ms > worst.ms ? one : worst),
      null,
    );
  if (slowest === null) return [];
  return [...triesOf(backend, found, slowest), ...slowOf(slowest)];
}

interface Slowest extends Pick<ServerLine, 'name' | 'spot'> {
  readonly check: CheckPace;
  readonly ms: number;
}

/** From its death just after a check that passed, to the last of `fall` that fail at once. */
function detectionMs({ interMs, fastInterMs, fall }: CheckPace): number {
  return interMs + (fall - 1) * fastInterMs;
}

function triesOf(backend: string, found: BackendConfig, slowest: Slowest): InFile[] {
  const { retries, connectMs, kind, spot } = found;
  if (retries === null || connectMs === null) return [];
  const pauseMs = Math.min(connectMs.value, LONGEST_PAUSE_MS);
  const triedMs = retries.value * pauseMs;
  if (triedMs > slowest.ms) return [];
  const needed = Math.floor(slowest.ms / LONGEST_PAUSE_MS) + 1;
  const lines = [
    ...(pauseMs < LONGEST_PAUSE_MS ? ['\n    timeout connect 4s'] : []),
    ...(retries.value < needed ? [`\n    retries ${needed}`] : []),
  ];
  return [
    {
      id: 'retries-too-short',
      level: 'warning',
      at: retries.spot ?? connectMs.spot ?? spot,
      message: `a new connection is tried for ${span(triedMs)} (retries ${retries.value}, ${span(pauseMs)} apart), and a dead ${slowest.name} is noticed within ${span(slowest.ms)} (${paceOf(slowest.check)}): those made in between fail, though another server is up`,
      cure: `make the tries outlast the checks: in ${kind} ${backend}, set${lines.join('')}`,
    },
  ];
}

function slowOf({ name, spot, check, ms }: Slowest): InFile[] {
  if (ms <= SLOW_MS) return [];
  return [
    {
      id: 'slow-detection',
      level: 'info',
      at: spot,
      message: `a dead ${name} is noticed only after up to ${span(ms)} (${paceOf(check)})`,
      cure: 'check more often: in the server lines, instead of what is there\n    check inter 2s fastinter 500ms fall 3 rise 2',
    },
  ];
}

function paceOf({ interMs, fastInterMs, fall }: CheckPace): string {
  const fast = fastInterMs === interMs ? '' : `, fastinter ${span(fastInterMs)}`;
  return `inter ${span(interMs)}${fast}, fall ${fall}`;
}
