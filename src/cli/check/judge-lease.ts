// How long a pin lasts, as HAProxy's file has it: past mainstay's death, over a reload, and until another mainstay writes.
import type { Policy } from '../../domain/policy.ts';
import type { Section } from '../../haproxy/config-file.ts';
import { localPeer, type StickTable } from '../../haproxy/config-table.ts';
import { printable } from '../../haproxy/printable.ts';
import type { InFile } from './judge-file.ts';
import { leaseText, LONGEST_LEASE_MS, PEERS_LINES, shortestLeaseMs } from './pin-lines.ts';
import { span } from './span.ts';

export function judgeLease(
  policy: Policy,
  sections: readonly Section[],
  name: string,
  table: StickTable,
): readonly InFile[] {
  return [...leaseOf(policy, name, table), ...peersOf(sections, name, table)];
}

function leaseOf(policy: Policy, name: string, { expireMs, spot }: StickTable): InFile[] {
  const leastMs = shortestLeaseMs(policy);
  const short = expireMs !== null && expireMs < leastMs;
  if (!short && expireMs !== null && expireMs <= LONGEST_LEASE_MS) return [];
  const message = short
    ? `a pin in table ${name} ends ${span(expireMs)} after it was written, which is less than three polls (${span(leastMs)}): a look or two that fail, and new connections go where HAProxy sends them`
    : `a pin in table ${name} outlives mainstay ${expireMs === null ? 'for ever' : `for ${span(expireMs)}`}: should it die while new connections are held on a backup, HAProxy goes on sending them there, though main is up${expireMs === null ? '; mainstay does not count on such a pin' : ''}`;
  return [
    {
      id: 'pin-lease',
      level: 'warning',
      at: spot,
      message,
      cure: `in its stick-table line, from three polls up to ${span(LONGEST_LEASE_MS)}\n    expire ${leaseText(policy)}`,
    },
  ];
}

function peersOf(
  sections: readonly Section[],
  name: string,
  { peers, spot }: StickTable,
): InFile[] {
  const own = localPeer(sections);
  const alone = `replicate it to this HAProxy alone, which keeps it over a reload, by "peers own" in its stick-table line${PEERS_LINES.map((line) => `\n    ${line}`).join('')}`;
  const kept = (why: string): InFile => ({
    id: 'pin-not-kept',
    level: 'info',
    at: spot,
    message: `a reload forgets the pin in table ${name}, since ${why}: until mainstay has written it again, about a second later, new connections go where HAProxy sends them`,
    cure: alone,
  });
  if (peers === null) return [kept('it has no peers')];
  const { names, section } = peers;
  if (names === null) return [];
  const others = names.filter((one) => one !== own);
  if (names.length > 1) {
    return [
      {
        id: 'pin-replicated',
        level: 'warning',
        at: spot,
        message: printable(
          `table ${name} is replicated to ${others.join(', ')} (peers ${section}): what one mainstay writes there takes the place of the other's pin. That is well while both want the same; when they do not, new connections go to whatever was written last`,
        ),
        cure: alone,
      },
    ];
  }
  if (own === null || others.length === 0) return [];
  const why = `peers ${section} names ${others.join()}, and this HAProxy calls itself ${own}`;
  return [kept(printable(why))];
}
