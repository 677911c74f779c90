// What went wrong with TLS, in few words: the other side's, OpenSSL's, or Node's.
import type { Trouble } from '../domain/fault.ts';

/** `reason`: OpenSSL's words, which for an alert are those of the other side; for other codes Node puts more there. */
export function tlsTrouble(code: string, reason: string | undefined): Trouble {
  const words = /^(?:ERR_SSL_|EPROTO$)/.test(code) ? reason : undefined;
  return { kind: 'tls', reason: (words ?? code).replace(/^(?:sslv3|tlsv1|tlsv13) alert /, '') };
}
