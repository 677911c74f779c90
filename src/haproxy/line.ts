// One command line: short, printable, and one line only.

/** HAProxy 2.6 hangs on lines over 15 kB and loses a connection slot for ever; 8 kB are safe everywhere. */
const MAX_LINE_BYTES = 8 * 1024;

/** Printable ASCII: no newline, no NUL, nothing that latin1 and UTF-8 would write differently. */
const PRINTABLE = /^[\x20-\x7e]+$/;

/**
 * The commands in one line, which HAProxy answers one after the other (management.txt 9.3): two lines on one
 * connection would be answered by 2.6 and cut by 3.0 and later. Throws where the line may not be sent: a bug.
 */
export function oneLine(...commands: readonly string[]): string {
  const line = commands.join(';');
  if (line.length >= MAX_LINE_BYTES)
    throw new RangeError(`a command line of ${line.length} bytes: the limit is ${MAX_LINE_BYTES}`);
  if (!PRINTABLE.test(line))
    throw new TypeError(`not one printable line: ${JSON.stringify(line.slice(0, 80))}`);
  return line;
}
