// The lab as it is shown to people: what it consists of, and why it can not be had where it can not.
import { writeFile } from 'node:fs/promises';
import type { Result } from '../domain/result.ts';
import { findHaproxy } from './haproxy-binary.ts';
import { startLab, type Lab } from './lab.ts';
import { SETTINGS, TIME_SCALE, TOKEN } from './settings.ts';

export const RELAYS = 4;

/** With its mainstay.yaml written; or why there is none, for a person, with the cure. */
export async function openLab(): Promise<Result<{ lab: Lab; file: string }, string>> {
  if (process.platform !== 'linux') {
    return { ok: false, fault: `the lab needs Linux, this is ${process.platform}` };
  }
  const haproxy = findHaproxy(process.env);
  if (!haproxy.ok) return haproxy;
  let lab: Lab;
  try {
    lab = await startLab({ relays: RELAYS, timeScale: TIME_SCALE, haproxy: haproxy.value });
  } catch (error) {
    return { ok: false, fault: `the lab does not start: ${String(error)}` };
  }
  const file = `${lab.dir}/mainstay.yaml`;
  await writeFile(`${lab.dir}/token`, TOKEN, { mode: 0o600 });
  await writeFile(file, lab.mainstayYaml(SETTINGS));
  return { ok: true, value: { lab, file } };
}
