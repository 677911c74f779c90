// The built command `init` beside a lab of the reference configuration: what it prints is taken as it stands, and shows the lab.
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Status } from '../../src/domain/status.ts';
import { mainstay, openLab } from './support.ts';

test('what it prints is right for check and status as it stands, and nothing has been touched', async (t) => {
  const lab = await openLab(t);
  const mark = lab.mark();
  const runtimes = ['ha1', 'ha2'].map((name) => `unix:${lab.proxy(name).sockets.admin}`);
  const told = await mainstay('init', ...runtimes.flatMap((text) => ['--runtime', text]));
  expect(told).toMatchObject({ code: 0 });
  const file = `${lab.dir}/init.yaml`;
  await writeFile(file, told.out);

  const checked = await mainstay('check', '-c', file);
  expect({ code: checked.code, err: checked.err }).toEqual({ code: 0, err: '' });
  expect(checked.out).toMatch(/\nNothing is wrong: 0 errors, 0 warnings, \d info\.\n$/);
  for (const name of ['ha1', 'ha2']) {
    // Found beside the admin socket, and by the worker that it lists.
    expect(told.out).toContain(`master: unix:${lab.proxy(name).sockets.master}\n`);
  }
  const seen = await mainstay('status', '--json', '-c', file);
  const status: Status = JSON.parse(seen.out);
  expect(seen.code).toBe(0);
  expect(status).toMatchObject({ verdict: 'converged', target: 'main', degraded: [] });
  expect(status.proxies.map(({ name }) => name)).toEqual(['ha1', 'ha2']);
  expect(lab.closes(mark)).toEqual([]);
});
