// A hook over HTTP: the event is posted, and posted again where that may help.
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios from 'axios';
import type { HookConfig } from '../domain/config.ts';
import type { Clock } from '../domain/time.ts';
import { giveUpAfter } from './hook-limit.ts';
import type { Deliver } from './hook-queue.ts';

type Webhook = Extract<HookConfig['to'], { kind: 'webhook' }>;

/** Before the second try, and before the third, which is the last. */
const PAUSES_MS = [1000, 4000];
/** So much of an answer is read, and thrown away. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** Why a try came to nothing, and whether another may come to more. */
interface Miss {
  readonly message: string;
  readonly passing: boolean;
}

/**
 * Told is who answers 2xx within `timeoutMs`. An event may be posted twice to one whose answer was lost. No redirect is
 * followed and no proxy is used, and neither URL nor token are in any message: both may be secret.
 */
export function webhook(to: Webhook, timeoutMs: number, clock: Clock): Deliver {
  // Kept open a connection would be of no use: the next event is minutes or days away.
  const agents = { httpAgent: new Agent(), httpsAgent: new TlsAgent() };
  return async (body, signal) => {
    const headers = {
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      ...(to.token !== null && { authorization: `Bearer ${to.token}` }),
    };
    for (let tries = 1; ; tries += 1) {
      const miss = await post({ ...agents, url: to.url, headers, body }, timeoutMs, signal);
      if (miss === null) return null;
      const pauseMs = PAUSES_MS[tries - 1];
      if (miss.passing && pauseMs !== undefined) await clock.sleep(pauseMs, signal);
      if (!miss.passing || pauseMs === undefined || signal.aborted)
        return tries === 1 ? miss.message : `${miss.message}, at the last of ${tries} tries`;
    }
  };
}

interface Request {
  readonly httpAgent: Agent;
  readonly httpsAgent: TlsAgent;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function post(
  { body, ...request }: Request,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Miss | null> {
  const over = new AbortController();
  let gaveUp: string | null = null;
  const end = giveUpAfter(timeoutMs, signal, (why) => {
    gaveUp = why;
    over.abort();
  });
  try {
    const { status, data } = await axios.request<Readable>({
      ...request,
      method: 'POST',
      // As bytes it goes out as it is.
      data: Buffer.from(body),
      signal: over.signal,
      proxy: false,
      maxRedirects: 0,
      decompress: false,
      responseType: 'stream',
      validateStatus: null,
    });
    await drain(data);
    return status >= 200 && status < 300 ? null : badAnswer(status);
  } catch (error) {
    // Nothing of axios' errors may be said but their code: they hold the token.
    const message = gaveUp ?? `it could not be reached (${codeOf(error)})`;
    return { message, passing: !signal.aborted };
  } finally {
    end();
  }
}

/** What it says does not matter; but a receiver that is cut off while it answers would log that as an error. */
async function drain(answer: Readable): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES) return;
    }
  } catch {
    // Its status has been heard.
  }
}

function badAnswer(status: number): Miss {
  const redirects = status >= 300 && status < 400;
  return {
    message: `it answered ${status}${redirects ? ', and redirects are not followed' : ''}`,
    // Too slow or too often may pass (RFC 9110, 15.5.9; RFC 6585, 4); another word against the request will not.
    passing: status >= 500 || status === 408 || status === 429,
  };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'unknown error';
}
