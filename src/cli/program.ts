// The command line: what can be typed, and what each of it says of itself.
import { Argument, Command, CommanderError, Option } from 'commander';
import type { Config } from '../domain/config.ts';
import { findConfigFile } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import { holdFor, spanOf } from './spans.ts';
import {
  contradiction,
  convergeOptions,
  withConvergeFlags,
  type ConvergeFlags,
} from './converge-flags.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { World } from './world.ts';

const EXAMPLES = `
Examples:
  mainstay run -c mainstay.yaml       watch, and bring all sessions back to main
  mainstay status                     what is, what is wanted, and what holds it back
  mainstay status --json | jq .verdict
  mainstay converge --dry-run         what closing by hand would do
  mainstay explain                    why, and why not yet
  mainstay history --since 2h         what was decided and done
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
  withConvergeFlags(program.command('converge'))
    .description(
      'By hand: shows which sessions it would close and why, asks, closes, and verifies.\nWorks with or without a daemon: one that wants something else is told, as an override;\nwhere there is none, the producer is held by this command while it runs.',
    )
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
    .command('explain')
    .description(
      'The last decision: every rule with what it saw, and every gate with what would open it\nand when. A daemon that runs is asked first. Touches nothing.',
    )
    .option('--json', 'print one JSON document and nothing else')
    .action(({ json = false }: { json?: boolean }) =>
      withConfig(async (config) => (await import('./explain.ts')).explain(world, config, { json })),
    );
  program
    .command('history')
    .description('What was decided and done, from the journal; without one, from the daemon.')
    .option('--since <duration>', 'how far back: 90s, 30m, 2h; 24h', spanOf)
    .option('--json', 'print one JSON document and nothing else')
    .action(({ since = null, json = false }: { since?: number | null; json?: boolean }) =>
      withConfig(async (config) =>
        (await import('./history.ts')).history(world, config, { sinceMs: since, json }),
      ),
    );
  program
    .command('simulate')
    .description(
      'Decides it again: a journal, or a story (docs/stories.md), through the same judgement.\nConnects to nothing, and needs no configuration.',
    )
    .argument('<file>', 'a journal, or a story')
    .option(
      '--set <setting>',
      'and what would have been decided with another setting, such as failback.after=5m; again for more',
      (setting: string, before?: readonly string[]) => [...(before ?? []), setting],
    )
    .option('--json', 'print one JSON document and nothing else')
    .action(async (file: string, { set = [], json = false }: SimulateFlags) => {
      code = await (await import('./simulate.ts')).simulate(world, file, { set, json });
    });
  program
    .command('init')
    .description(
      "Asks HAProxy's sockets what they serve, and prints a commented mainstay.yaml. Touches nothing.",
    )
    .option(
      '--runtime <address>',
      'a Runtime API socket, as "runtime" in mainstay.yaml has it; again for more (default: the usual paths on this host)',
      (address: string, before?: readonly string[]) => [...(before ?? []), address],
    )
    .action(async ({ runtime = [] }: { runtime?: readonly string[] }) => {
      code = await (await import('./init/init.ts')).init(world, runtime);
    });
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

interface SimulateFlags {
  readonly set?: readonly string[];
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
