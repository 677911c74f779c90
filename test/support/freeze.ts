// Stops a process where it stands, as an overloaded or suspended host does.
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** SIGSTOP, which takes effect a moment later: waits until no thread runs, or it has ended. SIGCONT thaws it. */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const tasks = `/proc/${pid}/task`;
  await until(
    () =>
      readdirSync(tasks).every((task) =>
        /^\d+ \(.*\) [TZ] /.test(readFileSync(`${tasks}/${task}/stat`, 'latin1')),
      ),
    `process ${pid} stands still`,
  );
}
