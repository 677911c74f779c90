// The forms in which the file writes where something is reached.
import { isIP, isIPv6 } from 'node:net';
import type { Result } from '../domain/result.ts';
import { wants } from './wants.ts';

/** A way to a Runtime API as one setting names it; its files and keys stand in others. */
export type Link = { readonly text: string } & (
  | { readonly kind: 'unix'; readonly path: string }
  | ({ readonly kind: 'tcp' } & HostPort)
  | ({ readonly kind: 'tls' } & HostPort)
  | ({ readonly kind: 'ssh'; readonly user: string; readonly path: string } & HostPort)
);

/** Without the brackets of an IPv6 address. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

const SSH_FORM = 'ssh:USER@HOST[:PORT]/PATH';

export const LINK_FORMS = 'unix:PATH, tcp:HOST:PORT, tls:HOST:PORT or ssh:USER@HOST[:PORT]/PATH';

/** `sun_path` holds 108 bytes with the NUL at its end (unix(7)). */
const MAX_SOCKET_PATH_BYTES = 107;

/** What no shell, and no `socat` behind a forced command, takes for anything but a part of the name. */
const PLAIN_PATH = /^[A-Za-z0-9_.+@/-]*$/;

const HOST_NAME = /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\.?$/;

/** All faults here are messages for the user, made by `wants`. */
export function parseLink(text: string): Result<Link, string> {
  const [, kind, rest = ''] = /^(unix|tcp|tls|ssh):(.*)$/.exec(text) ?? [];
  switch (kind) {
    case 'unix': {
      const wrong = socketPathFault(rest, 'unix:PATH');
      return wrong === null ? { ok: true, value: { kind, path: rest, text } } : no(wrong);
    }
    case 'tcp':
    case 'tls': {
      const where = parseHostPort(rest, `${kind}:HOST:PORT`);
      return where.ok ? { ok: true, value: { kind, ...where.value, text } } : where;
    }
    case 'ssh': {
      const [, login = '', path = ''] = /^([^/]*)(\/.*)$/.exec(rest) ?? [];
      const who = parseSshLogin(login, SSH_FORM);
      if (!who.ok) return who;
      const wrong =
        socketPathFault(path, SSH_FORM) ??
        (PLAIN_PATH.test(path)
          ? null
          : wants(`${SSH_FORM} with a path of letters, digits and / . _ - + @ only`));
      return wrong === null ? { ok: true, value: { kind, ...who.value, path, text } } : no(wrong);
    }
    case undefined:
    default:
      return no(wants(LINK_FORMS));
  }
}

/** `HOST:PORT`; `form` is how the whole setting is written. */
export function parseHostPort(text: string, form = 'HOST:PORT'): Result<HostPort, string> {
  const [, host = '', port = ''] = /^(.*):([^:]*)$/.exec(text) ?? [];
  if (/^[^[\]]*:[^[\]]*$/.test(host)) return no(wants(`${form}, an IPv6 address in brackets`));
  const [, bracketed] = /^\[(.*)\]$/.exec(host) ?? [];
  if (!(bracketed === undefined ? isHost(host) : isIPv6(bracketed))) return no(wants(form));
  if (!isPort(port)) return no(wants(`${form} with a port from 1 to 65535`));
  return { ok: true, value: { host: bracketed ?? host, port: Number(port) } };
}

/** `USER@HOST[:PORT]`, the port 22 where none is given. */
export function parseSshLogin(
  text: string,
  form = 'USER@HOST[:PORT]',
): Result<HostPort & { readonly user: string }, string> {
  const [, user, host, port] =
    /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@(\[[^\]]*\]|[^:@]*)(?::(.*))?$/.exec(text) ?? [];
  if (user === undefined) return no(wants(form));
  const where = parseHostPort(`${host}:${port ?? '22'}`, form);
  return where.ok ? { ok: true, value: { user, ...where.value } } : where;
}

/** A host name or an IPv4 address. Digits and dots alone are meant to be an address. */
function isHost(text: string): boolean {
  return HOST_NAME.test(text) && (isIP(text) === 4 || !/^[\d.]+$/.test(text));
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function socketPathFault(path: string, form: string): string | null {
  if (!/^\/\P{Cc}+$/u.test(path)) return wants(`${form} with an absolute path`);
  return Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES
    ? wants(`${form} with a path of at most ${MAX_SOCKET_PATH_BYTES} bytes`)
    : null;
}

function no(fault: string): { ok: false; fault: string } {
  return { ok: false, fault };
}
