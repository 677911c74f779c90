// What stands between mainstay and a HAProxy on another host, in words: files, TLS, SSH, and the statistics page.
import type { Trouble } from '../domain/fault.ts';

/** What happened, and the cure. */
export type Halves = readonly [what: string, cure: string];

type Of<Kind extends Trouble['kind']> = Trouble & { readonly kind: Kind };

export function fileHalves(at: string, { path, code }: Of<'file'>): Halves {
  const what = `${path}, which is needed for ${at}, cannot be used (${code})`;
  switch (code) {
    case 'ENOENT':
      return [what, 'there is no such file: correct its path in mainstay.yaml'];
    case 'EACCES':
    case 'EPERM':
      return [
        what,
        'let the user that mainstay runs as read it, and nobody else (chown, chmod 400)',
      ];
    case 'EFBIG':
    case 'EISDIR':
      return [what, 'this is another file than the one that is meant: correct its path'];
    case 'ENCRYPTED':
      return [
        what,
        'it asks for a passphrase, which mainstay cannot type: make a key without one for mainstay alone (ssh-keygen -t ed25519 -N "" -f FILE), and bind it to one command on that host',
      ];
    case 'NO_PRIVATE_KEY':
      return [what, 'give the private key that ssh-keygen made, not its .pub file'];
    case 'ERR_OSSL_X509_KEY_VALUES_MISMATCH':
      return [what, 'key and certificate are no pair: "tls.key" must be the key of "tls.cert"'];
    default:
      return [what, 'it must be a PEM file: a certificate for "ca" and "cert", a key for "key"'];
  }
}

/** Reasons are the other side's alerts ("unknown ca"), OpenSSL's words, or Node's codes (`CERT_HAS_EXPIRED`). */
export function tlsHalves(at: string, { reason }: Of<'tls'>): Halves {
  const what = `no TLS with ${at} (${reason})`;
  const has = (pattern: RegExp): boolean => pattern.test(reason);
  if (has(/certificate required|handshake failure/i))
    return [
      what,
      'HAProxy asks for a certificate: give "tls.cert" and "tls.key", signed by the authority in the "ca-file" of its "bind" line',
    ];
  if (has(/^(?:unknown ca|bad certificate|certificate unknown|decrypt error)$/i))
    return [
      what,
      'HAProxy does not trust our certificate: "tls.cert" must be signed by the authority in the "ca-file" of its "bind" line',
    ];
  if (has(/^certificate expired$/i))
    return [what, 'our certificate has expired, or a clock is wrong: renew "tls.cert"'];
  if (has(/^certificate revoked$/i))
    return [what, 'our certificate was revoked: give another as "tls.cert" and "tls.key"'];
  if (has(/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/))
    return [
      what,
      'HAProxy\'s certificate has expired or is not valid yet, or a clock is wrong: renew the "crt" of its "bind" line and reload it',
    ];
  if (has(/ALTNAME_INVALID/))
    return [
      what,
      'HAProxy\'s certificate is for another name: give the name that stands in it as "tls.serverName"',
    ];
  if (has(/SELF_SIGNED|UNABLE_TO|ISSUER|SIGNATURE/))
    return [
      what,
      'HAProxy\'s certificate is signed by none that is trusted: give its authority as "tls.ca"; if it is given, another machine may be answering',
    ];
  if (has(/wrong version number|packet length|record layer|http request/i))
    return [
      what,
      'no TLS is spoken there: a "stats socket" with "ssl" is plain text all the same; put a frontend with "bind ... ssl crt ... ca-file ... verify required" before the unix socket',
    ];
  if (has(/protocol version|unsupported protocol|no shared cipher/i))
    return [
      what,
      'both sides need a TLS version in common: look at "ssl-min-ver" of HAProxy\'s "bind" line',
    ];
  return [
    what,
    'look at "tls" in mainstay.yaml, and at the "bind" line of HAProxy\'s TLS frontend',
  ];
}

export function sshHalves(at: string, { stage, said }: Of<'ssh'>): Halves {
  const words = said === '' ? '' : ` ("${said}")`;
  switch (stage) {
    case 'host-key':
      return [
        `${at} shows another host key than the one in "ssh.hostKey"${words}`,
        'another machine may be answering: on the host itself, run "ssh-keygen -lf" on the files /etc/ssh/ssh_host_*_key.pub and compare; change "ssh.hostKey" only if one of them shows this key',
      ];
    case 'handshake':
      return [
        `no SSH with ${at}${words}`,
        'check that an sshd answers on this port, and that it takes connections ("MaxStartups", hosts.deny); its log says why it ended this one',
      ];
    case 'authentication':
      return [
        `sshd did not take our key for ${at}${words}`,
        'the public half of "ssh.key" must stand in ~/.ssh/authorized_keys of that user, which nobody else may write to; sshd\'s log says what it minds',
      ];
    case 'channel':
      return [
        `SSH works, and yet the socket of ${at} cannot be opened${words}`,
        'no such socket and no permission look alike here: check the path, that this user may open it, and sshd\'s "AllowTcpForwarding local" (or "yes"); or use "via: command" with socat, bound to the key in authorized_keys',
      ];
    case 'lost':
      return [
        `the SSH connection to ${at} was lost${words}`,
        'mainstay connects anew by itself; if this stays, look at that host, its sshd, and the network between',
      ];
    default:
      return stage satisfies never;
  }
}

/** `at` is the page's URL. */
export function httpHalves(at: string, { status }: Of<'http'>): Halves {
  const what = `${at} answered with HTTP status ${status}`;
  if (status === 401)
    return [
      what,
      'it asks for a name and a password, or does not take ours: set "auth.username" and "auth.passwordFile" as in HAProxy\'s "stats auth" line',
    ];
  if (status === 403)
    return [
      what,
      'a rule of HAProxy\'s denies it ("http-request deny", "stats http-request"): let this host in',
    ];
  if (status === 404)
    return [
      what,
      'there is no such page: correct "stats"; HAProxy\'s "stats uri" line says which it is',
    ];
  if (status === 503)
    return [
      what,
      'no statistics page answers there: correct "stats" ("stats uri" says where it is), or something before HAProxy does not reach it',
    ];
  if (status >= 300 && status < 400)
    return [
      what,
      "it sends us elsewhere, which mainstay does not follow: give the address of HAProxy's own page (https where it sends http there)",
    ];
  if (status >= 500)
    return [what, 'HAProxy, or something before it, is in trouble: look at its log'];
  return [what, "check that HAProxy's statistics page is at this address"];
}

/** `st` is the page's own word for what became of its form. */
export function formHalves(at: string, { st }: Of<'form-refused'>): Halves {
  const what = `the statistics page ${at} did not close the sessions (${st})`;
  switch (st) {
    case 'DENY':
      return [
        what,
        'it may only be looked at: add "stats admin if TRUE", or a narrower condition, beside its "stats auth" line and reload HAProxy; or give a "runtime" socket',
      ];
    case 'ERRP':
      return [what, 'it knows no such backend, server or action; they may have gone with a reload'];
    case 'EXCD':
      return [what, 'the form did not fit into its buffer ("tune.bufsize")'];
    case 'NONE':
      return [what, 'it found nothing to do'];
    default:
      return [what, "look at HAProxy's log"];
  }
}
