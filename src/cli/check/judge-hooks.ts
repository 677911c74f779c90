// Whether the programs that hooks start are there, and may be started by this user.
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../domain/config.ts';
import { printable } from '../../haproxy/printable.ts';
import type { Found } from './finding.ts';

/** `path`: folders as in PATH. */
export async function judgeHooks(
  { hooks, file }: Config,
  path: string | undefined,
): Promise<readonly Found[]> {
  const found = await Promise.all(
    hooks.map(async ({ to }, i) => {
      const program = to.kind === 'exec' ? to.argv[0] : undefined;
      if (program === undefined) return [];
      const state = await findProgram(program, path);
      return state === 'fine' ? [] : [lacking(program, state, `${file} hooks[${i}].exec`)];
    }),
  );
  return found.flat();
}

type State = 'fine' | 'absent' | 'not-executable';

/** As execvp(3) has it: a name without a slash is looked for in PATH, and the first that may be run is taken. */
async function findProgram(program: string, path = '/bin:/usr/bin'): Promise<State> {
  const places = program.includes('/')
    ? [program]
    : path.split(':').map((folder) => join(folder || '.', program));
  const states = await Promise.all(places.map(stateOf));
  if (states.includes('fine')) return 'fine';
  return states.includes('not-executable') ? 'not-executable' : 'absent';
}

async function stateOf(path: string): Promise<State> {
  try {
    if (!(await stat(path)).isFile()) return 'absent';
  } catch {
    return 'absent';
  }
  return access(path, constants.X_OK).then(
    () => 'fine',
    () => 'not-executable',
  );
}

function lacking(program: string, state: Exclude<State, 'fine'>, spot: string): Found {
  const name = printable(program);
  const found = { id: 'hook-program', level: 'error', proxies: [], spot } as const;
  return state === 'absent'
    ? {
        ...found,
        message: `there is no program ${name}, so that this hook tells nobody`,
        cure: 'correct it, best with its whole path',
      }
    : {
        ...found,
        message: `this user may not run ${name}, so that this hook tells nobody`,
        cure: `have the user of mainstay run it\n    chmod 755 ${name}`,
        exit: 4,
      };
}
