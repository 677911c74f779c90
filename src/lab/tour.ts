// The lab's tour: one incident on real HAProxies with the supervisor at work, told as the producers saw it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { startLab, type Lab } from './lab.ts';

/** The supervisor's waits, shortened so that a person need not wait as long as a stake pool does. */
const WAITS = {
  warmup: '2s',
  failback: { after: '8s' },
  split: { after: '2s' },
  cooldown: '3s',
  verify: { return: '5s' },
  log: { level: 'warn' },
};
const RELAYS = 4;
const PATIENCE_MS = 30_000;

/**
 * Tells the incident line by line to `say`, with `mainstay run` (started as `program`) healing it. Resolves with
 * whether all of it went as it should; ends and cleans up when `signal` aborts.
 */
export async function tour(
  program: readonly string[],
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  say('Two HAProxies, a main and a backup producer, four relays that dial both proxies.');
  say('Sessions below are counted by the producers themselves, not by HAProxy.');
  say('');
  const lab = await startLab({ relays: RELAYS, timeScale: 0.1 });
  let supervisor: ChildProcess | null = null;
  try {
    supervisor = await startSupervisor(lab, program);
    return await incident({ lab, say: teller(lab, say), signal });
  } catch (error) {
    if (!signal.aborted) say(`It did not go as it should: ${String(error)}`);
    return false;
  } finally {
    await endSupervisor(supervisor);
    await lab.stop();
  }
}

async function startSupervisor(lab: Lab, program: readonly string[]): Promise<ChildProcess> {
  const file = `${lab.dir}/mainstay.yaml`;
  await writeFile(file, lab.mainstayYaml(WAITS));
  const [command = '', ...args] = program;
  const child = spawn(command, [...args, 'run', '-c', file], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
}

async function endSupervisor(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

interface Incident {
  readonly lab: Lab;
  readonly say: (what: string) => void;
  readonly signal: AbortSignal;
}

async function incident({ lab, say, signal }: Incident): Promise<boolean> {
  const main = lab.producer('main');
  const until = (predicate: () => boolean, what: string) =>
    lab.until(() => signal.aborted || predicate(), PATIENCE_MS, what);
  say('normal: every session is on main');

  await main.kill();
  say('main is killed');
  await until(() => lab.allOn('backup'), 'HAProxy fails over');
  say('HAProxy has failed over; all relays are on backup, and would stay there for ever');

  await main.cut('ha2');
  await main.restart();
  say('main returns, but only ha1 can reach it');
  await until(() => upAt(lab, 'ha1'), 'ha1 sees main up');
  lab.relay('relay1').restart('ha1');
  await until(() => lab.count({ producer: 'main' }) === 1, 'a relay restarts');
  say('a relay restarts: ha1 sends it to main. Split brain: both producers would forge');
  const beforeHealing = lab.mark();
  const splitAtMs = Date.now();
  await main.mend('ha2');
  await until(() => upAt(lab, 'ha2'), 'ha2 sees main up');
  const healableAtMs = Date.now();
  say('ha2 can reach main again');
  await until(() => lab.count({ producer: 'backup' }) === 0, 'mainstay heals the split');
  const healedAtMs = Date.now();
  say(
    `mainstay has closed what was on backup, ${seconds(healableAtMs, healedAtMs)} after main was up everywhere`,
  );
  await until(() => lab.allOn('main'), 'the relays return');
  say('the relays have redialled: all on main');
  const astray = wronglyClosed(lab, beforeHealing);

  await main.kill();
  await until(() => lab.allOn('backup'), 'HAProxy fails over again');
  say('main is killed again: all on backup');
  const beforeFailback = lab.mark();
  await main.restart();
  await until(() => upAt(lab, 'ha1') && upAt(lab, 'ha2'), 'main is up everywhere');
  const returnedAtMs = Date.now();
  say(
    'main returns everywhere; every session sticks to backup. mainstay waits (8s here, 30m by default)',
  );
  await until(() => lab.allOn('main'), 'mainstay fails back');
  say(`all on main, ${seconds(returnedAtMs, Date.now())} after it returned`);
  const wrong = astray + wronglyClosed(lab, beforeFailback);
  say(
    `split brain lasted ${seconds(splitAtMs, healedAtMs)} in all; sessions closed that were in the right place: ${wrong}`,
  );
  return wrong === 0 && !signal.aborted;
}

/** Sessions on main that a proxy closed since the mark: none of them was in the wrong place. */
function wronglyClosed(lab: Lab, mark: number): number {
  return lab.closes(mark).filter((close) => close.producer === 'main' && close.by === 'proxy')
    .length;
}

function upAt(lab: Lab, proxy: string): boolean {
  const last = lab
    .proxy(proxy)
    .logged(/Server bp\/main is (UP|DOWN)/)
    .at(-1);
  return last?.text.includes('is UP') ?? true;
}

function seconds(fromMs: number, toMs: number): string {
  return `${((toMs - fromMs) / 1000).toFixed(1)}s`;
}

/** Each line with the time since the start and the producers' counts. */
function teller(lab: Lab, say: (line: string) => void): (what: string) => void {
  const startMs = Date.now();
  return (what) => {
    const counts = Object.entries(lab.counts()).map(([proxy, at]) => {
      const each = Object.entries(at).map(([producer, sessions]) => `${producer}=${sessions}`);
      return `${proxy} ${each.join(' ')}`;
    });
    say(`${seconds(startMs, Date.now()).padStart(6)}  ${counts.join('   ')}`);
    say(`        ${what}`);
  };
}
