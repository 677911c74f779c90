// What mainstay.yaml calls each proxy: as its host is called where that tells them apart, else ha1, ha2 and so on.
import type { FoundProxy } from './find-proxies.ts';

/** In their order. */
export function nameProxies(proxies: readonly FoundProxy[]): readonly string[] {
  const nodes = proxies.map((proxy) => (proxy.kind === 'seen' ? proxy.worker.node : null));
  const names = nodes.filter((node) => node !== null && isTelling(node));
  const apart = names.length === proxies.length && new Set(names).size === names.length;
  return proxies.map((_, i) => (apart ? (names[i] ?? '') : `ha${i + 1}`));
}

/** For one more than there are. */
export function nextName(names: readonly string[]): string {
  const name = `ha${names.length + 1}`;
  return names.includes(name) ? `ha${names.length + 2}` : name;
}

/** A name that mainstay takes, and that somebody gave: not `localhost`, nor what a container is called by itself. */
function isTelling(node: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(node) && !/^localhost|^[0-9a-f]{12}$/.test(node);
}
