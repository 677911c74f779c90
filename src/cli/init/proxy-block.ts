// The block of one proxy in mainstay.yaml, with what was seen of it.
import { faultWords } from '../../haproxy/fault-text.ts';
import type { FoundProxy, MasterFound } from './find-proxies.ts';
import { comment, example, value } from './yaml-lines.ts';

const INDENT = '    ';

export function proxyBlock(proxy: FoundProxy, name: string): readonly string[] {
  const { link } = proxy;
  const head = [
    comment(told(proxy), '  '),
    `  - name: ${value(name)}`,
    `${INDENT}runtime: ${value(link.text)}`,
  ];
  switch (proxy.kind) {
    case 'seen':
      return [...head, ...masterLines(proxy.master)];
    case 'silent':
      return head;
    case 'unasked':
      return [...head, ...(proxy.link.kind === 'ssh' ? SSH : TLS)];
    default:
      return proxy satisfies never;
  }
}

function told(proxy: FoundProxy): string {
  switch (proxy.kind) {
    case 'seen': {
      const { version, level } = proxy.worker;
      const enough =
        level === 'admin'
          ? ''
          : ': enough to watch; to close sessions it must be admin ("stats socket … level admin")';
      return `HAProxy ${version}, level ${level}${enough}.`;
    }
    case 'silent':
      return `Did not answer: ${faultWords(proxy.fault).what}.`;
    case 'unasked':
      return 'Not asked: write the names of your own files below first, then run `mainstay check`.';
    default:
      return proxy satisfies never;
  }
}

function masterLines(master: MasterFound): readonly string[] {
  switch (master.kind) {
    case 'found':
      return [
        comment(
          'Its master: only there are the sessions seen that a reload leaves in old workers.',
          INDENT,
        ),
        `${INDENT}master: ${value(master.link.text)}`,
        comment(
          'With this mainstay may reload it, where closing sessions is impossible or has failed.',
          INDENT,
        ),
        example(['reload: master'], INDENT),
      ];
    case 'forbidden':
      return [
        comment(
          'Its master, if it is this one, which this user may not open: let a group in that this user is in (haproxy -S PATH,mode,660,group,haproxy), restart HAProxy, and take the # away. Without it the sessions that a reload leaves in old workers are not seen.',
          INDENT,
        ),
        example([`master: ${value(master.link.text)}`], INDENT),
      ];
    case 'none':
      return [
        comment(
          'No master socket was found (haproxy -S PATH): without it the sessions that a reload leaves in old workers are not seen. Name it here, as master: unix:PATH',
          INDENT,
        ),
      ];
    default:
      return master satisfies never;
  }
}

/** What that host prints of its own key has 43 characters behind `SHA256:`. */
const HOST_KEY = `SHA256:${'x'.repeat(43)}`;

const SSH: readonly string[] = [
  `${INDENT}ssh:`,
  comment('The private key, without a passphrase.', `${INDENT}  `),
  `${INDENT}  key: id_ed25519`,
  comment('What that host prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub', `${INDENT}  `),
  `${INDENT}  hostKey: ${HOST_KEY}`,
];

const TLS: readonly string[] = [
  `${INDENT}tls:`,
  comment(
    "The authority of HAProxy's certificate, then mainstay's own certificate and its key.",
    `${INDENT}  `,
  ),
  `${INDENT}  ca: ca.pem`,
  `${INDENT}  cert: mainstay.pem`,
  `${INDENT}  key: mainstay.key`,
];

/** One on another host, for who has named a single socket. */
export function secondProxy(name: string): readonly string[] {
  return [
    comment(
      'A second HAProxy with the same backend, here on another host and reached by SSH (docs/remote.md).',
      '  ',
    ),
    example(
      [
        `- name: ${value(name)}`,
        '  runtime: ssh:mainstay@10.0.0.2/run/haproxy/admin.sock',
        '  ssh:',
        '    key: id_ed25519',
        `    hostKey: ${HOST_KEY}`,
      ],
      '  ',
    ),
  ];
}
