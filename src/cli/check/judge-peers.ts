// What stands between this mainstay and each of its peers: no answer, no right to one, another cluster, another clock.
import { unlike } from '../../coordinate/unlike.ts';
import type { Config } from '../../domain/config.ts';
import type { PeerFault, PeerView } from '../../domain/peer.ts';
import { printable } from '../../haproxy/printable.ts';
import { duration } from '../layout.ts';
import type { AskedPeer } from './ask-peers.ts';
import type { Found, Here } from './finding.ts';
import { isTold } from './told.ts';

/** Overrides and pauses end by the clock on the wall. */
const CLOCKS_APART_MS = 2000;

/** `producers`: in order of preference, as the decision would take them; `version`: of this mainstay. */
export function judgePeers(
  config: Config,
  asked: readonly AskedPeer[],
  producers: readonly string[],
  version: string,
): readonly Found[] {
  return asked.flatMap((one) => {
    const { peer, result } = one;
    const here = result.ok
      ? judgeAnswer(config, one, result.value, producers, version)
      : [noAnswer(result.fault)];
    return [...here, ...aloneOf(config, peer.name)].map((found) => ({
      ...found,
      proxies: [peer.name],
      spot: peer.url,
    }));
  });
}

function noAnswer({ kind, message }: PeerFault): Here {
  const found = { level: 'error', message: `no word from its mainstay: ${message}` } as const;
  switch (kind) {
    case 'refused':
    case 'unreachable':
    case 'timeout':
    case 'late':
    case 'not-yet':
      return {
        ...found,
        id: 'peer-unreachable',
        cure: 'start it there; see that its `listen` is an address that this host reaches, and that no firewall is between\n    systemctl status mainstay',
        exit: 3,
      };
    case 'unauthorized':
      return {
        ...found,
        id: 'peer-unauthorized',
        cure: 'write the token of its api.tokenFile into a file of mode 600, and name that\n    peers: [{ name: NAME, url: URL, tokenFile: FILE }]',
        exit: 4,
      };
    case 'tls':
    case 'file':
      return {
        ...found,
        id: 'peer-tls',
        cure: "name the authority of the other one's certificate, or that certificate itself; it must be for the host of the url\n    peers: [{ name: NAME, url: URL, ca: FILE }]",
      };
    case 'http':
    case 'garbage':
    case 'too-large':
      return {
        ...found,
        id: 'peer-answer',
        cure: 'see what its log says, and that the url is that of a mainstay of this version',
      };
    case 'other':
      return other(message);
    default:
      return kind satisfies never;
  }
}

function judgeAnswer(
  config: Config,
  { peer, aheadMs }: AskedPeer,
  view: PeerView,
  producers: readonly string[],
  version: string,
): Here[] {
  const { cluster, backend } = config;
  const difference = unlike(peer.name, view, { cluster, backend, producers: () => producers });
  const found: Here[] = difference === null ? [] : [other(`${peer.url} ${difference}`)];
  if (view.version !== version)
    found.push({
      id: 'peer-version',
      level: 'warning',
      message: `its mainstay is version ${printable(view.version)}, this one is ${version}: what they know to agree on may differ`,
      cure: 'give both the same version',
    });
  if (view.mode === 'observe' && config.policy.mode === 'converge')
    found.push({
      id: 'peer-observes',
      level: 'warning',
      message:
        'its mainstay only observes: it agrees to no failback, which waits for ever (gate peer-disagrees)',
      cure: 'in its mainstay.yaml\n    mode: converge',
    });
  if (Math.abs(aheadMs) > CLOCKS_APART_MS)
    found.push({
      id: 'peer-clock',
      level: 'warning',
      message: `its clock is ${duration(Math.abs(aheadMs))} or more ${aheadMs > 0 ? 'ahead of' : 'behind'} this host's: overrides and pauses end there at another time than here`,
      cure: 'have both set by NTP\n    timedatectl set-ntp true',
    });
  const [proxy] = config.proxies.filter(({ name }) => name === peer.name);
  if (proxy !== undefined && isTold(proxy) && !view.proxies.some(({ name }) => name === peer.name))
    found.push({
      id: 'peer-blind',
      level: 'error',
      message: 'its mainstay does not see it now, and there is no other way to it from here',
      cure: 'check it there\n    mainstay check',
      exit: 3,
    });
  return found;
}

function other(message: string): Here {
  return {
    id: 'peer-other',
    level: 'error',
    message: `its mainstay is none to agree with: ${message}`,
    cure: 'correct the url, or the setting, so that both have the same cluster, backend and producers in the same order',
  };
}

/** One that nobody stands by for. */
function aloneOf({ proxies }: Config, name: string): Here[] {
  const [proxy] = proxies.filter((one) => one.name === name);
  if (proxy === undefined || proxy.drive === 'standby') return [];
  return [
    {
      id: 'peer-alone',
      level: 'info',
      message: `while its mainstay is gone, nobody acts on it${isTold(proxy) ? ', and nobody sees it from here' : ''}`,
      cure: 'if its socket may be reached from here, have this mainstay stand by: give the proxy\n    runtime: ssh:USER@HOST/run/haproxy/admin.sock\n    drive: standby',
    },
  ];
}
