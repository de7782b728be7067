import { describe, expect, test } from 'vitest';
import { explainText } from '../../../src/cli/explain.ts';
import type { ScopeMove } from '../../../src/domain/people/person.ts';
import { aContact, aPerson, aPolicy, tokyo } from '../../support/people.ts';

const out: ScopeMove = {
  at: tokyo('2026-11-05 09:30'),
  within: false,
  because: { 'hubspot.lifecyclestage': 'other' },
};
const back: ScopeMove = {
  at: tokyo('2026-11-20 14:00'),
  within: true,
  because: { 'hubspot.lifecyclestage': 'lead' },
};

function told(scope: ScopeMove | undefined, locale: 'ja' | 'en'): string {
  const person = { ...aPerson([aContact()]), ...(scope === undefined ? {} : { scope }) };
  const moves = scope === back ? [out, back] : scope === undefined ? [] : [scope];
  const history = moves.map((move) => ({ kind: 'scope' as const, at: move.at, move }));
  return explainText({ person, history, held: [] }, { ...aPolicy(), locale });
}

describe('explain tells of scope', () => {
  test.each([
    ['ja', '対象外になった(hubspot.lifecyclestage = 「other」)', '対象外のあいだは何も書き込まず'],
    ['en', 'went out of scope (hubspot.lifecyclestage = “other”)', 'Nothing is written'],
  ] as const)('since when somebody is outside, and which value made it so (%s)', (locale, line, rule) => {
    const text = told(out, locale);
    expect(text.split('\n')[1]).toContain(line);
    expect(text.split('\n')[1]).toContain('9:30');
    expect(text).toContain(rule);
  });

  test.each([
    ['ja', '対象に戻った(hubspot.lifecyclestage = 「lead」)'],
    ['en', 'in scope again (hubspot.lifecyclestage = “lead”)'],
  ] as const)('that somebody has come back, in the story and no longer at its head (%s)', (locale, line) => {
    const text = told(back, locale);
    expect(text).toContain(line);
    expect(text).not.toContain('⚠');
  });

  test('nothing of whoever was always within', () => {
    expect(told(undefined, 'en')).not.toContain('scope');
  });
});
