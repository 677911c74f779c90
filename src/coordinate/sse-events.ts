// The names of server-sent events, out of bytes that come in pieces; of what they carry nothing is kept.

/** `event: ` and the longest name that matters. */
const MAX_LINE_CHARS = 32;

/** The next piece of the stream in, the names of the events that end in it out (HTML, "Server-sent events", 9.2.6). */
export function makeSseReader(): (piece: Buffer) => readonly string[] {
  let line = '';
  let name = '';
  return (piece) => {
    const ended: string[] = [];
    const [first = '', ...others] = piece.toString('latin1').split('\n');
    line = (line + first.slice(0, MAX_LINE_CHARS)).slice(0, MAX_LINE_CHARS);
    for (const next of others) {
      const whole = line.replace(/\r$/, '');
      line = next.slice(0, MAX_LINE_CHARS);
      if (whole === '') {
        if (name !== '') ended.push(name);
        name = '';
      } else name = /^event: ?(\w{1,16})$/.exec(whole)?.[1] ?? name;
    }
    return ended;
  };
}
