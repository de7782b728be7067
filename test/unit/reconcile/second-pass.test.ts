import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import {
  ANSWERED,
  ANSWERED_AT,
  ASKING,
  aDealSighting,
  allRead,
  anMql,
  BORN,
  clockOf,
  HANDED_OVER,
  LATER,
  onContact,
  onLead,
  REJECTED,
  says,
  told,
  UNSAID,
  UNTOLD,
} from '../../support/answers.ts';
import { aCall, aContact, agreedOtherwise, aLead, aPerson, CONTACT_ID } from '../../support/people.ts';
import { edited, plan, quiet, settled, writes } from '../../support/settle.ts';

describe('the second pass', () => {
  const recycled = () => says(anMql(), REJECTED, ANSWERED_AT).after;
  const form = (when: Instant) => ({ recent_conversion_date: new Date(when).toISOString() });

  test('does not begin with the score that is still high', () => {
    const facts = recycled();
    expect(told(quiet(facts, { policy: ASKING, ...allRead(LATER) }))).toEqual(['lead 1', 'MQL 1', 'recycled 1']);
    const lower = edited(facts, CONTACT_ID, { hubspotscore: 85 }, LATER);
    expect(told(quiet(lower, { policy: ASKING, ...allRead(LATER) })).at(-1)).toBe('recycled 1');
  });

  test.each([
    ['a higher score', { hubspotscore: 91 }],
    ['a form sent since', form(LATER - 60_000)],
  ])(
    'begins with %s: the answer is emptied first, and the person is an MQL again, handed over and owed contact',
    (_, news) => {
      const facts = edited(recycled(), CONTACT_ID, news, LATER);
      const context = { policy: ASKING, ...allRead(LATER) };
      const first = plan(facts, context);
      expect(first.stages).toEqual([]);
      expect(writes(first)['salesforce:Lead']).toEqual({ Tasuki_Answer__c: null, Tasuki_Reject_Reason__c: null });
      expect(first.changes[0]?.steps.flat()[0]?.reason).toEqual({ code: 'answer-emptied', detail: { pass: 2 } });

      const second = plan(settled(facts, first, LATER), context);
      expect(second.stages).toMatchObject([{ stage: 'MQL', by: 'rule', pass: 2 }]);
      expect(second.changes.find(({ target }) => target.object === 'Lead')?.marks.handOff).toEqual({
        team: 'inside-sales',
        stage: 'MQL',
      });

      const after = quiet(facts, context);
      expect(clockOf(after, 'answer').map(({ state, pass }) => [state, pass])).toEqual([
        ['met', 1],
        ['running', 2],
      ]);
      expect(clockOf(after, 'first-contact').map(({ pass }) => pass)).toEqual([1, 2]);
      expect(onContact(after)).toMatchObject({ tasuki_stage: 'MQL', tasuki_answer: null, tasuki_reject_reason: null });
    },
  );

  test('begins with what the agreement counts, and with nothing done before: two views of the prices since', () => {
    const counting = agreedOtherwise({
      ...ANSWERED,
      actions: [{ name: 'pricing-view', from: [{ page: ['/pricing'] }] }],
      stages: [
        {
          stage: 'MQL',
          department: 'marketing',
          when: { action: 'pricing-view', test: { atLeast: 2 } },
          handOff: { to: 'inside-sales' },
        },
      ],
    });
    const view = (when: Instant): Activity => ({
      ...aCall(when, { kind: 'page', what: '/pricing', countsAsContact: false, by: null, direction: 'in' }),
      source: { system: 'hubspot', object: 'page-views', id: `${when}` },
      about: { system: 'hubspot', object: 'contacts', id: CONTACT_ID },
    });
    const before = [view(HANDED_OVER - 2), view(HANDED_OVER - 1)];
    const contact = aContact({ ...UNTOLD, hs_analytics_last_url: '/pricing' }, BORN);
    const facts = aPerson([contact, aLead(UNSAID, BORN)], { activities: before });
    const mql = quiet(facts, { policy: counting, ...allRead(HANDED_OVER) });
    const gone = says(mql, { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT, counting).after;
    const since = (...views: readonly Activity[]) =>
      told(quiet({ ...gone, activities: [...before, ...views] }, { policy: counting, ...allRead(LATER) })).at(-1);
    expect(since(view(LATER - 2))).toBe('recycled 1');
    expect(since(view(LATER - 2), view(LATER - 1))).toBe('MQL 2');
  });

  test('does not begin with a form that was sent before', () => {
    const facts = edited(recycled(), CONTACT_ID, form(ANSWERED_AT - 60_000), LATER);
    expect(told(quiet(facts, { policy: ASKING, ...allRead(LATER) })).at(-1)).toBe('recycled 1');
  });

  test('ends as the first did: with the same reason once more', () => {
    const facts = quiet(edited(recycled(), CONTACT_ID, { hubspotscore: 99 }, LATER), {
      policy: ASKING,
      ...allRead(LATER),
    });
    const { after } = says(facts, REJECTED, LATER + 60_000);
    expect(told(after)).toEqual(['lead 1', 'MQL 1', 'recycled 1', 'MQL 2', 'recycled 2']);
    expect(onContact(after)).toMatchObject({ tasuki_answer: 'rejected', tasuki_reject_reason: 'bad-fit' });
  });

  test('never begins by itself for whoever is disqualified', () => {
    const out = says(anMql(), { Tasuki_Disqualify_Reason__c: 'competitor' }, ANSWERED_AT).after;
    const facts = edited(out, CONTACT_ID, { hubspotscore: 99, ...form(LATER - 1) }, LATER);
    expect(told(quiet(facts, { policy: ASKING, ...allRead(LATER) })).at(-1)).toBe('disqualified 1');
  });

  test('does not begin with what HubSpot showed in the first', () => {
    const shown = agreedOtherwise({
      ...ANSWERED,
      shownAs: { lifecyclestage: { MQL: 'marketingqualifiedlead', recycled: 'other' } },
    });
    const sql = edited(anMql(shown), CONTACT_ID, { lifecyclestage: 'salesqualifiedlead' }, ANSWERED_AT - 1);
    const first = quiet(sql, { policy: shown, ...allRead(ANSWERED_AT - 1) });
    expect(told(first).at(-1)).toBe('SQL 1');
    const { after } = says(first, { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT, shown);
    expect(told(after).at(-1)).toBe('recycled 1');
    expect(onContact(after)['lifecyclestage']).toBe('other');
  });

  test('is shown in HubSpot again where the first one’s end was: it is emptied, then set', () => {
    const shown = agreedOtherwise({
      ...ANSWERED,
      shownAs: { lifecyclestage: { MQL: 'marketingqualifiedlead', recycled: 'other' } },
    });
    const gone = says(anMql(shown), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT, shown).after;
    expect(onContact(gone)['lifecyclestage']).toBe('other');
    const context = { policy: shown, ...allRead(LATER) };
    const emptied = edited(gone, CONTACT_ID, { hubspotscore: 99 }, LATER);
    const made = plan(settled(emptied, plan(emptied, context), LATER), context);
    const inHubSpot = made.changes.find(({ target }) => target.object === 'contacts');
    expect(inHubSpot?.steps.map((step) => step.find(({ field }) => field === 'lifecyclestage')?.after)).toEqual([
      null,
      'marketingqualifiedlead',
    ]);
  });
});

describe('a customer', () => {
  const ANSWERED_TWICE = ANSWERED.stages!.map((rule) =>
    rule.stage === 'customer' ? { ...rule, secondPass: true as const } : rule,
  );
  const again = agreedOtherwise({
    ...ANSWERED,
    stages: ANSWERED_TWICE,
    shownAs: { lifecyclestage: { MQL: 'marketingqualifiedlead', customer: 'customer' }, reset: true },
  });
  const won = {
    id: 'deal-1',
    hubspot: aDealSighting('1', { hs_is_closed_won: true, hs_is_closed: true }),
    salesforce: null,
  };

  function aCustomer(agreed: Policy): PersonFacts {
    const mql = says(anMql(agreed), { Tasuki_Answer__c: 'accepted' }, ANSWERED_AT, agreed).after;
    return quiet({ ...mql, deals: [won] }, { policy: agreed, ...allRead(ANSWERED_AT + 1) });
  }

  test('who does more stays a customer, unless the agreement has a second pass for them', () => {
    const facts = edited(aCustomer(ASKING), CONTACT_ID, { hubspotscore: 99 }, LATER);
    expect(told(quiet(facts, { policy: ASKING, ...allRead(LATER) })).at(-1)).toBe('customer 1');
  });

  test('who meets the criteria anew is an MQL once more, while HubSpot goes on showing a customer', () => {
    const facts = edited(aCustomer(again), CONTACT_ID, { hubspotscore: 99 }, LATER);
    const after = quiet(facts, { policy: again, ...allRead(LATER) });
    expect(told(after).slice(-2)).toEqual(['customer 1', 'MQL 2']);
    expect(onLead(after)['Tasuki_Answer__c']).toBeNull();
    expect(onContact(after)).toMatchObject({ tasuki_stage: 'MQL', lifecyclestage: 'customer' });
    expect(plan(after, { policy: again, ...allRead(LATER) }).openFindings).toEqual([]);
  });

  test('is one once more by a deal of the second pass, and not by that of the first', () => {
    const facts = edited(aCustomer(again), CONTACT_ID, { hubspotscore: 99 }, LATER);
    const mql = quiet(facts, { policy: again, ...allRead(LATER) });
    const second = { ...won, id: 'deal-2' };
    const after = quiet({ ...mql, deals: [won, second] }, { policy: again, ...allRead(LATER + 1) });
    expect(told(after).at(-1)).toBe('customer 2');
  });
});
