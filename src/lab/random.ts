// Randomness that can be repeated: the same seed gives the same numbers.

/** A source of numbers in [0, 1) (xorshift32). Sources of neighbouring seeds are unlike each other. */
export function randomFrom(seed: number): () => number {
  // Spread neighbouring seeds apart; the state must never be 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The first numbers still show the seed's bits.
  for (let i = 0; i < 8; i++) next();
  return next;
}

/** A number between `from` and `to`, all equally likely. */
export function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}
