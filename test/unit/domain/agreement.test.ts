import { describe, expect, test } from 'vitest';
import type { ScoreRules } from '../../../src/domain/agreement/agreement.ts';
import type { Condition, Lookup, Test } from '../../../src/domain/agreement/condition.ts';
import { evaluate, explain, fieldsOf } from '../../../src/domain/agreement/evaluate.ts';
import { scoreOf } from '../../../src/domain/agreement/score.ts';
import { forwardOf, stageRank } from '../../../src/domain/agreement/stage-order.ts';
import type { Value } from '../../../src/domain/values/value.ts';

const reading =
  (values: Readonly<Record<string, Value>>): Lookup =>
  (subject) => {
    if ('deal' in subject) return values[`deal.${subject.deal}`];
    return 'score' in subject
      ? values[`score.${subject.score}`]
      : 'field' in subject
        ? values[subject.field]
        : undefined;
  };
const holds = (test: Test): Condition => ({ field: 'f', test });

describe('one test', () => {
  test.each<[Test, Value, boolean | 'unknown']>([
    [{ is: true }, 'true', true],
    [{ is: '製造' }, ' 製造 ', true],
    [{ is: 'ABC' }, 'ａｂｃ', true],
    [{ is: 80 }, '80', true],
    [{ is: false }, null, false],
    [{ isAny: ['製造', '金融'] }, '金融', true],
    [{ isAny: ['製造', '金融'] }, '小売', false],
    [{ contains: '部長' }, '営業部長', true],
    [{ containsAny: ['課長', '部長'] }, '担当', false],
    [{ containsAny: ['部長'] }, null, false],
    [{ atLeast: 80 }, 80, true],
    [{ atLeast: 80 }, '79.5', false],
    [{ atLeast: 80 }, null, false],
    [{ atLeast: 80 }, '多数', 'unknown'],
    [{ atMost: 10 }, 10, true],
    [{ atMost: 10 }, 11, false],
    [{ blank: true }, '', true],
    [{ blank: true }, 0, false],
    [{ blank: false }, 'x', true],
  ])('%j of %j is %s', (one, value, expected) => {
    expect(evaluate(holds(one), reading({ f: value }))).toBe(expected);
  });

  test.each<Test>([{ is: 1 }, { blank: true }, { atLeast: 0 }, { contains: '' }])(
    '%j of a field that was never read is unknown',
    (one) => {
      expect(evaluate(holds(one), reading({}))).toBe('unknown');
    },
  );
});

describe('conditions together', () => {
  const yes: Condition = { field: 'yes', test: { is: 1 } };
  const no: Condition = { field: 'yes', test: { is: 2 } };
  const unread: Condition = { field: 'unread', test: { is: 1 } };
  const lookup = reading({ yes: 1 });

  test.each<[string, Condition, boolean | 'unknown']>([
    ['all of true and unknown', { all: [yes, unread] }, 'unknown'],
    ['all of false and unknown', { all: [no, unread] }, false],
    ['all of true', { all: [yes, yes] }, true],
    ['any of true and unknown', { any: [unread, yes] }, true],
    ['any of false and unknown', { any: [no, unread] }, 'unknown'],
    ['any of false', { any: [no, no] }, false],
    ['not of unknown', { not: unread }, 'unknown'],
    ['not of true', { not: yes }, false],
  ])('%s', (_, condition, expected) => {
    expect(evaluate(condition, lookup)).toBe(expected);
  });

  test('explain shows each part with what was found', () => {
    expect(explain({ any: [no, unread] }, lookup)).toEqual({
      kind: 'any',
      truth: 'unknown',
      parts: [
        { kind: 'test', truth: false, subject: 'yes', test: { is: 2 }, found: 1 },
        { kind: 'test', truth: 'unknown', subject: 'unread', test: { is: 1 }, found: undefined },
      ],
    });
  });

  test('the fields a condition reads are found at any depth', () => {
    const parts: Condition[] = [unread, { score: 'total', test: { atLeast: 1 } }, { deal: 'open' }];
    expect(fieldsOf({ all: [{ not: yes }, { any: parts }] })).toEqual(['yes', 'unread']);
  });
});

describe('deals and companies', () => {
  test.each<[string, Value | undefined, boolean | 'unknown']>([
    ['there is one', true, true],
    ['there is none', false, false],
    ['nobody has looked', undefined, 'unknown'],
  ])('an open deal: %s', (_, found, expected) => {
    const lookup: Lookup = (subject) => ('deal' in subject && subject.deal === 'open' ? found : true);
    expect(evaluate({ deal: 'open' }, lookup)).toBe(expected);
  });

  test('an open deal is no won one', () => {
    const lookup = reading({ 'deal.open': true, 'deal.won': false, 'deal.lost': false });
    const states = (['open', 'won', 'lost'] as const).map((deal) => evaluate({ deal }, lookup));
    expect(states).toEqual([true, false, false]);
  });

  test('explain says which deal was asked for, and what was found', () => {
    expect(explain({ not: { deal: 'won' } }, reading({ 'deal.won': false }))).toEqual({
      kind: 'not',
      truth: true,
      parts: [{ kind: 'test', truth: false, subject: 'deal.won', test: { is: true }, found: false }],
    });
  });

  test('a company that was not read makes its condition unknown, an empty one does not', () => {
    const big: Condition = { field: 'company.numberofemployees', test: { atLeast: 50 } };
    expect(evaluate(big, reading({}))).toBe('unknown');
    expect(evaluate(big, reading({ 'company.numberofemployees': null }))).toBe(false);
    expect(evaluate(big, reading({ 'company.numberofemployees': '120' }))).toBe(true);
    expect(fieldsOf(big)).toEqual(['company.numberofemployees']);
  });
});

describe('the score', () => {
  const rules: ScoreRules = {
    behaviour: { hubspot: 'leadscore' },
    attribute: [
      { when: { field: 'hubspot.jobtitle', test: { containsAny: ['部長', '課長'] } }, points: 6 },
      { when: { field: 'hubspot.industry', test: { isAny: ['BANKING'] } }, points: 4 },
    ],
  };

  test('adds behaviour and the attributes that hold, each with its reason', () => {
    const score = scoreOf(
      rules,
      reading({ 'hubspot.leadscore': 74, 'hubspot.jobtitle': '営業部長', 'hubspot.industry': 'RETAIL' }),
    );
    expect(score).toEqual({
      total: 80,
      behaviour: 74,
      attribute: 6,
      lines: [
        { what: 'behaviour', points: 74, because: 'hubspot.leadscore' },
        { what: 'attribute', points: 6, because: 'hubspot.jobtitle contains-any 部長, 課長' },
      ],
      unknown: [],
    });
  });

  test('an empty behaviour score is zero', () => {
    expect(
      scoreOf(rules, reading({ 'hubspot.leadscore': null, 'hubspot.jobtitle': null, 'hubspot.industry': 'BANKING' }))
        .total,
    ).toBe(4);
  });

  test('a part that was never read makes the total unknown, not lower', () => {
    const score = scoreOf(rules, reading({ 'hubspot.leadscore': 90, 'hubspot.jobtitle': '部長' }));
    expect(score).toMatchObject({
      total: undefined,
      behaviour: 90,
      attribute: undefined,
      unknown: ['hubspot.industry'],
    });
  });

  test('points for a deal, told in one line', () => {
    const withDeal: ScoreRules = { behaviour: null, attribute: [{ when: { not: { deal: 'open' } }, points: 3 }] };
    expect(scoreOf(withDeal, reading({ 'deal.open': false })).lines).toEqual([
      { what: 'attribute', points: 3, because: 'not(deal open)' },
    ]);
  });

  test('points for a deal that nobody looked for are unknown, not none', () => {
    const withDeal: ScoreRules = { behaviour: null, attribute: [{ when: { deal: 'won' }, points: 3 }] };
    expect(scoreOf(withDeal, reading({}))).toMatchObject({ total: undefined, unknown: ['deal.won'] });
  });

  test('of several parts only those that nobody could judge are named', () => {
    const parts: Condition[] = [
      { field: 'hubspot.jobtitle', test: { contains: '部長' } },
      { field: 'company.industry', test: { is: '製造' } },
    ];
    const together: ScoreRules = { behaviour: null, attribute: [{ when: { all: parts }, points: 3 }] };
    expect(scoreOf(together, reading({ 'hubspot.jobtitle': '部長' })).unknown).toEqual(['company.industry']);
  });

  test('a behaviour score that is no number is unknown', () => {
    expect(
      scoreOf(rules, reading({ 'hubspot.leadscore': '高い', 'hubspot.jobtitle': null, 'hubspot.industry': null })),
    ).toMatchObject({
      total: undefined,
      unknown: ['hubspot.leadscore'],
    });
  });
});

describe('stages', () => {
  test('the funnel has an order; recycled and disqualified stand beside it', () => {
    expect(stageRank('MQL')).toBeLessThan(stageRank('SQL'));
    expect(stageRank('recycled')).toBe(-1);
    expect(stageRank('disqualified')).toBe(-1);
  });

  test('the furthest of several stages is the one that may be shown', () => {
    expect(forwardOf('lead', 'SQL', 'MQL', null, undefined, 'recycled')).toBe('SQL');
    expect(forwardOf('recycled', null)).toBeNull();
  });
});
