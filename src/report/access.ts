// Who may use `/v1/`: this host, or whoever has the token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from './reply.ts';
import type { Reply } from './reply.ts';

/** What a request says of who asks. */
export interface Asker {
  readonly method: string;
  readonly peer: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Null where the request may go on. Reading: the token, or a peer on this host; acting: the token alone.
 * A token that is presented decides, wherever it comes from.
 */
export function refuseApi(asker: Asker, token: string | null): Reply | null {
  const acts = asker.method === 'POST';
  if (acts && token === null) {
    return refusal(
      403,
      'forbidden',
      'no api.tokenFile is configured, so nothing may be ordered here',
    );
  }
  const presented = bearer(asker.headers.authorization);
  if (token !== null && presented !== null) {
    return same(presented, token) ? null : unauthorized('the bearer token is not the right one');
  }
  if (!acts && isOwnHost(asker)) return null;
  return unauthorized(
    token === null
      ? 'without api.tokenFile only "localhost" and 127.0.0.1 are answered, from this host'
      : 'send "Authorization: Bearer" with the token, or ask for "localhost" from this host',
  );
}

function unauthorized(message: string): Reply {
  return refusal(401, 'unauthorized', message, { 'www-authenticate': 'Bearer realm="mainstay"' });
}

function bearer(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** In a time that tells nothing of where they differ, nor how long the right one is. */
function same(presented: string, token: string): boolean {
  return timingSafeEqual(digest(presented), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * A browser on this host also comes from a loopback address. A page from elsewhere that has had its own name
 * resolve to it (DNS rebinding) shows that name as `Host`; any other page's script shows an `Origin`; so
 * does a proxy on this host mostly show the name that it is known by. None of them is this host asking.
 */
function isOwnHost({ peer, headers: { host, origin } }: Asker): boolean {
  return (
    /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(peer ?? '') &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host ?? '') &&
    origin === undefined
  );
}
