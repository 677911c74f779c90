// Secrets in files of their own: none should be open to others than its owner.
import { stat } from 'node:fs/promises';
import { besideFile } from './beside.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import { isShared } from './read.ts';
import type { ConfigFile } from './shape.ts';

/** One for each key or password that others may read; tokens.ts has the tokens. Nothing of a file that is not there: using it will tell. */
export async function sharedSecrets(file: ConfigFile, at: string): Promise<Objection[]> {
  const ofProxies = file.proxies.flatMap(({ ssh, tls, auth }, i) => [
    secret(['proxies', i, 'ssh', 'key'], ssh?.key, 'key'),
    secret(['proxies', i, 'tls', 'key'], tls?.key, 'key'),
    secret(['proxies', i, 'auth', 'passwordFile'], auth?.passwordFile, 'password'),
  ]);
  const secrets = [...ofProxies, secret(['api', 'tls', 'key'], file.api?.tls?.key, 'key')];
  const found = await Promise.all(
    secrets.flat().map(async ({ path, name, what }) => {
      const mode = await stat(besideFile(at, name)).then(
        (stats) => stats.mode,
        () => 0,
      );
      const message = `others than the file's owner can read the ${what}; chmod 600 it`;
      return isShared(mode) ? [{ path, message }] : [];
    }),
  );
  return found.flat();
}

function secret(path: Path, name: string | undefined, what: string) {
  return name === undefined ? [] : [{ path, name, what }];
}
