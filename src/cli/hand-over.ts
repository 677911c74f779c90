// Handing what is asked for over to the daemon, and watching it until every session is where it was to be.
import type { Status } from '../domain/status.ts';
import type { ByHand } from './by-hand-acts.ts';
import type { Ended } from './converge.ts';
import { againstWords, type Course } from './course.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { clockTime, duration, gateAt, paragraph } from './layout.ts';
import { orderDaemon } from './order-daemon.ts';

type HandOver = Extract<Course, { kind: 'hand-over' }>;

/** Polls beyond what the daemon itself takes to confirm, to close and to wait for those who dial again. */
const PATIENCE_POLLS = 10;

/** Null: the daemon does not take it, which has been said. `well`: the exit code where all goes well. */
export async function handOver(
  acting: ByHand,
  { to, forMs, has }: HandOver,
  well: ExitCode,
): Promise<Ended | null> {
  const { world, config, say, warn } = acting;
  const order = { path: '/v1/converge', body: { to, for: `${forMs}ms` } } as const;
  const sent = await orderDaemon(config, order);
  if (!sent.ok) {
    warn(againstWords(has, to, sent.fault.message));
    return null;
  }
  const untilMs = sent.value === null ? null : Date.parse(sent.value.until);
  const until = clockTime(untilMs ?? world.clock.now().wallMs + forMs);
  const sentence = (text: string) => say(paragraph(world.out, text));
  sentence(`The daemon has taken it, and holds ${to} until ${until}.`);
  const { words, code } = await follow(acting, to, sentence);
  sentence(words);
  const hold = { to, until, by: 'daemon', end: null } as const;
  return code === EXIT.good
    ? { ending: 'done', code: well, hold }
    : { ending: 'failed', code, hold };
}

interface Watched {
  readonly words: string;
  readonly code: ExitCode;
}

async function follow(
  { world, config, signal }: ByHand,
  to: string,
  sentence: (text: string) => void,
): Promise<Watched> {
  const { clock } = world;
  const { confirm, pollIntervalMs, verifyWithinMs, verifyReturnMs } = config.policy;
  const patienceMs = (confirm + PATIENCE_POLLS) * pollIntervalMs + verifyWithinMs + verifyReturnMs;
  const endMs = clock.now().monoMs + patienceMs;
  let taken = false;
  let gates = '';
  for (;;) {
    await clock.sleep(pollIntervalMs, signal);
    if (signal.aborted) {
      const words = 'Stopped: the daemon goes on with it; mainstay converge --clear ends it.';
      return { words, code: EXIT.good };
    }
    const daemon = await askDaemon(config, clock.now().wallMs);
    const late = clock.now().monoMs >= endMs;
    if (!daemon.ok) {
      if (late) return { words: `Not seen to its end: ${daemon.fault}.`, code: EXIT.unseen };
      continue;
    }
    const status = daemon.value;
    const holds = status.override?.to === to;
    taken ||= holds;
    if (taken && !holds) {
      return { words: `The daemon holds ${to} no longer: ${status.why}.`, code: EXIT.notConverged };
    }
    const { there, elsewhere } = count(status, to);
    if (taken && status.target === to && elsewhere === 0 && (there > 0 || late)) {
      return { words: arrived(there, to, patienceMs), code: EXIT.good };
    }
    const shut = status.gates.map(gateAt).join(', ');
    if (late) {
      const left = `${elsewhere} ${elsewhere === 1 ? 'session is' : 'sessions are'} not on ${to}`;
      const why = status.gates.map(({ gate, reason }) => `${gate} (${reason})`).join(', ');
      const held = why === '' ? '' : `; the daemon is held back by ${why}`;
      return { words: `After ${duration(patienceMs)} ${left}${held}.`, code: EXIT.notConverged };
    }
    if (shut !== gates && shut !== '') sentence(`The daemon is held back by ${shut}.`);
    gates = shut;
  }
}

function arrived(there: number, to: string, patienceMs: number): string {
  if (there === 0) return `Within ${duration(patienceMs)} no client has come to ${to}.`;
  return there === 1
    ? `The only session is on ${to}.`
    : `All ${there} sessions are on ${to}, and none elsewhere.`;
}

/** Sessions of the producers, in all workers of all proxies that the daemon sees. */
function count({ proxies }: Status, to: string): { there: number; elsewhere: number } {
  const all = proxies.flatMap(({ workers }) => workers).flatMap(({ producers }) => producers);
  const sum = (on: boolean) =>
    all
      .filter(({ name }) => (name === to) === on)
      .reduce((many, { sessions }) => many + sessions, 0);
  return { there: sum(true), elsewhere: sum(false) };
}
