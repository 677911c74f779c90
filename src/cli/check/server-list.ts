// Servers as people read them: in their order, with the word that decides who gets new connections.

/** `main, spare (backup)`. */
export function serverList(
  servers: readonly { readonly name: string; readonly backup: boolean }[],
): string {
  return servers.map(({ name, backup }) => (backup ? `${name} (backup)` : name)).join(', ');
}
