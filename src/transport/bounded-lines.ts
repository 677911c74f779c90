// Lines out of what comes in pieces, with a bound on what an unfinished one may hold.

const MAX_LINE_CHARS = 4096;

export class BoundedLines {
  #unfinished = '';
  #chars = 0;

  /** How much has come in all. */
  get chars(): number {
    return this.#chars;
  }

  /** Nothing has come behind the last newline. */
  get isWhole(): boolean {
    return this.#unfinished === '';
  }

  /** The lines that end in this piece, without their newline: the first 4,096 characters of each. */
  *add(piece: string): Generator<string> {
    this.#chars += piece.length;
    let from = 0;
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', from)) {
      const line = this.#upTo(piece, from, at);
      this.#unfinished = '';
      from = at + 1;
      yield line;
    }
    this.#unfinished = this.#upTo(piece, from, piece.length);
  }

  #upTo(piece: string, from: number, to: number): string {
    const room = MAX_LINE_CHARS - this.#unfinished.length;
    return this.#unfinished + piece.slice(from, Math.min(to, from + room));
  }
}
