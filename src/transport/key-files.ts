// Files that prove who is who: passwords, keys and certificates, read anew each time, so that renewed ones are followed.
import { X509Certificate } from 'node:crypto';
import { constants, open } from 'node:fs/promises';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext, type SecureContext } from 'node:tls';
import type { TlsFiles } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';

/** A bundle of all the authorities that the Web knows has some 250 kB. */
const MAX_PEM_BYTES = 1024 * 1024;

/** For `tls.connect` and `https.Agent`. The peer is verified whatever the environment says. */
export interface TlsOptions {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: true;
  /** The name to ask for, and to verify; without them: the host. */
  readonly servername?: string;
  readonly checkServerIdentity?: typeof checkServerIdentity;
}

/** The whole file. Faults: `file`, with `EFBIG` where it is larger than `maxBytes`. A pipe is none: `ESPIPE`. */
export async function readSmall(path: string, maxBytes: number): Promise<Result<Buffer, Trouble>> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(maxBytes + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      if (bytesRead > maxBytes) return unusable(path, { code: 'EFBIG' });
      return { ok: true, value: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return unusable(path, error);
  }
}

/** Faults: `file`, by the one that cannot be read or holds no certificate or key that fits. */
export async function readTls(files: TlsFiles): Promise<Result<TlsOptions, Trouble>> {
  const ca = await readPem(files.ca, (pem) => void new X509Certificate(pem));
  if (!ca.ok) return ca;
  const cert = await readPem(files.cert, (pem) => void createSecureContext({ cert: pem }));
  if (!cert.ok) return cert;
  const key = await readPem(files.key, (pem) => {
    createSecureContext({ key: pem, ...(cert.value && { cert: cert.value }) });
  });
  if (!key.ok) return key;
  const secureContext = createSecureContext({
    ...(ca.value && { ca: ca.value }),
    ...(cert.value && { cert: cert.value }),
    ...(key.value && { key: key.value }),
  });
  return { ok: true, value: { secureContext, rejectUnauthorized: true, ...nameOf(files) } };
}

function nameOf({ serverName }: TlsFiles): Pick<TlsOptions, 'servername' | 'checkServerIdentity'> {
  if (serverName === null) return {};
  return {
    // RFC 6066, 3: no address stands there.
    ...(isIP(serverName) === 0 && { servername: serverName }),
    checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
  };
}

/** The file, or null where none is named. `use` throws where the library can't use it. */
async function readPem(
  path: string | null,
  use: (pem: Buffer) => void,
): Promise<Result<Buffer | null, Trouble>> {
  if (path === null) return { ok: true, value: null };
  const pem = await readSmall(path, MAX_PEM_BYTES);
  if (!pem.ok) return pem;
  try {
    use(pem.value);
    return pem;
  } catch (error) {
    return unusable(path, error);
  }
}

function unusable(path: string, error: unknown): { readonly ok: false; readonly fault: Trouble } {
  const named = typeof error === 'object' && error !== null && 'code' in error;
  const code = named && typeof error.code === 'string' ? error.code : 'unusable';
  return { ok: false, fault: { kind: 'file', path, code } };
}
