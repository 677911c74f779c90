// One JSON line of the log as a line for people.

const COLOURS: Readonly<Record<string, string>> = { warn: '\u001B[33m', error: '\u001B[31m' };

/**
 * `2026-11-24T03:12:00.000Z WARN  the message  field=value`, with its newline. Nested fields are for
 * machines and are left out. Control characters are escaped: what a HAProxy said must not steer a terminal.
 */
export function prettyLine(json: string, colour: boolean): string {
  const { time, level, msg, ...fields }: Record<string, unknown> = JSON.parse(json);
  const word = String(level).toUpperCase().padEnd(5);
  const shade = colour ? COLOURS[String(level)] : undefined;
  const facts = Object.entries(fields)
    .map(([name, value]) => [name, name === 'err' ? messageOf(value) : value] as const)
    .filter(([, value]) => value === null || typeof value !== 'object')
    .map(([name, value]) => `  ${name}=${shown(value)}`);
  return `${String(time)} ${shade === undefined ? word : `${shade}${word}\u001B[0m`} ${escaped(String(msg))}${facts.join('')}\n`;
}

/** pino writes an Error as an object; its message is what a person can use. */
function messageOf(err: unknown): unknown {
  return typeof err === 'object' && err !== null && 'message' in err ? err.message : err;
}

function shown(value: unknown): string {
  return typeof value === 'string' && !/^[\w.:/@%+-]+$/.test(value)
    ? escaped(JSON.stringify(value))
    : String(value);
}

/** Foreign text made fit for a terminal: control characters become `\xNN`. */
export function escaped(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
