// What can be typed behind `mainstay converge`, and what cannot be asked for together.
import type { Command } from 'commander';
import type { ConvergeOptions } from './converge.ts';
import { holdFor } from './spans.ts';

export interface ConvergeFlags {
  readonly to?: string;
  readonly for?: number;
  readonly clear?: boolean;
  readonly proxy?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function withConvergeFlags(command: Command): Command {
  return command
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
    .option('--json', 'print one JSON document and nothing else');
}

export function convergeOptions(flags: ConvergeFlags): ConvergeOptions {
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

/** What cannot be asked for together; null: nothing of it. */
export function contradiction({ to, for: forMs, clear, proxy, dryRun, force }: ConvergeFlags) {
  if (clear === true) {
    const others = [to, forMs, proxy, dryRun, force].some((flag) => flag !== undefined);
    return others ? "--clear ends the daemon's override, and goes with --json alone" : null;
  }
  return forMs !== undefined && to === undefined ? '--for goes with --to: name a producer' : null;
}
