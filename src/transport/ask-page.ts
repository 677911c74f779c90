// One HTTP request to a statistics page, over a connection of its own, and its bounded answer.
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import type { StatsPage } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { MAX_ANSWER_BYTES } from './exchange.ts';
import { readSmall, readTls } from './key-files.ts';
import { failed } from './limit.ts';
import { tlsTrouble } from './tls-trouble.ts';
import { troubleOf } from './trouble-of.ts';

const MAX_PASSWORD_BYTES = 4096;
const SAID_CHARS = 200;

/** `form` null: the page is read; else this is posted to it. */
export interface PageRequest {
  readonly url: string;
  readonly form: string | null;
}

export interface PageAnswer {
  readonly status: number;
  /** The header of that name, or the empty text. */
  readonly location: string;
  /** Latin1, one character a byte, at most 16 MiB; empty where the status is not 200. */
  readonly body: string;
}

/**
 * Ends when `signal` aborts; the caller's deadline is that signal, and axios has none of its own. Nothing is followed,
 * unpacked or sent through a proxy. The connection is closed in every case: kept open it would reach the old worker
 * after a reload. `dialing` is told of the agent that connects. Faults hold nothing of axios' errors, which hold the
 * password.
 */
export async function askPage(
  page: StatsPage,
  { url, form }: PageRequest,
  signal: AbortSignal,
  dialing: (agent: Agent) => void,
): Promise<Result<PageAnswer, Trouble>> {
  const authorization = await authorize(page.auth);
  if (!authorization.ok) return authorization;
  const agent = await makeAgent(page);
  if (!agent.ok) return agent;
  dialing(agent.value);
  let bytes = 0;
  try {
    const { status, headers, data } = await axios.request<Readable>({
      url,
      method: form === null ? 'GET' : 'POST',
      ...(form !== null && { data: form }),
      headers: {
        ...authorization.value,
        'accept-encoding': 'identity',
        ...(form !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      httpAgent: agent.value,
      httpsAgent: agent.value,
      signal,
      proxy: false,
      maxRedirects: 0,
      decompress: false,
      responseType: 'stream',
      validateStatus: null,
    });
    const chunks: Buffer[] = [];
    if (status !== 200) data.destroy();
    else
      for await (const chunk of data as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES)
          return failed({ kind: 'too-large', limitBytes: MAX_ANSWER_BYTES });
        chunks.push(chunk);
      }
    const body = Buffer.concat(chunks).toString('latin1');
    return { ok: true, value: { status, location: String(headers['location'] ?? ''), body } };
  } catch (error) {
    return failed(httpTrouble(isAxiosError(error) ? (error.cause ?? error) : error, bytes));
  }
}

/** The password's file is read anew each time; a newline at its end is no part of it. */
async function authorize(
  auth: StatsPage['auth'],
): Promise<Result<Record<string, string>, Trouble>> {
  if (auth === null) return { ok: true, value: {} };
  const file = await readSmall(auth.passwordFile, MAX_PASSWORD_BYTES);
  if (!file.ok) return file;
  const password = file.value.toString('latin1').replace(/\r?\n$/, '');
  const name = Buffer.from(auth.username).toString('latin1');
  const credentials = Buffer.from(`${name}:${password}`, 'latin1').toString('base64');
  return { ok: true, value: { authorization: `Basic ${credentials}` } };
}

async function makeAgent(page: StatsPage): Promise<Result<Agent, Trouble>> {
  if (!/^https:/i.test(page.url)) return { ok: true, value: new Agent() };
  const tls = await readTls(page.tls);
  return tls.ok ? { ok: true, value: new TlsAgent(tls.value) } : tls;
}

/** What an error of Node's means; `bytes`: how much of the body had come by then. What has no code is a bug. */
function httpTrouble(error: unknown, bytes: number): Trouble {
  if (!isHttpError(error)) throw error;
  const { code, syscall, reason, rawPacket, message } = error;
  // Not HTTP at all.
  if (code.startsWith('HPE_'))
    return { kind: 'not-csv', said: rawPacket?.toString('latin1', 0, SAID_CHARS) ?? code };
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return { kind: 'truncated', bytes };
  // The system's errors name a call, but for an end in the middle; EPROTO is OpenSSL's, its words in a longer message.
  if (code === 'EPROTO') return tlsTrouble(code, /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1]);
  const system = syscall !== undefined || code === 'ECONNRESET';
  return system ? troubleOf(error, bytes) : tlsTrouble(code, reason);
}

/** Node's errors, with what its HTTP parser and OpenSSL add to them. */
interface HttpError extends NodeJS.ErrnoException {
  readonly code: string;
  readonly reason?: string;
  readonly rawPacket?: Buffer;
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
