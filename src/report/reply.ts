// What the HTTP server answers with, before it meets a socket.

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

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
