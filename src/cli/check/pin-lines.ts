// The lines of HAProxy's configuration that make a pin, as cures have them. haproxy/haproxy.cfg has the same.
import type { Policy } from '../../domain/policy.ts';

/** How long a pin may outlive mainstay, and what outlives three looks that fail (design.md, "Steering"). */
export const LONGEST_LEASE_MS = 60_000;
const USUAL_LEASE_S = 10;

export function shortestLeaseMs({ pollIntervalMs }: Policy): number {
  return 3 * pollIntervalMs;
}

/** In whole seconds; never more than what is allowed. */
export function leaseText(policy: Policy): string {
  const neededS = Math.ceil(shortestLeaseMs(policy) / 1000);
  return `${Math.min(Math.max(USUAL_LEASE_S, neededS), LONGEST_LEASE_MS / 1000)}s`;
}

export function tableLine(policy: Policy): string {
  return `stick-table type integer size 16 expire ${leaseText(policy)} store gpt0 peers own`;
}

/** A section of peers for this HAProxy alone. */
export const PEERS_LINES: readonly string[] = [
  'global',
  '    localpeer mainstay',
  'peers own',
  '    peer mainstay 127.0.0.1:10001',
];

export function tableLines(policy: Policy, table: string): readonly string[] {
  return [...PEERS_LINES, `backend ${table}`, `    ${tableLine(policy)}`];
}

export interface Numbered {
  readonly name: string;
  readonly id: number;
}

export function followLine(table: string, { name, id }: Numbered): string {
  return `use-server ${name} if { int(1),table_gpt0(${table}) eq ${id} }`;
}

export function followLines(
  backend: string,
  table: string,
  servers: readonly Numbered[],
): readonly string[] {
  return [`backend ${backend}`, ...servers.map((server) => `    ${followLine(table, server)}`)];
}
