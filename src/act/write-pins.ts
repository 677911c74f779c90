// Writes pins: where a proxy's new connections are to go, as its stick table is to say it, and reads each of them back.
import { blankOutcome } from '../decide/outcome.ts';
import type { Judgement, Outcome, PinOrder } from '../domain/decision.ts';
import type { Fault, Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { at, splitAnswers, unexpected } from '../haproxy/answer.ts';
import { oneLine } from '../haproxy/line.ts';
import { setPin } from '../haproxy/set-pin.ts';
import { showTable } from '../haproxy/show-table.ts';
import type { DrivenProxy } from './actor.ts';

export interface PinOptions {
  readonly proxies: readonly Pick<DrivenProxy, 'name' | 'link'>[];
  /** The stick table; null: there are no orders to carry out. */
  readonly pinTable: string | null;
  readonly pollTimeoutMs: number;
  readonly clock: Clock;
  /** Told of every order that was sent, renewals too. */
  readonly onPin: (order: PinOrder, outcome: Outcome) => void;
}

/** Orders, and the judgement that they come from: its target and its verdict stand in their outcomes. */
export type PinOrders = Pick<Judgement, 'pins' | 'target' | 'verdict'>;

/**
 * Carries one order out, and gives its outcome. While another write at that proxy has not ended, a renewal is left
 * out, and any other order waits behind it, the latest only. Null: it was not sent.
 */
type WritePin = (order: PinOrder, why: Omit<PinOrders, 'pins'>) => Promise<Outcome | null>;

/**
 * Carries orders out once, those of different proxies side by side: each is written and read back in one exchange
 * within `poll.timeout`. One outcome an order: `ok` only where the id that was read back is the one ordered.
 */
export async function writePins(
  options: PinOptions,
  { pins, ...why }: PinOrders,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const write = makePinWriter(options, signal);
  const outcomes = await Promise.all(pins.map((order) => write(order, why)));
  return outcomes.filter((outcome) => outcome !== null);
}

/** At most one write at a time at each proxy; `signal` abandons what is under way. */
export function makePinWriter(options: PinOptions, signal: AbortSignal): WritePin {
  /** The proxies where a write is under way, each with what tells the order behind it whether it is its turn. */
  const behind = new Map<string, ((turn: boolean) => void) | null>();

  return async (order, why) => {
    const { proxy, renews } = order;
    const before = behind.get(proxy);
    if (before === undefined) behind.set(proxy, null);
    else {
      if (renews) return null;
      before?.(false);
      const turn = await new Promise<boolean>((tell) => void behind.set(proxy, tell));
      if (!turn) return null;
    }
    const outcome = await writePin(options, order, why, signal);
    const next = behind.get(proxy) ?? null;
    // The turn is handed over before anybody else can take it.
    if (next === null) behind.delete(proxy);
    else behind.set(proxy, null);
    next?.(true);
    options.onPin(order, outcome);
    return outcome;
  };
}

async function writePin(
  { proxies, pinTable, pollTimeoutMs, clock }: PinOptions,
  order: PinOrder,
  { target, verdict }: Omit<PinOrders, 'pins'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const { proxy, server, serverId } = order;
  const link = proxies.find(({ name }) => name === proxy)?.link ?? null;
  if (link === null || pinTable === null) throw new TypeError(`no way to pin at ${proxy}`);
  const began = clock.now();
  const line = oneLine(setPin.line(pinTable, serverId), showTable.line(pinTable));
  const answer = await link.ask(line, { deadlineMs: pollTimeoutMs, signal });
  const read = answer.ok ? at(link.address, readBack(answer.value, pinTable, serverId)) : answer;
  const ended = clock.now();
  const what = { proxy, action: server === null ? 'release' : 'pin', pid: null, server } as const;
  return {
    ...blankOutcome({ target: target ?? '', reason: verdict }, what, began.wallMs),
    tookMs: ended.monoMs - began.monoMs,
    result: read.ok ? 'ok' : resultOf(read.fault),
    trail: [{ atMs: ended.wallMs, did: 'pin', saw: read.ok ? read.value : read.fault.kind }],
    fault: read.ok ? null : read.fault,
  };
}

/** What stands there now, in words, where that is what was ordered; a release leaves a 0, or no entry at all. */
function readBack(text: string, table: string, serverId: number): Result<string, Trouble> {
  const answers = splitAnswers(text, 2);
  if (!answers.ok) return answers;
  const [wrote = '', shown = ''] = answers.value;
  const written = setPin.read(wrote, table, serverId);
  if (!written.ok) return written;
  const pin = showTable.read(shown, table);
  if (!pin.ok) return pin;
  if (pin.value.kind !== 'table' || pin.value.serverId !== serverId) return unexpected(shown);
  const { leaseMs } = pin.value;
  return { ok: true, value: serverId === 0 ? 'released' : `id ${serverId}, for ${leaseMs} ms` };
}

function resultOf({ kind }: Fault): Outcome['result'] {
  return kind === 'abandoned' ? 'abandoned' : 'failed';
}
