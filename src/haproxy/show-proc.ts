// `show proc`: the processes of a HAProxy, as its master lists them (management.txt 9.4).
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import { answerBody, unexpected, type Command } from './answer.ts';
import { readCount } from './number.ts';

export interface Processes {
  /** How often the master was told to reload, failures included. */
  readonly reloads: number;
  /** How many of those failed; null where this HAProxy does not tell. */
  readonly failedReloads: number | null;
  /**
   * The pid of every worker, each once, in the list's order. Which of them serves is for `show info` to tell: after a
   * failed reload HAProxy 3.1 and later lists the serving one under `# old workers`.
   */
  readonly workers: readonly number[];
}

/** Before 2.5 a column stood before the reloads, with the number that a process has or, `[was: n]`, had. */
const HEADER = /^#<PID> +<type> +(<relative PID> +)?<reloads> /;

/** Faults: `denied`; `protocol` for all but such a list with one master, as any socket that is not a master's gives. */
export const showProc: Command<[], Processes> = {
  line: () => 'show proc',
  read(answer) {
    const body = answerBody(answer, 'show proc');
    if (!body.ok) return body;
    const [header = '', ...lines] = body.value.split('\n').slice(0, -1);
    const [form, relative] = HEADER.exec(header) ?? [];
    if (form === undefined) return unexpected(answer);
    return readLines(lines, relative !== undefined);
  },
};

function readLines(lines: readonly string[], relative: boolean): Result<Processes, Trouble> {
  const workers = new Set<number>();
  let master: Omit<Processes, 'workers'> | null = null;
  let programs = false;
  for (const line of lines) {
    if (line.startsWith('# ')) {
      // A program's line has its own name where a worker's says `worker`, and may be named so.
      programs = /^# (?:old )?programs$/.test(line);
      continue;
    }
    const [, digits, type, rest = ''] = /^(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
    const pid = readCount(digits);
    if (pid === null || pid === 0) return unexpected(line);
    if (programs) continue;
    if (type === 'worker' && !workers.has(pid)) workers.add(pid);
    else if (type === 'master' && master === null) master = readMaster(rest, relative);
    else return unexpected(line);
    if (type === 'master' && master === null) return unexpected(line);
  }
  if (master === null) return unexpected(lines.join('\n'));
  return { ok: true, value: { ...master, workers: [...workers] } };
}

/** `1 [failed: 0]   0d00h00m05s …`; null where it is no such thing. */
function readMaster(rest: string, relative: boolean): Omit<Processes, 'workers'> | null {
  const columns = relative ? rest.replace(/^\d+ +/, '') : rest;
  const [, total, failed] = /^(\d+) (?:\[failed: (\d+)\])?/.exec(columns) ?? [];
  const reloads = readCount(total);
  const failedReloads = failed === undefined ? null : readCount(failed);
  if (reloads === null || (failed !== undefined && failedReloads === null)) return null;
  return { reloads, failedReloads };
}
