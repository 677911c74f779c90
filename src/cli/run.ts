// `mainstay run`: the supervisor in the foreground, and what the signals do to it.
import { loadConfig } from '../config/load.ts';
import type { Config } from '../domain/config.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import { listenText } from '../report/listen-fault.ts';
import { makeLog } from '../report/log.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { makeNotifier } from './notify.ts';
import { startSupervisor, type Supervisor } from './supervisor.ts';
import type { World } from './world.ts';

/** Runs until SIGTERM or SIGINT; with `release` its pins end with it. SIGHUP reads the file again; a wrong one is refused and the old one stays. */
export async function run(
  world: World,
  config: Config,
  { release }: { readonly release: boolean },
): Promise<ExitCode> {
  const signals = signalQueue();
  let log = makeLog(config.log);
  let current: Running | null = null;
  const notifier = makeNotifier(
    world,
    () => log,
    () => current?.supervisor.turns() ?? true,
  );
  const begin: Begin = (wanted, carried) =>
    startSupervisor(world, wanted, log, { carried, onRound: notifier.round });
  const first = await begin(config, null);
  if (!first.ok) {
    await notifier.stopping();
    world.err.write(`${listenText(first.fault)}\n`);
    return EXIT.usage;
  }
  current = { config, supervisor: first.value };
  sayStart(log, world, config);
  for (;;) {
    const signal = await signals.next();
    if (signal !== 'SIGHUP') {
      log.info({ signal }, `${signal}: stopping`);
      void notifier.stopping();
      await current.supervisor.stop({ release });
      log.info({}, 'stopped');
      return EXIT.good;
    }
    const loaded = await loadConfig(config.file, world.env);
    if (!loaded.ok) {
      for (const message of loaded.fault.messages) log.error({}, `SIGHUP: ${message}`);
      log.error({}, 'SIGHUP: the configuration is wrong, the old one stays');
      continue;
    }
    log = makeLog(loaded.value.log);
    notifier.reloading();
    current = await replace(begin, current, loaded.value, log);
    sayStart(log, world, current.config);
  }
}

type Begin = (config: Config, carried: Memory | null) => ReturnType<typeof startSupervisor>;

interface Running {
  readonly config: Config;
  readonly supervisor: Supervisor;
}

/** The new supervisor takes over the old one's memory; if it cannot listen, the old configuration starts again. */
async function replace(begin: Begin, old: Running, config: Config, log: Log): Promise<Running> {
  const memory = await old.supervisor.stop();
  const next = await begin(config, memory);
  if (next.ok) return { config, supervisor: next.value };
  log.error({}, `SIGHUP: ${listenText(next.fault)}; the old configuration stays`);
  const again = await begin(old.config, memory);
  if (again.ok) return { config: old.config, supervisor: again.value };
  throw new Error(listenText(again.fault));
}

function sayStart(log: Log, { version }: World, config: Config): void {
  const { file, cluster, backend, listen, policy } = config;
  const proxies = policy.proxies.map(({ name, drive }) =>
    drive === true ? name : `${name} (${drive === false ? 'not driven' : 'standby'})`,
  );
  for (const warning of config.warnings) log.warn({ file }, warning);
  log.info(
    { version, file, cluster, backend, proxies, mode: policy.mode, listen },
    `mainstay ${version} watches backend ${backend} at ${proxies.join(', ')}; mode ${policy.mode}; listens on ${listen.host}:${listen.port}`,
  );
}

/** Signals in the order in which they came; none is lost while an earlier one is seen to. */
function signalQueue(): { next(): Promise<NodeJS.Signals> } {
  const waiting: NodeJS.Signals[] = [];
  let wake: (() => void) | null = null;
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(name, (signal) => {
      waiting.push(signal);
      wake?.();
    });
  }
  return {
    async next() {
      for (;;) {
        const signal = waiting.shift();
        if (signal !== undefined) return signal;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
