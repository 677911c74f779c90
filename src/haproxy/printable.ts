// Foreign text made fit for a terminal, which must not take anything of it for a command of its own.

/** Everything but printable ASCII becomes `\xNN`. */
export function printable(text: string): string {
  return text.replaceAll(
    /[^\x20-\x7e]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
