import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import type { SourceFile } from './sources.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** A row of the tables that say where what the two articles ask for is done, and which test holds it. */
export type Promised = {
  readonly table: number;
  readonly item: string;
  readonly where: string;
  /** As `test/flow/deals.test.ts › that is lost tells marketing why`. */
  readonly tests: readonly string[];
  /** The pieces of work that are still to bring it, or the rest of it. */
  readonly notYet: readonly string[];
};

/** The rows under the heading of the articles, to the end of the page. */
export function promisedIn(page: string, heading: string): readonly Promised[] {
  const start = page.indexOf(`## ${heading}\n`);
  const tables = start < 0 ? [] : page.slice(start).split(/^### /mu).slice(1);
  return tables.flatMap((table, nth) =>
    table
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2)
      .map((line) => {
        const [item = '', where = '', held = ''] = line
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        const notYet = /(?:not yet|まだ): ([A-Z](?:, [A-Z])*)$/u.exec(held)?.[1]?.split(', ') ?? [];
        const tests = [...held.matchAll(/`([^`]+)`/gu)].map(([, test = '']) => test);
        return { table: nth, item, where, tests, notYet };
      }),
  );
}

/** What a row claims and does not keep. */
export function unkept(rows: readonly Promised[]): readonly string[] {
  return rows.flatMap(({ item, tests, notYet }) => {
    if (tests.length === 0 && notYet.length === 0) return [`"${item}" is held by no test, and no work is named.`];
    return tests.filter((test) => !exists(test)).map((test) => `"${item}" names a test that does not exist: ${test}`);
  });
}

function exists(test: string): boolean {
  const [file = '', name = ''] = test.split(' › ');
  const path = join(ROOT, file);
  return existsSync(path) && testsIn({ path: file, text: readFileSync(path, 'utf8') }).has(name);
}

/** The names of all tests in a file, also of those that are run for each row of a table. */
function testsIn({ path, text }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  new Visitor({
    CallExpression({ callee, arguments: [name] }) {
      const isTest = /^test\b/u.test(text.slice(callee.start, callee.end));
      if (isTest && name?.type === 'Literal' && typeof name.value === 'string') names.add(name.value);
    },
  }).visit(parseSync(path, text).program);
  return names;
}
