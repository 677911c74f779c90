// The known word that a mistyped one was probably meant to be.

/** Null where none is near: then at least half of the letters would have to change. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, edits: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits < Math.max(2, best.candidate.length / 2)
    ? best.candidate
    : null;
}

/** Letters to insert, delete, change, or swap with the next, to make `a` into `b`. */
function edits(a: string, b: string): number {
  const from = a.slice(0, 64);
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = from[row - 1] === b[column - 1];
      const swapped = from[row - 1] === b[column - 2] && from[row - 2] === b[column - 1];
      next[column] = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
