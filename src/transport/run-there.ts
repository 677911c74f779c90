// Runs a command on another host, over an SSH connection of its own, within a limit.
import type { ClientChannel } from 'ssh2';
import type { SshLogin } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { connectSsh } from './connect-ssh.ts';
import { LastWords } from './last-words.ts';
import { failed, watchLimit } from './limit.ts';
import { firstWords } from './trouble-of.ts';

/** What it wrote, stdout and stderr together, is the value. The command itself may outlive the limit there. */
export function runThere(
  login: SshLogin,
  command: string,
  limit: AskLimit,
): Promise<Result<string, Trouble>> {
  if (limit.signal?.aborted === true) return Promise.resolve(failed({ kind: 'abandoned' }));
  return new Promise((resolve) => {
    const words = new LastWords();
    let connected = false;
    let running = false;
    const settle = (result: Result<string, Trouble>): void => {
      endLimit();
      ssh.close();
      resolve(result);
    };
    const take = (error: Error | undefined, channel: ClientChannel): void => {
      if (error)
        return settle(failed({ kind: 'ssh', stage: 'channel', said: firstWords(error.message) }));
      running = true;
      let code: number | null = null;
      channel.on('data', (bytes: Buffer) => words.add(bytes));
      channel.stderr.on('data', (bytes: Buffer) => words.add(bytes));
      channel.on('exit', (exitCode: number | null) => (code = exitCode));
      channel.on('close', () =>
        settle(
          code === 0
            ? { ok: true, value: words.text }
            : failed({ kind: 'command-failed', code, said: words.text }),
        ),
      );
      channel.end();
    };
    const ssh = connectSsh(login, {
      connected: () => {
        connected = true;
      },
      ready: (client) => void client.exec(command, take),
      ended: (trouble) => settle(failed(trouble ?? { kind: 'truncated', bytes: 0 })),
    });
    const endLimit = watchLimit(
      limit,
      () => connected,
      (trouble) => {
        const cutOff = running && trouble.kind === 'timeout';
        settle(failed(cutOff ? { kind: 'command-failed', code: null, said: words.text } : trouble));
      },
    );
  });
}
