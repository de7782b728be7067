import { describe, expect, test } from 'vitest';
import { type Promised, promisedIn, unkept } from './articles.ts';
import { readRoot } from './sources.ts';

const ja = promisedIn(readRoot('mappings/README.ja.md'), '二つの記事の表とチェックリスト');
const en = promisedIn(readRoot('mappings/README.md'), 'The tables and checklists of the two articles');

describe('what the two articles ask for', () => {
  test('stands there as they ask for it: the items of MQL and SQL, two checklists, the figures', () => {
    expect([0, 1, 2, 3].map((table) => ja.filter((row) => row.table === table).length)).toEqual([7, 12, 16, 8]);
  });

  test('is held by a test that exists, or names the work that brings it', () => {
    expect(unkept(ja)).toEqual([]);
  });

  test('is the same in both languages', () => {
    const facts = (rows: readonly Promised[]) =>
      rows.map(({ table, where, tests, notYet }) => ({ table, where, tests, notYet }));
    expect(facts(en)).toEqual(facts(ja));
    expect(new Set(en.map(({ table, item }) => `${table} ${item}`)).size).toBe(en.length);
  });
});

describe('a claim that is not kept is caught', () => {
  const row = (held: string) =>
    promisedIn(`## H\n\n### T\n\n| item | where | test |\n| --- | --- | --- |\n| a | \`b\` | ${held} |\n`, 'H');

  test.each([
    ['no test and no work', '–'],
    ['a file that is not there', '`test/unit/nowhere.test.ts › x`'],
    ['a test that is not there', '`test/architecture/articles.test.ts › is kept`'],
    ['a group of tests, which is none', '`test/architecture/articles.test.ts › what the two articles ask for`'],
  ])('%s', (_, held) => {
    expect(unkept(row(held))).toHaveLength(1);
  });

  test('and one that is kept, or is still to come, is fine', () => {
    expect(unkept(row('`test/architecture/articles.test.ts › is the same in both languages`'))).toEqual([]);
    expect(unkept(row('`test/architecture/articles.test.ts › %s`<br>not yet: D, F'))).toEqual([]);
    expect(row('まだ: D, F')).toEqual([{ table: 0, item: 'a', where: '`b`', tests: [], notYet: ['D', 'F'] }]);
  });
});
