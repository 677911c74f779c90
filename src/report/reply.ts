// What the HTTP server answers with, before it meets a socket.
import type { Writable } from 'node:stream';

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that goes on for as long as both sides like. */
export interface Stream {
  readonly type: string;
  /** Called once the head is sent; ends it by ending or destroying `to`. */
  readonly begin: (to: Writable) => void;
}

/**
 * On every answer: nothing is guessed, told on, framed, run or kept. Nothing allows another origin: a page from
 * elsewhere reads no answer.
 */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** Any value as a JSON document. */
export function json(status: number, value: unknown, headers?: Reply['headers']): Reply {
  return {
    status,
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify(value)}\n`,
    ...(headers === undefined ? {} : { headers }),
  };
}

/** contract.md's form of an error: a word for programs and a sentence for people. */
export function refusal(
  status: number,
  error: string,
  message: string,
  headers?: Reply['headers'],
): Reply {
  return json(status, { error, message }, headers);
}
