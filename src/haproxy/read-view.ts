// The look: one line that shows all that a decision needs of one proxy, and its answer as a View.
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { View, Way } from '../domain/view.ts';
import { splitAnswers, truncated } from './answer.ts';
import { oneLine } from './line.ts';
import { showCliLevel } from './show-cli-level.ts';
import { showInfo } from './show-info.ts';
import { absentServers, showStat } from './show-stat.ts';

/** The line to send. `show stat` stands last: see `splitAnswers`. */
export function lookLine(backend: string): string {
  return oneLine(showCliLevel.line(), showInfo.line(), showStat.line(backend));
}

/**
 * Reads the whole answer to `lookLine(backend)`; the view holds the serving worker alone. Level `user` is enough. Never
 * throws. Faults: `truncated`, `protocol`, `denied`; `stopping` where an old worker answered, whose health is frozen;
 * `no-such-backend`; `no-such-server` where one of `producers` is not among the backend's servers.
 */
export function readView(
  text: string,
  backend: string,
  producers: readonly string[],
  way: Way,
): Result<View, Trouble> {
  const view = assemble(text, backend, producers, way);
  if (view.ok || view.fault.kind !== 'truncated') return view;
  return truncated(text);
}

function assemble(
  text: string,
  backend: string,
  producers: readonly string[],
  way: Way,
): Result<View, Trouble> {
  const answers = splitAnswers(text, 3);
  if (!answers.ok) return answers;
  const [levelAnswer = '', infoAnswer = '', statAnswer = ''] = answers.value;
  const level = showCliLevel.read(levelAnswer);
  if (!level.ok) return level;
  const info = showInfo.read(infoAnswer);
  if (!info.ok) return info;
  const { version, pid, uptimeS, stopping } = info.value;
  if (stopping) return { ok: false, fault: { kind: 'stopping', pid } };
  const stat = showStat.read(statAnswer, backend);
  if (!stat.ok) return stat;
  const absent = absentServers(stat.value, backend, producers);
  if (absent !== null) return { ok: false, fault: absent };
  const worker = { pid, old: false, uptimeS, ...stat.value };
  return {
    ok: true,
    value: { way, version, level: level.value, workers: [worker], hidden: { kind: 'no-master' } },
  };
}
