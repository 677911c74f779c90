// A proxy's pin as a status shows it: where new connections go and for how long, or what is lost without one.
import type { StatusProxy } from '../domain/status.ts';
import type { Pin, View } from '../domain/view.ts';

/** No server: HAProxy chooses, by its own rules. A pin on an id that the backend does not have is none. */
export function toStatusPin({ pin, workers }: View, isHeeded: boolean): StatusProxy['pin'] {
  if (pin.kind !== 'table') return { server: null, leaseMs: 0, message: noPinText(pin) };
  const server = workers[0].servers.find(({ id }) => id === pin.serverId)?.name ?? null;
  const message = isHeeded ? null : `${LOST}: its worker does not do as its pin says; ${REFERENCE}`;
  return { server, leaseMs: server === null ? 0 : pin.leaseMs, message };
}

/** Why there is no pin to be had, what that costs, and the cure. */
function noPinText({ kind }: Exclude<Pin, { kind: 'table' }>): string {
  return `${LOST}: ${why(kind)}`;
}

function why(kind: Exclude<Pin['kind'], 'table'>): string {
  switch (kind) {
    case 'off':
      return 'mainstay.yaml says "steer: none"; with "steer: auto" and a stick table they can';
    case 'no-table':
      return `HAProxy has no stick table of the name that "pin.table" gives; ${REFERENCE}`;
    case 'unfit':
      return `the stick table is not one of integer keys with gpt0; ${REFERENCE}`;
    case 'denied':
      return 'the socket may not show stick tables; give it "level operator" or "level admin"';
    case 'page':
      return 'the statistics page shows no stick tables; give the proxy a "runtime" socket';
    default:
      return kind satisfies never;
  }
}

const LOST = 'new connections cannot be held';
const REFERENCE =
  'take "backend pin" and the "use-server" lines from the reference configuration, haproxy/haproxy.cfg';
