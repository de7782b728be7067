import { describe, expect, test } from 'vitest';
import type { PersonPast } from '../../../../src/domain/people/past.ts';
import type { Policy } from '../../../../src/domain/policy.ts';
import type { PlanContext } from '../../../../src/reconcile/context.ts';
import { judgePast } from '../../../../src/reconcile/replay/judge-past.ts';
import { openTally } from '../../../../src/reconcile/replay/tally.ts';
import { aGlimpse, anEdit, aPast } from '../../../support/past.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  aContext,
  agreedOtherwise,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  NOW,
  tokyo,
} from '../../../support/people.ts';

const DAY = 86_400_000;
const BORN = tokyo('2026-08-03 10:00');
const PERIOD = { from: tokyo('2026-09-01 00:00'), until: tokyo('2026-11-01 00:00') };
const SEPTEMBER = tokyo('2026-09-08 10:00');
const contact = aContact({ hubspotscore: 75, jobtitle: '一般' }, { createdAt: BORN });
const known = anEdit(contact, 'jobtitle', '一般', BORN);
const scored = (...scores: readonly (readonly [number, number])[]) =>
  aPast(aPerson([contact]), [known, ...scores.map(([value, at]) => anEdit(contact, 'hubspotscore', value, at))]);

/** The agreement of the builders asks for 80. */
const threshold = (atLeast: number, rest: Partial<typeof AGREEMENT> = {}): Policy =>
  agreedOtherwise({
    version: `over ${atLeast}`,
    stages: [{ ...AGREEMENT.stages[0]!, when: { score: 'total', test: { atLeast } } }],
    ...rest,
  });

function judged(
  past: PersonPast,
  proposed: Policy,
  inForce: Policy | null = aPolicy(),
  rest: Partial<PlanContext> = {},
) {
  const agreements = {
    proposed: aContext({ policy: proposed, ...rest }),
    inForce: inForce === null ? null : aContext({ policy: inForce, ...rest }),
  };
  return { agreements, one: judgePast(past, agreements, PERIOD) };
}
function summed(pasts: readonly PersonPast[], proposed: Policy, inForce: Policy | null = aPolicy()) {
  const { agreements } = judged(pasts[0]!, proposed, inForce);
  const tally = openTally(agreements, PERIOD);
  for (const past of pasts) tally.add(judgePast(past, agreements, PERIOD));
  return tally.sum();
}

describe('who would newly qualify, and who would drop', () => {
  const at75 = scored([0, BORN], [75, SEPTEMBER]);
  const at85 = scored([0, BORN], [85, SEPTEMBER]);

  test('a threshold of 70 instead of 80 lets in whoever has 75, on the day on which they had it, and says why', () => {
    const { one } = judged(at75, threshold(70));
    expect(one.newly).toMatchObject([
      { stage: 'MQL', at: SEPTEMBER, met: { truth: true, found: 75 }, unmet: { truth: false, found: 75 } },
    ]);
    expect(one.dropped).toEqual([]);
  });

  test('one of 90 leaves out whoever has 85', () => {
    const { one } = judged(at85, threshold(90));
    expect(one.dropped).toMatchObject([
      { stage: 'MQL', at: SEPTEMBER, met: { truth: true }, unmet: { truth: false, test: { atLeast: 90 } } },
    ]);
    expect(one.newly).toEqual([]);
  });

  test.each<[string, PersonPast]>([
    ['under both at the same instant', at85],
    ['under neither', scored([0, BORN], [60, SEPTEMBER])],
    ['before the period', scored([0, BORN], [75, PERIOD.from - DAY])],
    ['after the period', scored([0, BORN], [75, PERIOD.until])],
  ])('whoever qualifies %s is in neither list', (_, past) => {
    expect(judged(past, threshold(70)).one).toMatchObject({ newly: [], dropped: [], moved: [] });
  });

  test('whoever qualifies under both is told by how much earlier', () => {
    const rising = scored([0, BORN], [75, SEPTEMBER], [85, SEPTEMBER + 5 * DAY]);
    expect(judged(rising, threshold(70)).one).toMatchObject({
      newly: [],
      dropped: [],
      moved: [{ stage: 'MQL', byMs: -5 * DAY }],
    });
  });

  test('without an agreement in force everybody who qualifies is new', () => {
    expect(judged(at85, threshold(80), null).one).toMatchObject({ inForce: null, newly: [{ unmet: null }] });
  });
});

describe('fields without history', () => {
  const policy = threshold(70);
  const madeLate = () => {
    const late = aContact({}, { createdAt: SEPTEMBER });
    return aPast(
      aPerson([late]),
      ['hubspotscore', 'jobtitle'].map((field) => anEdit(late, field, null, SEPTEMBER)),
    );
  };

  test.each<[string, PersonPast, readonly string[]]>([
    ['known since the record was made', scored([0, BORN]), []],
    ['first told within the period', scored([0, SEPTEMBER]), ['hubspot.hubspotscore']],
    [
      'seen before the period',
      aPast(aPerson([contact]), [known, aGlimpse(contact, 'hubspotscore', 0, PERIOD.from)]),
      [],
    ],
    ['only as they are today', aPast(aPerson([contact])), ['hubspot.hubspotscore', 'hubspot.jobtitle']],
    ['known since the record was made within the period', madeLate(), []],
    ['of somebody without a contact', aPast(aPerson([aLead()])), []],
  ])('%s', (_, past, gaps) => {
    expect(judged(past, policy).one.gaps).toEqual(gaps);
  });

  test('are told with how many people they concern, the most frequent first', () => {
    const gaps = summed([scored([0, SEPTEMBER]), aPast(aPerson([contact])), scored([0, BORN])], policy).gaps;
    expect(gaps).toEqual({
      people: 2,
      fields: [
        { field: 'hubspot.hubspotscore', people: 2 },
        { field: 'hubspot.jobtitle', people: 1 },
      ],
    });
  });
});

describe('the sum', () => {
  const others = [scored([0, BORN], [85, SEPTEMBER]), scored([0, BORN], [75, SEPTEMBER]), scored([0, BORN])];

  test('counts by month of the office, for both agreements and for what was recorded', () => {
    const first = { ...others[0]!, facts: { ...others[0]!.facts, stages: [entry('rule')] } };
    const sum = summed([first, ...others.slice(1)], threshold(70));
    expect(sum).toMatchObject({ people: 3, recorded: 2, earlier: 0, later: 0 });
    expect(sum.proposed.months).toEqual([
      { month: '2026-09', MQL: 2, SQL: 0 },
      { month: '2026-10', MQL: 0, SQL: 0 },
    ]);
    expect(sum.inForce?.months[0]).toEqual({ month: '2026-09', MQL: 1, SQL: 0 });
    expect(sum.happened[0]).toEqual({ month: '2026-09', MQL: 1, SQL: 0 });
  });
  const entry = (by: 'rule') => aStageEntry({ stage: 'MQL', at: SEPTEMBER, by, evidence: { total: 85 } });

  test('ends with the last instant of its last day', () => {
    const stages = [PERIOD.from, PERIOD.until - 1, PERIOD.until].map((at) => aStageEntry({ stage: 'MQL', at }));
    const past = others[0]!;
    expect(summed([{ ...past, facts: { ...past.facts, stages } }], threshold(70)).happened).toEqual([
      { month: '2026-09', MQL: 1, SQL: 0 },
      { month: '2026-10', MQL: 1, SQL: 0 },
    ]);
  });

  test.each([
    ['on its last', PERIOD.until - 1, 1],
    ['on the day after', PERIOD.until, 0],
  ])('tells whom anything is on record of: %s', (_, at, recorded) => {
    expect(summed([scored([0, BORN], [60, at])], threshold(70)).recorded).toBe(recorded);
  });

  test('counts what a team receives by weeks in which it works', () => {
    const [load] = summed(others, threshold(70)).proposed.load;
    expect(load).toMatchObject({ team: 'inside-sales', members: 2 });
    expect(load?.weeks.find(({ week }) => week === '2026-09-07')).toEqual({ week: '2026-09-07', received: 2 });
    expect(load?.weeks.reduce((sum, { received }) => sum + received, 0)).toBe(2);
  });

  test('lists fifty people, and counts the others', () => {
    const many = Array.from({ length: 60 }, (_, nth) => {
      const past = scored([0, BORN], [75, SEPTEMBER + (59 - nth) * 60_000]);
      return { ...past, facts: { ...past.facts, id: `p${nth}` } };
    });
    const { newly } = summed(many, threshold(70));
    expect(newly.count).toBe(60);
    expect(newly.people).toHaveLength(50);
    expect(newly.people[0]).toMatchObject({ person: 'p59', name: '鈴木 太郎', company: '株式会社みなと商事' });
  });

  test.each([
    ['closedwon', { hs_is_closed: true, hs_is_closed_won: true }, { mqls: 1, won: 1, openOrWon: 1 }],
    ['open', { hs_is_closed: false, hs_is_closed_won: false }, { mqls: 1, won: 0, openOrWon: 1 }],
    ['lost', { hs_is_closed: true, hs_is_closed_won: false }, { mqls: 1, won: 0, openOrWon: 0 }],
  ])('says what became of the MQLs: a deal that is %s', (_, values, hits) => {
    const deal = { ...aContact(values), record: { system: 'hubspot', object: 'deals', id: '9' } } as const;
    const past = others[0]!;
    const deals = [{ id: 'd', hubspot: deal, salesforce: null }];
    expect(summed([{ ...past, facts: { ...past.facts, deals } }], threshold(70)).proposed.hits).toEqual(hits);
  });
});

describe('deadlines', () => {
  const past = scored([0, BORN], [85, SEPTEMBER]);
  const calledAfter = (days: number): PersonPast => {
    const activities = [aCall(SEPTEMBER + days * DAY)];
    return { ...past, facts: aPerson([contact, aLead()], { activities }) };
  };
  const within = (amount: number) =>
    threshold(80, { deadlines: [{ ...AGREEMENT.deadlines[0]!, within: { amount, unit: 'business days' } }] });

  test('are owed once in a pass, however often the team receives the person', () => {
    const [first] = AGREEMENT.stages;
    const twice = threshold(80, { stages: [first!, { ...first!, stage: 'SAL' }] });
    expect(judged(past, twice, null).one.proposed.reached).toHaveLength(2);
    expect(judged(past, twice, null).one.proposed.promises).toHaveLength(1);
  });

  test.each<[string, PersonPast, number, Partial<PlanContext>, string]>([
    ['contact in time keeps them', calledAfter(2), 3, {}, 'kept'],
    ['contact too late for a shorter one', calledAfter(2), 1, {}, 'lapsed'],
    ['no contact at all', past, 3, {}, 'lapsed'],
    ['not due yet', past, 3, { now: SEPTEMBER + DAY }, 'open'],
    ['due, and nobody has looked yet', past, 3, { coveredUntil: SEPTEMBER }, 'unread'],
    ['beyond the table of holidays', past, 900, {}, 'unread'],
  ])('%s', (_, one, days, rest, end) => {
    expect(judged(one, within(days), null, { coveredUntil: NOW, ...rest }).one.proposed.promises).toEqual([
      { deadline: 'first-contact', end },
    ]);
  });
});
