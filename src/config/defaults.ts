// contract.md's defaults, as the file would write them.
import { TIMINGS } from './timings.ts';

const { normal } = TIMINGS;

export const DEFAULTS = {
  cluster: 'default',
  mode: 'converge',
  timing: 'normal',
  ...normal,
  failback: { ...normal.failback, unseen: '12h' },
  partial: { policy: 'together', ...normal.partial },
  flap: { max: 3, within: '1h' },
  budget: { max: 12, within: '1h' },
  steer: 'auto',
  pin: { table: 'pin' },
  events: 'auto',
  escalate: ['sessions', 'reload'] as readonly string[],
  listen: '127.0.0.1:9847',
  log: { level: 'info', format: 'json' },
  probe: { interval: '5s', timeout: '3s' },
  hook: { timeout: '5s' },
  schedule: { before: '2m', critical: '20s' },
} as const;
