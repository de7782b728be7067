import { describe, expect, test } from 'vitest';
import { agreementDifferences } from '../../../../src/domain/agreement/agreement-differences.ts';

const BEFORE = {
  version: '2026-11',
  stages: { MQL: { when: { score: 'total', 'at-least': 80 } }, SAL: { department: 'sales' } },
  score: { attribute: [{ field: 'hubspot.jobtitle', 'contains-any': ['部長', '課長'], points: 6 }] },
};

describe('what differs between two agreements', () => {
  test('is nothing where they say the same, in whatever order', () => {
    expect(agreementDifferences({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]);
  });

  test.each<[string, object, ReturnType<typeof agreementDifferences>]>([
    [
      'a value, by its place',
      { ...BEFORE, stages: { ...BEFORE.stages, MQL: { when: { score: 'total', 'at-least': 70 } } } },
      [{ at: 'stages.MQL.when.at-least', before: '80', after: '70' }],
    ],
    [
      'what is new',
      { ...BEFORE, deadlines: { convert: { within: '2 business days' } } },
      [{ at: 'deadlines.convert.within', before: undefined, after: '2 business days' }],
    ],
    [
      'what is gone',
      { ...BEFORE, stages: { MQL: BEFORE.stages.MQL } },
      [{ at: 'stages.SAL.department', before: 'sales', after: undefined }],
    ],
    [
      'a list of plain values as a whole, and an item by its number',
      { ...BEFORE, score: { attribute: [{ field: 'hubspot.jobtitle', 'contains-any': ['部長'], points: 6 }] } },
      [{ at: 'score.attribute[1].contains-any', before: '[部長, 課長]', after: '[部長]' }],
    ],
    [
      'a block that has been emptied',
      { ...BEFORE, stages: { ...BEFORE.stages, SAL: {} } },
      [
        { at: 'stages.SAL', before: undefined, after: '{}' },
        { at: 'stages.SAL.department', before: 'sales', after: undefined },
      ],
    ],
  ])('is %s', (_, after, expected) => {
    expect(agreementDifferences(BEFORE, after)).toEqual(expected);
  });
});
