// Every bad file gives exactly the messages that stand at its head.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';

const FOLDER = 'test/fixtures/config/bad';

const ENV = {
  EMPTY: '',
  THIRTY: '30',
  SECRET: 'correct horse battery staple',
  INJECTED: 'x\nmode: observe\nproxies: []',
};

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

describe('a bad configuration is refused with every message at once', () => {
  test('the corpus is large', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  test.each(files)('%s', async (name) => {
    const path = `${FOLDER}/${name}`;
    const expected = headOf(readFileSync(path, 'utf8'));
    expect(expected).not.toEqual([]);

    const loaded = await loadConfig(path, ENV);

    expect(loaded.ok).toBe(false);
    if (loaded.ok) return;
    expect(loaded.fault.messages.map((line) => line.replace(path, 'mainstay.yaml'))).toEqual(
      expected,
    );
    expect(loaded.fault.messages.join('\n')).not.toContain(ENV.SECRET);
  });
});

/** The messages: the comments with which the file begins. */
function headOf(text: string): string[] {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('# mainstay.yaml'));
  return lines.slice(0, end).map((line) => line.slice('# '.length));
}
