// Which path answers what: a table, and the refusals that need no handler.
import { refuseApi } from './access.ts';
import type { Asker } from './access.ts';
import { refusal } from './reply.ts';
import type { Reply, Stream } from './reply.ts';

/** Handlers by exact path: what is read with GET, and what is ordered with POST. */
export interface Routes {
  /** `query` is what stands behind the question mark. */
  readonly reads: Readonly<
    Record<string, (query: URLSearchParams) => Reply | Stream | Promise<Reply>>
  >;
  readonly orders: Readonly<Record<string, (body: string) => Reply>>;
}

/**
 * `target` is the request's second word as it came: nothing in it is decoded or normalised but the query. `body` is
 * asked for an order that is let in, and is null where it did not come to its end.
 */
export async function route(
  routes: Routes,
  asker: Asker,
  target: string,
  token: string | null,
  body: () => Promise<string | null>,
): Promise<Reply | Stream> {
  const [path, query] = split(target);
  if (path.startsWith('/v1/')) {
    const refused = refuseApi(asker, token);
    if (refused !== null) return refused;
  }
  const order = routes.orders[path];
  if (order !== undefined) {
    if (asker.method !== 'POST') return notAllowed(`${path} only takes orders`, 'POST');
    const text = await body();
    return text === null ? refusal(400, 'bad-request', 'the body ended too early') : order(text);
  }
  const read = routes.reads[path];
  if (read === undefined) return refusal(404, 'not-found', `nothing is at ${path.slice(0, 100)}`);
  if (asker.method !== 'GET' && asker.method !== 'HEAD')
    return notAllowed(`${path} is only read`, 'GET, HEAD');
  return read(new URLSearchParams(query));
}

function notAllowed(message: string, allow: string): Reply {
  return refusal(405, 'method-not-allowed', message, { allow });
}

function split(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}
