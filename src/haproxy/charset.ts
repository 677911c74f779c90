// Which names may stand in a command: HAProxy's own charset, nothing that could end a word, a command or a line.

/** HAProxy sets no bound of its own; this one keeps every command far below the 8 kB of a line. */
const MAX_NAME_CHARS = 256;

/** HAProxy's charset for the names of proxies and servers (configuration.txt 4). */
const NAME = /^[A-Za-z0-9_.:-]+$/;

/** Whether HAProxy could have given `text` as the name of a proxy or a server. */
export function isName(text: string): boolean {
  return text.length <= MAX_NAME_CHARS && NAME.test(text);
}

/** The name itself. Throws where it is none: names are checked where they come in, so that here it is a bug. */
export function nameInCommand(name: string): string {
  if (!isName(name))
    throw new TypeError(`not a HAProxy name: ${JSON.stringify(name.slice(0, 80))}`);
  return name;
}
