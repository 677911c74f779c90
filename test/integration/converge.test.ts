// Converging by hand, without a daemon: what is said, what is closed, what holds it back, and with which exit code it ends.
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { BY_HAND, byHand, reportOf, sticky, stray, textOf, unwrapped } from './by-hand.ts';
import { lineOfOld } from './moments.ts';
import { closedByProxy, PROXIES } from './scenes.ts';
import { gatesOf, openLab, start, writeConfig } from './support.ts';

test.concurrent('the plan is shown, carried out and verified, and nobody on main is closed', async (t) => {
  const lab = await openLab(t);
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const plan = `sticky: all sessions are on a producer that is not the target (R50)
target main: the most preferred producer that is fit to go to everywhere
cluster lab, backend bp

ha1: close 3 sessions on backup, to bring them to main
  CLIENT, connected for AGE
  CLIENT, connected for AGE
  CLIENT, connected for AGE
ha2: close 3 sessions on backup, to bring them to main
  CLIENT, connected for AGE
  CLIENT, connected for AGE
  CLIENT, connected for AGE

Each of these connections is closed once. Its client sees that and dials again
by its own schedule; the new connection goes to main.
Without a daemon: no daemon listens at http://LISTEN/v1/status.
`;
  const dry = await byHand(file, '--dry-run');
  expect(plain(lab, dry.out)).toBe(`${plan}Dry run: nothing was touched.\n`);
  expect(dry).toMatchObject({ code: 0, err: '' });

  const noTerminal = {
    code: 1,
    err: 'there is no terminal to ask on: add --yes to act, or --dry-run to look\n',
  };
  const unasked = await byHand(file);
  expect(unasked).toMatchObject(noTerminal);
  expect(plain(lab, unasked.out)).toBe(plan);
  const told = await byHand(file, '--json');
  expect(told).toMatchObject(noTerminal);
  expect(reportOf(told)).toMatchObject({ ending: 'no-terminal', verdict: 'sticky' });
  expect(lab.events(mark)).toEqual([]);

  const done = await byHand(file, '--yes');
  expect(lab.allOn('main')).toBe(true);
  const said = plain(lab, done.out);
  expect(said.slice(0, plan.length)).toBe(plan);
  expect(said.slice(plan.length).trim().split('\n').toSorted()).toEqual([
    'ha1/backup: 3 sessions closed in N ms; waiting up to 1m0s for the clients',
    'ha1/backup: now 3 sessions on main, 0 before',
    'ha2/backup: 3 sessions closed in N ms; waiting up to 1m0s for the clients',
    'ha2/backup: now 3 sessions on main, 0 before',
  ]);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(closedByProxy(lab, mark, { producer: 'backup' })).toHaveLength(6);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);

  const after = lab.mark();
  const again = await byHand(file, '--yes');
  expect(again.code).toBe(0);
  expect(again.out).toContain('converged: all sessions are on main (R70)');
  expect(again.out).toContain('\nNothing is to be closed.\n');
  expect(lab.events(after)).toEqual([]);
});

test.concurrent('--json is one document: a dry run, done, nothing to do', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const dry = await byHand(file, '--json', '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(reportOf(dry)).toMatchObject({ ending: 'dry-run', target: 'main', outcomes: [] });
  expect(lab.events(mark)).toEqual([]);

  const done = await byHand(file, '--json', '--yes');
  expect(done).toMatchObject({ code: 0, err: '' });
  const { ending, outcomes } = reportOf(done);
  expect(ending).toBe('done');
  expect(outcomes).toMatchObject(
    PROXIES.map((proxy) => ({ proxy, result: 'ok', listed: 2, remaining: 0, returned: true })),
  );
  expect(lab.allOn('main')).toBe(true);

  const idle = await byHand(file, '--json');
  expect(idle).toMatchObject({ code: 0, err: '' });
  expect(reportOf(idle)).toMatchObject({ ending: 'nothing-to-do', verdict: 'converged' });
});

test.concurrent('--proxy touches one proxy and says what it leaves; without pins --to goes nowhere that HAProxy would not', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const file = await writeConfig(lab, { ...BY_HAND, steer: 'none' });
  const mark = lab.mark();
  const there = await byHand(file, '--to', 'backup', '--yes');
  expect(there.code).toBe(0);
  expect(there.out).toContain('\nNothing is to be closed.\n');
  expect(lab.events(mark)).toEqual([]);

  const half = await byHand(file, '--proxy', 'ha1', '--yes');
  expect(half.code).toBe(0);
  expect(half.out).toContain('ha2: 2 sessions stay on backup, since --proxy leaves ha2 out\n');
  const closed = closedByProxy(lab, mark).map(({ proxy, producer }) => `${proxy} ${producer}`);
  expect(closed).toEqual(['ha1 backup', 'ha1 backup']);
  expect(lab.counts()).toEqual({ ha1: { main: 2, backup: 0 }, ha2: { main: 0, backup: 2 } });

  const after = lab.mark();
  const held = await byHand(file, '--to', 'backup', '--yes', '--force');
  expect(held.code).toBe(4);
  expect(held.out).toContain(`Held back, nothing is closed:
  not-steerable at ha1: new connections there go to main: what is closed would
    not come to backup
Not even --force does it: sessions closed there would not come to the target.
`);
  const told = await byHand(file, '--to', 'backup', '--yes', '--json');
  expect(told.code).toBe(4);
  const report = reportOf(told);
  expect(report).toMatchObject({ ending: 'held', target: 'backup', outcomes: [] });
  expect(gatesOf({ gates: report.held })).toEqual(['not-steerable ha1']);
  expect(lab.events(after)).toEqual([]);
});

test.concurrent('a name that nobody knows is a usage error, whether the file names the producers or HAProxy does', async (t) => {
  const lab = await openLab(t, { relays: 1 });
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const proxy = await byHand(file, '--proxy', 'ha3', '--yes');
  expect(proxy).toMatchObject({ code: 1, out: '' });
  expect(unwrapped(proxy.err)).toContain(`there is no proxy "ha3" in ${file}; it names ha1, ha2`);
  const producer = await byHand(file, '--to', 'bakcup', '--yes', '--json');
  expect(producer).toMatchObject({ code: 1, out: '' });
  expect(unwrapped(producer.err)).toContain(`there is no producer "bakcup" in ${file}; it names`);

  const unnamed = await writeConfig(lab, { ...BY_HAND, producers: undefined });
  const server = await byHand(unnamed, '--to', 'bakcup', '--yes', '--force');
  expect(server).toMatchObject({
    code: 1,
    err: '--to: there is no server "bakcup" in backend bp; it has main, backup\n',
  });
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('a proxy is frozen: the other is converged, that is said, and the exit code is 3', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  lab.proxy('ha2').freeze();
  const told = await byHand(file, '--yes');

  expect(told.code).toBe(3);
  expect(told.out).toContain('\nha2: not seen: unix:');
  expect(told.out).toContain(`To be known, not in the way:
  blind at ha2: ha2 is not seen: nothing is closed there
`);
  expect(told.out).toContain('ha1/backup: now 2 sessions on main, 0 before');
  expect(closedByProxy(lab, mark).map(({ proxy }) => proxy)).toEqual(['ha1', 'ha1']);
  expect(await byHand(file, '--dry-run')).toMatchObject({ code: 3 });
  expect(await byHand(file, '--dry-run', '--proxy', 'ha1')).toMatchObject({ code: 0 });

  lab.proxy('ha2').thaw();
  expect(await byHand(file, '--yes')).toMatchObject({ code: 0 });
  expect(lab.allOn('main')).toBe(true);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('a socket whose level is too low holds everything back, with the cure, and --force does not help', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const runtime = (name: string) => `unix:${lab.proxy(name).sockets.operator}`;
  const proxies = PROXIES.map((name) => ({ name, runtime: runtime(name) }));
  const file = await writeConfig(lab, { ...BY_HAND, proxies });
  const mark = lab.mark();
  for (const how of [['--dry-run'], ['--yes'], ['--yes', '--force']]) {
    const told = await byHand(file, ...how);
    expect(told.code).toBe(4);
    for (const name of PROXIES) {
      expect(unwrapped(told.out)).toContain(
        `level-too-low at ${name}: the socket of ${name} has level operator, which may not close sessions: set level admin for that stats socket in HAProxy's configuration`,
      );
    }
  }
  const json = await byHand(file, '--yes', '--json');
  expect(json.code).toBe(4);
  expect(reportOf(json)).toMatchObject({ ending: 'held' });
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('what was closed by hand stands in the journal: the daemon, and the next hand, know of it', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const journal = `${lab.dir}/journal`;
  await writeFile(journal, lineOfOld());
  const file = await writeConfig(lab, { ...BY_HAND, journal, split: { after: '0s' } });
  expect(await byHand(file, '--yes')).toMatchObject({ code: 0 });
  const kept = textOf(journal)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
  // Each closing is told when it has ended, and again when its sessions have come back.
  expect(kept.map(({ kind }) => kind)).toEqual(Array(4).fill('outcome'));
  const { outcome } = kept.find((record) => record.outcome.proxy === 'ha1');
  expect(outcome).toMatchObject({ server: 'backup', target: 'main', reason: 'sticky' });

  await stray(lab, ['ha1'], ['relay2']);
  const mark = lab.mark();
  const daemon = await start(t, lab, { ...BY_HAND, journal, split: { after: '0s' } });
  await daemon.looks('ha1', 6);
  const { target, gates } = await daemon.status();
  expect(target).toBe('main');
  expect(gatesOf({ gates })).toEqual(['cooldown ha1']);
  const coolMs = Date.parse(gates[0]?.until ?? '') - (outcome.atMs + outcome.tookMs);
  expect(Math.abs(coolMs - 150_000)).toBeLessThan(1000);
  expect(lab.events(mark)).toEqual([]);
  await daemon.stop();

  const again = await byHand(file, '--yes');
  expect(again.code).toBe(0);
  expect(unwrapped(again.out)).toMatch(
    /To be known, not in the way: cooldown at ha1, 2m\d+s more: sessions at ha1 were closed lately, or may have been/,
  );
  expect(lab.allOn('main')).toBe(true);
});

test.concurrent('a journal that cannot be written is told of, and is no reason not to act', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const journal = `${lab.dir}/journal`;
  await mkdir(journal);
  const told = await byHand(await writeConfig(lab, { ...BY_HAND, journal }), '--yes');
  expect(told.code).toBe(0);
  expect(unwrapped(told.err)).toContain('the journal is not written: it is a folder;');
  expect(lab.allOn('main')).toBe(true);
});

/** Without what differs from run to run. */
function plain(lab: Lab, text: string): string {
  return text
    .replaceAll(lab.listen, 'LISTEN')
    .replace(/127\.[\d.]+:\d+/g, 'CLIENT')
    .replace(/connected for \w+/g, 'connected for AGE')
    .replace(/in \d+ ms/g, 'in N ms');
}
