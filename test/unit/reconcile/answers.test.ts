import { describe, expect, test } from 'vitest';
import {
  ANSWERED_AT,
  ASKING,
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
import { aContact, agreedOtherwise, aLead, aPerson, LEAD_ID, linkTo, tokyo } from '../../support/people.ts';
import { edited, plan, quiet, settled } from '../../support/settle.ts';

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
    const made = plan(asked, { policy: ASKING, ...allRead(ANSWERED_AT) });
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
    const late = quiet(after, { policy: ASKING, ...allRead(LATER) });
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
    const lead = quiet(aPerson([aContact(UNTOLD, BORN), aLead(UNSAID, BORN)]), {
      policy: ASKING,
      ...allRead(HANDED_OVER),
    });
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
    const after = quiet(anMql(), { policy: ASKING, ...allRead(LATER) });
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
    expect(told(quiet(anMql(), { policy: ASKING, now: LATER, coveredUntil: due - 1 })).at(-1)).toBe('MQL 1');
    expect(told(quiet(anMql(), { policy: ASKING, now: LATER, coveredUntil: due })).at(-1)).toBe('SAL 1');
    expect(told(quiet(anMql(), { policy: ASKING, ...allRead(due) })).at(-1)).toBe('MQL 1');
  });

  test('is broken by an answer that comes late: a rejection still gives the person back', () => {
    const silent = quiet(anMql(), { policy: ASKING, ...allRead(LATER) });
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
    const lapsed = quiet(anMql(), { policy: ASKING, ...allRead(tokyo('2026-11-27 10:00')) });
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
    expect(told(quiet(facts, { policy: ASKING, ...allRead(LATER) })).at(-1)).toBe('recycled 1');
  });

  test('is not taken back by an agreement that names no reasons any more: nobody has emptied it', () => {
    const gone = says(anMql(), { Tasuki_Recycle_Reason__c: 'timing' }, ANSWERED_AT).after;
    expect(told(quiet(gone, { policy: agreedOtherwise({}), ...allRead(LATER) })).at(-1)).toBe('recycled 1');
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
    const after = quiet(facts, { policy: ASKING, ...allRead(LATER) });
    expect(after.stages.map(({ stage, by }) => [stage, by])).toEqual([
      ['MQL', 'history'],
      ['recycled', 'history'],
    ]);
    expect(after.clocks).toEqual([]);
  });
});
