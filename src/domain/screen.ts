// Where somebody is told what goes on while it goes on: lines that stay, and below them a few that change.

/** How a line is meant; on a terminal it has a colour. */
export type Mood = 'title' | 'good' | 'bad' | 'quiet';

export interface Screen {
  /** Whether `show` can be seen. Elsewhere (a pipe, a file) what it would show has to be said. */
  readonly live: boolean;
  /** A line that stays. Breaks at spaces where it is too long, and goes on below its own text, right of `lead`. */
  say(text: string, how?: { readonly lead?: string; readonly mood?: Mood }): void;
  /** These lines instead of those shown before; none takes them away. What is too long is cut off. */
  show(lines: readonly string[]): void;
}
