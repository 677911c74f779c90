// Whether `listen` can speak TLS: a certificate that holds now, and the key that belongs to it.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readSmall } from '../../config/read.ts';
import type { Config } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import { printable } from '../../haproxy/printable.ts';
import type { Found } from './finding.ts';

const MAX_FILE_BYTES = 256 * 1024;

/** `nowMs`: wall clock. */
export async function judgeTls({ tls, file }: Config, nowMs: number): Promise<readonly Found[]> {
  if (tls === null) return [];
  const at = (setting: string) => ({ proxies: [], spot: `${file} api.tls.${setting}` });
  const [cert, key, ca] = await Promise.all([
    readPem(tls.cert, 'a certificate in PEM', (bytes) => new X509Certificate(bytes)),
    readPem(tls.key, 'a private key in PEM without a passphrase', (bytes) =>
      createPrivateKey(bytes),
    ),
    tls.ca === null
      ? null
      : readPem(tls.ca, 'a certificate in PEM', (bytes) => new X509Certificate(bytes)),
  ]);
  return [
    ...unreadable(cert, at('cert')),
    ...unreadable(key, at('key')),
    ...(ca === null ? [] : unreadable(ca, at('ca'))),
    ...(cert.ok ? outOfTime(cert.value, nowMs).map((one) => ({ ...one, ...at('cert') })) : []),
    ...(cert.ok && key.ok ? mismatch(cert.value, key.value, at('key')) : []),
  ];
}

type Place = Pick<Found, 'proxies' | 'spot'>;

/** The fault is a sentence that never holds what is in the file. */
async function readPem<T>(
  path: string,
  what: string,
  parse: (bytes: Buffer) => T,
): Promise<Result<T, string>> {
  const read = await readSmall(path, MAX_FILE_BYTES);
  if (!read.ok) return { ok: false, fault: `${printable(path)}: ${read.fault}` };
  try {
    return { ok: true, value: parse(read.value.bytes) };
  } catch {
    return { ok: false, fault: `${printable(path)} is not ${what}` };
  }
}

function unreadable(read: Result<unknown, string>, place: Place): Found[] {
  if (read.ok) return [];
  return [
    {
      id: 'api-tls-file',
      level: 'error',
      ...place,
      message: `${read.fault}: mainstay will not start`,
      cure: 'correct the path, or let the user of mainstay read it',
    },
  ];
}

function outOfTime({ validFrom, validTo }: X509Certificate, nowMs: number): OutOfTime[] {
  const found = { id: 'api-tls-time', level: 'error' } as const;
  if (Date.parse(validTo) <= nowMs)
    return [
      {
        ...found,
        message: `the certificate has expired (${validTo}): peers and commands will refuse it`,
        cure: 'renew it, and restart mainstay',
      },
    ];
  if (Date.parse(validFrom) > nowMs)
    return [
      {
        ...found,
        message: `the certificate is not valid yet (from ${validFrom}): peers and commands will refuse it`,
        cure: "set this host's clock, or wait",
      },
    ];
  return [];
}

type OutOfTime = Omit<Found, keyof Place>;

function mismatch(cert: X509Certificate, key: KeyObject, place: Place): Found[] {
  if (cert.checkPrivateKey(key)) return [];
  return [
    {
      id: 'api-tls-key',
      level: 'error',
      ...place,
      message: 'the key is not that of the certificate: mainstay will not start',
      cure: 'name the two that were made together',
    },
  ];
}
