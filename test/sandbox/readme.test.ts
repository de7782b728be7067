import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Row = { number: number; item: string; shownBy: string; state: string };

const ROOT = new URL('../../', import.meta.url).pathname;
const ITEMS = JSON.parse(readFileSync(join(ROOT, 'test/sandbox/checklist-items.json'), 'utf8')) as Record<
  string,
  number
>;

function rowsOf(system: string): Row[] {
  const text = readFileSync(join(ROOT, 'src/sandbox', system, 'CHECKLIST.md'), 'utf8');
  return text.split('\n').flatMap((line) => {
    const [number = '', item = '', shownBy = '', state = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return /^\d+$/.test(number) ? [{ number: Number(number), item, shownBy, state }] : [];
  });
}

/** The texts of all sandbox tests by the name of their file, without the ending. */
function testSources(): Map<string, string> {
  const folder = join(ROOT, 'test/sandbox');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  const sources = new Map<string, string>();
  for (const file of files) {
    const name = basename(file, '.test.ts');
    sources.set(name, (sources.get(name) ?? '') + readFileSync(join(folder, file), 'utf8'));
  }
  return sources;
}

function hasTest(source: string | undefined, name: string): boolean {
  return ["'", '"', '`'].some((quote) => source?.includes(`(${quote}${name}${quote},`) === true);
}

describe.each(Object.entries(ITEMS))('the checklist of %s', (system, count) => {
  test('every item of the checklist has a row, in order and once', () => {
    expect(rowsOf(system).map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  test('every row names tests that exist', () => {
    const sources = testSources();
    for (const { number, shownBy } of rowsOf(system)) {
      const named = shownBy.split(/<br>|;(?= *\S+ › )/).map((one) => one.replaceAll('`', '').split(' › '));
      for (const [file = '', name = ''] of named) {
        const source = sources.get(basename(file.trim(), '.test.ts'));
        expect(hasTest(source, name.trim()), `row ${number}: ${file.trim()} › ${name.trim()}`).toBe(true);
      }
    }
  });

  test('every row says whether the item is emulated, switchable or not emulated', () => {
    for (const { number, state, item } of rowsOf(system)) {
      expect(item, `row ${number}`).not.toBe('');
      expect(state, `row ${number}`).toMatch(/emulated|switchable/i);
    }
  });
});

describe('the README of the sandbox', () => {
  const readme = readFileSync(join(ROOT, 'src/sandbox/README.md'), 'utf8');

  test('it leads to the checklist of every system and to every folder', () => {
    for (const system of Object.keys(ITEMS)) expect(readme).toContain(`(${system}/CHECKLIST.md)`);
    const folders = readdirSync(join(ROOT, 'src/sandbox'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    for (const { name } of folders) expect(readme, name).toContain(`\`${name}/\``);
  });

  test('it names every option of the command and every kind of trouble', () => {
    const run = readFileSync(join(ROOT, 'src/sandbox/run.ts'), 'utf8');
    const options = new Set([...run.matchAll(/--[a-z]+(-[a-z]+)?(?= )/g)].map(([option]) => option));
    expect(options.size).toBe(8);
    for (const option of options) expect(readme, option).toContain(option);
    const faults = readFileSync(join(ROOT, 'src/sandbox/kernel/faults.ts'), 'utf8');
    const kinds = [...faults.matchAll(/kind: '([a-z-]+)'/g)].map(([, kind]) => kind);
    expect(kinds).toHaveLength(6);
    for (const kind of kinds) expect(readme, kind).toContain(`\`${kind}\``);
  });

  test('it names every route of the control API', () => {
    const server = readFileSync(join(ROOT, 'src/sandbox/control/control-server.ts'), 'utf8');
    const routes = new Set([...server.matchAll(/app\.\w+(?:<[^(]*>)?\(\s*['`](\/[a-z]+)/g)].map(([, route]) => route));
    expect(routes.size).toBeGreaterThan(7);
    for (const route of routes) expect(readme, route).toMatch(new RegExp(`(GET|POST|PATCH|DELETE)[^|]* \`?${route}`));
  });
});
