// A way that keeps its connection: asks take turns on it, and another is opened once it has ended.
import type { Address } from '../domain/config.ts';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { at } from '../haproxy/answer.ts';
import { oneLine } from '../haproxy/line.ts';
import { makeBackoff, type Pace } from './backoff.ts';
import { KeptChannel } from './kept-channel.ts';
import { failed, watchLimit } from './limit.ts';
import type { Role } from './role.ts';
import type { Dial } from './wire.ts';

/**
 * After a connection that could not be made, asks fail with that fault at once until its pause is over. A connection
 * that has stood is replaced without one.
 */
export function keptLink(address: Address, role: Role, dial: Dial, pace: Pace): RuntimeLink {
  const backoff = makeBackoff(pace);
  let channel: KeptChannel | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const exchange = async (
    commands: readonly string[],
    took: (channel: KeptChannel) => void,
  ): Promise<Result<string, Trouble>> => {
    if (channel?.isOpen !== true) {
      const last = backoff.holds();
      if (last !== null) return failed(last);
      channel = new KeptChannel(dial, role, (trouble) => {
        if (trouble === null) backoff.succeeded();
        else if (countsAsFailure(trouble)) backoff.failed(trouble);
      });
    }
    took(channel);
    return await channel.exchange(commands);
  };

  const inTurn = (
    turn: Promise<unknown>,
    commands: readonly string[],
    limit: AskLimit,
  ): Promise<Result<string, Trouble>> =>
    new Promise((resolve) => {
      let used: KeptChannel | null = null;
      let over = false;
      const endLimit = watchLimit(
        limit,
        () => used?.connected ?? channel?.connected ?? false,
        (trouble) => {
          over = true;
          used?.giveUp(trouble);
          resolve(failed(trouble));
        },
      );
      const begin = async (): Promise<void> => {
        await turn;
        if (over) return;
        const result = await exchange(commands, (taken) => (used = taken));
        const late = endLimit();
        if (!result.ok || late === null) return resolve(result);
        used?.close(late);
        resolve(failed(late));
      };
      void begin();
    });

  return {
    address: address.text,
    way: address.kind,
    ask: async (line, limit) => {
      const asked = inTurn(queue, oneLine(line).split(';'), limit);
      queue = both(queue, asked);
      return at(address.text, await asked);
    },
    drop: () => {
      channel?.retire();
      channel = null;
    },
  };
}

/** Gives nothing: what has been answered is not kept. */
async function both(one: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  await Promise.all([one, other]);
}

/** A file that is put right, and an end of our own, are no reason to wait. */
function countsAsFailure({ kind }: Trouble): boolean {
  return kind !== 'file' && kind !== 'abandoned';
}
