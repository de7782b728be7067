import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const spec = readFileSync(new URL('src/reconcile/SPEC.md', ROOT), 'utf8');
const laws = [...spec.matchAll(/^\*\*(R\d+)\*\*([\s\S]*?)(?=^\*\*R\d+\*\*|^## |$(?![\s\S]))/gmu)].map(
  ([, number, text]) => ({ number: number ?? '', text: text ?? '' }),
);
const named = [...spec.matchAll(/^- (\S+) › (.+)$/gmu)].map(([, file, name]) => ({
  file: file ?? '',
  name: name ?? '',
}));

describe('the list of laws', () => {
  test('has all twenty, in their order', () => {
    expect(laws.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, nth) => `R${nth + 1}`));
  });

  test.each(laws)('$number names the test that holds it, or says that it comes later', ({ text }) => {
    expect(text).toMatch(/^- \S+ › .+$|comes with a later part/imu);
  });

  test.each(named)('$file holds: $name', ({ file, name }) => {
    expect(existsSync(new URL(file, ROOT)), `${file} is not there`).toBe(true);
    expect(namesIn(readFileSync(new URL(file, ROOT), 'utf8'))).toContain(name);
  });
});

/** The names of the tests, and of the groups of tests, in a file. */
function namesIn(source: string): readonly string[] {
  return [...source.matchAll(/\b(?:test|describe)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gu)].map(([, , name]) =>
    (name ?? '').replaceAll(/\\(.)/gu, '$1'),
  );
}
