// Server-sent events, read piece by piece: only their names are wanted, so nothing else is kept.

/** Of a line no more than this is kept, however long it is. */
const LINE_LIMIT = 256;

/**
 * Each call takes the next piece of the stream, cut anywhere, and gives the names of the events that it ends. Lines
 * end as the daemon ends them (report/events.ts): by a line feed.
 */
export function makeEventReader(): (piece: string) => readonly string[] {
  let line = '';
  let name = '';
  return (piece) => {
    const names: string[] = [];
    const [rest = '', ...more] = piece.split('\n');
    line = (line + rest).slice(0, LINE_LIMIT);
    for (const next of more) {
      if (line.startsWith('event: ')) name = line.slice(7);
      if (line === '' && name !== '') names.push(name);
      if (line === '') name = '';
      line = next.slice(0, LINE_LIMIT);
    }
    return names;
  };
}
