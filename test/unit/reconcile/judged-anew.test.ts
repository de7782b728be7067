import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import { AGREEMENT, aContact, aLead, aPerson, aPolicy, aStageEntry } from '../../support/people.ts';
import { plan } from '../../support/settle.ts';

const mqlAt = (atLeast: number): Agreement['stages'] => [
  { ...AGREEMENT.stages[0]!, when: { score: 'total', test: { atLeast } } },
];
/** The next version: 60 points are enough, where it was 80. */
const lower = (rest: Partial<Agreement> = {}, earlier = [AGREEMENT]) =>
  aPolicy({ agreement: { ...AGREEMENT, version: '2027-01', stages: mqlAt(60), ...rest }, earlier });
const FOR_NEW = lower({ appliesTo: 'new' });

/** Somebody with so many points, last judged by that version. */
const person = (points: number, judgedUnder = AGREEMENT.version): PersonFacts =>
  aPerson([aContact({ hubspotscore: points, jobtitle: '' }), aLead()], { stages: [aStageEntry()], judgedUnder });
const entered = (made: ReturnType<typeof plan>) => made.stages.map(({ stage, by }) => `${stage} ${by}`);
const isHandedOver = (made: ReturnType<typeof plan>) => made.changes.some(({ marks }) => marks.handOff !== undefined);

describe('whoever meets the criteria of a new version only', () => {
  test('is handed over, unless the agreement says otherwise', () => {
    const made = plan(person(70), { policy: lower() });
    expect(entered(made)).toEqual(['MQL rule']);
    expect(isHandedOver(made)).toBe(true);
  });

  test('takes the stage along as history under applies_to: new', () => {
    const made = plan(person(70), { policy: FOR_NEW });
    expect(entered(made)).toEqual(['MQL history']);
    expect(isHandedOver(made)).toBe(false);
    expect(made.judgedUnder).toBe('2027-01');
  });

  test('is so, too, where an older Tasuki has judged them: the stage tells by what', () => {
    const { judgedUnder: _, ...facts } = person(70);
    expect(entered(plan(facts, { policy: FOR_NEW }))).toEqual(['MQL history']);
  });

  test('is so, too, where the version before is not known', () => {
    expect(entered(plan(person(70), { policy: lower({ appliesTo: 'new' }, []) }))).toEqual(['MQL history']);
  });
});

describe('under applies_to: new', () => {
  test('whoever meets the version before as well has done something since, and is handed over', () => {
    const made = plan(person(85), { policy: FOR_NEW });
    expect(entered(made)).toEqual(['MQL rule']);
    expect(isHandedOver(made)).toBe(true);
  });

  test('whoever meets it later, having been judged by it, is handed over', () => {
    expect(entered(plan(person(70, '2027-01'), { policy: FOR_NEW }))).toEqual(['MQL rule']);
  });

  test('whoever is met for the first time is new', () => {
    const late = { createdAt: Date.UTC(2026, 10, 23) };
    const made = plan(aPerson([aContact({ hubspotscore: 70, jobtitle: '' }, late), aLead({}, late)]), {
      policy: FOR_NEW,
    });
    expect(entered(made)).toEqual(['lead history', 'MQL rule']);
  });

  test('what a person says of them counts as ever', () => {
    const contact = aContact({ hubspotscore: 0, jobtitle: '', lifecyclestage: 'salesqualifiedlead' });
    const facts = aPerson([contact, aLead()], { stages: [aStageEntry()], judgedUnder: AGREEMENT.version });
    expect(entered(plan(facts, { policy: FOR_NEW }))).toEqual(['SQL manual']);
  });

  test('nobody is judged by it before the fields that it asks for have been read', () => {
    const stages: Agreement['stages'] = [
      { ...AGREEMENT.stages[0]!, when: { field: 'hubspot.budget_ok', test: { isAny: ['yes'] } } },
    ];
    const policy = lower({ appliesTo: 'new', stages });
    const unread = plan(person(0), { policy });
    expect(unread).toMatchObject({ stages: [], judgedUnder: AGREEMENT.version });
    const read = aPerson([aContact({ budget_ok: 'yes' }), aLead()], {
      stages: [aStageEntry()],
      judgedUnder: AGREEMENT.version,
    });
    expect(entered(plan(read, { policy }))).toEqual(['MQL history']);
  });
});
