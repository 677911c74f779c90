// Every bearer token that the file names: its own, which peers and commands show, and those that it shows to others.
import { besideFile } from './beside.ts';
import type { Draft } from './check-shape.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { MIN_TOKEN_CHARS, readToken } from './token.ts';

export interface Tokens {
  /** Null: none is named. */
  readonly api: string | null;
  /** One entry a peer, and a hook, in their order. */
  readonly peers: readonly (string | null)[];
  readonly hooks: readonly (string | null)[];
  /** Files that hold none; their tokens are null. */
  readonly objections: readonly Objection[];
  /** Files that others can read. */
  readonly shared: readonly Objection[];
}

/** `at` is where the file is, for relative paths. */
export async function readTokens(file: Draft<ConfigFile>, at: string): Promise<Tokens> {
  const objections: Objection[] = [];
  const shared: Objection[] = [];
  const read = async (name: string | undefined, above: Path, least: number) => {
    if (name === undefined) return null;
    const path = [...above, 'tokenFile'];
    const token = await readToken(besideFile(at, name), least);
    if (!token.ok) objections.push({ path, message: token.fault });
    else if (token.value.shared)
      shared.push({
        path,
        message: "others than the file's owner can read the token; chmod 600 it",
      });
    return token.ok ? token.value.secret : null;
  };
  const { peers = [], hooks = [] } = file;
  const [api, ofPeers, ofHooks] = await Promise.all([
    read(file.api?.tokenFile, ['api'], MIN_TOKEN_CHARS),
    Promise.all(peers.map((peer, i) => read(peer?.tokenFile, ['peers', i], MIN_TOKEN_CHARS))),
    // Somebody else has made it, as long as he likes.
    Promise.all(hooks.map((hook, i) => read(hook?.tokenFile, ['hooks', i], 1))),
  ]);
  return { api, peers: ofPeers, hooks: ofHooks, objections, shared };
}
