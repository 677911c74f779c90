// `mainstay init`: asks HAProxy's sockets what they serve, and prints a commented mainstay.yaml. Touches nothing.
import type { Link } from '../../config/address.ts';
import type { Fault } from '../../domain/fault.ts';
import { faultText } from '../../haproxy/fault-text.ts';
import { printable } from '../../haproxy/printable.ts';
import { exitOfFault } from '../check/finding.ts';
import { serverList } from '../check/server-list.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { complain } from '../layout.ts';
import type { World } from '../world.ts';
import { readAddresses } from './addresses.ts';
import { chooseBackend, type Choice } from './choose-backend.ts';
import { backendText, draft } from './draft.ts';
import { findProxies, isPlain, type Findings, type FoundProxy } from './find-proxies.ts';
import { nameProxies } from './name-proxies.ts';
import { USUAL_PLACES } from './usual-places.ts';

const SOCKET_LINE =
  'stats socket /run/haproxy/admin.sock mode 660 user root group haproxy level admin';

/** More names than this help nobody. */
const MAX_NAMED = 10;

/**
 * The file goes to `world.out`, all else to `world.err`. Exit codes: 1 an address that is none; 3 no socket answered, or
 * one that was named did not; 4 the same, for want of a right; 2 HAProxy has no backend that fits.
 * @param runtimes the addresses to ask, as the user typed them; none: `places` are
 */
export async function init(
  world: World,
  runtimes: readonly string[],
  places: readonly string[] = USUAL_PLACES,
): Promise<ExitCode> {
  const { err, version } = world;
  const given = runtimes.length > 0;
  const links = readAddresses(given ? runtimes : places.map((path) => `unix:${path}`));
  if (!links.ok) {
    complain(err, links.fault);
    return EXIT.usage;
  }
  const findings = await findProxies(world, links.value);
  tell(world, findings, given);
  // At the usual places others than HAProxy's may be; what the user has named is meant.
  const proxies = given ? findings.proxies : findings.proxies.filter(({ kind }) => kind === 'seen');
  const seen = proxies.flatMap((proxy) => (proxy.kind === 'seen' ? [proxy] : []));
  const anyAsked = links.value.some(isPlain);
  if (seen.length === 0 && anyAsked) return nobody(world, findings, given);
  const choice = chooseBackend(seen.map(({ worker }) => worker.backends));
  if (choice === null && seen.length > 0) return noBackend(world, seen);
  const names = nameProxies(proxies);
  const named = proxies.map((proxy, i) => ({ proxy, name: names[i] ?? '' }));
  const nowMs = world.clock.now().wallMs;
  world.out.write(draft({ version, nowMs, choice, proxies: named }));
  complain(err, choice === null ? UNKNOWN_BACKEND : chosen(choice));
  tellNext(world, runtimes);
  return anyAsked ? exitOf(proxies) : EXIT.unseen;
}

const UNKNOWN_BACKEND =
  'Nothing could be asked: the file has a backend "bp" that is only an example, write the name of yours.';

function chosen({ backend, servers, pair }: Choice): string {
  const list = serverList(servers.slice(0, MAX_NAMED));
  const caution = pair ? '' : ' CAUTION: no active/backup pair, see the comment in the file.';
  return `Backend ${backend}: ${list}${servers.length > MAX_NAMED ? ', …' : ''}.${caution}`;
}

/** Where the file has gone to a screen, how to have it as one. */
function tellNext({ out, err }: World, runtimes: readonly string[]): void {
  const again = ['mainstay init', ...runtimes.map((text) => `--runtime ${quoted(text)}`)].join(' ');
  complain(err, 'Next, in this order; nothing of it changes anything in HAProxy:');
  const lines = ['mainstay check', 'mainstay status'];
  for (const line of out.columns === null ? lines : [`${again} >mainstay.yaml`, ...lines])
    err.write(`    ${line}\n`);
}

/** A line for each socket: what it is, or why it is not asked. */
function tell({ err }: World, { proxies, twins, strangers }: Findings, given: boolean): void {
  for (const proxy of proxies) {
    if (given || proxy.kind !== 'silent' || proxy.fault.kind !== 'no-socket')
      complain(err, told(proxy));
    if (proxy.kind !== 'seen' || proxy.master.kind === 'none') continue;
    const { kind, link } = proxy.master;
    complain(
      err,
      `${printable(link.text)}: ${kind === 'found' ? `the master of ${printable(proxy.link.text)}` : 'a master socket, which this user may not open'}.`,
    );
  }
  for (const { link, of } of twins)
    complain(err, `${printable(link.text)}: the same HAProxy as ${printable(of.text)}; left out.`);
  for (const { text } of strangers)
    complain(
      err,
      `${printable(text)}: a master's socket, and not of any of these HAProxies: name the "stats socket" of its worker too, with --runtime.`,
    );
  const missing = proxies.filter((one) => one.kind === 'silent' && one.fault.kind === 'no-socket');
  if (!given && missing.length > 0)
    complain(err, `Not there: ${missing.map(({ link }) => pathOf(link)).join(', ')}.`);
}

function told(proxy: FoundProxy): string {
  const at = printable(proxy.link.text);
  switch (proxy.kind) {
    case 'seen': {
      const { version, level, pid, backends } = proxy.worker;
      const count = backends.filter(({ servers }) => servers.length > 0).length;
      return `${at}: HAProxy ${version}, level ${level}, worker ${pid}, ${count} backend${count === 1 ? '' : 's'} with servers.`;
    }
    case 'silent':
      return `${faultText(proxy.fault)}.`;
    case 'unasked':
      return `${at}: not asked, since that takes key files. Its block in the file has places for them: fill them in.`;
    default:
      return proxy satisfies never;
  }
}

function nobody({ err }: World, { proxies, strangers }: Findings, given: boolean): ExitCode {
  const faults = faultsOf(proxies).filter(({ kind }) => given || kind !== 'no-socket');
  if (faults.length > 0 || strangers.length > 0) {
    complain(err, 'No HAProxy has answered, and so nothing is written.');
  } else {
    complain(
      err,
      "No socket of a HAProxy was found. Cure: add this line to the global section of HAProxy's configuration, and reload it; or name another place: mainstay init --runtime unix:PATH",
    );
    err.write(`    ${SOCKET_LINE}\n`);
  }
  return faults.length === 0 ? EXIT.unseen : worst(faults);
}

function noBackend(
  { err }: World,
  seen: readonly Extract<FoundProxy, { readonly kind: 'seen' }>[],
): ExitCode {
  complain(
    err,
    seen.length === 1
      ? 'No backend or listen section here has two servers or more, of which one could take over from the other. Cure: give it a second "server" line, with `backup`; haproxy/haproxy.cfg in this package shows one. There are:'
      : 'No backend or listen section is at all of these HAProxies with two servers or more that they have in common. One mainstay.yaml watches one backend: run mainstay init for those that belong together. There are:',
  );
  for (const { link, worker } of seen) {
    const some = worker.backends.slice(0, MAX_NAMED).map(backendText);
    const more = worker.backends.length - some.length;
    const list = some.length === 0 ? 'none' : some.join('; ');
    complain(err, `  ${printable(link.text)}: ${list}${more > 0 ? `; … and ${more} more` : ''}`);
  }
  return EXIT.notConverged;
}

function exitOf(proxies: readonly FoundProxy[]): ExitCode {
  const faults = faultsOf(proxies);
  return faults.length === 0 ? EXIT.good : worst(faults);
}

function faultsOf(proxies: readonly FoundProxy[]): readonly Fault[] {
  return proxies.flatMap((proxy) => (proxy.kind === 'silent' ? [proxy.fault] : []));
}

/** As `check` has it: 3 not reached, 4 not permitted, 2 another error; the first that fits. */
function worst(faults: readonly Fault[]): ExitCode {
  const exits = faults.map(exitOfFault);
  return ([3, 4, 2] as const).find((exit) => exits.includes(exit)) ?? EXIT.unseen;
}

function pathOf(link: Link): string {
  return link.kind === 'unix' ? link.path : link.text;
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w:/.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
