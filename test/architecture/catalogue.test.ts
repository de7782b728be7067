import { describe, expect, test } from 'vitest';
import { FINDING_CODES } from '../../src/domain/people/person.ts';
import { ERROR_CODES } from '../../src/errors/errors.ts';
import { readRoot } from './sources.ts';

/** The codes that a catalogue has rows for: `| `CODE` | …`. */
function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\| `([A-Z][A-Z_]+)` *\|/gmu)].map(([, code = '']) => code);
}

/** What is in the one and not in the other, both ways. */
function differences(documented: readonly string[], used: readonly string[]): readonly string[] {
  return [
    ...used.filter((code) => !documented.includes(code)).map((code) => `${code} is not in the catalogue.`),
    ...documented.filter((code) => !used.includes(code)).map((code) => `${code} is in the catalogue and nowhere else.`),
    ...documented
      .filter((code, index) => documented.indexOf(code) !== index)
      .map((code) => `${code} stands twice in the catalogue.`),
  ];
}

describe('every code that a person can meet is in src/errors/README.md, and no other', () => {
  test('errors and findings', () => {
    expect(differences(codesIn(readRoot('src/errors/README.md')), [...ERROR_CODES, ...FINDING_CODES])).toEqual([]);
  });

  test('a code without a row, a row without a code, and a row that stands twice are caught', () => {
    const catalogue = codesIn('| `A_B` | x |\n| `C_D` | y |\n| `C_D` | y |\n');
    expect(differences(catalogue, ['A_B', 'E_F'])).toEqual([
      'E_F is not in the catalogue.',
      'C_D is in the catalogue and nowhere else.',
      'C_D is in the catalogue and nowhere else.',
      'C_D stands twice in the catalogue.',
    ]);
  });
});
