// The log's word on HAProxy versions with known bugs: a line a bug, once for each proxy and version.
import { expect, test } from 'vitest';
import { bugWarner } from '../../src/cli/known-bad.ts';
import type { ProxySight } from '../../src/domain/view.ts';
import { logBook, NOW, seen, server, unseen, worker } from '../report/world.ts';

const at = (name: string, version: string | null): ProxySight =>
  seen(name, worker(1, false, server('main', 1)), NOW, { version });

function warned(...snapshots: readonly (readonly ProxySight[])[]) {
  const book = logBook();
  const warn = bugWarner(book.log);
  for (const proxies of snapshots) warn({ proxies });
  return book;
}

test('a version that is known to be broken is named once, with the bug and its cure', () => {
  const { said, fields } = warned([at('ha1', '3.0.6')], [at('ha1', '3.0.6')]);
  expect(said).toEqual([
    'warn ha1 (HAProxy 3.0.6): "on-marked-up shutdown-backup-sessions" closes nothing in this version (haproxy issue 2848): update to 3.0.8 or later; mainstay closes these sessions itself',
  ]);
  expect(fields).toEqual([{ proxy: 'ha1', version: '3.0.6', bug: 'marked-up-broken' }]);
});

test('each proxy has its own line, and so has each version that it comes to run', () => {
  const { fields } = warned(
    [at('ha1', '3.0.6'), at('ha2', '3.0.6')],
    [at('ha1', '3.1.0'), unseen('ha2')],
    [at('ha1', '3.0.6'), at('ha2', '3.0.6')],
  );
  expect(fields).toMatchObject([
    { proxy: 'ha1', version: '3.0.6' },
    { proxy: 'ha2', version: '3.0.6' },
    { proxy: 'ha1', version: '3.1.0' },
  ]);
});

test('nothing is said of a version that is sound, of one that is not known, and of none', () => {
  const { said } = warned([at('ha1', '3.2.26'), at('ha2', null), unseen('ha3'), at('ha4', 'x')]);
  expect(said).toEqual([]);
});
