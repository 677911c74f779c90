// What a peer answered to `GET /v1/view`, as its view; or why it is none, or none for us.
import type { PeerConfig } from '../domain/config.ts';
import type { PeerFault, PeerView } from '../domain/peer.ts';
import type { Result } from '../domain/result.ts';
import { peerFault } from './ask-peer.ts';
import { unlike, type Ours } from './unlike.ts';
import { readPeerView } from './view-schema.ts';

const VERSION = 1;
const MAX_DEPTH = 50;

/** Whatever `text` is, it never throws. */
export function readAnswer(
  { name, url }: Pick<PeerConfig, 'name' | 'url'>,
  ours: Ours,
  text: string,
): Result<PeerView, PeerFault> {
  const garbage = (what: string) =>
    peerFault('garbage', `what ${url} answers is no view of a mainstay: ${what}`);
  const json = parse(text);
  if (json === undefined) return garbage('it is no JSON');
  const v = typeof json === 'object' && json !== null && 'v' in json ? json.v : null;
  if (typeof v !== 'number') return garbage('it has no version');
  if (v !== VERSION)
    return peerFault('other', `${url} speaks version ${v} of the view, we ${VERSION}`);
  const read = readPeerView(json);
  if (!read.ok) return garbage(`"${read.at}" is not as it should be`);
  const difference = unlike(name, read.value, ours);
  return difference === null ? read : peerFault('other', `${url} ${difference}`);
}

function parse(text: string): unknown {
  if (isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether lists and objects stand in each other as in no view: a million of them would hold JSON.parse up for a second. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
