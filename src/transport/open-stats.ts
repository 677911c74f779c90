// The statistics page of one HAProxy as a link: one request a call, one deadline for all of it, nothing sent twice.
import type { Agent } from 'node:http';
import type { StatsPage } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { at } from '../haproxy/answer.ts';
import { closeForm, pageUrl, readFormAnswer, tableUrl } from '../haproxy/stats-page.ts';
import { askPage, type PageAnswer, type PageRequest } from './ask-page.ts';
import { failed, watchLimit } from './limit.ts';

/** Sends nothing yet. Throws where the URL is none that the configuration lets through: a bug. */
export function openStats(page: StatsPage): StatsLink {
  const address = page.url;
  const post = pageUrl(page.url);
  return {
    address,
    mayClose: page.auth !== null,
    csv: async (backend, limit) => {
      const request = { url: tableUrl(page.url, backend), form: null };
      const answer = await within(limit, page, request);
      return at(address, answer.ok ? readTable(answer.value) : answer);
    },
    closeServer: async (backend, server, limit) => {
      const request = { url: post, form: closeForm(backend, server) };
      const answer = await within(limit, page, request);
      if (!answer.ok) return at(address, answer);
      return at(address, readFormAnswer(answer.value.status, answer.value.location));
    },
  };
}

function readTable({ status, body }: PageAnswer): Result<string, Trouble> {
  if (status !== 200) return failed({ kind: 'http', status });
  return body === '' ? failed({ kind: 'truncated', bytes: 0 }) : { ok: true, value: body };
}

/** What is still under way at the limit is ended: a file that is read, a handshake, a body that drips. */
function within(
  limit: AskLimit,
  page: StatsPage,
  request: PageRequest,
): Promise<Result<PageAnswer, Trouble>> {
  if (limit.signal?.aborted === true) return Promise.resolve(failed({ kind: 'abandoned' }));
  const stop = new AbortController();
  let agent: Agent | null = null;
  const connected = (): boolean =>
    Object.values(agent?.sockets ?? {}).some((sockets) => sockets?.some((s) => !s.connecting));
  return new Promise((resolve, reject) => {
    const settle = (result: Result<PageAnswer, Trouble>): void => {
      const late = endLimit();
      stop.abort();
      resolve(result.ok && late !== null ? failed(late) : result);
    };
    const endLimit = watchLimit(limit, connected, (trouble) => settle(failed(trouble)));
    const asked = askPage(page, request, stop.signal, (made) => (agent = made));
    asked.then(settle, (bug: unknown) => {
      endLimit();
      reject(bug);
    });
  });
}
