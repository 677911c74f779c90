// The command line: what can be typed, and what each of it says of itself.
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../domain/config.ts';
import { LONGEST_OVERRIDE_MS } from '../domain/order.ts';
import { findConfigFile } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import { parseDuration } from '../config/duration.ts';
import type { ConvergeOptions } from './converge.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { World } from './world.ts';

const EXAMPLES = `
Examples:
  mainstay run -c mainstay.yaml       watch, and bring all sessions back to main
  mainstay status                     what is, what is wanted, and what holds it back
  mainstay status --json | jq .verdict
  mainstay converge --dry-run         what closing by hand would do
  mainstay check                      what is wrong or missing, here and in HAProxy

The configuration is -c FILE, else $MAINSTAY_CONFIG, else ./mainstay.yaml, else
/etc/mainstay/mainstay.yaml. The least that works:

  backend: bp
  mode: observe        # closes nothing; leave this line out to let mainstay act
  proxies:
    - { name: ha1, runtime: "unix:/run/haproxy/admin.sock" }
    - { name: ha2, runtime: "tcp:10.0.0.2:9999" }

Exit codes: 0 good; 1 usage or configuration; 2 not converged; 3 a proxy could
not be seen; 4 converge was held back.`;

/** Runs what `args` (without node and script) ask for; resolves with the exit code. Commands load when used. */
export async function command(world: World, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.good;
  const program = new Command('mainstay')
    .description(
      'Keeps every HAProxy in front of an active/backup pair on the same server,\nand brings all of them back to the main one.',
    )
    .option('-c, --config <file>', 'the configuration file (mainstay.yaml)')
    .version(world.version, '-V, --version', 'print the version')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => world.out.write(text),
      writeErr: (text) => world.err.write(text),
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
    })
    .showHelpAfterError('(see mainstay --help)')
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  const withConfig = async (use: (config: Config) => Promise<ExitCode>, { quiet = false } = {}) => {
    const file = await findConfigFile(program.opts<{ config?: string }>().config, world.env);
    const loaded = file.ok ? await loadConfig(file.value, world.env) : file;
    if (!loaded.ok) {
      for (const message of loaded.fault.messages) world.err.write(`${message}\n`);
      code = EXIT.usage;
      return;
    }
    const { warnings } = loaded.value;
    for (const warning of quiet ? [] : warnings) world.err.write(`warning: ${warning}\n`);
    code = await use(loaded.value);
  };
  program
    .command('run')
    .description(
      'The supervisor: watches until SIGTERM or SIGINT, and acts where the mode allows it.\nSIGHUP reads the configuration again.',
    )
    .option('--release', 'release its pins when it ends, instead of leaving them to their lease')
    .action(({ release = false }: { release?: boolean }) =>
      withConfig(async (config) => (await import('./run.ts')).run(world, config, { release })),
    );
  program
    .command('status')
    .description(
      'One look: the verdict, every proxy with its producers, and the gates that are shut.\nA daemon that runs is asked first. Touches nothing.',
    )
    .option('--json', 'print one JSON document and nothing else')
    .addOption(new Option('--watch', 'look again with every poll, until Ctrl-C').conflicts('json'))
    .action(({ json = false, watch = false }: { json?: boolean; watch?: boolean }) =>
      withConfig(async (config) =>
        watch
          ? (await import('./watch-status.ts')).watchStatus(world, config, untilEnded())
          : (await import('./status.ts')).status(world, config, { json }),
      ),
    );
  program
    .command('converge')
    .description(
      'By hand: shows which sessions it would close and why, asks, closes, and verifies.\nWorks with or without a daemon: one that wants something else is told, as an override;\nwhere there is none, the producer is held by this command while it runs.',
    )
    .option(
      '--to <producer>',
      'bring the sessions to this producer (default: the best that is fit)',
    )
    .option('--for <duration>', 'how long to hold the producer of --to: 90s, 30m, 2h; 1h', holdFor)
    .option('--clear', "end the daemon's override; nothing else")
    .option('--proxy <name>', 'touch only this proxy')
    .option('--dry-run', 'show the plan and touch nothing')
    .option('--yes', 'do not ask')
    .option('--force', 'pass the gates that a person may pass; never closes the last way out')
    .option('--json', 'print one JSON document and nothing else')
    .action((options: ConvergeFlags) => {
      const wrong = contradiction(options);
      if (wrong !== null) program.error(`error: ${wrong}`);
      return withConfig(async (config) => {
        if (options.clear === true) {
          return (await import('./clear.ts')).clear(world, config, { json: options.json === true });
        }
        const { converge } = await import('./converge.ts');
        return converge(world, config, convergeOptions(options), untilEnded());
      });
    });
  program
    .command('pause')
    .description('The daemon watches on, and does not act until mainstay resume.')
    .option('--for <duration>', 'or for so long: 90s, 30m, 2h', holdFor)
    .action(({ for: forMs = null }: { for?: number | null }) =>
      withConfig(async (config) => (await import('./tell-daemon.ts')).pause(world, config, forMs)),
    );
  program
    .command('resume')
    .description(
      'Ends a pause of the daemon, and has it forget that its target was flapping: its\nfailback waits as usual again.',
    )
    .action(() =>
      withConfig(async (config) => (await import('./tell-daemon.ts')).resume(world, config)),
    );
  program
    .command('check')
    .description(
      'What is wrong or missing, each with its cure: in mainstay.yaml, on the way to\neach HAProxy, in what it shows, and in its configuration file. Touches nothing.\nExit codes: 3 not reached, 4 not permitted, 2 another error; warnings alone 0.',
    )
    .option(
      '--haproxy <file>',
      "HAProxy's configuration; NAME=FILE: of that proxy only; again for more files (default: what the process at a unix socket was started with)",
      (file: string, before?: readonly string[]) => [...(before ?? []), file],
    )
    .option('--json', 'print one JSON document and nothing else')
    .addOption(
      new Option(
        '--live',
        "only whether the daemon's loop turns: exit code 0, else 3; for a container's health check",
      ).conflicts(['haproxy', 'json']),
    )
    .action(({ json, haproxy = [], live = false }: CheckFlags) =>
      withConfig(
        async (config) => {
          if (live) return (await import('./live.ts')).live(world, config);
          const { check } = await import('./check/check.ts');
          return check(world, config, { json: json === true, haproxy });
        },
        // It tells the warnings itself, as findings.
        { quiet: true },
      ),
    );
  program
    .command('lab')
    .description(
      'A tour of about a minute: an incident on real HAProxies with stand-in servers, healed by mainstay, then left to HAProxy alone.\nNeeds HAProxy on this machine, and no configuration.',
    )
    .addArgument(new Argument('[scenario]', 'what to play').choices(['tour']))
    .option('--keep', 'no tour: the lab stays up, and takes faults by keys')
    .action(async (scenario: string | undefined, { keep = false }: { keep?: boolean }) => {
      if (keep && scenario !== undefined) {
        program.error('error: --keep plays no scenario: it leaves the faults to you');
      }
      code = await (await import('./lab.ts')).lab(world, { keep });
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.good : EXIT.usage;
  }
  return code;
}

interface CheckFlags {
  readonly json?: boolean;
  readonly haproxy?: readonly string[];
  readonly live?: boolean;
}

interface ConvergeFlags {
  readonly to?: string;
  readonly for?: number;
  readonly clear?: boolean;
  readonly proxy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Ctrl-C; what a command holds is released when a script ends it, too. */
function untilEnded(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stopping.abort());
  }
  return stopping.signal;
}

function convergeOptions(flags: ConvergeFlags): ConvergeOptions {
  return {
    to: flags.to ?? null,
    proxy: flags.proxy ?? null,
    forMs: flags.for ?? null,
    dryRun: flags.dryRun === true,
    yes: flags.yes === true,
    force: flags.force === true,
    json: flags.json === true,
  };
}

function holdFor(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms >= 1000 && ms <= LONGEST_OVERRIDE_MS) return ms;
  throw new InvalidArgumentError('Expected a whole number and s, m or h, from 1s to 8760h.');
}

/** What cannot be asked for together; null: nothing of it. */
function contradiction({ to, for: forMs, clear, proxy, dryRun, force }: ConvergeFlags) {
  if (clear === true) {
    const others = [to, forMs, proxy, dryRun, force].some((flag) => flag !== undefined);
    return others ? "--clear ends the daemon's override, and goes with --json alone" : null;
  }
  return forMs !== undefined && to === undefined ? '--for goes with --to: name a producer' : null;
}
