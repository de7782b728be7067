import { describe, expect, test } from 'vitest';
import type { BehaviourRule } from '../../../src/domain/agreement/agreement.ts';
import { behaviourScore } from '../../../src/domain/agreement/behaviour.ts';
import { deedsOf } from '../../../src/domain/agreement/deeds.ts';
import { scoreOf } from '../../../src/domain/agreement/score.ts';
import type { Activity } from '../../../src/domain/people/activity.ts';
import { ACTIONS, aForm, aPageView, days } from '../../support/actions.ts';
import { NOW } from '../../support/people.ts';

const DAY = 86_400_000;
const RULE: BehaviourRule = { action: 'download', points: 15 };
const ago = (...days: readonly number[]) => days.map((day) => aForm(NOW - day * DAY));

function given(rules: readonly BehaviourRule[], activities: readonly Activity[], hidden: readonly string[] = []) {
  return behaviourScore(rules, deedsOf(ACTIONS, { activities, hidden: new Set(hidden), now: NOW }), NOW);
}

describe('points for what a person did', () => {
  test.each<[string, Partial<BehaviourRule>, readonly number[], number]>([
    ['for each time', {}, [1, 2], 30],
    ['none for nothing', {}, [], 0],
    ['up to a cap', { atMost: 45 }, [1, 2, 3, 4], 45],
    ['below the cap as they are', { atMost: 45 }, [1, 2], 30],
    ['for what lies within the period', { within: days(90) }, [89, 90, 91], 15],
    ['whole until the first half-life is over', { halvesEvery: days(30) }, [29.9], 15],
    ['half from then on, in whole points', { halvesEvery: days(30) }, [30], 7],
    ['a quarter after the second', { halvesEvery: days(30) }, [70], 3],
    ['nothing in the end', { halvesEvery: days(30) }, [120], 0],
    ['halved first, then capped', { halvesEvery: days(30), atMost: 20 }, [1, 30], 20],
    ['taken off, up to a cap', { points: -15, atMost: 20 }, [1, 2], -20],
    ['taken off and forgotten by halves, towards zero', { points: -15, halvesEvery: days(30) }, [70], -3],
  ])('%s', (_, rule, when, expected) => {
    expect(given([{ ...RULE, ...rule }], ago(...when)).points).toBe(expected);
  });

  test('explain themselves: which deed when, how many points, and what the cap left', () => {
    const rule = { ...RULE, atMost: 20, halvesEvery: days(30) };
    expect(given([rule], ago(40, 1)).lines).toEqual([
      {
        what: 'action',
        action: 'download',
        points: 20,
        uncapped: 22,
        deeds: [
          { at: NOW - 40 * DAY, what: 'ホワイトペーパー /download', points: 7 },
          { at: NOW - DAY, what: 'ホワイトペーパー /download', points: 15 },
        ],
      },
    ]);
  });

  test('of several rules add up', () => {
    const rules = [RULE, { action: 'pricing-view', points: 10, atMost: 20 }];
    expect(given(rules, [...ago(1), aPageView(NOW - DAY, 'https://a.jp/pricing')]).points).toBe(25);
  });

  test('are unknown, not fewer, where an action cannot be read', () => {
    expect(given([RULE], ago(1), ['hubspot:form-submissions'])).toMatchObject({
      points: undefined,
      unknown: ['action.download'],
    });
  });

  test('and for who they are stand apart, and are summed', () => {
    const attribute = [{ when: { field: 'hubspot.jobtitle', test: { contains: '部長' } }, points: 20 }] as const;
    const score = scoreOf(
      { behaviour: [RULE], attribute },
      () => '営業部長',
      (rules) => given(rules, ago(1)),
    );
    expect(score).toMatchObject({ total: 35, behaviour: 15, attribute: 20, unknown: [] });
  });
});
