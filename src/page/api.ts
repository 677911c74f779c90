// How the daemon is asked: with the token, which lives here and nowhere else, and with a deadline.

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly date: string | null }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'silent' };

export interface Api {
  /** Empty: none. Kept in memory until the page is left. */
  setToken(token: string): void;
  hasToken(): boolean;
  get<T>(path: string, given: AbortSignal): Promise<Answer<T>>;
  post<T>(path: string, body: object): Promise<Answer<T>>;
  /** Without a deadline; rejects as `fetch` does. */
  stream(path: string, signal: AbortSignal): Promise<Response>;
}

const DEADLINE_MS = 5000;

export function makeApi(): Api {
  let held = '';

  const ask = (path: string, signal: AbortSignal, init: RequestInit = {}): Promise<Response> =>
    fetch(path, {
      ...init,
      signal,
      headers: held === '' ? {} : { authorization: `Bearer ${held}` },
    });
  return {
    setToken: (token) => (held = token),
    hasToken: () => held !== '',
    get: (path, given) => answer(ask(path, AbortSignal.any([given, deadline()]))),
    post: (path, body) =>
      answer(ask(path, deadline(), { method: 'POST', body: JSON.stringify(body) })),
    stream: ask,
  };
}

async function answer<T>(asked: Promise<Response>): Promise<Answer<T>> {
  try {
    const response = await asked;
    const value = await response.json();
    // The same build of mainstay wrote this page and that answer; what does not fit is caught where it is shown.
    if (response.ok) return { kind: 'ok', value, date: response.headers.get('date') };
    return { kind: 'refused', status: response.status, message: String(value.message) };
  } catch {
    return { kind: 'silent' };
  }
}

function deadline(): AbortSignal {
  return AbortSignal.timeout(DEADLINE_MS);
}
