import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./', import.meta.url);
const checklist = readFileSync(new URL('../../../src/sandbox/hubspot/CHECKLIST.md', import.meta.url), 'utf8');
const rows = [...checklist.matchAll(/^\| (\d+) +\| (.+?) +\| (.+?) › (.+?) +\| (.+?) +\|$/gm)];

test('the checklist has a row for each of its 23 items, in order', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 23 }, (_, place) => place + 1));
});

test('each row names a test that exists and says whether the item is emulated', () => {
  const sources = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => [name.replace('.test.ts', ''), readFileSync(new URL(name, folder), 'utf8')]),
  );
  for (const [row, , , file = '', name = '', state = ''] of rows) {
    expect(sources.get(file), row).toContain(`test('${name}'`);
    expect(state, row).toMatch(/^(not )?emulated/);
  }
});
