// Paths in the file, which start at its folder.
import { dirname, resolve } from 'node:path';

/** A path as the file writes it, made absolute: a relative one starts at the folder of the file. */
export function besideFile(file: string, path: string): string {
  return resolve(dirname(file), path);
}
