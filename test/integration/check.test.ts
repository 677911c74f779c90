// The built command `check` beside a lab of the reference configuration: silent while all is well, and precise when it is not.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/cli/check/finding.ts';
import { openOver, WAYS } from './outside.ts';
import { mainstay, mainstayAs, openLab, writeConfig } from './support.ts';

/** Root may open every socket: the command runs without that privilege. */
const AS =
  process.geteuid?.() === 0 ? ['--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

/** What is to be mended, the worst first: notes on this HAProxy's version and the like are none of it. */
const troublesIn = (out: string): readonly string[] =>
  JSON.parse(out)
    .findings.filter(({ level }: Finding) => level !== 'info')
    .map(({ id, where }: Finding) => `${id} ${where}`);

test('of the reference configuration there is nothing to mend', async (t) => {
  const lab = await openLab(t);
  const file = await writeConfig(lab);
  const { code, out, err } = await mainstay('check', '-c', file);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/\nNothing is wrong: 0 errors, 0 warnings, \d info\.\n$/);
  for (const name of ['ha1', 'ha2']) {
    const { configFile, sockets } = lab.proxy(name);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain(`runtime unix:${sockets.admin}: level admin, `);
    expect(words).toContain(`master unix:${sockets.master}: level admin, 0 old workers, `);
    expect(words).toContain(configFile);
  }
  const json = await mainstay('check', '--json', '-c', file);
  expect(troublesIn(json.out)).toEqual([]);
});

test('a proxy that is not permitted, and one that does not answer: each is named, the worse one exits', async (t) => {
  const lab = await openLab(t);
  const file = await writeConfig(lab);
  await chmod(lab.proxy('ha2').sockets.admin, 0o000);
  const forbidden = await mainstayAs(AS, 'check', '--json', '-c', file);
  expect(forbidden).toMatchObject({ code: 4, err: '' });
  expect(troublesIn(forbidden.out)).toContain('permission ha2');

  lab.proxy('ha1').freeze();
  const frozen = await mainstayAs(AS, 'check', '--json', '-c', file);
  expect(frozen.code).toBe(3);
  // Its master has no answer for a frozen worker either.
  expect([...new Set(troublesIn(frozen.out))].slice(0, 2)).toEqual([
    'timeout ha1',
    'permission ha2',
  ]);
});

test('a configuration changed beside the running HAProxy is found, and so is the reload', async (t) => {
  const lab = await openLab(t, { proxies: ['ha1'] });
  const file = await writeConfig(lab);
  const { configFile } = lab.proxy('ha1');
  expect(troublesIn((await mainstay('check', '--json', '-c', file)).out)).toEqual([]);
  const config = await readFile(configFile, 'utf8');
  await lab.until(
    async () => {
      // Until the worker is a second old, HAProxy's own age of it does not tell which was first.
      await writeFile(configFile, config.replace(/^.*option redispatch.*\n/m, ''));
      const { out } = await mainstay('check', '--json', '-c', file);
      return troublesIn(out).some((id) => id.startsWith('config-newer'));
    },
    10_000,
    'the change is seen',
  );
  await lab.proxy('ha1').reload();
  const { out } = await mainstay('check', '--json', '-c', file);
  expect(troublesIn(out)).toEqual([
    expect.stringMatching(/^no-redispatch ha1: .*haproxy\.cfg:\d+$/),
  ]);
});

test.for(WAYS.filter((way) => way !== 'unix'))(
  'from another host nothing is wrong either, and each socket is named with its way: %s',
  async (way, t) => {
    const { lab, proxies } = await openOver(t, way, { relays: 1 });
    const poll = { interval: '5s', timeout: '5s' };
    const file = await writeConfig(lab, { proxies, poll });
    const { code, out, err } = await mainstay('check', '-c', file);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const words = out.replaceAll(/\s+/g, ' ');
    for (const { runtime, master } of proxies) {
      expect(words).toContain(`runtime ${String(runtime)}: level admin, `);
      expect(words).toContain(`master ${String(master)}: level admin, 0 old workers, `);
    }
  },
);
