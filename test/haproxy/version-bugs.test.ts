// Which versions are too old, and what is known to be broken in others.
import { expect, test } from 'vitest';
import { isTooOld, knownBugs, markedUpMendedIn } from '../../src/haproxy/version-bugs.ts';

test.for([
  ['2.6.12-1+deb12u4', false, null],
  ['2.6.0', false, null],
  ['2.5.14', true, null],
  ['1.8.30-1', true, null],
  ['2.8.12', false, null],
  ['2.8.13-1ubuntu1', false, '2.8.14'],
  ['2.8.14', false, null],
  ['2.9.12', false, '2.9.14'],
  ['3.0.5', false, null],
  ['3.0.6', false, '3.0.8'],
  ['3.0.7', false, '3.0.8'],
  ['3.0.8', false, null],
  ['3.1.0', false, '3.1.3'],
  ['3.1.2-d3ec3e8', false, '3.1.3'],
  ['3.1.3', false, null],
  ['3.1.20', false, null],
  ['3.2.0', false, null],
  ['10.0.0', false, null],
  ['3.1-dev10', false, null],
  ['unknown', false, null],
  ['', false, null],
] as const)('%s', ([version, old, mended]) => {
  expect([isTooOld(version), markedUpMendedIn(version)]).toEqual([old, mended]);
});

test.for([
  ['2.6.12-1+deb12u4', ['master-hangs', 'long-lines-hang']],
  ['2.6.17', ['master-hangs', 'long-lines-hang']],
  ['2.6.18', ['master-hangs']],
  ['2.8.13', ['marked-up-broken']],
  ['2.8.14', []],
  ['3.1.0', ['marked-up-broken']],
  ['3.2.26-1', []],
  ['2.6-dev1', []],
  ['', []],
] as const)('%s has the bugs %j', ([version, ids]) => {
  const bugs = knownBugs(version);
  expect(bugs.map(({ id }) => id)).toEqual(ids);
  for (const { says, cure } of bugs) expect(`${says}${cure}`).toMatch(/^[\x20-\x7e]{40,}$/);
});
