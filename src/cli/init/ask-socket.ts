// One socket asked: whose it is, a worker's or a master's, and all that mainstay.yaml can say of it. Changes nothing.
import type { Address } from '../../domain/config.ts';
import type { Fault, Trouble } from '../../domain/fault.ts';
import type { RuntimeLink } from '../../domain/ports.ts';
import type { Result } from '../../domain/result.ts';
import type { Level } from '../../domain/view.ts';
import { at, splitAnswers } from '../../haproxy/answer.ts';
import { oneLine } from '../../haproxy/line.ts';
import { showBackends, type Backend } from '../../haproxy/show-backends.ts';
import { showCliLevel } from '../../haproxy/show-cli-level.ts';
import { showEvents } from '../../haproxy/show-events.ts';
import { nodeOf, showInfo } from '../../haproxy/show-info.ts';
import { showProc } from '../../haproxy/show-proc.ts';
import { showTable } from '../../haproxy/show-table.ts';
import { showTables } from '../../haproxy/show-tables.ts';
import type { World } from '../world.ts';

/** What can be asked without files of its own. */
export type PlainAddress = Extract<Address, { readonly kind: 'unix' | 'tcp' }>;

export interface Worker {
  readonly version: string;
  readonly pid: number;
  readonly uptimeS: number;
  /** What it calls its host; null: nothing that can be a name. */
  readonly node: string | null;
  readonly level: Level;
  readonly backends: readonly Backend[];
  /** Stick tables that can hold a pin: their keys are integers, and they store `gpt0`. */
  readonly tables: readonly string[];
  readonly rings: readonly string[];
}

export type Said =
  | { readonly kind: 'worker'; readonly worker: Worker }
  /** The pids of all its workers. */
  | { readonly kind: 'master'; readonly pids: readonly number[] }
  | { readonly kind: 'silent'; readonly fault: Fault };

export interface Asked {
  readonly address: PlainAddress;
  readonly said: Said;
}

/** For each of the three exchanges: somebody waits, and a HAProxy that is well answers within milliseconds. */
const LIMIT = { deadlineMs: 3000 };
/** Tables that are asked what they store. */
const MAX_TABLES = 8;

/** Never throws. */
export async function askSocket(world: World, address: PlainAddress): Promise<Asked> {
  const master = world.openLink(address, 'master');
  const link = world.openLink(address, 'worker');
  try {
    const list = await master.ask(showProc.line(), LIMIT);
    // One that cannot be reached by either question is not asked the second.
    if (!list.ok && list.fault.kind !== 'truncated')
      return { address, said: { kind: 'silent', fault: list.fault } };
    // A worker does not know the command.
    const processes = list.ok ? showProc.read(list.value) : null;
    if (processes?.ok === true)
      return { address, said: { kind: 'master', pids: processes.value.workers } };
    const worker = await askWorker(link);
    return {
      address,
      said: worker.ok
        ? { kind: 'worker', worker: worker.value }
        : { kind: 'silent', fault: worker.fault },
    };
  } finally {
    master.drop();
    link.drop();
  }
}

/** `show stat` stands last: see `splitAnswers`. */
const LINE = oneLine(
  showCliLevel.line(),
  showInfo.line(),
  showTables.line(),
  showEvents.line(false),
  showBackends.line(),
);

async function askWorker(link: RuntimeLink): Promise<Result<Worker, Fault>> {
  const answer = await link.ask(LINE, LIMIT);
  if (!answer.ok) return answer;
  const read = at(link.address, readWorker(answer.value));
  if (!read.ok) return read;
  const tables = await askTables(link, read.value.tables);
  return tables.ok ? { ok: true, value: { ...read.value, tables: tables.value } } : tables;
}

function readWorker(text: string): Result<Worker, Trouble> {
  const answers = splitAnswers(text, 5);
  if (!answers.ok) return answers;
  const [levelAnswer = '', infoAnswer = '', tablesAnswer = '', eventsAnswer = '', statAnswer = ''] =
    answers.value;
  const level = showCliLevel.read(levelAnswer);
  if (!level.ok) return level;
  const info = showInfo.read(infoAnswer);
  if (!info.ok) return info;
  const { version, pid, uptimeS, stopping } = info.value;
  if (stopping) return { ok: false, fault: { kind: 'stopping', pid } };
  const tables = showTables.read(tablesAnswer);
  if (!tables.ok) return tables;
  const rings = showEvents.read(eventsAnswer, false);
  if (!rings.ok) return rings;
  const backends = showBackends.read(statAnswer);
  if (!backends.ok) return backends;
  return {
    ok: true,
    value: {
      version,
      pid,
      uptimeS,
      node: nodeOf(infoAnswer),
      level: level.value,
      backends: backends.value,
      tables: tables.value,
      rings: rings.value,
    },
  };
}

/** Those that store `gpt0`; the table of mainstay's own name before all others. */
async function askTables(
  link: RuntimeLink,
  names: readonly string[],
): Promise<Result<readonly string[], Fault>> {
  const asked = names
    .toSorted((a, b) => Number(b === 'pin') - Number(a === 'pin'))
    .slice(0, MAX_TABLES);
  if (asked.length === 0) return { ok: true, value: [] };
  const answer = await link.ask(oneLine(...asked.map((name) => showTable.line(name))), LIMIT);
  if (!answer.ok) return answer;
  const answers = at(link.address, splitAnswers(answer.value, asked.length));
  if (!answers.ok) return answers;
  const fit = asked.filter((name, i) => {
    const pin = showTable.read(answers.value[i] ?? '', name);
    // `denied`: it is such a table, and this level may not look into it.
    return pin.ok && (pin.value.kind === 'table' || pin.value.kind === 'denied');
  });
  return { ok: true, value: fit };
}
