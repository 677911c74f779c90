// The command that reloads or restarts one HAProxy, here or on another host.
import type { Remedy } from '../domain/config.ts';
import type { RunRemedy } from '../domain/ports.ts';
import { at } from '../haproxy/answer.ts';
import { runHere } from './run-here.ts';
import { runThere } from './run-there.ts';

/**
 * Faults: `command-failed` where the command ends with anything but 0 or not within the limit, else those of the way to
 * it. `said` is the end of what it wrote, at most 2000 characters.
 */
export function remedyRunner(remedy: Remedy): RunRemedy {
  switch (remedy.kind) {
    case 'exec': {
      const address = remedy.argv.join(' ');
      return async (limit) => at(address, await runHere(remedy.argv, limit));
    }
    case 'ssh': {
      const { user, host, port } = remedy.login;
      const address = `ssh:${user}@${host}:${port} ${remedy.command}`;
      return async (limit) => at(address, await runThere(remedy.login, remedy.command, limit));
    }
    default:
      return remedy satisfies never;
  }
}
