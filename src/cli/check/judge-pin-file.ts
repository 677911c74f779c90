// Whether a pin does what it is for, as HAProxy's file has it: it can stand, it lasts as long as it should, and it is followed.
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { View } from '../../domain/view.ts';
import type { BackendConfig } from '../../haproxy/config-backend.ts';
import type { Section, Spot } from '../../haproxy/config-file.ts';
import { readTable } from '../../haproxy/config-table.ts';
import { readPinRules } from '../../haproxy/config-use-server.ts';
import { printable } from '../../haproxy/printable.ts';
import type { InFile } from './judge-file.ts';
import { judgeLease } from './judge-lease.ts';
import { noTable, unfitTable } from './judge-pin.ts';
import { followLine, type Numbered } from './pin-lines.ts';

export interface PinCase {
  readonly config: Config;
  readonly sections: readonly Section[];
  readonly found: BackendConfig;
  readonly producers: readonly string[];
  readonly view: View | null;
  readonly proxy: ProxyConfig;
}

export function judgePinFile(pin: PinCase): readonly InFile[] {
  const { config, sections, found, view, proxy } = pin;
  const { policy, pinTable, backend } = config;
  if (pinTable === null) return [];
  const table = readTable(sections, pinTable);
  const servers = numbered(pin);
  if (table === 'absent') {
    // What the proxy itself shows has been judged (judge-pin.ts).
    if (view !== null) return [];
    return [{ ...noTable(config, pinTable, servers, proxy.drive), at: null }];
  }
  if (table === 'unclear') return [];
  const unfit = table.type !== 'integer' || !table.stores.includes('gpt0');
  return [
    ...(unfit && view?.pin.kind !== 'unfit'
      ? [{ ...unfitTable(config, pinTable, proxy.drive), at: table.spot }]
      : []),
    ...judgeLease(policy, sections, pinTable, table),
    ...followedIn(found, backend, pinTable, servers),
  ];
}

/** The producers with their ids: as HAProxy shows them, else as it would count them. */
function numbered({ found, producers, view }: PinCase): readonly Numbered[] {
  const all = view?.workers[0].servers ?? found.servers ?? [];
  const named = all.filter(({ name }) => producers.length === 0 || producers.includes(name));
  return named.map(({ name, id }) => ({ name: printable(name), id }));
}

/** The first line that asks for an id has it. */
function followedIn(
  { statements, kind, spot }: BackendConfig,
  backend: string,
  table: string,
  servers: readonly Numbered[],
): InFile[] {
  const rules = readPinRules(statements, table);
  if (rules === null) return [];
  const lost: string[] = [];
  let at: Spot | null = null;
  const missing = servers.filter(({ name, id }) => {
    const first = rules.find(({ ids }) => ids.includes(id));
    if (first?.server === name) return false;
    if (first !== undefined) at ??= first.spot;
    lost.push(
      first === undefined
        ? `no line sends new connections to ${name} by its id, which is ${id}`
        : `a line sends them to ${printable(first.server)} by the id of ${name}, which is ${id}`,
    );
    return true;
  });
  if (missing.length === 0) return [];
  return [
    {
      id: 'pin-not-followed',
      level: 'warning',
      at: at ?? spot,
      message: `HAProxy does not do as a pin in table ${table} says: ${lost.join('; ')}. Nothing is steered there`,
      cure: `in ${kind} ${backend}, have one such line for each server and no other, with the id that HAProxy gives it (show stat), or that "id N" on its line gives it${missing.map((server) => `\n    ${followLine(table, server)}`).join('')}`,
    },
  ];
}
