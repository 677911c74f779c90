// A proxy without a way of its own: the mainstay beside it tells of it.
import type { ProxyConfig } from '../../domain/config.ts';

export function isTold({ runtime, stats }: Pick<ProxyConfig, 'runtime' | 'stats'>): boolean {
  return runtime === null && stats === null;
}
