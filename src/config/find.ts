// Which configuration file is meant.
import { stat } from 'node:fs/promises';
import type { Result } from '../domain/result.ts';
import type { Env } from './environment.ts';
import type { ConfigError } from './problem.ts';

/** Where it is looked for when nobody says where it is. */
const USUAL_PLACES = ['mainstay.yaml', '/etc/mainstay/mainstay.yaml'];

/**
 * `-c FILE`, else MAINSTAY_CONFIG, else the first of the usual places that has a file.
 * What was named is taken as it is: whether it can be read is for `loadConfig` to say.
 */
export async function findConfigFile(
  option: string | undefined,
  env: Env,
  places: readonly string[] = USUAL_PLACES,
): Promise<Result<string, ConfigError>> {
  const named = option ?? (env['MAINSTAY_CONFIG'] || undefined);
  if (named !== undefined) return { ok: true, value: named };
  for (const place of places) if (await exists(place)) return { ok: true, value: place };
  const message = `no configuration file: there is no ${places.join(' and no ')}; name one with -c FILE or MAINSTAY_CONFIG`;
  return { ok: false, fault: { messages: [message] } };
}

/** Also true for what is there and cannot be looked at: to go on to the next place would hide it. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
