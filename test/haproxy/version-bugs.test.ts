// Which versions are too old, and in which on-marked-up does nothing.
import { expect, test } from 'vitest';
import { isTooOld, markedUpMendedIn } from '../../src/haproxy/version-bugs.ts';

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
