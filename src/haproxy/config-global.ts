// What mainstay needs to know of the global section: who may speak to the Runtime API, and how long old workers last.
import type { Section, Spot, Statement } from './config-file.ts';
import type { Level } from '../domain/view.ts';

export interface StatsSocket {
  /** As the file writes it. */
  readonly address: string;
  readonly level: Level;
  readonly spot: Spot;
}

/** The prefixes of an address that is reached over the network, and any others (configuration.txt 2.9 of 3.x). */
const NETWORK = /^(?:[a-z]+\+)?(?:ipv|mptcp|tcp)[46]?@/;
const LOCAL = /^(?:\/|(?:[a-z]+\+)?[a-z]+\d?@)/;

/** The `stats socket` lines that listen on TCP (configuration.txt 3.1). Those that hang on a variable or an `.if` are left out. */
export function tcpStatsSockets(sections: readonly Section[]): readonly StatsSocket[] {
  return globals(sections).flatMap(({ words, spot, sure }) => {
    if (!sure || words[0] !== 'stats' || words[1] !== 'socket') return [];
    const addresses = (words[2] ?? '').split(',').filter(isNetworkAddress);
    const level = levelOf(words);
    return addresses.map((address) => ({ address, level, spot }));
  });
}

/** Whether an address of a `bind` or `stats socket` line, or of the argument -S, is reached over the network. */
export function isNetworkAddress(address: string): boolean {
  return address !== '' && (NETWORK.test(address) || !LOCAL.test(address));
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

/** Without a word of it: operator (configuration.txt 5.1 "level"). */
function levelOf(words: readonly string[]): Level {
  const level = words[words.lastIndexOf('level') + 1];
  return level === 'user' || level === 'admin' ? level : 'operator';
}
