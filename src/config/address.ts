// The forms in which the file writes where something is reached.
import { isIP, isIPv6 } from 'node:net';
import type { Address } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import { wants } from './wants.ts';

/** Every way to a Runtime API that the file can name; `Address` holds those that are built. */
export type Link =
  | Address
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly text: string }
  | { readonly kind: 'ssh'; readonly text: string };

/** Without the brackets of an IPv6 address. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export const LINK_FORMS = 'unix:PATH, tcp:HOST:PORT, tls:HOST:PORT or ssh:USER@HOST[:PORT]/PATH';

/** `sun_path` holds 108 bytes with the NUL at its end (unix(7)). */
const MAX_SOCKET_PATH_BYTES = 107;

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
      const wrong =
        sshLoginFault(login, 'ssh:USER@HOST[:PORT]/PATH') ??
        socketPathFault(path, 'ssh:USER@HOST[:PORT]/PATH');
      return wrong === null ? { ok: true, value: { kind, text } } : no(wrong);
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

/** What is wrong with `USER@HOST[:PORT]`, as a message; null: nothing. */
export function sshLoginFault(text: string, form = 'USER@HOST[:PORT]'): string | null {
  const [, host, port] =
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@(\[[^\]]*\]|[^:@]*)(?::(.*))?$/.exec(text) ?? [];
  if (host === undefined) return wants(form);
  const where = parseHostPort(`${host}:${port ?? '22'}`, form);
  return where.ok ? null : where.fault;
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
