// The end of what a command wrote, however much that was.

const MAX_CHARS = 2000;

export class LastWords {
  #text = '';

  add(bytes: Buffer): void {
    this.#text = (this.#text + bytes.toString('latin1')).slice(-MAX_CHARS);
  }

  get text(): string {
    return this.#text;
  }
}
