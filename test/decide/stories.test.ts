// Every story in test/stories is told anew and compared whole; UPDATE_STORIES=1 rewrites them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tellStory } from '../../src/decide/story/tell.ts';

const folder = new URL('../stories/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.story'));

describe('stories', () => {
  test('there are at least sixty of them, no two with the same title', () => {
    const titles = files.map((file) => readFileSync(new URL(file, folder), 'utf8').split('\n')[0]);
    expect(new Set(titles).size).toBe(files.length);
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  test.each(files)('%s', (file) => {
    const url = new URL(file, folder);
    const told = tellStory(readFileSync(url, 'utf8'));
    if (!told.ok) throw new Error(`${file}:${told.fault.line} ${told.fault.message}`);
    if (process.env['UPDATE_STORIES'] === '1') writeFileSync(url, told.value);
    expect(told.value).toBe(readFileSync(url, 'utf8'));
    expect(told.value.split('\n').length).toBeLessThanOrEqual(41);
  });
});
