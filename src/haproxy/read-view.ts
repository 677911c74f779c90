// The look: one line that shows all that a decision needs of one proxy, and its answer as a View.
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Pin, View, Way } from '../domain/view.ts';
import { splitAnswers, truncated } from './answer.ts';
import { oneLine } from './line.ts';
import { showCliLevel } from './show-cli-level.ts';
import { showInfo } from './show-info.ts';
import { absentServers, showStat } from './show-stat.ts';
import { showTable } from './show-table.ts';

/** What a look is for. */
export interface Wanted {
  readonly backend: string;
  /** Any of them that is not among the backend's servers makes the look a fault; none may be named. */
  readonly producers: readonly string[];
  /** The stick table of the pin; null: it is not asked for. */
  readonly pinTable: string | null;
}

/** The line to send. `show stat` stands last: see `splitAnswers`. */
export function lookLine(backend: string, pinTable: string | null): string {
  const table = pinTable === null ? [] : [showTable.line(pinTable)];
  return oneLine(showCliLevel.line(), showInfo.line(), ...table, showStat.line(backend));
}

/**
 * Reads the whole answer to `lookLine`; the view holds the serving worker alone. Level `user` is enough, but for the pin.
 * Never throws. Faults: `truncated`, `protocol`, `denied`; `stopping` where an old worker answered, whose health is
 * frozen; `no-such-backend`; `no-such-server` where one of `producers` is not among the backend's servers.
 */
export function readView(text: string, wanted: Wanted, way: Way): Result<View, Trouble> {
  const view = assemble(text, wanted, way);
  if (view.ok || view.fault.kind !== 'truncated') return view;
  return truncated(text);
}

const OFF: Result<Pin, Trouble> = { ok: true, value: { kind: 'off' } };

function assemble(
  text: string,
  { backend, producers, pinTable }: Wanted,
  way: Way,
): Result<View, Trouble> {
  const answers = splitAnswers(text, pinTable === null ? 3 : 4);
  if (!answers.ok) return answers;
  const [levelAnswer = '', infoAnswer = '', tableAnswer = ''] = answers.value;
  const statAnswer = answers.value.at(-1) ?? '';
  const level = showCliLevel.read(levelAnswer);
  if (!level.ok) return level;
  const info = showInfo.read(infoAnswer);
  if (!info.ok) return info;
  const { version, pid, uptimeS, stopping } = info.value;
  if (stopping) return { ok: false, fault: { kind: 'stopping', pid } };
  const pin = pinTable === null ? OFF : showTable.read(tableAnswer, pinTable);
  if (!pin.ok) return pin;
  const stat = showStat.read(statAnswer, backend);
  if (!stat.ok) return stat;
  const absent = absentServers(stat.value, backend, producers);
  if (absent !== null) return { ok: false, fault: absent };
  const worker = { pid, old: false, uptimeS, ...stat.value };
  return {
    ok: true,
    value: {
      way,
      version,
      level: level.value,
      workers: [worker],
      pin: pin.value,
      hidden: { kind: 'no-master' },
    },
  };
}
