// A whole mainstay.yaml from what HAProxy said, each setting with a word on what it does. It is valid as it stands.
import type { Backend } from '../../haproxy/show-backends.ts';
import { serverList } from '../check/server-list.ts';
import { clockTime } from '../layout.ts';
import type { Choice } from './choose-backend.ts';
import type { FoundProxy } from './find-proxies.ts';
import { nextName } from './name-proxies.ts';
import { proxyBlock, secondProxy } from './proxy-block.ts';
import { comment, example, value } from './yaml-lines.ts';

export interface Draft {
  /** Of mainstay. */
  readonly version: string;
  readonly nowMs: number;
  /** Null: nothing could be asked. */
  readonly choice: Choice | null;
  /** With their names. At least one. */
  readonly proxies: readonly { readonly name: string; readonly proxy: FoundProxy }[];
}

/** More than this are not named. */
const MAX_BACKENDS = 10;

export function draft({ version, nowMs, choice, proxies }: Draft): string {
  const names = proxies.map(({ name }) => name);
  const parts: readonly (readonly string[])[] = [
    [
      comment(
        `mainstay.yaml, as mainstay init (${version}) wrote it at ${clockTime(nowMs)}. Every other setting, with its default: docs/mainstay.example.yaml. Where no space follows the #, it is a setting that is not in use; take the # away to use it.`,
      ),
    ],
    choice === null ? UNKNOWN : backendPart(choice),
    ...(choice === null ? [] : [producersPart(choice)]),
    [
      comment('The HAProxies, 1 to 64. The names are yours; they stand in metrics and messages.'),
      'proxies:',
      ...proxies.flatMap(({ name, proxy }) => proxyBlock(proxy, name)),
      ...(proxies.length === 1 ? secondProxy(nextName(names)) : []),
    ],
    [
      comment(
        'observe: mainstay watches and tells, and touches nothing. Take this line away once `mainstay status` has shown for a day what you expect: from then on it closes sessions that are in the wrong place.',
      ),
      'mode: observe',
    ],
    steerPart(proxies.map(({ proxy }) => proxy)),
    eventsPart(proxies.map(({ proxy }) => proxy)),
    [
      comment('Where the page, the metrics, the health and the API are served: this host alone.'),
      'listen: 127.0.0.1:9847',
    ],
    [
      comment(
        'The file with the token for orders to the daemon (mainstay converge --to, mainstay pause). To make one:',
      ),
      comment('(umask 077; head -c 32 /dev/urandom | base64 >token)'),
      example(['api:', '  tokenFile: token']),
    ],
    [
      comment(
        'What was decided and done, for `mainstay history`; without it a restart forgets it, and no override is taken. The folder must be there, and be writable for the user that mainstay runs as.',
      ),
      example(['journal: /var/lib/mainstay/journal.jsonl']),
    ],
    [
      comment(
        'For a mainstay beside each HAProxy: which of them this one stands beside, and where the others answer. `listen` is then an address that they reach.',
      ),
      example([
        `self: ${value(names[0] ?? '')}`,
        'peers:',
        `  - name: ${value(names[1] ?? nextName(names))}`,
        '    url: https://10.0.0.2:9847',
        '    tokenFile: token',
      ]),
    ],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const UNKNOWN: readonly string[] = [
  comment(
    'The HAProxy backend (or listen section) to watch. Nothing could be asked: write its name here.',
  ),
  'backend: bp',
];

function backendPart({ backend, mode, servers, pair, missing, others }: Choice): readonly string[] {
  const named = others.slice(0, MAX_BACKENDS).map(backendText);
  const more = others.length - named.length;
  return [
    comment(
      `The HAProxy backend (or listen section) to watch${mode === '' ? '' : `, mode ${mode}`}.`,
    ),
    ...(pair
      ? []
      : [
          comment(
            `CAUTION: ${servers.every(({ backup }) => backup) ? 'all of its servers are' : 'more than one of its servers is without'} \`backup\`. HAProxy itself spreads sessions over these, and mainstay would bring all of them to one. Is this the backend that you mean?`,
          ),
        ]),
    ...(missing.length === 0
      ? []
      : [
          comment(
            `Not at every proxy, and so no producers: ${missing.slice(0, MAX_BACKENDS).join(', ')}.`,
          ),
        ]),
    ...(named.length === 0
      ? []
      : [
          comment(
            `Others that have two servers or more: ${named.join('; ')}${more > 0 ? `; … and ${more} more` : ''}.`,
          ),
        ]),
    `backend: ${value(backend)}`,
  ];
}

function producersPart({ servers }: Choice): readonly string[] {
  return [
    comment(
      'Its servers in order of preference: sessions belong on the first, and on the next only while that is not up. Those that are not listed are counted, and never touched.',
    ),
    `producers: ${value(servers.map(({ name }) => name))}`,
  ];
}

/** `web (http: a, b (backup))` */
export function backendText({ name, mode, servers }: Backend): string {
  const some = servers.slice(0, MAX_BACKENDS);
  const list = `${serverList(some)}${servers.length > some.length ? ', …' : ''}`;
  return `${name} (${mode === '' ? '' : `${mode}: `}${list})`;
}

/** A table of another name may be somebody else's: it is named, and not taken. */
function steerPart(proxies: readonly FoundProxy[]): readonly string[] {
  const seen = workersOf(proxies);
  const at = (table: string): number => seen.filter(({ tables }) => tables.includes(table)).length;
  if (seen.length > 0 && at('pin') === seen.length) {
    return [
      comment(
        'Where new connections go while a better server that is back must still wait. auto: by the stick table below, which HAProxy has; `mainstay check` says whether its backend follows it.',
      ),
      'steer: auto',
      'pin:',
      '  table: pin',
    ];
  }
  const other = seen[0]?.tables.find((table) => at(table) === seen.length);
  const lacking = at('pin') > 0 ? 'some of these HAProxies lack it' : 'HAProxy has none here';
  return [
    comment(
      `auto: new connections are kept on the server in use while a better one that is back must still wait, where HAProxy has a stick table \`pin\` and lines that follow it: see haproxy/haproxy.cfg in this package${seen.length === 0 ? '' : ` (${lacking})`}.`,
    ),
    'steer: auto',
    ...(other === undefined
      ? []
      : [
          comment(
            `The table \`${other}\` would do. Name it only if it is for mainstay, which writes into it.`,
          ),
          example(['pin:', `  table: ${value(other)}`]),
        ]),
  ];
}

function eventsPart(proxies: readonly FoundProxy[]): readonly string[] {
  const seen = workersOf(proxies);
  const rings = new Set(seen.flatMap((worker) => worker.rings.slice(0, 1)));
  const text =
    rings.size === 0
      ? 'auto: HAProxy tells of changes as they happen, where it has a ring; here it has none (see haproxy/haproxy.cfg in this package), and changes are seen by the next look, a second later at most.'
      : `auto: HAProxy tells of changes as they happen, by its ring (${[...rings].slice(0, MAX_BACKENDS).join(', ')}).`;
  return [comment(text), 'events: auto'];
}

function workersOf(proxies: readonly FoundProxy[]) {
  return proxies.flatMap((proxy) => (proxy.kind === 'seen' ? [proxy.worker] : []));
}
