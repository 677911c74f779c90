// What an operator may order over HTTP: a body is checked whole before anything is done.
import * as z from 'zod';
import type { DryRun } from '../domain/dry-run.ts';
import { LONGEST_OVERRIDE_MS, type Override, type Pause } from '../domain/order.ts';
import { json, refusal } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Routes } from './router.ts';
import { toStatusOverride, toStatusPause } from './status.ts';

/** Takes orders for the loop, and answers at once: an order that is taken is heeded in the next round. */
export interface Orders {
  /** @param forMs null: for as long as an override holds where nobody says otherwise */
  override(to: string, forMs: number | null): OrderReply;
  /** What such an override would come to now. Nothing is ordered by it. */
  rehearse(to: string, forMs: number | null): DryRunReply;
  clear(): OrderReply;
  /** @param forMs null: until somebody resumes */
  pause(forMs: number | null): OrderReply;
  resume(): OrderReply;
}

/** What holds once the order is heeded. */
export type OrderReply =
  | { readonly ok: true; readonly override: Override | null; readonly paused: Pause | null }
  | OrderRefusal;

export type DryRunReply = { readonly ok: true; readonly dryRun: DryRun } | OrderRefusal;

/** contract.md's word for why an order is not taken, and a sentence. */
export interface OrderRefusal {
  readonly ok: false;
  readonly error:
    | 'no-journal'
    | 'observe-only'
    | 'unknown-producer'
    | 'no-override'
    /** Nothing has been decided yet. */
    | 'not-ready';
  readonly message: string;
}

const MAX_SAID = 500;

const BY_HAND = z
  .never(
    'the daemon moves all proxies that it drives; for one alone: mainstay converge --proxy NAME',
  )
  .optional();
const ConvergeBody = z.strictObject({
  to: z.string().min(1).optional(),
  for: z.string().optional(),
  clear: z.literal(true).optional(),
  proxy: BY_HAND,
  dryRun: z.boolean().optional(),
});
const PauseBody = z.strictObject({ for: z.string().optional() });
const ResumeBody = z.strictObject({});

/** `durationMs`: a duration as mainstay.yaml writes it, or null for what is none. */
export function orderRoutes(
  orders: Orders,
  durationMs: (text: string) => number | null,
): Routes['orders'] {
  return {
    '/v1/converge': (text) => {
      const body = ConvergeBody.safeParse(parsed(text));
      if (!body.success) return badRequest(problems(body.error));
      const { to, for: forText, clear, dryRun } = body.data;
      if (clear === true) {
        const alone = Object.keys(body.data).length === 1;
        return alone ? replyTo(orders.clear()) : badRequest('"clear" stands alone');
      }
      if (to === undefined) return badRequest('"to" is to name a producer, or "clear" to be true');
      return lasting(forText, durationMs, (forMs) =>
        dryRun === true ? toldOf(orders.rehearse(to, forMs)) : replyTo(orders.override(to, forMs)),
      );
    },
    '/v1/pause': (text) => {
      const body = PauseBody.safeParse(parsed(text));
      if (!body.success) return badRequest(problems(body.error));
      return lasting(body.data.for, durationMs, (forMs) => replyTo(orders.pause(forMs)));
    },
    '/v1/resume': (text) => {
      const body = ResumeBody.safeParse(parsed(text));
      return body.success ? replyTo(orders.resume()) : badRequest(problems(body.error));
    },
  };
}

/** Gives the order for as long as `forText` says; for null where it says nothing. */
function lasting(
  forText: string | undefined,
  durationMs: (text: string) => number | null,
  order: (forMs: number | null) => Reply,
): Reply {
  if (forText === undefined) return order(null);
  const forMs = durationMs(forText);
  return forMs === null || forMs === 0 || forMs > LONGEST_OVERRIDE_MS
    ? badRequest(NO_DURATION)
    : order(forMs);
}

const NO_DURATION =
  '"for" is a whole number and ms, s, m or h, such as "2h": more than nothing, at most a year';

/** Undefined, which is no body, where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problems({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) =>
      path.length === 0 ? `the body, a JSON object: ${message}` : `"${path.join('.')}": ${message}`,
    )
    .join('; ')
    .slice(0, MAX_SAID);
}

function badRequest(message: string): Reply {
  return refusal(400, 'bad-request', message);
}

function replyTo(reply: OrderReply): Reply {
  if (!reply.ok) return refused(reply);
  const { override, paused } = reply;
  return json(202, { override: toStatusOverride(override), paused: toStatusPause(paused) });
}

function toldOf(reply: DryRunReply): Reply {
  return reply.ok ? json(200, reply.dryRun) : refused(reply);
}

function refused({ error, message }: OrderRefusal): Reply {
  return refusal(error === 'not-ready' ? 503 : 409, error, message);
}
