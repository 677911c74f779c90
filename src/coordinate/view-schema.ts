// What a peer may say (`GET /v1/view`): checked whole, every list and number bounded, before anybody looks at it.
import { z } from 'zod';
import { LONGEST_OVERRIDE_MS } from '../domain/order.ts';
import type { PeerView } from '../domain/peer.ts';
import type { Hidden } from '../domain/view.ts';
import { isName } from '../haproxy/charset.ts';

const MAX_PROXIES = 64;
const MAX_WORKERS = 64;
const MAX_SERVERS = 256;
/** HAProxy's own are 32 bits wide. */
const MAX_COUNT = 2 ** 32;
/** The last instant that a Date can hold. */
const MAX_WALL_MS = 8.64e15;

/** Its words, or where they are not as they should be. */
export type ReadView =
  | { readonly ok: true; readonly value: PeerView }
  | { readonly ok: false; readonly at: string };

/** `json` is what JSON.parse gave, whatever it is. What is not known here is left out. Never throws. */
export function readPeerView(json: unknown): ReadView {
  const read = peerView.safeParse(json);
  if (!read.success) {
    const path = read.error.issues[0]?.path ?? [];
    return { ok: false, at: path.length === 0 ? 'the whole of it' : path.map(String).join('.') };
  }
  const { self, proxies, ...rest } = read.data;
  const owned = proxies.map((proxy) => {
    const hidden = hiddenThere(proxy.view.hidden, self, proxy.name);
    return { ...proxy, view: { ...proxy.view, hidden } };
  });
  return { ok: true, value: { ...rest, self, proxies: owned } };
}

/** Of a fault over there its kind alone is taken over. */
function hiddenThere(
  hidden: { readonly kind: string } | null,
  peer: string,
  address: string,
): Hidden | null {
  if (hidden === null) return null;
  if (hidden.kind === 'no-master') return { kind: 'no-master' };
  return { kind: 'peer', peer, said: `it does not see all old workers (${hidden.kind})`, address };
}

const count = z.int().min(0).max(MAX_COUNT);
const wallMs = z.int().min(0).max(MAX_WALL_MS);
const name = z.string().refine(isName);
/** Printable ASCII. */
const words = z
  .string()
  .max(64)
  .regex(/^[\x20-\x7e]*$/);
/** What our own file says, to be compared with it. */
const label = z.string().max(256);

/** Too long a list is refused before its items are looked at. */
const upTo = (most: number) =>
  z.custom<unknown[]>((value) => Array.isArray(value) && value.length <= most);

const hasNoTwins = (items: readonly { readonly name: string }[]): boolean =>
  new Set(items.map((item) => item.name)).size === items.length;

const server = z.object({
  name,
  id: count,
  status: words,
  health: z.enum(['up', 'down', 'maint', 'drain', 'unknown']),
  settled: z.boolean(),
  checkPassed: z.boolean(),
  backup: z.boolean(),
  weight: count,
  sessions: count,
  lastChangeS: count,
  lastSessionS: count.nullable(),
});

const worker = z.object({
  pid: count.nullable(),
  old: z.boolean(),
  uptimeS: count,
  servers: upTo(MAX_SERVERS).pipe(z.array(server)).refine(hasNoTwins),
  backendWeight: count,
});

const pin = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    serverId: count,
    leaseMs: count,
    heartbeatMs: count.exactOptional(),
  }),
  z.object({ kind: z.enum(['off', 'no-table', 'unfit', 'denied', 'page']) }),
]);

const view = z.object({
  way: z.enum(['unix', 'tcp', 'tls', 'ssh', 'stats']),
  version: words.nullable(),
  level: z.enum(['user', 'operator', 'admin']),
  // The one that serves stands first, and all others are old.
  workers: upTo(MAX_WORKERS)
    .pipe(z.tuple([worker], worker))
    .refine((workers) => workers.every(({ old }, place) => old === place > 0)),
  pin,
  hidden: z.object({ kind: z.string().regex(/^[a-z-]{1,40}$/) }).nullable(),
});

const override = z
  .object({ to: name, untilWallMs: wallMs, givenWallMs: wallMs })
  .refine(({ untilWallMs, givenWallMs }) => untilWallMs - givenWallMs <= LONGEST_OVERRIDE_MS);

const peerView = z.object({
  version: words,
  cluster: label,
  backend: label,
  self: label,
  mode: z.enum(['converge', 'observe']),
  producers: upTo(MAX_SERVERS)
    .pipe(z.array(name))
    .refine((names) => new Set(names).size === names.length),
  target: name.nullable(),
  move: z.object({ from: name.nullable(), ready: z.boolean() }).nullable(),
  paused: z.boolean(),
  override: override.nullable(),
  clearedWallMs: wallMs.nullable(),
  proxies: upTo(MAX_PROXIES)
    .pipe(z.array(z.object({ name, ageMs: count, view })))
    .refine(hasNoTwins),
});
