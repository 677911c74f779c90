// Where a proxy's statistics page and its socket tell of different things.
import type { View } from '../../domain/view.ts';
import { serverList } from './server-list.ts';

/** In words, or null. Sessions come and go, and are not compared. */
export function differenceOf(socket: View, page: View): string | null {
  const [a, b] = [socket, page].map(({ workers: [{ servers }] }) => servers);
  if (a === undefined || b === undefined) return null;
  const [onSocket, onPage] = [serverList(a), serverList(b)];
  if (onSocket !== onPage) return `the socket has ${onSocket}, the page ${onPage}`;
  const differ = a.flatMap(({ name, health, status }, i) => {
    const other = b[i];
    return other === undefined || other.health === health
      ? []
      : [`${name} is ${status} at the socket and ${other.status} on the page`];
  });
  return differ.length === 0 ? null : differ.join('; ');
}
