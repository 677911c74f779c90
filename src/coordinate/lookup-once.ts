// Looks names up, and never the same one twice at a time.
import type { LookupFunction } from 'node:net';

type Told = Parameters<LookupFunction>[2];

/**
 * The same lookup, for connections. The system's (`getaddrinfo`) cannot be given up, and holds one of the four threads
 * that this process also writes its files by until it ends: without a way to its name server some ten seconds. So
 * whoever asks for the same meanwhile gets the same answer.
 */
export function lookupOnce(lookup: LookupFunction): LookupFunction {
  const underWay = new Map<string, Told[]>();
  return (host, options, tell) => {
    const question = JSON.stringify([host, options]);
    const waiting = underWay.get(question);
    if (waiting !== undefined) {
      waiting.push(tell);
      return;
    }
    const asked = [tell];
    underWay.set(question, asked);
    lookup(host, options, (error, address, family) => {
      underWay.delete(question);
      for (const one of asked) one(error, address, family);
    });
  };
}
