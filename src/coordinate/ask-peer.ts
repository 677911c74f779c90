// One GET to a peer, over a connection of its own: the answer's head and its stream, or why there is none.
import { X509Certificate } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns';
import { readFile, stat } from 'node:fs/promises';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import type { PeerConfig } from '../domain/config.ts';
import type { PeerFault } from '../domain/peer.ts';
import type { Result } from '../domain/result.ts';
import { printable } from '../haproxy/printable.ts';
import { lookupOnce } from './lookup-once.ts';

const lookup = lookupOnce(systemLookup);
const MAX_MESSAGE_CHARS = 300;
/** A bundle of all the authorities that the Web knows has some 250 kB. */
const MAX_PEM_BYTES = 1024 * 1024;

/**
 * The body of an answer with status 200, not yet read. Nothing is followed, unpacked or sent through a proxy; who it is
 * is verified, whatever the environment says. `signal` ends all of it, the body too.
 */
export async function askPeer(
  peer: PeerConfig,
  path: '/v1/view' | '/v1/events',
  signal: AbortSignal,
): Promise<Result<Readable, PeerFault>> {
  const agent = await makeAgent(peer);
  if (!agent.ok) return agent;
  try {
    const { status, data } = await axios.request<Readable>({
      url: new URL(path, peer.url).href,
      headers: {
        'accept-encoding': 'identity',
        ...(peer.token !== null && { authorization: `Bearer ${peer.token}` }),
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
    if (status === 200) return { ok: true, value: data };
    data.on('error', () => {}).destroy();
    return statusFault(peer, status);
  } catch (error) {
    return faultOf(peer, error);
  }
}

export function peerFault(
  kind: PeerFault['kind'],
  message: string,
): { readonly ok: false; readonly fault: PeerFault } {
  return { ok: false, fault: { kind, message: printable(message).slice(0, MAX_MESSAGE_CHARS) } };
}

/** What an error of Node's means, by its code alone: its message may hold what was sent. */
export function faultOf({ url }: PeerConfig, error: unknown) {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return peerFault('refused', `nobody listens at ${url}`);
  if (code.startsWith('HPE_'))
    return peerFault('garbage', `what answers at ${url} speaks no HTTP (${code})`);
  if (/^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_|UNABLE_TO_)|^EPROTO$|SELF_SIGNED|ISSUER/.test(code))
    return peerFault('tls', `no TLS with ${url} (${code}): its certificate must be signed by "ca"`);
  return peerFault('unreachable', `${url} cannot be reached, or breaks off (${code})`);
}

function codeOf(error: unknown): string {
  const cause = isAxiosError(error) ? (error.cause ?? error) : error;
  const has = typeof cause === 'object' && cause !== null && 'code' in cause;
  return has && typeof cause.code === 'string' ? cause.code : 'no code';
}

function statusFault({ url, token }: PeerConfig, status: number) {
  const said = `answered with HTTP status ${status}`;
  if (status === 401 || status === 403) {
    const cure =
      token === null
        ? 'it asks for a token: give the one of its "api.tokenFile" as "tokenFile"'
        : 'it does not take our token: "tokenFile" must hold the one of its "api.tokenFile"';
    return peerFault('unauthorized', `${url} ${said}: ${cure}`);
  }
  if (status === 404) return peerFault('http', `${url} ${said}: no mainstay, or an older one`);
  if (status === 503)
    return peerFault('http', `${url} ${said}: it has not looked yet, or has no "self"`);
  if (status >= 300 && status < 400)
    return peerFault('http', `${url} ${said}: it sends us elsewhere, which is not followed`);
  return peerFault('http', `${url} ${said}`);
}

/** The authority's file is read anew each time, so that a renewed one is followed. */
async function makeAgent({ url, ca }: PeerConfig): Promise<Result<Agent, PeerFault>> {
  if (!/^https:/i.test(url)) return { ok: true, value: new Agent({ lookup }) };
  if (ca === null) return { ok: true, value: new TlsAgent({ lookup, rejectUnauthorized: true }) };
  try {
    const found = await stat(ca);
    // A pipe or a device may have no end.
    if (!found.isFile() || found.size > MAX_PEM_BYTES)
      throw Object.assign(new Error(), { code: 'no such file as is meant' });
    const pem = await readFile(ca);
    // Node takes a file without a certificate in silence, and then trusts nobody.
    void new X509Certificate(pem);
    return { ok: true, value: new TlsAgent({ lookup, rejectUnauthorized: true, ca: pem }) };
  } catch (error) {
    return peerFault('file', `"ca" of ${url}, ${ca}, cannot be used (${codeOf(error)})`);
  }
}
