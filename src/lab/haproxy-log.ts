// What a HAProxy writes to stderr: its log lines with their times, and whatever else it says while starting.

export interface LogLine {
  /** HAProxy's own time of it: wall clock, ms since the epoch, with fractions. */
  readonly atMs: number;
  /** Process id of the worker that wrote it. */
  readonly pid: number;
  readonly text: string;
}

export interface HaproxyLog {
  write(line: string): void;
  /** The log lines kept whose text matches, oldest first. */
  matching(pattern: RegExp): readonly LogLine[];
  /** The last lines as they came, for an error message. */
  tail(): string;
}

const MAX_LINES = 5000;
const TAIL_LINES = 15;

/** Keeps the latest 5000 lines. */
export function createHaproxyLog(): HaproxyLog {
  const lines: string[] = [];
  return {
    write: (line) => {
      lines.push(line);
      if (lines.length > MAX_LINES) lines.shift();
    },
    matching: (pattern) =>
      lines.flatMap((line) => {
        const parsed = parse(line);
        return parsed !== null && pattern.test(parsed.text) ? [parsed] : [];
      }),
    tail: () => lines.slice(-TAIL_LINES).join('\n'),
  };
}

/** RFC 5424 as HAProxy writes it (configuration.txt 3.1, `log … format rfc5424`); null for anything else. */
function parse(line: string): LogLine | null {
  const found = /^<\d+>1 (\S+)(\.\d+)(\S+) \S+ \S+ (\d+) \S+ \S+ (.*)$/.exec(line);
  if (found === null) return null;
  const [, second, fraction, zone, pid, text] = found;
  return {
    atMs: Date.parse(`${second}${zone}`) + Number(fraction) * 1000,
    pid: Number(pid),
    text: text!,
  };
}
