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

function hasTest(source: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => new RegExp(`\\(\\s*${quote}${RegExp.escape(name)}${quote},`).test(source));
}

/**
 * What a cell such as `records › is created; is read; search › is found` names and no file has. A semicolon may also
 * belong to a name, so the parts are taken together until a test answers to them.
 */
function namesWithoutTest(cell: string, sources: ReadonlyMap<string, string>): string[] {
  const missing: string[] = [];
  let source: string | undefined;
  let name = '';
  for (const part of cell.replaceAll('`', '').split('; ')) {
    const arrow = part.indexOf(' › ');
    if (arrow >= 0) {
      if (name !== '') missing.push(name);
      source = sources.get(basename(part.slice(0, arrow).trim(), '.test.ts'));
      name = part.slice(arrow + 3).trim();
    } else {
      name = name === '' ? part.trim() : `${name}; ${part.trim()}`;
    }
    if (hasTest(source ?? '', name)) name = '';
  }
  return name === '' && source !== undefined ? missing : [...missing, name];
}

describe.each(Object.entries(ITEMS))('the checklist of %s', (system, count) => {
  test('every item of the checklist has a row, in order and once', () => {
    expect(rowsOf(system).map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  test('every row names tests that exist', () => {
    const sources = testSources();
    for (const { number, shownBy } of rowsOf(system)) {
      expect(namesWithoutTest(shownBy, sources), `row ${number}`).toEqual([]);
    }
  });

  test('every row says whether the item is emulated, switchable or not emulated', () => {
    for (const { number, state, item } of rowsOf(system)) {
      expect(item, `row ${number}`).not.toBe('');
      expect(state, `row ${number}`).toMatch(/emulated|switchable/i);
    }
  });
});

/** Whether a line of the table tells of exactly this path, not of one that goes on. */
function names(line: string, path: string): boolean {
  return new RegExp(`${RegExp.escape(path)}[?\`]`).test(line);
}

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
    const folder = join(ROOT, 'src/sandbox/control');
    const code = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const routes = code.join('\n').matchAll(/app\s*\.(get|post|patch|delete)(?:<.*>)?\(\s*['`](\/[^'`]+)['`]/g);
    const named = [...routes].map(([, method = '', path = '']): [string, string] => [method.toUpperCase(), path]);
    expect(named.length).toBeGreaterThan(25);
    for (const [method, path] of named) {
      const written = path.replaceAll(/:(\w+)/g, '{$1}').replace(/\$\{\w+\}/, 'hubspot');
      const row = readme
        .split('\n')
        .find((line) => line.startsWith('| ') && line.includes(method) && names(line, written));
      expect(row, `${method} ${written}`).toBeDefined();
    }
  });
});
