// A HAProxy that exists only as numbers, with its links and a clock that moves when somebody waits: for act/'s unit tests.
import type { ActorOptions, DrivenProxy } from '../../src/act/actor.ts';
import type { BeatOptions } from '../../src/act/write-beats.ts';
import type { Outcome, PinOrder, Plan, Step } from '../../src/domain/decision.ts';
import type { Fault, Trouble } from '../../src/domain/fault.ts';
import type { AskLimit, Look, RuntimeLink } from '../../src/domain/ports.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Clock } from '../../src/domain/time.ts';
import type { ServerView, View, WorkerView } from '../../src/domain/view.ts';

export interface Stream {
  readonly id: string;
  readonly src: string;
  readonly server: string;
}

/** What befalls a command: its answer instead of HAProxy's, or null: it is carried out. */
export type Interception = (line: string, link: 'worker' | 'master') => string | Trouble | null;

export interface StandIn {
  /** Its streams by worker; the first is the one that serves. May be changed at any time. */
  readonly workers: Map<number, Stream[]>;
  serving: number;
  mainUp: boolean;
  uptimeS: number;
  /** What `gpt0` says in the pin table; 0: there is no entry. */
  pinned: number;
  /** Whether a heartbeat stands there. */
  beats: boolean;
  way: View['way'];
  hidden: View['hidden'];
  /** `[reloads, failed]` of `show proc`. */
  reloads: readonly [number, number];
  /** Before HAProxy gets a command. */
  intercept: Interception;
  /** What each exchange takes. */
  askMs: number;
  /** All that was asked over both links, in order, the master's with `master: ` before it. */
  readonly asked: string[];
  readonly drops: string[];
  looks: number;
  /** Before each look. */
  onLook: () => void;
  readonly proxy: DrivenProxy;
  readonly clock: Clock;
}

const NO_MASTER = { kind: 'no-master' } as const;
export const SERVING = 100;
export const OLD = 77;
const LEASE_MS = 10_000;

export function standIn(differ: Partial<DrivenProxy> = {}): StandIn {
  const clock = movingClock();
  const look: Look = async (signal) => {
    has.looks += 1;
    has.onLook();
    await clock.sleep(1);
    const fault: Fault = { kind: 'abandoned', address: 'unix:worker' };
    return signal?.aborted === true ? { ok: false, fault } : { ok: true, value: viewOf(has) };
  };
  const has: StandIn = {
    workers: new Map([[SERVING, []]]),
    serving: SERVING,
    mainUp: true,
    uptimeS: 1000,
    pinned: 0,
    beats: false,
    way: 'unix',
    hidden: null,
    reloads: [0, 0],
    intercept: () => null,
    askMs: 1,
    asked: [],
    drops: [],
    looks: 0,
    onLook: () => {},
    clock,
    proxy: {
      name: 'ha1',
      link: linkTo('worker'),
      master: linkTo('master'),
      stats: null,
      look,
      lookServing: async (signal) => {
        const seen = await look(signal);
        if (!seen.ok) return seen;
        const [serving] = seen.value.workers;
        return { ok: true, value: { ...seen.value, workers: [serving], hidden: NO_MASTER } };
      },
      reload: 'master',
      restart: null,
      saveState: null,
      ...differ,
    },
  };
  return has;

  function linkTo(role: 'worker' | 'master'): RuntimeLink {
    const address = `unix:${role}`;
    return {
      address,
      way: 'unix',
      drop: () => void has.drops.push(role),
      ask: async (line, { signal, deadlineMs }: AskLimit): Promise<Result<string, Fault>> => {
        if (signal?.aborted === true) return at(address, { kind: 'abandoned' });
        has.asked.push(role === 'master' ? `master: ${line}` : line);
        const instead = has.intercept(line, role);
        const late = typeof instead === 'object' && instead?.kind === 'timeout';
        await clock.sleep(late ? deadlineMs : has.askMs, signal);
        if (isAborted(signal)) return at(address, { kind: 'abandoned' });
        if (typeof instead === 'string') return { ok: true, value: instead };
        if (instead !== null) return at(address, instead);
        return {
          ok: true,
          value:
            role === 'master'
              ? answerOfMaster(has, line)
              : line
                  .split(';')
                  .map((part) => answerOf(has, has.serving, part))
                  .join(''),
        };
      },
    };
  }
}

function at(address: string, fault: Trouble): Result<string, Fault> {
  return { ok: false, fault: { ...fault, address } };
}

/** Asked anew after a wait, in which it may have changed. */
function isAborted(signal?: AbortSignal): boolean {
  return signal?.aborted === true;
}

/** Streams of one server, with ids of their own. */
export function streams(server: string, count: number, from = 1): Stream[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `0x${(0x55_0000 + from + i).toString(16)}`,
    src: `127.0.0.1:${10_000 + from + i}`,
    server,
  }));
}

export function planOf(...steps: readonly Partial<Step>[]): Plan {
  return {
    target: 'main',
    reason: 'sticky',
    allOrNothing: false,
    sinceMs: 0,
    steps: steps.map((step) => ({
      action: 'close-session',
      proxy: 'ha1',
      pid: OLD,
      server: 'backup',
      sessions: 1,
      climbed: null,
      ...step,
    })),
  };
}

/** An order for that proxy: HAProxy's id of main is 1, of backup 2, and 0 releases. */
export function orderFor(proxy: string, serverId: 0 | 1 | 2, renews = false): PinOrder {
  return { proxy, server: [null, 'main', 'backup'][serverId] ?? null, serverId, renews };
}

export function optionsFor(
  has: StandIn,
  told: Outcome[] = [],
  differ: Partial<ActorOptions & BeatOptions> = {},
): ActorOptions & BeatOptions {
  return {
    backend: 'bp',
    proxies: [has.proxy],
    warmupMs: 30_000,
    verifyWithinMs: 5000,
    verifyReturnMs: 0,
    clock: has.clock,
    onOutcome: (outcome) => void told.push(outcome),
    pinTable: 'pin',
    pollTimeoutMs: 800,
    onPin: () => {},
    onBeat: () => {},
    ...differ,
  };
}

/** Its ids among the commands that close sessions, in order. */
export function closedIds({ asked }: StandIn): readonly string[] {
  return asked.flatMap((line) =>
    [...line.matchAll(/shutdown session (0x[0-9a-f]+)/g)].map(([, id = '']) => id),
  );
}

/** Time stands still but for sleeping; a sleeper lets all others run first. */
function movingClock(): Clock {
  let nowMs = 1000;
  return {
    now: () => ({ monoMs: nowMs, wallMs: 1_700_000_000_000 + nowMs }),
    sleep: async (ms, signal) => {
      if (signal?.aborted === true) return;
      nowMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function viewOf(has: StandIn): View {
  const worker = (pid: number, old: boolean): WorkerView => ({
    pid: has.way === 'stats' ? null : pid,
    old,
    uptimeS: has.uptimeS,
    backendWeight: 1,
    servers: ['main', 'backup'].map((name, i): ServerView => ({
      name,
      id: i + 1,
      status: name === 'main' && !has.mainUp ? 'DOWN' : 'UP',
      health: name === 'main' && !has.mainUp ? 'down' : 'up',
      settled: true,
      checkPassed: true,
      backup: name === 'backup',
      weight: 1,
      sessions: (has.workers.get(pid) ?? []).filter(({ server }) => server === name).length,
      lastChangeS: 500,
      lastSessionS: 5,
    })),
  });
  const old = [...has.workers.keys()].filter((pid) => pid !== has.serving);
  return {
    way: has.way,
    version: '2.6.12',
    level: 'admin',
    workers: [worker(has.serving, false), ...old.map((pid) => worker(pid, true))],
    pin: { kind: 'table', serverId: has.pinned, leaseMs: has.pinned === 0 ? 0 : LEASE_MS },
    hidden: has.hidden,
  };
}

function answerOfMaster(has: StandIn, line: string): string {
  if (line === 'reload') return '';
  if (line === 'show proc') return showProc(has);
  let text = '';
  for (const part of line.split(';')) {
    const [, pid = '', command = ''] = /^@!(\d+) (.*)$/.exec(part) ?? [];
    // What is left of the line is dropped.
    if (!has.workers.has(Number(pid))) {
      return `${text}Can't find the target PID matching the prefix '@!${pid}'\n`;
    }
    text += answerOf(has, Number(pid), command);
  }
  return text;
}

function answerOf(has: StandIn, pid: number, line: string): string {
  const here = has.workers.get(pid) ?? [];
  const [, pinned] = /^set table pin key 1 data\.gpt0 (\d+)$/.exec(line) ?? [];
  if (pinned !== undefined) {
    has.pinned = Number(pinned);
    return '\n';
  }
  const [, beat] = /^set table pin key 2 data\.gpt0 ([01])$/.exec(line) ?? [];
  if (beat !== undefined) {
    has.beats = beat === '1';
    return '\n';
  }
  if (line === 'show table pin data.gpt0 gt 0') return showTable(has);
  if (line === 'show sess') {
    const lines = here.map(
      ({ id, src, server }) =>
        `${id}: proto=tcpv4 src=${src} fe=fe be=bp srv=${server} ts=00 epoch=0 age=1s calls=1\n`,
    );
    // The command line's own stream has no backend.
    return `${lines.join('')}0x1: proto=unix_stream src=unix:1 fe=GLOBAL be=<NONE> srv=<none> ts=00 epoch=0 age=0s calls=1\n\n`;
  }
  const [, server] = /^shutdown sessions server bp\/(\S+)$/.exec(line) ?? [];
  if (server !== undefined) {
    has.workers.set(
      pid,
      here.filter((stream) => stream.server !== server),
    );
    return '\n';
  }
  const [, id] = /^shutdown session (\S+)$/.exec(line) ?? [];
  if (id === undefined) return `Unknown command: '${line}'\n\n`;
  const left = here.filter((stream) => stream.id !== id);
  has.workers.set(pid, left);
  return left.length === here.length ? "No such session (use 'show sess').\n\n" : '\n';
}

/** As HAProxy does, without the entry whose `gpt0` is not more than 0. */
export function showTable({ pinned }: Pick<StandIn, 'pinned'>): string {
  const entry = `0x7fdc0403a418: key=1 use=0 exp=${LEASE_MS} gpt0=${pinned}\n`;
  return `# table: pin, type: integer, size:16, used:1\n${pinned === 0 ? '' : entry}\n`;
}

function processLine(pid: number, type: string, rest: string): string {
  return `${String(pid).padEnd(16)}${type.padEnd(16)}${rest.padEnd(16)}0d00h00m05s     2.6.12-1+deb12u4\n`;
}

function showProc({ workers, serving, reloads: [reloads, failed] }: StandIn): string {
  const old = [...workers.keys()].filter((pid) => pid !== serving);
  return [
    '#<PID>          <type>          <reloads>       <uptime>        <version>      \n',
    processLine(7, 'master', `${reloads} [failed: ${failed}]`),
    '# workers\n',
    processLine(serving, 'worker', '0'),
    ...(old.length === 0 ? [] : ['# old workers\n']),
    ...old.map((pid) => processLine(pid, 'worker', '1')),
    '# programs\n\n',
  ].join('');
}
