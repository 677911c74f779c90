// Where a proxy's configuration file is: as the user says, or as the process itself says on this host (proc(5)).
import { readdir, readlink, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readSmall } from '../../config/read.ts';
import type { ProxyConfig } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import type { View } from '../../domain/view.ts';
import { readCommandLine, type CommandLine } from '../../haproxy/command-line.ts';
import type { ConfigText } from '../../haproxy/config-file.ts';

export interface Source {
  readonly files: readonly ConfigText[];
  /** When any of them was last changed: wall clock, ms since the epoch. */
  readonly changedMs: number;
  /** Of the running process; null where the user named the files. */
  readonly command: CommandLine | null;
}

/** A HAProxy with ten thousand servers needs about 1 MB. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 1000;
const MAX_PROC_BYTES = 64 * 1024;

/** The files, or those of the folders, in the order in which HAProxy reads them. The fault is a sentence. */
export async function readConfigFiles(
  paths: readonly string[],
): Promise<Result<Pick<Source, 'files' | 'changedMs'>, string>> {
  const files: ConfigText[] = [];
  let changedMs = 0;
  for (const path of paths) {
    const found = await expand(path);
    if (found === null) return no(`${path}: this folder cannot be read`);
    for (const name of found.files) {
      if (files.length === MAX_FILES) return no(`${path}: more than ${MAX_FILES} files`);
      const read = await readSmall(name, MAX_FILE_BYTES);
      if (!read.ok) return no(`${name}: ${read.fault}`);
      files.push({ path: name, text: read.value.bytes.toString('latin1') });
    }
    changedMs = Math.max(changedMs, found.changedMs);
  }
  return { ok: true, value: { files, changedMs } };
}

/** What the process behind a unix socket of this host was started with. The fault says why that is not to be had. */
export async function findSource(
  { runtime, stats }: ProxyConfig,
  view: View | null,
): Promise<Result<Source, string>> {
  if (view === null) return no('the proxy itself is not seen');
  const { pid } = view.workers[0];
  if (runtime?.kind !== 'unix' || pid === null)
    return no(`${(runtime?.text ?? stats?.url) || 'it'} is no unix socket of this host`);
  const own = await commandOf(pid);
  if (own === null) return no(`process ${pid} is not to be seen as a HAProxy on this host`);
  // A worker may sit in a chroot; its master does not, and is what the next reload starts from.
  const parent = await parentOf(pid);
  const master = parent === null ? null : await commandOf(parent);
  const command = master ?? own;
  if (command.files.length === 0) return no(`the command of process ${pid} names no file`);
  const folder = await folderOf(command, master === null ? pid : parent);
  if (folder === null && command.files.some((file) => !file.startsWith('/'))) {
    return no(`the folder that process ${pid} was started in is not to be seen by this user`);
  }
  const read = await readConfigFiles(command.files.map((file) => resolve(folder ?? '/', file)));
  return read.ok ? { ok: true, value: { ...read.value, command } } : read;
}

/** As `-f` does: of a folder, its files that end in `.cfg` and are not hidden, in the order of their bytes (management.txt 3). */
async function expand(
  path: string,
): Promise<{ readonly files: readonly string[]; readonly changedMs: number } | null> {
  const found = await stat(path).catch(() => null);
  // What is wrong with a single file, its reading will say.
  if (found?.isDirectory() !== true) return { files: [path], changedMs: found?.mtimeMs ?? 0 };
  const names = await readdir(path).catch(() => null);
  if (names === null) return null;
  const inside = names
    .filter((name) => /^[^.].*\.cfg$/s.test(name))
    .toSorted()
    .map((name) => join(path, name));
  const stats = await Promise.all(inside.map((name) => stat(name).catch(() => null)));
  return {
    files: inside.filter((_, i) => stats[i]?.isFile()),
    changedMs: Math.max(found.mtimeMs, ...stats.map((each) => each?.mtimeMs ?? 0)),
  };
}

async function commandOf(pid: number): Promise<CommandLine | null> {
  const read = await readSmall(`/proc/${pid}/cmdline`, MAX_PROC_BYTES);
  if (!read.ok) return null;
  return readCommandLine(read.value.bytes.toString('latin1').split('\0'));
}

/** The second field, the command, may hold anything, also a bracket. */
async function parentOf(pid: number): Promise<number | null> {
  const read = await readSmall(`/proc/${pid}/stat`, MAX_PROC_BYTES);
  const text = read.ok ? read.value.bytes.toString('latin1') : '';
  const [, parent] = /^ \S (\d+) /.exec(text.slice(text.lastIndexOf(')') + 1)) ?? [];
  return parent === undefined ? null : Number(parent);
}

async function folderOf({ folder }: CommandLine, pid: number | null): Promise<string | null> {
  if (folder?.startsWith('/') === true) return folder;
  try {
    // A relative -C has been followed by then.
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function no(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}
