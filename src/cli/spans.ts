// Durations as they are typed behind an option.
import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../config/duration.ts';
import { LONGEST_OVERRIDE_MS } from '../domain/order.ts';

/** For how long something shall hold, in ms; throws commander's own error. */
export function holdFor(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms >= 1000 && ms <= LONGEST_OVERRIDE_MS) return ms;
  throw new InvalidArgumentError('Expected a whole number and s, m or h, from 1s to 8760h.');
}

/** How far back, in ms; likewise. */
export function spanOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new InvalidArgumentError('Expected a whole number and s, m or h, such as 2h.');
}
