// What HAProxy was started with: its configuration files and its master socket (management.txt 3).

export interface CommandLine {
  /** Files and folders, in the order in which they are read. */
  readonly files: readonly string[];
  /** `-C`: the folder that relative names start at. */
  readonly folder: string | null;
  /** `-S`: where the master's CLI listens, with its options; null: nowhere. */
  readonly masterSocket: string | null;
}

/** Options whose next word is their value, and no option. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  '-C',
  '-L',
  '-N',
  '-S',
  '-f',
  '-m',
  '-n',
  '-p',
  '-x',
]);

/**
 * Reads the arguments of a process; null where it is no HAProxy. Words before the first option that it knows are
 * skipped, since a loader or a wrapper may stand there.
 */
export function readCommandLine(args: readonly string[]): CommandLine | null {
  const files: string[] = [];
  let folder: string | null = null;
  let masterSocket: string | null = null;
  const program = args.findIndex((word) => /(?:^|\/)haproxy[-.\d]*$/.test(word));
  const firstOption = args.findIndex((word) => word === '-f' || word === '--');
  if (program === -1 || (firstOption !== -1 && firstOption < program)) return null;
  for (let at = program + 1; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') {
      files.push(...args.slice(at + 1));
      break;
    }
    if (!WITH_VALUE.has(word)) continue;
    const value = args[(at += 1)] ?? '';
    if (word === '-f') files.push(value);
    if (word === '-C') folder = value;
    if (word === '-S') masterSocket = value;
  }
  return { files, folder, masterSocket };
}
