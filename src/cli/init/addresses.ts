// The values of `--runtime`, read as mainstay.yaml's are: what can be asked, and what needs files before it can be.
import { parseLink, type Link } from '../../config/address.ts';
import { quoted } from '../../config/spot.ts';
import { withFound } from '../../config/wants.ts';
import type { Result } from '../../domain/result.ts';

/** As many as mainstay.yaml takes. */
const MAX_PROXIES = 64;

/** Each once, in their order. The fault is a sentence for whoever typed them. */
export function readAddresses(texts: readonly string[]): Result<readonly Link[], string> {
  const unique = [...new Set(texts)];
  if (unique.length > MAX_PROXIES)
    return { ok: false, fault: `--runtime: expected at most ${MAX_PROXIES}, got ${unique.length}` };
  const links: Link[] = [];
  for (const text of unique) {
    const link = parseLink(text);
    if (!link.ok) return { ok: false, fault: `--runtime: ${gotting(link.fault, text)}` };
    links.push(link.value);
  }
  return { ok: true, value: links };
}

function gotting(message: string, text: string): string {
  const nowhere = { line: 1, column: 1 };
  const spot = { at: nowhere, keyAt: nowhere, found: quoted(text), bare: text };
  return withFound(message, { ...spot, children: new Map() });
}
