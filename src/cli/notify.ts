// Tells systemd how the supervisor is (sd_notify(3)), through `systemd-notify`: Node.js has no datagram unix sockets.
import { execFile } from 'node:child_process';
import type { Log } from '../domain/ports.ts';
import type { World } from './world.ts';

/** Each call returns at once; what it says goes out in the order of the calls, each within a second. */
export interface Notifier {
  /** To be called with every round: the first one, and the first after `reloading`, makes the service ready. */
  readonly round: () => void;
  reloading(): void;
  /** The last word; resolves once systemd has it, or could not be told. */
  stopping(): Promise<void>;
}

const DEADLINE_MS = 1000;

/**
 * Says nothing without NOTIFY_SOCKET. With WATCHDOG_USEC, twice within that time it says that the loop turns, as long
 * as `turns` says so: a loop that stands still has systemd end the process. Trouble is logged once.
 */
export function makeNotifier(
  { env, clock }: Pick<World, 'env' | 'clock'>,
  log: () => Log,
  turns: () => boolean,
): Notifier {
  const socket = env['NOTIFY_SOCKET'] ?? '';
  const watchdogMs = Number(env['WATCHDOG_USEC'] ?? 0) / 1000;
  let isReady = false;
  let isTold = false;
  let last: Promise<void> = Promise.resolve();
  const after = async (before: Promise<void>, word: string): Promise<void> => {
    await before;
    const trouble = await notify(word, env);
    if (trouble === null || isTold) return;
    isTold = true;
    log().warn({}, `systemd cannot be told how this service is: ${trouble}`);
  };
  const say = (word: string): Promise<void> => {
    if (socket !== '') last = after(last, word);
    return last;
  };
  const stopped = new AbortController();
  if (socket !== '' && watchdogMs > 0) {
    void (async () => {
      while (!stopped.signal.aborted) {
        await clock.sleep(watchdogMs / 2, stopped.signal);
        if (!stopped.signal.aborted && turns()) await say('WATCHDOG=1');
      }
    })();
  }
  return {
    round: () => {
      if (isReady) return;
      isReady = true;
      void say('READY=1');
    },
    reloading: () => {
      isReady = false;
      void say('RELOADING=1');
    },
    stopping: () => {
      stopped.abort();
      return say('STOPPING=1');
    },
  };
}

/** Null, or why it could not be told. */
function notify(word: string, env: World['env']): Promise<string | null> {
  const options = { env, timeout: DEADLINE_MS, killSignal: 'SIGKILL', maxBuffer: 4096 } as const;
  return new Promise((resolve) => {
    execFile('systemd-notify', [word], options, (error, _, stderr) => {
      if (error === null) resolve(null);
      else if (error.killed === true)
        resolve(`systemd-notify did not end within ${DEADLINE_MS} ms`);
      else if (error.code === 'ENOENT') resolve('there is no systemd-notify');
      else resolve(`systemd-notify: ${stderr.trim() || (error.code ?? error.signal)}`);
    });
  });
}
