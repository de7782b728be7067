import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { ObserverClass } from '../../../src/domain/people/record.ts';
import { inSteps, netWrites } from '../../../src/reconcile/lifecycle.ts';
import {
  AGREEMENT,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  CONTACT_ID,
  LEAD_ID,
  NOW,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, stored, writes } from '../../support/settle.ts';

const MINUTE = 60_000;
const LATER = NOW + 10 * MINUTE;

/** HubSpot's history of the contact's lifecycle stage, oldest first, a minute apart. */
const told = (...moves: readonly (readonly [value: string | null, by: ObserverClass])[]): HistoryEntry[] =>
  moves.map(([value, by], nth) => ({
    record: { system: 'hubspot', object: 'contacts', id: CONTACT_ID },
    field: 'lifecyclestage',
    value,
    by,
    at: NOW + nth * MINUTE,
    source: `contacts/${CONTACT_ID}/lifecyclestage@${nth}`,
  }));

const agreed = (reset?: true) =>
  agreedOtherwise({
    shownAs: {
      lifecyclestage: { ...AGREEMENT.shownAs.lifecyclestage, lead: 'lead' },
      ...(reset === undefined ? {} : { reset }),
    },
  });
const rested = (reset?: true) => quiet(aPerson([aContact(), aLead()]), { policy: agreed(reset) });

/** Somebody whose lifecycle stage in HubSpot was moved like this. */
const moved = (moves: readonly HistoryEntry[], start: PersonFacts = rested()): PersonFacts => ({
  ...edited(start, CONTACT_ID, { lifecyclestage: moves.at(-1)!.value }, LATER),
  edits: moves,
});
const entered = (facts: PersonFacts) =>
  plan(facts, { policy: agreed() }).stages.map(({ stage, by }) => `${stage} ${by}`);

describe('a lifecycle stage that moves forward', () => {
  test.each<[why: string, by: ObserverClass, value: string, entered: readonly string[]]>([
    ['by a person’s hand is their word', 'person', 'salesqualifiedlead', ['SQL manual']],
    ['by a workflow is its admin’s word', 'automation', 'marketingqualifiedlead', ['MQL automation']],
    ['with a deal that was made is an event of that deal', 'deal', 'opportunity', ['opportunity deal']],
    ['with a deal that was won is an event of that deal', 'deal', 'customer', ['customer deal']],
    ['with the company’s says nothing of this person', 'company', 'customer', []],
    ['because we wrote it is no event', 'us', 'salesqualifiedlead', []],
  ])('%s', (_, by, value, stages) => {
    expect(entered(moved(told(['lead', 'person'], [value, by])))).toEqual(stages);
  });

  test('and whose history has not been read, or not so far, counts as a person’s word', () => {
    const unread = edited(rested(), CONTACT_ID, { lifecyclestage: 'customer' }, LATER);
    expect(entered(unread)).toEqual(['customer manual']);
    expect(entered({ ...unread, edits: told(['opportunity', 'company']) })).toEqual(['customer manual']);
  });

  test('by a person, and a minute later with the company’s, goes as far as the person said', () => {
    expect(entered(moved(told(['salesqualifiedlead', 'person'], ['customer', 'company'])))).toEqual(['SQL manual']);
  });

  test('and is taken back before anybody looked goes nowhere', () => {
    const back = (by: ObserverClass) =>
      moved(told(['customer', 'person'], [null, by], ['lead', by], ['opportunity', 'company']));
    expect([entered(back('person')), entered(back('us'))]).toEqual([[], []]);
  });

  test('tells in its evidence what was read, and what another contact’s history says is another’s', () => {
    const facts = moved(told(['customer', 'company']));
    const others = told(['customer', 'person']).map((entry) => ({ ...entry, record: { ...entry.record, id: '502' } }));
    expect(entered({ ...facts, edits: [...others, ...facts.edits!] })).toEqual([]);
    const [entry] = plan(moved(told(['opportunity', 'deal'])), { policy: agreed() }).stages;
    expect(entry?.evidence).toEqual({ lifecyclestage: 'opportunity' });
  });
});

describe('a lifecycle stage that is ahead of the agreement’s', () => {
  const ahead = (reset?: true) => moved(told(['customer', 'company']), rested(reset));
  const planned = (facts: PersonFacts, reset?: true) => plan(facts, { policy: agreed(reset), now: LATER });

  test('is left as it is, and told with who moved it', () => {
    const made = planned(ahead());
    expect(writes(made)).toEqual({});
    expect(made.openFindings).toMatchObject([
      { code: 'LIFECYCLE_AHEAD', detail: { shown: 'customer', stage: 'lead', by: 'company' } },
    ]);
  });

  test('is told no longer once somebody takes it back', () => {
    const known = stored(ahead(), planned(ahead()), LATER);
    const back = edited(known, CONTACT_ID, { lifecyclestage: 'lead' }, LATER + MINUTE);
    expect(planned(back).closeFindings).toMatchObject([{ code: 'LIFECYCLE_AHEAD' }]);
  });

  test.each(['evangelist', 'other', '89423127'])('is not what %s says of a customer', (lifecyclestage) => {
    const customer = quiet(aPerson([aContact({ lifecyclestage: 'customer' }), aLead()]), { policy: agreed(true) });
    const made = planned(edited(customer, CONTACT_ID, { lifecyclestage }, LATER), true);
    expect([writes(made), made.openFindings]).toEqual([{}, []]);
  });

  test('is one change of two steps where the agreement says reset_lifecycle: emptied, then set, and read back', () => {
    const made = planned(ahead(true), true);
    expect(made.openFindings).toEqual([]);
    expect(made.changes).toHaveLength(1);
    expect(made.changes[0]).toMatchObject({
      readBack: true,
      steps: [
        [{ field: 'lifecyclestage', before: 'customer', after: null, reason: { code: 'stage-reset' } }],
        [{ field: 'lifecyclestage', before: null, after: 'lead', reason: { code: 'stage-reset' } }],
      ],
    });
    expect(isNothing(planned(settled(ahead(true), made, LATER), true))).toBe(true);
  });

  test('is planned once: a change that has not left yet still holds', () => {
    const waiting = stored(ahead(true), planned(ahead(true), true), LATER);
    expect(isNothing(planned(waiting, true))).toBe(true);
  });

  test('goes back by itself in the second step: what may be refused beside it is refused while the old stage stands', () => {
    const typed = edited(ahead(true), LEAD_ID, { Title: '部長' }, LATER);
    const steps = planned(typed, true).changes.find(({ target }) => target.system === 'hubspot')?.steps;
    expect(steps?.map((fields) => fields.map(({ field }) => field).sort())).toEqual([
      ['jobtitle', 'lifecyclestage'],
      ['lifecyclestage'],
    ]);
  });
});

describe('between emptying a lifecycle stage and setting it', () => {
  const start = () => {
    const ahead = moved(told(['customer', 'company']), rested(true));
    const known = stored(ahead, plan(ahead, { policy: agreed(true), now: LATER }), LATER);
    const emptied = edited(known, CONTACT_ID, { lifecyclestage: null }, LATER + MINUTE);
    return { ...emptied, open: emptied.open.map((change) => ({ ...change, step: 1 })) };
  };
  const next = (facts: PersonFacts, policy = agreed(true)) => plan(facts, { policy, now: LATER + MINUTE });

  test('the plan waits for the second step: the blank is nobody’s edit', () => {
    expect(isNothing(next(start()))).toBe(true);
  });

  test('whoever goes out of scope still gets it set: nothing is left empty', () => {
    const outside = agreed(true);
    const scope = { field: 'hubspot.email', test: { is: 'somebody@example.co.jp' } } as const;
    const made = next(start(), { ...outside, person: { ...outside.person, scope } });
    expect([made.changes, made.supersede]).toEqual([[], []]);
  });

  test('a further stage takes the place of the one that was to be set', () => {
    const qualified = edited(start(), CONTACT_ID, { hubspotscore: 90 }, LATER + MINUTE);
    const made = next(qualified);
    expect(made.supersede).toHaveLength(1);
    expect(writes(made)['hubspot:contacts']).toMatchObject({ lifecyclestage: 'marketingqualifiedlead' });
  });

  test('what somebody sets meanwhile is theirs, and the second step is taken back', () => {
    const typed = edited(start(), CONTACT_ID, { lifecyclestage: 'opportunity' }, LATER + 2 * MINUTE);
    const made = next({ ...typed, edits: told(['customer', 'company'], [null, 'us'], ['opportunity', 'person']) });
    expect(made.stages).toMatchObject([{ stage: 'opportunity', by: 'manual' }]);
    expect(made.supersede).toHaveLength(1);
  });
});

describe('the steps of a write', () => {
  const reason = { code: 'stage-reset', detail: {} } as const;
  const stage = (before: string | null, after: string | null) => ({ field: 'lifecyclestage', before, after, reason });

  test.each<[why: string, before: string | null, after: string | null, steps: number]>([
    ['forward', 'lead', 'customer', 1],
    ['out of nothing', null, 'lead', 1],
    ['into nothing', 'customer', null, 1],
    ['backward', 'customer', 'lead', 2],
  ])('are as few as HubSpot takes: %s', (_, before, after, count) => {
    const steps = inSteps([stage(before, after)], 'hubspot');
    expect(steps).toHaveLength(count);
    expect(netWrites(steps)).toEqual([stage(before, after)]);
  });
});
