// `mainstay converge`: by hand. Shows the plan, asks, acts, waits and verifies; works without a daemon.
import { decideByHand, type HandDecision } from '../decide/by-hand.ts';
import { BLANK } from '../decide/memory.ts';
import { recollect } from '../decide/recollect.ts';
import type { Config } from '../domain/config.ts';
import type { Plan } from '../domain/decision.ts';
import type { Log } from '../domain/ports.ts';
import { openJournal, type OpenJournal } from '../report/journal.ts';
import { actByHand, takeLooks, type Acted } from './by-hand-acts.ts';
import { convergeJson } from './converge-json.ts';
import { daemonWords, nextRungText, planText } from './converge-text.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, exitOf, type ExitCode } from './exit.ts';
import { wrap, widthOf } from './layout.ts';
import { dropLinks, reachProxies, type ReachedProxy } from './proxies.ts';
import { listStrays } from './strays.ts';
import type { World } from './world.ts';

export interface ConvergeOptions {
  readonly to: string | null;
  readonly proxy: string | null;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  readonly json: boolean;
}

/** How it ended, for scripts. */
export type Ending =
  | 'nothing-to-do'
  | 'held'
  | 'dry-run'
  | 'no-terminal'
  | 'no'
  | 'done'
  | 'refused'
  | 'failed';

const NOTHING_DONE: Acted = { outcomes: [], leftInOld: false, next: [] };

/** Resolves with the exit code of contract.md. `signal` (Ctrl-C) abandons the acting cleanly. */
export async function converge(
  world: World,
  config: Config,
  options: ConvergeOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const wrong = unknownName(config, options);
  if (wrong !== null) {
    complain(world, wrong);
    return EXIT.usage;
  }
  const journal = await openJournal(config.journal, troubleOnly(world), world.clock);
  const proxies = reachProxies(world, config);
  try {
    return await byHand(world, config, options, proxies, journal, signal);
  } finally {
    dropLinks(proxies);
    await journal.close();
  }
}

async function byHand(
  world: World,
  config: Config,
  options: ConvergeOptions,
  proxies: readonly ReachedProxy[],
  journal: OpenJournal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const say = (text: string) => {
    if (!options.json) world.out.write(`${text}\n`);
  };
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  const looks = await takeLooks(world, config, proxies, signal);
  const { records, readable } = journal.restored;
  const kept = readable ? recollect(records, config.policy, looks[0].now) : BLANK;
  const memory = daemon.ok ? { ...kept, target: daemon.value.target } : kept;
  const hand = decideByHand(looks, memory, config.policy, options);
  const unknown = unknownServer(config, hand, options);
  if (unknown !== null) {
    complain(world, unknown);
    return EXIT.usage;
  }
  const strays = await listStrays(config, proxies, hand.wanted);
  const finish = (ending: Ending, code: ExitCode, acted: Acted = NOTHING_DONE): ExitCode => {
    const now = world.clock.now();
    if (options.json) world.out.write(convergeJson({ config, hand, daemon, ending, acted, now }));
    return code;
  };
  const degraded = hand.decision.degraded.filter((name) => (options.proxy ?? name) === name);
  const well = degraded.length > 0 ? EXIT.unseen : EXIT.good;
  say(planText(world, config, hand, strays, looks.at(-1)?.snapshot ?? looks[0].snapshot));
  say(daemonWords(world.out, daemon, hand));
  if (hand.plan === null) {
    if (hand.held.length > 0) return finish('held', EXIT.held);
    const code = options.proxy === null ? exitOf(hand.verdict, degraded) : well;
    return finish('nothing-to-do', code);
  }
  const against = overrides(daemon, options);
  if (against !== null) {
    complain(world, against);
    if (!options.force) return finish('held', EXIT.held);
  }
  if (options.dryRun) {
    say('Dry run: nothing was touched.');
    return finish('dry-run', well);
  }
  const agreed = options.yes ? 'yes' : await world.ask(question(hand.plan), signal);
  if (agreed === null) {
    world.err.write('there is no terminal to ask on: add --yes to act, or --dry-run to look\n');
    return finish('no-terminal', EXIT.usage);
  }
  if (signal.aborted || !/^y(es)?$/i.test(agreed.trim())) {
    say('Nothing was touched.');
    return finish('no', EXIT.held);
  }
  const acting = { world, config, wish: options, proxies, memory, journal, say, signal };
  const acted = await actByHand(acting, hand.plan);
  if (signal.aborted) say('Stopped: nothing more is done, and nobody is waited for.');
  if (acted.next.length > 0) say(nextRungText(world.out, acted.next));
  const results = new Set(acted.outcomes.map((outcome) => outcome.result));
  if (results.has('refused')) return finish('refused', EXIT.held, acted);
  if (results.has('failed') || results.has('abandoned') || acted.leftInOld) {
    return finish('failed', EXIT.notConverged, acted);
  }
  return finish('done', well, acted);
}

/** A restart closes more than the sessions that are named. */
function question({ steps }: Plan): string {
  return steps.every(({ server }) => server !== null)
    ? 'Close these sessions? [y/N] '
    : 'Do all of this? [y/N] ';
}

/** A name that the configuration does not know, as a message; null: all are known. */
function unknownName(config: Config, { to, proxy }: ConvergeOptions): string | null {
  const proxies = config.proxies.map(({ name }) => name);
  if (proxy !== null && !proxies.includes(proxy)) {
    return `--proxy: there is no proxy "${proxy}" in ${config.file}; it names ${proxies.join(', ')}`;
  }
  const { producers } = config.policy;
  if (to !== null && producers.length > 0 && !producers.includes(to)) {
    return `--to: there is no producer "${to}" in ${config.file}; it names ${producers.join(', ')}`;
  }
  return null;
}

/** The same where the configuration names no producers: HAProxy's servers are known only once it was seen. */
function unknownServer(
  { backend }: Config,
  { decision: { producers } }: HandDecision,
  { to }: ConvergeOptions,
): string | null {
  if (to === null || producers.length === 0 || producers.includes(to)) return null;
  return `--to: there is no server "${to}" in backend ${backend}; it has ${producers.join(', ')}`;
}

/** What is wrong with the journal is for the person to know; a run of this length has nothing else to log. */
function troubleOnly(world: World): Log {
  const say = (_: object, message: string) => complain(world, message);
  return { info() {}, warn: say, error: say, debug() {} };
}

function complain({ err }: World, text: string): void {
  err.write(`${wrap(text, widthOf(err), '  ')}\n`);
}

/** Going where the daemon does not want to go: it would bring the sessions back. */
function overrides(
  daemon: Awaited<ReturnType<typeof askDaemon>>,
  { to }: ConvergeOptions,
): string | null {
  if (to === null || !daemon.ok || daemon.value.target === to) return null;
  if (daemon.value.mode === 'observe') return null;
  return `the daemon's target is ${daemon.value.target ?? 'none'}, and it cannot be told another yet: nothing holds the sessions on ${to}, and it may bring them back. Stop it first, or go on with --force.`;
}
