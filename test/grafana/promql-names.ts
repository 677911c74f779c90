// The metrics that a PromQL expression names, and the labels that it selects them by. Prometheus checks the grammar.

export interface Names {
  readonly metrics: readonly string[];
  readonly selected: readonly (readonly [metric: string, label: string])[];
}

const KEYWORDS = new Set(
  'and or unless bool offset inf nan by without on ignoring group_left group_right start end'.split(
    ' ',
  ),
);

/** Label lists and strings are no metrics; neither is what is called, nor a keyword. */
export function namesIn(expr: string): Names {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""')
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\[[^\]]*\]|offset\s+\w+/g, ' ');
  const metrics: string[] = [];
  const selected: [string, string][] = [];
  for (const [, name = '', matchers = '', called] of bare.matchAll(
    /(?<![\w:.])([a-zA-Z_:][\w:]*)\s*(?:\{([^}]*)\}|(\())?/g,
  )) {
    if (called !== undefined || KEYWORDS.has(name.toLowerCase())) continue;
    metrics.push(name);
    for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=|!)/g)) {
      selected.push([name, label]);
    }
  }
  return { metrics, selected };
}
