// Before a reload: HAProxy's state, written where its next worker reads it, so that this does not take a dead server to be up.
import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import type { ProxyConfig } from '../domain/config.ts';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, Look, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import { answerBody, at, unexpected } from '../haproxy/answer.ts';
import { readBackend } from '../haproxy/config-backend.ts';
import { readSections, type Section } from '../haproxy/config-file.ts';
import { findSource } from './check/source.ts';

type SaveState = (limit: AskLimit) => Promise<Result<string | null, Fault>>;

/** All backends: a file that names one only would make the others start blind. */
const COMMAND = 'show servers state';

/**
 * Gives the path that was written; null where the HAProxy behind this unix socket is not to be found on this host, or not
 * set up for it (`stateFile`). Faults: those of asking, and `file` where the file cannot be written. Null: the proxy is
 * reached otherwise.
 */
export function stateSaver(
  proxy: ProxyConfig,
  { link, look }: { readonly link: RuntimeLink | null; readonly look: Look },
  backend: string,
): SaveState | null {
  if (link === null || proxy.runtime?.kind !== 'unix') return null;
  return async (limit) => {
    const view = await look(limit.signal);
    if (!view.ok) return view;
    const path = await pathOf(proxy, view.value, backend);
    if (path === null) return { ok: true, value: null };
    const answer = await link.ask(COMMAND, limit);
    if (!answer.ok) return answer;
    const state = at(link.address, readState(answer.value));
    if (!state.ok) return state;
    const code = await replaceFile(path, state.value);
    if (code === null) return { ok: true, value: path };
    return { ok: false, fault: { kind: 'file', path, code, address: link.address } };
  };
}

/**
 * Where HAProxy reads the state of all servers at its start (configuration.txt 3.1 "server-state-file"), if this backend
 * takes it from there ("load-server-state-from-file global"); null: it does not, or that cannot be known.
 */
export function stateFile(sections: readonly Section[], backend: string): string | null {
  const section = readBackend(sections, backend);
  if (section === 'absent' || section === 'unclear') return null;
  if (section.loadsState?.value !== 'global') return null;
  const file = globalSetting(sections, 'server-state-file');
  const base = globalSetting(sections, 'server-state-base');
  if (file === null || base === null || file === '') return null;
  const path = file.startsWith('/') ? file : join(base, file);
  // Else it starts at the folder that HAProxy was started in, and nobody writes one so on purpose.
  return isAbsolute(path) ? normalize(path) : null;
}

async function pathOf(proxy: ProxyConfig, view: View, backend: string): Promise<string | null> {
  const source = await findSource(proxy, view);
  return source.ok ? stateFile(readSections(source.value.files), backend) : null;
}

/** The last one holds. Empty: it is not set; null: that cannot be known. */
function globalSetting(sections: readonly Section[], keyword: string): string | null {
  const globals = sections.filter(({ kind }) => kind === 'global');
  if (globals.some(({ sure }) => !sure)) return null;
  const lines = globals
    .flatMap(({ statements }) => statements)
    .filter(({ words }) => words[0] === keyword);
  if (lines.some(({ sure }) => !sure)) return null;
  return lines.at(-1)?.words[1] ?? '';
}

/** The whole answer without its closing empty line; its format is 1, the only one there is (management.txt 9.3). */
function readState(answer: string): ReturnType<typeof answerBody> {
  const body = answerBody(answer, COMMAND);
  if (!body.ok) return body;
  return body.value.startsWith('1\n# be_id be_name ') ? body : unexpected(answer);
}

/** Whole or not at all: HAProxy may read it at any moment. Null, or the system's code for why it cannot be. */
async function replaceFile(path: string, text: string): Promise<string | null> {
  const beside = `${path}.mainstay-${process.pid}`;
  try {
    const found = await lstat(path).catch(() => null);
    // To take the place of a device or of a link somewhere else is not what was asked for.
    if (found !== null && !found.isFile()) return 'not a regular file';
    await writeFile(beside, text, { encoding: 'latin1', flag: 'wx', mode: 0o644 });
    await rename(beside, path);
    return null;
  } catch (error) {
    await rm(beside, { force: true });
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return String(error.code);
  }
}
