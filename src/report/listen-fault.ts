// Why the HTTP server could not start, and the sentence for it.

/** `code` is the operating system's or OpenSSL's; `tls`: that certificate's or key's file cannot be used. */
export type ListenFault =
  | {
      readonly kind: 'port-in-use' | 'cannot-listen';
      readonly host: string;
      readonly port: number;
      readonly code: string;
    }
  | {
      readonly kind: 'tls';
      readonly host: string;
      readonly port: number;
      readonly setting: 'api.tls.cert' | 'api.tls.key';
      readonly path: string;
      readonly code: string;
    };

/** With the way out, and without a full stop. */
export function listenText(fault: ListenFault): string {
  const { host, port, code } = fault;
  switch (fault.kind) {
    case 'port-in-use':
      return `listen: ${host}:${port} is in use by another program, perhaps another mainstay: stop it, or choose another port`;
    case 'cannot-listen':
      return `listen: cannot listen on ${host}:${port} (${code}): choose an address of this host`;
    case 'tls':
      return `${fault.setting}: ${fault.path} ${tlsWords(fault)}`;
    default:
      throw fault satisfies never;
  }
}

function tlsWords({ setting, code }: Extract<ListenFault, { kind: 'tls' }>): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return "is closed to mainstay's user: give it the right to read the file";
    case 'ERR_OSSL_X509_KEY_VALUES_MISMATCH':
      return 'is not the key of the certificate in api.tls.cert';
    default:
      return setting === 'api.tls.cert'
        ? `holds no certificate that can be used (${code}): name a PEM file, the authorities between in it after the certificate`
        : `holds no key that can be used (${code}): name a PEM file without a passphrase`;
  }
}
