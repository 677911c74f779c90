// mainstay itself beside a lab: the built command as a child process, heard by its log and asked over its API.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { DecisionRecord } from '../domain/journal.ts';
import type { Status } from '../domain/status.ts';

/** How mainstay is started, and how a person here would type it. */
export interface Program {
  readonly argv: readonly string[];
  readonly spoken: string;
}

/** Off at first; may be started again after it has been stopped, or has ended by itself. */
export interface Supervisor {
  start(): Promise<void>;
  /** SIGTERM, and after 5 s SIGKILL. Its exit code; null: a signal ended it, or it was off. */
  stop(): Promise<number | null>;
  isOn(): boolean;
  /** What `/v1/status` said last, within the last second; null: nothing. */
  status(): Status | null;
  /** The latest 200 decisions, oldest first (`/v1/decisions`). */
  decisions(): Promise<readonly DecisionRecord[]>;
  /** The last lines of its log. */
  tail(): readonly string[];
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const ASK_EVERY_MS = 150;
const ASK_TIMEOUT_MS = 1000;
const STOP_MS = 5000;
const MOST_DECISIONS = 200;
const TAIL_LINES = 8;

/** For `mainstay run -c file`, which listens on `listen`. `heard` gets each message of its log, and all of its stderr. */
export function makeSupervisor(
  program: Program,
  { file, listen }: { readonly file: string; readonly listen: string },
  heard: (message: string) => void = () => {},
): Supervisor {
  let child: Child | null = null;
  let latest: Status | null = null;
  const said: string[] = [];
  const hear = (message: string): void => {
    said.push(message);
    if (said.length > TAIL_LINES) said.shift();
    heard(message);
  };
  const isOn = (): boolean => child !== null && runs(child);
  /** Asks for the status again and again for as long as `one` runs. */
  const follow = async (one: Child): Promise<void> => {
    while (runs(one)) {
      latest = await get<Status>(`${listen}/v1/status`);
      await sleep(ASK_EVERY_MS);
    }
  };
  return {
    start: async () => {
      latest = null;
      child = launch([...program.argv, 'run', '-c', file]);
      createInterface({ input: child.stdout }).on('line', (line) => hear(messageOf(line)));
      createInterface({ input: child.stderr }).on('line', hear);
      await once(child, 'spawn');
      void follow(child);
    },
    stop: async () => {
      if (child === null || !runs(child)) return null;
      const closed = once(child, 'close');
      const late = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      await closed;
      clearTimeout(late);
      return child.exitCode;
    },
    isOn,
    status: () => (isOn() ? latest : null),
    decisions: async () => {
      const path = `/v1/decisions?limit=${MOST_DECISIONS}`;
      return ((await get<DecisionRecord[]>(`${listen}${path}`)) ?? []).toReversed();
    },
    tail: () => said,
  };
}

function launch(command: readonly string[]): Child {
  // The kernel ends it with this process, however that ends; Ctrl-C is for this process alone.
  return spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function runs(child: Child): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Null: no answer, or not a good one. */
async function get<T>(where: string): Promise<T | null> {
  try {
    const limits = { timeout: ASK_TIMEOUT_MS, proxy: false } as const;
    return (await axios.get<T>(`http://${where}`, limits)).data;
  } catch {
    return null;
  }
}

/** Of a line of pino's; a line that is none is a message itself. */
function messageOf(line: string): string {
  try {
    const { msg }: { msg?: unknown } = JSON.parse(line);
    return typeof msg === 'string' ? msg : line;
  } catch {
    return line;
  }
}
