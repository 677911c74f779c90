// Text that must fit into a box: SVG wraps nothing by itself.

/** At most so many letters, the last a … where some are left out. */
export function clip(text: string, letters: number): string {
  const all = Array.from(text);
  return all.length <= letters ? text : `${all.slice(0, letters - 1).join('')}…`;
}

/** In lines of at most `letters`, at most `lines` of them; what does not fit is cut. */
export function wrapText(text: string, letters: number, lines: number): readonly string[] {
  const made: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = `${made.at(-1) ?? ''} ${word}`.trim();
    const fits = made.length === lines || longer.length <= letters;
    if (fits && made.length > 0) made[made.length - 1] = longer;
    else made.push(word);
  }
  return made.filter((line) => line !== '').map((line) => clip(line, letters));
}
