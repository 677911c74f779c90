// Expected trouble is a value; only bugs throw.

/** What went well with its value, or what went wrong with all that an operator needs to know of it. */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: F };
