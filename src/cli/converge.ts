// `mainstay converge`: by hand. Shows the plan, asks, acts, waits and verifies; works without a daemon.
import { decideByHand, type HandDecision } from '../decide/by-hand.ts';
import { BLANK } from '../decide/memory.ts';
import { recollect } from '../decide/recollect.ts';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import { openJournal, type OpenJournal } from '../report/journal.ts';
import { actAlone } from './act-alone.ts';
import { takeLooks, type Acted, type ByHand } from './by-hand-acts.ts';
import { convergeJson } from './converge-json.ts';
import { daemonWords, planText } from './converge-text.ts';
import { courseOf, type Course } from './course.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, exitOf, type ExitCode } from './exit.ts';
import { handOver } from './hand-over.ts';
import { holdWords, question } from './hold-text.ts';
import type { HoldEnd } from './hold.ts';
import { complain } from './layout.ts';
import { dropLinks, isReached, reachProxies, type ReachedProxy } from './proxies.ts';
import { listStrays } from './strays.ts';
import type { World } from './world.ts';

export interface ConvergeOptions {
  readonly to: string | null;
  readonly proxy: string | null;
  /** How long to hold the producer that is named; null: for an hour, where it has to be held. */
  readonly forMs: number | null;
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

/** What became of it. */
export interface Ended {
  readonly ending: Ending;
  readonly code: ExitCode;
  readonly acted?: Acted;
  readonly hold?: Held;
}

/** New connections are kept on a producer: by the daemon, which goes on with it, or by this command, which has ended it. */
export interface Held {
  readonly to: string;
  readonly until: string;
  readonly by: 'daemon' | 'command';
  readonly end: HoldEnd | null;
}

/** Resolves with the exit code of contract.md. `signal` (Ctrl-C) abandons the acting cleanly. */
export async function converge(
  world: World,
  config: Config,
  options: ConvergeOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const wrong = unknownName(config, options);
  if (wrong !== null) {
    complain(world.err, wrong);
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
  const warn = (text: string) => complain(world.err, text);
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  const looks = await takeLooks(world, config, proxies, signal);
  const { records, readable } = journal.restored;
  const kept = readable ? recollect(records, config.policy, looks[0].now) : BLANK;
  const memory = daemon.ok ? { ...kept, target: daemon.value.target } : kept;
  const hand = decideByHand(looks, memory, config.policy, options);
  const unknown = unknownServer(config, hand, options);
  if (unknown !== null) {
    warn(unknown);
    return EXIT.usage;
  }
  const strays = await listStrays(config, proxies, hand.wanted);
  const { snapshot } = looks.at(-1) ?? looks[0];
  const finish = ({ code, ...ended }: Ended): ExitCode => {
    const now = world.clock.now();
    if (options.json)
      world.out.write(convergeJson({ config, hand, snapshot, daemon, ...ended, now }));
    return code;
  };
  const degraded = hand.decision.degraded.filter((name) => (options.proxy ?? name) === name);
  const well = degraded.length > 0 ? EXIT.unseen : EXIT.good;
  say(planText(world, config, hand, strays, snapshot));
  say(daemonWords(world.out, daemon, hand));
  if (hand.held.length > 0) return finish({ ending: 'held', code: EXIT.held });

  const course = courseOf(config, options, daemon, hand);
  if (course === null) {
    const code = options.proxy === null ? exitOf(hand.verdict, degraded) : well;
    return finish({ ending: 'nothing-to-do', code });
  }
  const acting = { world, config, wish: options, proxies, memory, journal, say, warn, signal };
  const not = await mayNot(acting, options, hand, course);
  if (not !== null) return finish({ ...not, code: not.code ?? well });
  if (course.kind === 'hand-over') {
    // The daemon sees through its peers what this command does not.
    const unseen = daemon.ok ? daemon.value.degraded : degraded;
    const ended = await handOver(acting, course, unseen.length > 0 ? EXIT.unseen : EXIT.good);
    if (ended !== null) return finish(ended);
    if (!options.force) return finish({ ending: 'held', code: EXIT.held });
  }
  const holdMs = course.kind === 'alone' ? course.holdMs : null;
  return finish(await actAlone(acting, hand, holdMs, well));
}

/** Why it is not to be done; `code` null: as good as the look was. Null: it is. */
async function mayNot(
  { world, say, warn, signal }: ByHand,
  { dryRun, force, yes }: ConvergeOptions,
  hand: HandDecision,
  course: Course,
): Promise<{ readonly ending: Ending; readonly code: ExitCode | null } | null> {
  const words = holdWords(world, hand, course);
  if (words !== null) say(words);
  if (course.kind === 'against') {
    warn(course.why);
    if (!force || !course.passes) return { ending: 'held', code: EXIT.held };
  }
  if (dryRun) {
    say('Dry run: nothing was touched.');
    return { ending: 'dry-run', code: null };
  }
  const agreed = yes ? 'yes' : await world.ask(question(hand, course), signal);
  if (agreed === null) {
    world.err.write('there is no terminal to ask on: add --yes to act, or --dry-run to look\n');
    return { ending: 'no-terminal', code: EXIT.usage };
  }
  if (signal.aborted || !/^y(es)?$/i.test(agreed.trim())) {
    say('Nothing was touched.');
    return { ending: 'no', code: EXIT.held };
  }
  return null;
}

/** A name that the configuration does not know, as a message; null: all are known. */
function unknownName(config: Config, { to, proxy }: ConvergeOptions): string | null {
  const proxies = config.proxies.map(({ name }) => name);
  if (proxy !== null && !proxies.includes(proxy)) {
    return `--proxy: there is no proxy "${proxy}" in ${config.file}; it names ${proxies.join(', ')}`;
  }
  if (config.proxies.some((one) => one.name === proxy && !isReached(one))) {
    return `--proxy: all that ${config.file} has of ${proxy} is what its peer tells: nothing can be done there from here. Run this on its host`;
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
function troubleOnly({ err }: World): Log {
  const say = (_: object, message: string) => complain(err, message);
  return { info() {}, warn: say, error: say, debug() {} };
}
