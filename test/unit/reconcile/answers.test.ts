import { describe, expect, test } from 'vitest';
import type { Activity } from '../../../src/domain/people/activity.ts';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Instant, Values } from '../../../src/domain/values/value.ts';
import { ANSWERED, UNSAID, UNTOLD } from '../../support/answers.ts';
import {
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  CONTACT_ID,
  GO_LIVE,
  LEAD_ID,
  linkTo,
  tokyo,
} from '../../support/people.ts';
import { edited, plan, quiet, settled, writes } from '../../support/settle.ts';

const BORN = { createdAt: GO_LIVE + 1 };
/** A Friday; the answer is due on Tuesday at 18:00, for Monday is a holiday. */
const HANDED_OVER = tokyo('2026-11-20 11:00');
const ANSWERED_AT = tokyo('2026-11-20 15:00');
const LATER = tokyo('2026-11-25 10:00');
const policy = agreedOtherwise(ANSWERED);

/** An MQL with ninety points, in both systems and handed over. */
function anMql(agreed: Policy = policy, score = 90): PersonFacts {
  const contact = aContact({ ...UNTOLD, hubspotscore: score }, BORN);
  return quiet(aPerson([contact, aLead(UNSAID, BORN)]), { policy: agreed, ...at(HANDED_OVER) });
}

function at(now: Instant) {
  return { now, coveredUntil: now };
}

/** Sales says so on the Lead; what comes of it, and how things stand when it has come to rest. */
function says(facts: PersonFacts, values: Values, when: Instant, agreed: Policy = policy) {
  const said = edited(facts, LEAD_ID, values, when);
  const context = { policy: agreed, ...at(when) };
  return { made: plan(said, context), after: quiet(said, context) };
}

/** A deal as HubSpot has it. */
function aDealSighting(id: string, values: Values): Sighting {
  const record = { system: 'hubspot', object: 'deals', id } as const;
  return { record, values, ...BORN, modifiedAt: GO_LIVE + 1, seenAt: GO_LIVE + 1, deleted: false };
}

const told = (facts: PersonFacts) => facts.stages.map(({ stage, pass }) => `${stage} ${pass}`);
const onLead = (facts: PersonFacts) => facts.sightings.find(({ record }) => record.object === 'Lead')!.values;
const onContact = (facts: PersonFacts) => facts.sightings.find(({ record }) => record.object === 'contacts')!.values;
const clockOf = (facts: PersonFacts, kind: string) => facts.clocks.filter((clock) => clock.kind === kind);
const REJECTED = { Tasuki_Answer__c: 'rejected', Tasuki_Reject_Reason__c: 'bad-fit' };

describe('an answer to a hand-off', () => {
  test('that accepts the person moves them to SAL, ends the deadline to answer, and is told to HubSpot', () => {
    const { made, after } = says(anMql(), { Tasuki_Answer__c: 'accepted' }, ANSWERED_AT);
    expect(made.stages).toMatchObject([
      { stage: 'SAL', by: 'answer', pass: 1, evidence: { answer: 'accepted', score: 110 } },
    ]);
    expect(clockOf(after, 'answer')).toMatchObject([{ state: 'met', metAt: ANSWERED_AT }]);
    expect(clockOf(after, 'first-contact')).toMatchObject([{ state: 'running' }]);
    expect(onContact(after)).toMatchObject({ tasuki_stage: 'SAL', tasuki_answer: 'accepted' });
  });

  test('that rejects them with a reason gives them back to marketing, and nothing more is owed', () => {
    const { made, after } = says(anMql(), REJECTED, ANSWERED_AT);
    expect(made.stages).toMatchObject([
      {
        stage: 'recycled',
        by: 'answer',
        pass: 1,
        evidence: {
          answer: 'rejected',
          reason: 'bad-fit',
          score: 110,
          owner: '005000000000001AAA',
          record: `salesforce:Lead:${LEAD_ID}`,
        },
      },
    ]);
    expect(clockOf(after, 'answer')).toMatchObject([{ state: 'met' }]);
    expect(clockOf(after, 'first-contact')).toMatchObject([{ state: 'closed', closedBecause: 'recycled' }]);
    expect(onLead(after)).toMatchObject({ ...REJECTED, Tasuki_Stage__c: 'recycled', Tasuki_Next_Due__c: null });
    expect(onContact(after)).toMatchObject({
      tasuki_stage: 'recycled',
      tasuki_answer: 'rejected',
      tasuki_reject_reason: 'bad-fit',
      lifecyclestage: 'marketingqualifiedlead',
    });
  });

  test('that rejects them without a reason moves nothing: the reason is asked for', () => {
    const asked = edited(anMql(), LEAD_ID, { Tasuki_Answer__c: 'rejected' }, ANSWERED_AT);
    const made = plan(asked, { policy, ...at(ANSWERED_AT) });
    expect(made.stages).toEqual([]);
    expect(made.openFindings).toMatchObject([
      {
        code: 'ANSWER_WITHOUT_REASON',
        subject: `salesforce:Lead:${LEAD_ID}`,
        detail: { allowed: 'bad-fit (対象外), not-ready (時期尚早)' },
      },
    ]);
    const given = says(settled(asked, made, ANSWERED_AT), { Tasuki_Reject_Reason__c: 'not-ready' }, ANSWERED_AT + 1);
    expect(given.made.closeFindings).toMatchObject([{ code: 'ANSWER_WITHOUT_REASON' }]);
    expect(given.after.stages.at(-1)).toMatchObject({ stage: 'recycled', evidence: { reason: 'not-ready' } });
  });

  test('without a reason is no silence either: it is not counted as accepted', () => {
    const { after } = says(anMql(), { Tasuki_Answer__c: 'rejected' }, ANSWERED_AT);
    const late = quiet(after, { policy, ...at(LATER) });
    expect(told(late).at(-1)).toBe('MQL 1');
    expect(clockOf(late, 'answer')).toMatchObject([{ state: 'lapsed' }]);
    expect(clockOf(late, 'answer')[0]).not.toHaveProperty('task');
  });

  test.each([
    ['a reason', { ...REJECTED, Tasuki_Reject_Reason__c: 'くだらない' }, 'Tasuki_Reject_Reason__c'],
    ['an answer', { Tasuki_Answer__c: 'maybe' }, 'Tasuki_Answer__c'],
    ['a reason to recycle', { Tasuki_Recycle_Reason__c: 'bad-fit' }, 'Tasuki_Recycle_Reason__c'],
  ])('with %s that the agreement does not name moves nothing, and the allowed ones are named', (_, values, field) => {
    const { made } = says(anMql(), values, ANSWERED_AT);
    expect(made.stages).toEqual([]);
    expect(made.openFindings).toMatchObject([{ code: 'ANSWER_NOT_KNOWN', detail: { field } }]);
  });

  test('is understood by the words of a reason, too, for whoever loads records writes those', () => {
    const { made } = says(anMql(), { ...REJECTED, Tasuki_Reject_Reason__c: '対象外' }, ANSWERED_AT);
    expect(made.stages).toMatchObject([{ stage: 'recycled', evidence: { reason: 'bad-fit' } }]);
  });

  test('that rejects somebody whom nobody was handed is not due', () => {
    const lead = quiet(aPerson([aContact(UNTOLD, BORN), aLead(UNSAID, BORN)]), { policy, ...at(HANDED_OVER) });
    const { made } = says(lead, REJECTED, ANSWERED_AT);
    expect(made.stages).toEqual([]);
    expect(made.openFindings).toMatchObject([{ code: 'ANSWER_NOT_DUE', detail: { stage: 'lead' } }]);
  });

  test('is no answer under an agreement that asks for none', () => {
    const silent = agreedOtherwise({});
    const { made } = says(anMql(silent), { ...REJECTED, Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT, silent);
    expect(made.stages).toEqual([]);
    expect(made.openFindings).toEqual([]);
  });
});

describe('silence', () => {
  test('until the answer is due counts as accepted: measured as a lapse, and nobody gets a Task', () => {
    const after = quiet(anMql(), { policy, ...at(LATER) });
    expect(after.stages.at(-1)).toMatchObject({
      stage: 'SAL',
      by: 'silence',
      evidence: { answer: 'accepted', deadline: 'answer', dueAt: '2026-11-24T09:00:00.000Z' },
    });
    const [clock] = clockOf(after, 'answer');
    expect(clock).toMatchObject({ state: 'closed', closedBecause: 'silence', lapsedAt: tokyo('2026-11-24 18:00') });
    expect(clock).not.toHaveProperty('task');
    expect(onContact(after)).toMatchObject({ tasuki_answer: 'silence', tasuki_stage: 'SAL' });
  });

  test('is not declared before everything up to the due instant was read (law R19)', () => {
    const due = tokyo('2026-11-24 18:00');
    expect(told(quiet(anMql(), { policy, now: LATER, coveredUntil: due - 1 })).at(-1)).toBe('MQL 1');
    expect(told(quiet(anMql(), { policy, now: LATER, coveredUntil: due })).at(-1)).toBe('SAL 1');
    expect(told(quiet(anMql(), { policy, ...at(due) })).at(-1)).toBe('MQL 1');
  });

  test('is broken by an answer that comes late: a rejection still gives the person back', () => {
    const silent = quiet(anMql(), { policy, ...at(LATER) });
    const { after } = says(silent, REJECTED, LATER + 1);
    expect(told(after)).toEqual(['lead 1', 'MQL 1', 'SAL 1', 'recycled 1']);
    expect(onContact(after)).toMatchObject({ tasuki_answer: 'rejected' });
  });
});

describe('a reason to recycle or to disqualify', () => {
  test.each([
    ['recycled', { Tasuki_Recycle_Reason__c: 'timing' }, { tasuki_recycle_reason: 'timing' }],
    ['disqualified', { Tasuki_Disqualify_Reason__c: 'competitor' }, { tasuki_disqualify_reason: 'competitor' }],
  ])('leads to %s, whatever stage the person stood in, and what was accepted stays told', (stage, values, shown) => {
    const accepted = says(anMql(), { Tasuki_Answer__c: 'accepted' }, ANSWERED_AT).after;
    const { after } = says(accepted, values, LATER);
    expect(after.stages.at(-1)).toMatchObject({ stage, by: 'answer', pass: 1 });
    expect(clockOf(after, 'first-contact')).toMatchObject([{ state: 'closed', closedBecause: stage }]);
    expect(onContact(after)).toMatchObject({ ...shown, tasuki_answer: 'accepted', tasuki_stage: stage });
  });

  test('closes the Task of a promise that had lapsed: it is owed no more', () => {
    const lapsed = quiet(anMql(), { policy, ...at(tokyo('2026-11-27 10:00')) });
    const [clock] = clockOf(lapsed, 'first-contact');
    expect(clock).toMatchObject({ state: 'lapsed', task: { state: 'open' } });
    const { made } = says(lapsed, { Tasuki_Recycle_Reason__c: 'timing' }, tokyo('2026-11-27 11:00'));
    expect(made.changes.find(({ target }) => target.object === 'Task')?.steps.flat()).toMatchObject([
      { field: 'Status', reason: { code: 'task-moot', detail: { because: 'recycled' } } },
    ]);
  });

  test('that is corrected is told anew, and the points of the first time stay with it', () => {
    const first = says(anMql(), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT).after;
    const { made } = says(first, { Tasuki_Recycle_Reason__c: 'no-budget' }, LATER);
    expect(made.stages).toMatchObject([
      { stage: 'recycled', pass: 1, evidence: { reason: 'no-budget', score: 110, behaviour: 90 } },
    ]);
  });

  test('that is emptied was a mistake: the person stands where they stood, and is handed over anew', () => {
    const gone = says(anMql(), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT).after;
    const { made, after } = says(gone, { Tasuki_Recycle_Reason__c: null }, LATER);
    expect(made.stages).toMatchObject([
      { stage: 'MQL', by: 'answer', pass: 2, evidence: { takenBack: 'recycled', reason: 'timing' } },
    ]);
    expect(after.stages.at(-1)).toMatchObject({ stage: 'MQL', handedOffAt: LATER });
    expect(clockOf(after, 'first-contact').map(({ state, pass }) => [state, pass])).toEqual([
      ['closed', 1],
      ['running', 2],
    ]);
    expect(onContact(after)).toMatchObject({ tasuki_recycle_reason: null, tasuki_stage: 'MQL' });
  });

  test('is not taken back by a conversion: the new record has no reason on it, and nobody emptied one', () => {
    const gone = says(anMql(), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT).after;
    const record = { system: 'salesforce', object: 'Contact', id: '003000000000001AAA' } as const;
    const made = { ...aLead(UNSAID, BORN), record };
    const converted = {
      ...edited(gone, LEAD_ID, { IsConverted: true, ConvertedContactId: record.id }, LATER),
      links: [
        ...gone.links.map((link) => (link.record.id === LEAD_ID ? { ...link, role: 'converted' as const } : link)),
        linkTo(made, gone.id, { evidence: 'conversion' }),
      ],
    };
    const facts = { ...converted, sightings: [...converted.sightings, made] };
    expect(told(quiet(facts, { policy, ...at(LATER) })).at(-1)).toBe('recycled 1');
  });

  test('is not taken back by an agreement that names no reasons any more: nobody has emptied it', () => {
    const gone = says(anMql(), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT).after;
    expect(told(quiet(gone, { policy: agreedOtherwise({}), ...at(LATER) })).at(-1)).toBe('recycled 1');
  });

  test('that was a rejection is taken back by the word that the person is accepted, whatever reason is left behind', () => {
    const gone = says(anMql(), REJECTED, ANSWERED_AT).after;
    const { after } = says(gone, { Tasuki_Answer__c: 'accepted' }, LATER);
    expect(told(after)).toEqual(['lead 1', 'MQL 1', 'recycled 1', 'MQL 2', 'SAL 2']);
  });

  test('is history where it stood there before the go-live line', () => {
    const facts = aPerson([
      aContact({ ...UNTOLD, lifecyclestage: 'marketingqualifiedlead' }),
      aLead({ ...UNSAID, Tasuki_Recycle_Reason__c: 'timing' }),
    ]);
    const after = quiet(facts, { policy, ...at(LATER) });
    expect(after.stages.map(({ stage, by }) => [stage, by])).toEqual([
      ['MQL', 'history'],
      ['recycled', 'history'],
    ]);
    expect(after.clocks).toEqual([]);
  });
});

describe('the second pass', () => {
  const recycled = () => says(anMql(), REJECTED, ANSWERED_AT).after;
  const form = (when: Instant) => ({ recent_conversion_date: new Date(when).toISOString() });

  test('does not begin with the score that is still high', () => {
    const facts = recycled();
    expect(told(quiet(facts, { policy, ...at(LATER) }))).toEqual(['lead 1', 'MQL 1', 'recycled 1']);
    const lower = edited(facts, CONTACT_ID, { hubspotscore: 85 }, LATER);
    expect(told(quiet(lower, { policy, ...at(LATER) })).at(-1)).toBe('recycled 1');
  });

  test.each([
    ['a higher score', { hubspotscore: 91 }],
    ['a form sent since', form(LATER - 60_000)],
  ])(
    'begins with %s: the answer is emptied first, and the person is an MQL again, handed over and owed contact',
    (_, news) => {
      const facts = edited(recycled(), CONTACT_ID, news, LATER);
      const context = { policy, ...at(LATER) };
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
    const mql = quiet(facts, { policy: counting, ...at(HANDED_OVER) });
    const gone = says(mql, { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT, counting).after;
    const since = (...views: readonly Activity[]) =>
      told(quiet({ ...gone, activities: [...before, ...views] }, { policy: counting, ...at(LATER) })).at(-1);
    expect(since(view(LATER - 2))).toBe('recycled 1');
    expect(since(view(LATER - 2), view(LATER - 1))).toBe('MQL 2');
  });

  test('does not begin with a form that was sent before', () => {
    const facts = edited(recycled(), CONTACT_ID, form(ANSWERED_AT - 60_000), LATER);
    expect(told(quiet(facts, { policy, ...at(LATER) })).at(-1)).toBe('recycled 1');
  });

  test('ends as the first did: with the same reason once more', () => {
    const facts = quiet(edited(recycled(), CONTACT_ID, { hubspotscore: 99 }, LATER), { policy, ...at(LATER) });
    const { after } = says(facts, REJECTED, LATER + 60_000);
    expect(told(after)).toEqual(['lead 1', 'MQL 1', 'recycled 1', 'MQL 2', 'recycled 2']);
    expect(onContact(after)).toMatchObject({ tasuki_answer: 'rejected', tasuki_reject_reason: 'bad-fit' });
  });

  test('never begins by itself for whoever is disqualified', () => {
    const out = says(anMql(), { Tasuki_Disqualify_Reason__c: 'competitor' }, ANSWERED_AT).after;
    const facts = edited(out, CONTACT_ID, { hubspotscore: 99, ...form(LATER - 1) }, LATER);
    expect(told(quiet(facts, { policy, ...at(LATER) })).at(-1)).toBe('disqualified 1');
  });

  test('does not begin with what HubSpot showed in the first', () => {
    const shown = agreedOtherwise({
      ...ANSWERED,
      shownAs: { lifecyclestage: { MQL: 'marketingqualifiedlead', recycled: 'other' } },
    });
    const sql = edited(anMql(shown), CONTACT_ID, { lifecyclestage: 'salesqualifiedlead' }, ANSWERED_AT - 1);
    const first = quiet(sql, { policy: shown, ...at(ANSWERED_AT - 1) });
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
    const context = { policy: shown, ...at(LATER) };
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
    return quiet({ ...mql, deals: [won] }, { policy: agreed, ...at(ANSWERED_AT + 1) });
  }

  test('who does more stays a customer, unless the agreement has a second pass for them', () => {
    const facts = edited(aCustomer(policy), CONTACT_ID, { hubspotscore: 99 }, LATER);
    expect(told(quiet(facts, { policy, ...at(LATER) })).at(-1)).toBe('customer 1');
  });

  test('who meets the criteria anew is an MQL once more, while HubSpot goes on showing a customer', () => {
    const facts = edited(aCustomer(again), CONTACT_ID, { hubspotscore: 99 }, LATER);
    const after = quiet(facts, { policy: again, ...at(LATER) });
    expect(told(after).slice(-2)).toEqual(['customer 1', 'MQL 2']);
    expect(onLead(after)['Tasuki_Answer__c']).toBeNull();
    expect(onContact(after)).toMatchObject({ tasuki_stage: 'MQL', lifecyclestage: 'customer' });
    expect(plan(after, { policy: again, ...at(LATER) }).openFindings).toEqual([]);
  });

  test('is one once more by a deal of the second pass, and not by that of the first', () => {
    const facts = edited(aCustomer(again), CONTACT_ID, { hubspotscore: 99 }, LATER);
    const mql = quiet(facts, { policy: again, ...at(LATER) });
    const second = { ...won, id: 'deal-2' };
    const after = quiet({ ...mql, deals: [won, second] }, { policy: again, ...at(LATER + 1) });
    expect(told(after).at(-1)).toBe('customer 2');
  });
});
