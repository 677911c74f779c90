// `show info`: which process answered, how old it is, and whether it still serves (management.txt 9.3).
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName } from './charset.ts';
import { readCount } from './number.ts';
import { isVersion } from './show-version.ts';

export interface Info {
  readonly version: string;
  readonly pid: number;
  /** Seconds since this process started. */
  readonly uptimeS: number;
  /** An old worker: it ends when its last session does. The only sure sign of one. */
  readonly stopping: boolean;
}

export const showInfo: Command<[], Info> = {
  line: () => 'show info',
  read(answer) {
    const body = answerBody(answer, 'show info');
    if (!body.ok) return body;
    const lines = body.value.split('\n');
    const version = valueOf(lines, 'Version');
    const pid = readCount(valueOf(lines, 'Pid'));
    const uptimeS = readCount(valueOf(lines, 'Uptime_sec'));
    const stopping = valueOf(lines, 'Stopping');
    if (version === undefined || !isVersion(version) || pid === null || uptimeS === null)
      return unexpected(answer);
    if (stopping !== '0' && stopping !== '1') return unexpected(answer);
    return { ok: true, value: { version, pid, uptimeS, stopping: stopping === '1' } };
  },
};

/** What its host is called in `global` (`node`), by default the host's own name; null: nothing that can be a name. */
export function nodeOf(answer: string): string | null {
  const node = valueOf(answer.split('\n'), 'node');
  return node !== undefined && isName(node) ? node : null;
}

/** The value of the one line `name: value`; a name that stands twice is as good as missing. */
function valueOf(lines: readonly string[], name: string): string | undefined {
  const found = lines.filter((line) => line.startsWith(`${name}: `));
  return found.length === 1 ? found[0]?.slice(name.length + 2) : undefined;
}
