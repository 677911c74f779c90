// The named sets of durations (contract.md, `timing`). docs/timing.md has the reasons, and the bounds that each gives.

/**
 * What is in no set is the same in all: how long a proxy may be away (`failback.unseen`), and the bounds on how often
 * anything is done (`flap`, `budget`).
 */
export const TIMINGS = {
  fast: {
    poll: { interval: '250ms', timeout: '200ms' },
    confirm: 1,
    warmup: '15s',
    failback: { after: '5m' },
    split: { after: '1s' },
    partial: { after: '5s' },
    cooldown: '60s',
    verify: { within: '2s', return: '30s' },
  },
  normal: {
    poll: { interval: '1s', timeout: '800ms' },
    confirm: 2,
    warmup: '30s',
    failback: { after: '30m' },
    split: { after: '3s' },
    partial: { after: '20s' },
    cooldown: '150s',
    verify: { within: '5s', return: '60s' },
  },
  careful: {
    poll: { interval: '2s', timeout: '1500ms' },
    confirm: 3,
    warmup: '60s',
    failback: { after: '2h' },
    split: { after: '10s' },
    partial: { after: '60s' },
    cooldown: '10m',
    verify: { within: '10s', return: '2m' },
  },
} as const;
