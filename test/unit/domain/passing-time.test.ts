import { describe, expect, test } from 'vitest';
import type { Agreement, BehaviourRule } from '../../../src/domain/agreement/agreement.ts';
import type { Condition } from '../../../src/domain/agreement/condition.ts';
import { deedsOf } from '../../../src/domain/agreement/deeds.ts';
import { nextTurn } from '../../../src/domain/agreement/passing-time.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import { ACTIONS, aForm, days } from '../../support/actions.ts';
import { AGREEMENT, NOW } from '../../support/people.ts';

const DAY = 86_400_000;
const RULE: BehaviourRule = { action: 'download', points: 15, within: days(90) };
const MANY: Condition = { action: 'download', within: days(90), test: { atLeast: 3 } };
const FEW: Condition = { action: 'download', within: days(90), test: { atMost: 2 } };
const LOW: Condition = { score: 'total', test: { atMost: 20 } };
const HIGH: Condition = { score: 'behaviour', test: { atLeast: 80 } };

function turn(when: Condition, activities: readonly Activity[], behaviour: readonly BehaviourRule[] = [RULE]) {
  const agreement: Agreement = {
    ...AGREEMENT,
    actions: ACTIONS,
    score: { behaviour, attribute: [] },
    stages: [{ stage: 'MQL', department: 'marketing', when }],
  };
  const did = deedsOf(ACTIONS, { activities, hidden: new Set(), now: NOW });
  return nextTurn(agreement, (stage) => stage === 'MQL', did, NOW);
}

describe('a person may move on because time passes', () => {
  const done = [aForm(NOW - 10 * DAY), aForm(NOW - DAY)];

  test.each<[string, Condition, readonly BehaviourRule[], number]>([
    ['where few deeds are asked for, when the oldest leaves the period', FEW, [], NOW + 80 * DAY],
    ['where many are under a not', { not: MANY }, [], NOW + 80 * DAY],
    ['where a low score is asked for, when points expire', LOW, [RULE], NOW + 80 * DAY],
    ['where a low score is asked for, when points halve', LOW, [{ ...RULE, halvesEvery: days(30) }], NOW + 20 * DAY],
    ['where points that were taken off expire', HIGH, [{ ...RULE, points: -15 }], NOW + 80 * DAY],
  ])('%s', (_, when, rules, expected) => {
    expect(turn(when, done, rules)).toBe(expected);
  });

  test.each<[string, Condition]>([
    ['an action', MANY],
    ['a score', HIGH],
    ['both', { all: [MANY, { any: [HIGH] }] }],
  ])('when a deed that is dated ahead has come: %s', (_, when) => {
    expect(turn(when, [...done, aForm(NOW + 5), aForm(NOW + 9)])).toBe(NOW + 5);
  });

  test.each<[string, Condition, readonly BehaviourRule[]]>([
    ['a count that has to be high falls', MANY, []],
    ['a score that has to be high falls', HIGH, [RULE]],
    ['a count without a period stays', { action: 'download', test: { atMost: 1 } }, []],
    ['points without period and half-life stay', LOW, [{ action: 'download', points: 15 }]],
    ['fewer points taken off make no score lower', LOW, [{ ...RULE, points: -15 }]],
    ['a score for who they are knows no time', { score: 'attribute', test: { atMost: 5 } }, [RULE]],
    ['a point that is gone halves no more', LOW, [{ action: 'download', points: 1, halvesEvery: days(1) }]],
  ])('and nobody is woken where that changes nothing: %s', (_, when, rules) => {
    expect(turn(when, done, rules)).toBeNull();
  });

  test('nor for a stage that they are in', () => {
    const agreement = { ...AGREEMENT, actions: ACTIONS, stages: [{ ...AGREEMENT.stages[0]!, when: FEW }] };
    const did = deedsOf(ACTIONS, { activities: done, hidden: new Set(), now: NOW });
    expect(nextTurn(agreement, () => false, did, NOW)).toBeNull();
  });
});
