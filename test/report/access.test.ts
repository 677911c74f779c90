// How a token is compared: its digest with the right one's, whole, in a time that tells nothing of where they differ.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { refuseApi } from '../../src/report/access.ts';

const compare = vi.spyOn(crypto, 'timingSafeEqual');
beforeEach(() => {
  compare.mockClear();
  syncBuiltinESMExports();
});
afterAll(() => {
  compare.mockRestore();
  syncBuiltinESMExports();
});

const compared = () => compare.mock.calls.map((both) => both.map(({ byteLength }) => byteLength));

const statusFor = (authorization: string | undefined, method = 'GET', token = 'right') =>
  refuseApi({ method, peer: '10.0.0.9', headers: { authorization } }, token)?.status ?? 200;

test.for([
  ['the right one', 'Bearer right', 200],
  ['the right one in other words', 'bearer   right ', 200],
  ['a wrong one', 'Bearer wrong', 401],
  ['its beginning', 'Bearer r', 401],
  ['it and more', 'Bearer rightright', 401],
  ['a long one', `Bearer ${'x'.repeat(4000)}`, 401],
] as const)('%s is compared as a digest of 32 bytes', ([, authorization, status]) => {
  for (const method of ['GET', 'POST']) expect(statusFor(authorization, method)).toBe(status);
  expect(compared()).toEqual([
    [32, 32],
    [32, 32],
  ]);
});

test.for([undefined, '', 'Bearer', 'Bearer ', 'Basic right', 'right', 'Bearer right wrong'])(
  'without a bearer token there is nothing to compare: %s',
  (authorization) => {
    expect(statusFor(authorization)).toBe(401);
    expect(statusFor(authorization, 'POST')).toBe(401);
    expect(compared()).toEqual([]);
  },
);
