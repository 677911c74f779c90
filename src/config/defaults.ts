// contract.md's defaults, as the file would write them.

export const DEFAULTS = {
  cluster: 'default',
  mode: 'converge',
  poll: { interval: '1s', timeout: '800ms' },
  confirm: 2,
  warmup: '30s',
  failback: { after: '30m', unseen: '12h' },
  split: { after: '3s' },
  partial: { policy: 'together', after: '20s' },
  cooldown: '150s',
  flap: { max: 3, within: '1h' },
  budget: { max: 12, within: '1h' },
  pin: { table: 'pin' },
  escalate: ['sessions', 'reload'] as readonly string[],
  verify: { within: '5s', return: '60s' },
  listen: '127.0.0.1:9847',
  log: { level: 'info', format: 'json' },
  probe: { interval: '5s', timeout: '3s' },
  schedule: { before: '2m', critical: '20s' },
} as const;
