// What mainstay needs to know of the global section: who may speak to the Runtime API, and how long old workers last.
import type { Section, Spot, Statement } from './config-file.ts';
import type { Level } from '../domain/view.ts';

export interface NetworkSocket {
  /** As it is written. */
  readonly address: string;
  readonly level: Level;
}

/** With a family's prefix, or without any: then a path begins with `/`, and an address ends with its port (configuration.txt 4.2 "bind"). */
const NETWORK = /^(?:(?:[a-z]+\+)?(?:ipv|mptcp|tcp)[46]?@|[^/@]*:\d+(?:-\d+)?$)/;

/** The `stats socket` lines that listen on TCP (configuration.txt 3.1). Those that hang on a variable or an `.if` are left out. */
export function tcpStatsSockets(
  sections: readonly Section[],
): readonly (NetworkSocket & { readonly spot: Spot })[] {
  return globals(sections).flatMap(({ words, spot, sure }) => {
    if (!sure || words[0] !== 'stats' || words[1] !== 'socket') return [];
    return networkSockets(words.slice(2), 'operator').map((socket) => ({ ...socket, spot }));
  });
}

/** Those of a socket's addresses that are reached over the network; `usual` is the level where its options name none. */
export function networkSockets(
  [addresses = '', ...options]: readonly string[],
  usual: Level,
): readonly NetworkSocket[] {
  const named = options[options.lastIndexOf('level') + 1];
  const isNamed = options.includes('level');
  const level =
    isNamed && (named === 'user' || named === 'operator' || named === 'admin') ? named : usual;
  return addresses
    .split(',')
    .filter((address) => NETWORK.test(address))
    .map((address) => ({ address, level }));
}

/** Whether old workers end by themselves some time after a reload; null: that cannot be known. */
export function hasHardStop(sections: readonly Section[]): boolean | null {
  const lines = globals(sections).filter(({ words }) => words[0] === 'hard-stop-after');
  if (lines.length === 0)
    return sections.some(({ kind, sure }) => kind === 'global' && !sure) ? null : false;
  return lines.some(({ sure }) => sure) ? true : null;
}

function globals(sections: readonly Section[]): readonly Statement[] {
  return sections
    .filter(({ kind, sure }) => kind === 'global' && sure)
    .flatMap(({ statements }) => statements);
}
