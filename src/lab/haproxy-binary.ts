// Which HAProxy a lab runs, and what to do where there is none.
import { accessSync, constants } from 'node:fs';
import type { Result } from '../domain/result.ts';

/** Debian keeps haproxy in /usr/sbin, which is not on a plain user's PATH. */
const ALSO = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** MAINSTAY_HAPROXY, else the first on PATH or in a system's folders; else why there is none, and the cure. */
export function findHaproxy(
  env: Readonly<Record<string, string | undefined>>,
): Result<string, string> {
  const named = env['MAINSTAY_HAPROXY'];
  if (named !== undefined) {
    if (canRun(named)) return { ok: true, value: named };
    return {
      ok: false,
      fault: `MAINSTAY_HAPROXY names ${named}, which cannot be run: correct it, or unset it to use the installed HAProxy`,
    };
  }
  const folders = [...(env['PATH'] ?? '').split(':').filter(Boolean), ...ALSO];
  const found = folders.map((folder) => `${folder}/haproxy`).find(canRun);
  return found === undefined
    ? {
        ok: false,
        fault:
          'the lab needs HAProxy 2.6 or later, and there is none here. Install it (Debian, Ubuntu: apt-get install haproxy), or set MAINSTAY_HAPROXY to where it is',
      }
    : { ok: true, value: found };
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
