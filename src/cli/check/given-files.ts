// `--haproxy FILE` and `--haproxy NAME=FILE`: which configuration files are whose.
import type { Result } from '../../domain/result.ts';

/** A proxy's files in the order in which they were named; a proxy that none was named for is not in it. */
export type GivenFiles = ReadonlyMap<string, readonly string[]>;

/** `FILE` counts for all proxies. The fault is a message for the user. */
export function readGivenFiles(
  args: readonly string[],
  proxies: readonly string[],
): Result<GivenFiles, string> {
  const given = new Map<string, string[]>();
  for (const arg of args) {
    const [, name, own = ''] = /^([^/=]+)=(.*)$/s.exec(arg) ?? [];
    const file = name === undefined ? arg : own;
    if (name !== undefined && !proxies.includes(name)) {
      return no(`--haproxy: there is no proxy "${name}"; there are ${proxies.join(', ')}`);
    }
    if (file === '') return no('--haproxy: expected FILE or NAME=FILE');
    for (const proxy of name === undefined ? proxies : [name]) {
      given.set(proxy, [...(given.get(proxy) ?? []), file]);
    }
  }
  return { ok: true, value: given };
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
