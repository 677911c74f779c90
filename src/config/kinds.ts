// The kinds of value that settings are made of: zod schemas whose messages say what was expected.
import * as z from 'zod';
import type { Result } from '../domain/result.ts';
import { isName } from '../haproxy/charset.ts';
import { LINK_FORMS, parseHostPort, parseLink, parseSshLogin } from './address.ts';
import { durationMs, parseDuration } from './duration.ts';
import { BARE, wants } from './wants.ts';

const MAX_TEXT_CHARS = 4096;

/** A map with these keys and no others. The message for unknown keys is the list of the known ones, one a line. */
export function map<S extends z.core.$ZodLooseShape>(shape: S, what?: string) {
  const keys = Object.keys(shape);
  const form = what ?? `a map (keys: ${keys.join(', ')})`;
  return z.strictObject(shape, {
    error: ({ code, input }) => {
      if (code === 'unrecognized_keys') return keys.join('\n');
      const glued = keys.some((key) => typeof input === 'string' && input.startsWith(`${key}:`));
      return wants(form, glued ? 'write a space after the colon' : undefined);
    },
  });
}

/** A list with at least `least` and at most `most` items; `what` names them in the plural. */
export function list<T extends z.core.SomeType>(item: T, what: string, least = 0, most = 64) {
  const error = wants(least === 0 ? `a list of ${what}` : `a list of ${least} to ${most} ${what}`);
  return z.array(item, { error }).min(least, { error }).max(most, { error });
}

/** One of these words. */
export function oneOf<const T extends readonly [string, ...string[]]>(...words: T) {
  return z.enum(words, { error: wants(inProse(words)) });
}

/** A whole number within both bounds. */
export function integer(least: number, most: number) {
  const error = wants(`a whole number from ${least} to ${most}`);
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A duration within both bounds. A number without a unit is refused with what to write instead. */
export function duration(least: string, most: string) {
  const range = wants(`a duration from ${least} to ${most}`);
  const unit = wants('a duration with its unit', `write ${BARE}s`);
  return z
    .string({
      error: ({ input }) =>
        Number.isSafeInteger(input) && Number(input) >= 0 ? unit : wants(DURATION_FORM),
    })
    .superRefine((value, context) => {
      const ms = parseDuration(value);
      if (ms === null)
        context.addIssue({
          code: 'custom',
          message: /^\d{1,12}$/.test(value) ? unit : wants(DURATION_FORM),
        });
      else if (ms < durationMs(least) || ms > durationMs(most))
        context.addIssue({ code: 'custom', message: range });
    });
}

const DURATION_FORM = 'a duration (a whole number and ms, s, m or h, such as 30s)';

/** Printable text that `accepts`; `what` describes it. */
export function text(what: string, accepts: (value: string) => boolean = () => true) {
  return z
    .string({
      error: ({ input }) =>
        ['number', 'boolean'].includes(typeof input)
          ? wants(what, 'put it in quotes')
          : wants(what),
    })
    .refine(
      (value) =>
        /^\P{Cc}+$/u.test(value) &&
        value.trim() !== '' &&
        value.length <= MAX_TEXT_CHARS &&
        accepts(value),
      { error: wants(what) },
    );
}

/** Text that `fault` finds nothing wrong with; else it gives the message. `form` is how such a text is written. */
function written(form: string, fault: (text: string) => string | null) {
  return z.string({ error: wants(form) }).superRefine((value, context) => {
    const message = fault(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
}

/** A name as HAProxy allows it; `what` says of what. */
export const haproxyName = (what: string) =>
  text(`${what} (at most 256 letters, digits, - _ . :)`, isName);

/** The name of a proxy, which is mainstay's own: it stands in metrics and on command lines. */
export const proxyName = text(
  'a name (at most 64 letters, digits, - _ . :, a letter or digit first)',
  (name) => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(name),
);

export const file = text('the name of a file');

export const command = list(text('text'), 'words such as [systemctl, reload, haproxy]', 1);

export const link = written(LINK_FORMS, (value) => faultOf(parseLink(value)));

export const hostPort = written('HOST:PORT', (value) => faultOf(parseHostPort(value)));

export const sshLogin = written('USER@HOST[:PORT]', (value) => faultOf(parseSshLogin(value)));

const URL_FORM = 'an address that begins with http:// or https://';

export const url = written(URL_FORM, (value) => {
  if (!isHttpUrl(value)) return wants(URL_FORM);
  return hasLogin(value) ? wants(`${URL_FORM}, without a user or password`) : null;
});

/** Of another mainstay: its paths are its own. */
export const peerUrl = written(URL_FORM, (value) => {
  if (!isHttpUrl(value)) return wants(URL_FORM);
  if (hasLogin(value))
    return wants(`${URL_FORM}, without a user or password`, 'a token stands in tokenFile');
  return /^https?:\/\/[^/?#]+\/?$/.test(value)
    ? null
    : wants('http:// or https:// with a host and a port only, such as https://10.0.0.2:9847');
});

/** HAProxy's own default is `/haproxy?stats`, and the query is a part of it: what follows in `;csv` stands behind that. */
export const statsUrl = written(URL_FORM, (value) => {
  if (!isHttpUrl(value)) return wants(URL_FORM);
  if (hasLogin(value))
    return wants(`${URL_FORM}, without a user or password`, 'use auth: { username, passwordFile }');
  return /[;#]/.test(value)
    ? wants(`${URL_FORM}, without ; or #`, 'write it as "stats uri" has it, mainstay adds ;csv')
    : null;
});

/** A URL that may hold a secret in its path: never shown. */
export const secretUrl = written(URL_FORM, (value) =>
  isHttpUrl(value) ? null : `expected ${URL_FORM}`,
);

function faultOf(parsed: Result<unknown, string>): string | null {
  return parsed.ok ? null : parsed.fault;
}

function hasLogin(value: string): boolean {
  const { username, password } = new URL(value);
  return username !== '' || password !== '';
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}]+$/u.test(value) && URL.canParse(value);
}

function inProse(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
