// Which path answers what: a table, and the refusals that need no handler.
import { refuseApi } from './access.ts';
import type { Asker } from './access.ts';
import { refusal } from './reply.ts';
import type { Reply } from './reply.ts';

/** GET handlers by exact path; `query` is what stands behind the question mark. */
export type Routes = Readonly<Record<string, (query: URLSearchParams) => Reply | Promise<Reply>>>;

/** `target` is the request's second word as it came: nothing in it is decoded or normalised but the query. */
export async function route(
  routes: Routes,
  asker: Asker,
  target: string,
  token: string | null,
): Promise<Reply> {
  const [path, query] = split(target);
  if (path.startsWith('/v1/')) {
    const refused = refuseApi(asker, token);
    if (refused !== null) return refused;
  }
  const handle = routes[path];
  if (handle === undefined) return refusal(404, 'not-found', `nothing is at ${path.slice(0, 100)}`);
  if (asker.method !== 'GET' && asker.method !== 'HEAD') {
    return refusal(405, 'method-not-allowed', `${path} is only read`, { allow: 'GET, HEAD' });
  }
  return handle(new URLSearchParams(query));
}

function split(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}
