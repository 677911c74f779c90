// How a command reaches the daemon of its own configuration: where, with which token, and which certificate it trusts.
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import type { AxiosRequestConfig } from 'axios';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';

/** One exchange with the daemon: within this time, and no more than so many bytes of an answer. */
export interface Bounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Where this configuration's daemon answers; `path` begins with a slash. */
export function daemonUrl({ listen, tls }: Config, path: string): string {
  return `${tls === null ? 'http' : 'https'}://${reachable(listen.host)}:${listen.port}${path}`;
}

/**
 * What axios is to be given with each request. By TLS `ca` is trusted, or the certificate itself, whatever its name: it
 * is this host's own file. The fault is the end of a sentence.
 */
export async function daemonOptions(
  { token, tls }: Config,
  { timeoutMs, maxBytes }: Bounds,
): Promise<Result<AxiosRequestConfig, string>> {
  const options: AxiosRequestConfig = {
    timeout: timeoutMs,
    signal: AbortSignal.timeout(timeoutMs),
    maxContentLength: maxBytes,
    maxRedirects: 0,
    proxy: false,
    ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
  };
  if (tls === null) return { ok: true, value: options };
  const trusted = tls.ca ?? tls.cert;
  try {
    const httpsAgent = new Agent({
      ca: await readFile(trusted),
      // A certificate that another has signed may be all that there is to trust.
      allowPartialTrustChain: true,
      checkServerIdentity: () => undefined,
    });
    return { ok: true, value: { ...options, httpsAgent } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { ok: false, fault: `${trusted} cannot be read (${code})` };
  }
}

/** An address to listen on may be one that nobody can dial. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
