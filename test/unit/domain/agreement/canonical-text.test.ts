import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalText } from '../../../../src/domain/agreement/canonical-text.ts';

const WRITTEN = `
version: "2026-11"
effective: 2026-11-01
roles: { marketing-head: hanako.sato@example.co.jp, sales-head: ken.takahashi@example.co.jp }
stages:
  MQL:
    department: marketing
    when: { score: total, at-least: 80 }
  SAL: { department: sales }
score:
  attribute:
    - { field: hubspot.jobtitle, contains-any: [部長, 課長], points: 6 }
`;
const textOf = (yaml: string) => canonicalText(parse(yaml));

describe('the canonical text of an agreement', () => {
  test.each<[string, (yaml: string) => string]>([
    ['a comment', (yaml) => yaml.replace('stages:', '# 両部門で決めた\nstages: # 段階')],
    ['blank lines', (yaml) => yaml.replaceAll('\n', '\n\n')],
    ['quoting', (yaml) => yaml.replace('department: marketing', "department: 'marketing'").replace('部長', '"部長"')],
    ['the order of keys', (yaml) => yaml.replace(/(effective: .*\n)(roles: .*\n)/u, '$2$1')],
    ['the order of keys inside', (yaml) => yaml.replace('score: total, at-least: 80', 'at-least: 80, score: total')],
    ['a block instead of braces', (yaml) => yaml.replace('{ department: sales }', '\n    department: sales')],
    ['how a number is written', (yaml) => yaml.replace('at-least: 80', 'at-least: 80.0')],
  ])('is the same with another %s', (_, change) => {
    expect(change(WRITTEN)).not.toBe(WRITTEN);
    expect(textOf(change(WRITTEN))).toBe(textOf(WRITTEN));
  });

  test.each<[string, string, string]>([
    ['a number', 'at-least: 80', 'at-least: 79'],
    ['a name', 'version: "2026-11"', 'version: "2026-12"'],
    ['a date', '2026-11-01', '2026-11-02'],
    ['a word in a list', '課長', '係長'],
    ['one word less in a list', '[部長, 課長]', '[部長]'],
    ['the order of a list', '[部長, 課長]', '[課長, 部長]'],
    ['who signs', 'ken.takahashi', 'ken.takahasi'],
    ['which department', 'SAL: { department: sales }', 'SAL: { department: marketing }'],
    ['a stage', 'SAL:', 'SQL:'],
    ['a text in place of a number', 'at-least: 80', 'at-least: "80"'],
  ])('is another with another %s', (_, find, put) => {
    expect(WRITTEN).toContain(find);
    expect(textOf(WRITTEN.replace(find, put))).not.toBe(textOf(WRITTEN));
  });

  test('can be read again as the file it was made from', () => {
    expect(parse(textOf(WRITTEN))).toEqual(parse(WRITTEN));
    expect(textOf(textOf(WRITTEN))).toBe(textOf(WRITTEN));
  });
});
