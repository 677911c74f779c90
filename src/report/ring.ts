// The last records of the journal, kept as text: its size is known, and nobody can change it.
import type { DecisionRecord, JournalRecord } from '../domain/journal.ts';

interface Line {
  readonly kind: JournalRecord['kind'];
  readonly text: string;
}

/** How many lines are remembered, and how many characters of them. */
const LIMIT_LINES = 1000;
const LIMIT_CHARS = 4 * 1024 * 1024;
/** Of them, lines that tell of hooks: a hook that is told of everything must not push out what was decided and done. */
const LIMIT_HOOK_LINES = 100;

export interface Ring {
  add(kind: JournalRecord['kind'], text: string): void;
  /** Newest first. */
  latest(limit: number): JournalRecord[];
  /** Decisions alone, newest first. */
  decisions(limit: number): DecisionRecord[];
}

/** Forgets the oldest lines beyond its limits, but never the newest. */
export function makeRing(): Ring {
  const lines: Line[] = [];
  let chars = 0;
  let hooks = 0;
  const forget = (index: number) => {
    const [line] = lines.splice(index, 1);
    chars -= line?.text.length ?? 0;
    if (line?.kind === 'hook') hooks -= 1;
  };
  const isOver = () => lines.length > 1 && (lines.length > LIMIT_LINES || chars > LIMIT_CHARS);
  const read = (chosen: readonly Line[], limit: number) =>
    chosen
      .slice(Math.max(0, chosen.length - limit))
      .toReversed()
      .map(({ text }) => JSON.parse(text));
  return {
    add(kind, text) {
      lines.push({ kind, text });
      chars += text.length;
      if (kind === 'hook') hooks += 1;
      if (hooks > LIMIT_HOOK_LINES) forget(lines.findIndex((line) => line.kind === 'hook'));
      while (isOver()) forget(0);
    },
    latest: (limit) => read(lines, limit),
    decisions: (limit) =>
      read(
        lines.filter(({ kind }) => kind === 'decision'),
        limit,
      ),
  };
}
