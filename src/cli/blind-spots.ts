// What a look at a proxy does not show, said once for all proxies where the reason is the same.
import { paint, paragraph } from './layout.ts';
import type { Output } from './world.ts';

/** `why` is a sentence with its cure. */
export function oldWorkerLines(
  out: Output,
  proxies: readonly { readonly name: string; readonly why: string }[],
): readonly string[] {
  const notes = proxies.map(({ name, why }) => ({
    name,
    text: `sessions that a reload left in old workers are not seen: ${why}`,
  }));
  return noteLines(out, notes);
}

/** `ha1, ha2: TEXT`, each text once. */
export function noteLines(
  out: Output,
  notes: readonly { readonly name: string; readonly text: string }[],
): readonly string[] {
  return [...new Set(notes.map(({ text }) => text))].map((text) => {
    const at = notes.filter((one) => one.text === text).map(({ name }) => name);
    return paragraph(out, paint(out, 'yellow', `${at.join(', ')}: ${text}`));
  });
}
