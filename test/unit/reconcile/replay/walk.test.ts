import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/agreement.ts';
import type { Condition } from '../../../../src/domain/agreement/condition.ts';
import type { PersonPast } from '../../../../src/domain/people/past.ts';
import { asOf } from '../../../../src/reconcile/replay/then.ts';
import { walk } from '../../../../src/reconcile/replay/walk.ts';
import { ACTIONS, aForm, days } from '../../../support/actions.ts';
import { aGlimpse, anEdit, aPast } from '../../../support/past.ts';
import {
  AGREEMENT,
  aContact,
  aContext,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  NOW,
  tokyo,
} from '../../../support/people.ts';

const DAY = 86_400_000;
const AUGUST = tokyo('2026-08-03 10:00');
const BORN = { createdAt: AUGUST };
const on = (day: number) => AUGUST + day * DAY;
const contact = aContact({ hubspotscore: 75, jobtitle: '課長', hs_analytics_last_url: null }, BORN);
const score = (value: number, day: number) => anEdit(contact, 'hubspotscore', value, on(day));

/** When somebody would have entered which stage under an agreement like this one. */
function stagesOf(past: PersonPast, agreement: Partial<Agreement>, until = NOW) {
  const context = aContext({ policy: agreedOtherwise(agreement) });
  return walk(past, asOf(past), context, until).reached.map(({ stage, at }) => [stage, (at - AUGUST) / DAY]);
}
const asks = (when: Condition): Partial<Agreement> => ({ stages: [{ ...AGREEMENT.stages[0]!, when }] });
const total = (atLeast: number) => asks({ score: 'total', test: { atLeast } });

describe('a person whose score rose from day to day', () => {
  const past = aPast(aPerson([contact]), [score(0, 0), score(52, 10), score(65, 20), score(75, 30)]);

  test.each([
    [100, []],
    [95, [['MQL', 30]]],
    [80, [['MQL', 20]]],
    [70, [['MQL', 10]]],
    [20, [['MQL', 0]]],
  ])('with a threshold of %i', (atLeast, entered) => {
    expect(stagesOf(past, total(atLeast))).toEqual(entered);
  });

  test('is judged up to the end of the period, and no further', () => {
    expect(stagesOf(past, total(80), on(20))).toEqual([]);
    expect(stagesOf(past, total(80), on(20) + 1)).toEqual([['MQL', 20]]);
  });

  test('keeps the stage when the score falls again', () => {
    const fallen = aPast(past.facts, [...past.values, score(0, 40)]);
    expect(stagesOf(fallen, total(95))).toEqual([['MQL', 30]]);
  });
});

describe('what was known at the time', () => {
  test.each([
    ['nothing is known of what an edit replaced', [score(75, 12)], [['MQL', 12]]],
    [
      'what a sighting showed is taken to have stood before',
      [aGlimpse(contact, 'hubspotscore', 75, on(12))],
      [['MQL', 0]],
    ],
    ['today’s value stands for what has no history', [], [['MQL', 0]]],
  ])('%s', (_, values, entered) => {
    expect(stagesOf(aPast(aPerson([contact]), values), total(90))).toEqual(entered);
  });

  test('a deed counts from the day on which it was entered, not on which it happened', () => {
    const late = aForm(on(3), undefined, { loggedAt: on(9) });
    const once = asks({ action: 'download', test: { atLeast: 1 } });
    expect(stagesOf(aPast(aPerson([contact], { activities: [late] })), { actions: ACTIONS, ...once })).toEqual([
      ['MQL', 9],
    ]);
  });

  test('a deed dated ahead counts once its day has come', () => {
    const ahead = aForm(on(9), undefined, { loggedAt: on(3) });
    const once = asks({ action: 'download', test: { atLeast: 1 } });
    expect(stagesOf(aPast(aPerson([contact], { activities: [ahead] })), { actions: ACTIONS, ...once })).toEqual([
      ['MQL', 9],
    ]);
  });

  test('a Lead that was made later holds nothing before', () => {
    const lead = aLead({ Status: '未対応' }, { createdAt: on(5) });
    const inSalesforce = asks({ field: 'salesforce.Status', test: { is: '未対応' } });
    expect(stagesOf(aPast(aPerson([contact, lead])), inSalesforce)).toEqual([['MQL', 5]]);
  });

  test('nobody is judged before there is anybody', () => {
    const none = asks({ field: 'hubspot.jobtitle', test: { blank: true } });
    const before = aForm(on(-3));
    expect(stagesOf(aPast(aPerson([contact], { activities: [before] })), none)).toEqual([]);
  });
});

describe('time alone', () => {
  const points = { behaviour: [{ action: 'download', points: 40, within: days(30) }], attribute: [] };
  const twice = (first: number, second: number) => [aForm(on(first)), aForm(on(second))];

  test.each([
    ['together within the period', twice(1, 20), [['MQL', 20]]],
    ['the first expired before the second came', twice(1, 31), []],
  ])('takes points away: %s', (_, activities, entered) => {
    const past = aPast(aPerson([contact], { activities }));
    expect(stagesOf(past, { actions: ACTIONS, score: points, ...total(80) })).toEqual(entered);
  });

  test('moves whoever has become quiet', () => {
    const quiet = asks({ action: 'download', within: days(30), test: { atMost: 0 } });
    const past = aPast(aPerson([contact], { activities: [aForm(on(0))] }));
    expect(stagesOf(past, { actions: ACTIONS, ...quiet })).toEqual([['MQL', 30]]);
  });
});

describe('what stands recorded', () => {
  const poor = { ...contact, values: { ...contact.values, hubspotscore: 0 } };
  const entry = (rest: Parameters<typeof aStageEntry>[0]) => aStageEntry({ stage: 'MQL', at: on(7), ...rest });

  test.each([
    ['a person’s word stands', entry({ by: 'manual', evidence: { lifecyclestage: 'x' } }), [['MQL', 7]]],
    ['HubSpot’s stage of before the go-live line stands', entry({ evidence: { lifecyclestage: 'x' } }), [['MQL', 7]]],
    ['what a rule decided is decided anew', entry({ by: 'rule', evidence: { total: 90 } }), []],
    ['so is what one decided at the go-live line', entry({ by: 'history', evidence: { total: 90 } }), []],
  ])('%s', (_, stage, entered) => {
    expect(stagesOf(aPast(aPerson([poor], { stages: [stage] })), total(80))).toEqual(entered);
  });
});

test('what was never read is told, and decides nothing', () => {
  const { hubspotscore: _, ...values } = contact.values;
  const past = aPast(aPerson([{ ...contact, values }]));
  expect(walk(past, asOf(past), aContext(), NOW)).toEqual({ reached: [], unknown: ['score.total'] });
});
