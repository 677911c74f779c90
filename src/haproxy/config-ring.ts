// Rings that log lines are kept in, and which of them hear of a backend's servers (configuration.txt 3.9 "rings", 4.2 "log").
import type { Section, Statement } from './config-file.ts';

/** The names of all `ring` sections; null: they cannot be known. */
export function ringNames(sections: readonly Section[]): readonly string[] | null {
  const rings = sections.filter(({ kind }) => kind === 'ring');
  return rings.every(({ sure }) => sure) ? rings.map(({ name }) => name) : null;
}

export interface RingLogs {
  /** The rings that the backend's own lines are written to, by whatever way. */
  readonly heard: readonly string[];
  /** Those of the global section, which count for whoever has `log global`. */
  readonly inherited: readonly string[];
}

/** `statements`: of the backend, after those that it inherits. Null: that cannot be known. */
export function ringLogs(
  sections: readonly Section[],
  statements: readonly Statement[],
): RingLogs | null {
  const globals = sections.filter(({ kind }) => kind === 'global');
  const [inherited, own] = [globals.flatMap((section) => section.statements), statements].map(
    targets,
  );
  if (inherited == null || own == null || !globals.every(({ sure }) => sure)) return null;
  return {
    heard: ringsAmong(own.flatMap((target) => (target === 'global' ? inherited : [target]))),
    inherited: ringsAmong(inherited),
  };
}

function ringsAmong(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (name.startsWith('ring@') ? [name.slice('ring@'.length)] : []));
}

/** Of `log TARGET …`; `no log` takes back what stands before it. */
function targets(statements: readonly Statement[]): readonly string[] | null {
  let found: string[] | null = [];
  for (const { words, sure } of statements) {
    const [first = '', second = ''] = words;
    if (first === 'no' && second === 'log') found = sure ? [] : null;
    else if (first === 'log') found = sure && found !== null ? [...found, second] : null;
  }
  return found;
}
