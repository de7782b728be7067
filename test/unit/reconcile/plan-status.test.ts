import { describe, expect, test } from 'vitest';
import type { PersonFacts, StageEntry } from '../../../src/domain/people/person.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import type { PlanContext } from '../../../src/reconcile/context.ts';
import {
  AGREEMENT,
  aCall,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aStageEntry,
  LEAD_ID,
  NOW,
  tokyo,
} from '../../support/people.ts';
import { plan } from '../../support/settle.ts';

const ENTERED = tokyo('2026-11-05 11:00'); // Thursday
const DUE = tokyo('2026-11-10 18:00'); // Fri, Mon, Tue
const policy = agreedOtherwise({
  registration: { required: {}, statusUpdates: { amount: 3, unit: 'business days' } },
  stages: [...AGREEMENT.stages, { stage: 'SQL', department: 'sales' }, { stage: 'customer', department: 'sales' }],
  deadlines: [],
});
const sql = (rest: Partial<StageEntry> = {}) => aStageEntry({ stage: 'SQL', by: 'manual', at: ENTERED, ...rest });
const withSales = (rest: Partial<PersonFacts> = {}, entry = sql()) =>
  aPerson([aContact(), aLead()], { stages: [aStageEntry(), entry], ...rest });
const look = (facts: PersonFacts, now: number, rest: Partial<PlanContext> = {}) => {
  const made = plan(facts, { policy, now, coveredUntil: now, ...rest });
  return { stale: made.openFindings.filter(({ code }) => code === 'STATUS_STALE'), wakeAt: made.wakeAt ?? null, made };
};

describe('the registration rule for status updates', () => {
  test('tells of whom sales has said nothing for longer than that, and wakes by itself when it is so', () => {
    expect(look(withSales(), DUE)).toMatchObject({ stale: [], wakeAt: DUE + 1 });
    const { stale, wakeAt } = look(withSales(), DUE + 1);
    expect(wakeAt).toBeNull();
    expect(stale).toMatchObject([
      {
        subject: `salesforce:Lead:${LEAD_ID}`,
        entity: 'hubspot-501',
        detail: { stage: 'SQL', since: '2026-11-05 11:00', due: '2026-11-10 18:00' },
      },
    ]);
    expect(findingText(stale[0]!, 'ja')).toContain('2026-11-10 18:00');
    expect(findingText(stale[0]!, 'en')).toContain('since 2026-11-05 11:00');
  });

  test('begins anew with each activity that is entered, and closes by itself', () => {
    const call = aCall(tokyo('2026-11-10 10:00'));
    const called = withSales({ activities: [call] });
    expect(look(called, DUE + 1)).toMatchObject({ stale: [], wakeAt: tokyo('2026-11-13 18:00') + 1 });
    const [told] = look(withSales(), DUE + 1).stale;
    const open = { ...called, findings: [{ ...told!, openedAt: DUE + 1 }] };
    expect(look(open, DUE + 1).made.closeFindings).toMatchObject([{ code: 'STATUS_STALE' }]);
  });

  test.each<[string, Partial<ReturnType<typeof aCall>>]>([
    ['a form that the person sent', { kind: 'form', by: null }],
    ['our own Task', { ourTask: true }],
    ['a Task that is open still', { closed: false }],
    ['what was deleted', { deleted: true }],
  ])('is not kept by %s', (_, rest) => {
    const activities = [{ ...aCall(tokyo('2026-11-10 10:00')), ...rest }];
    expect(look(withSales({ activities }), DUE + 1).stale).toHaveLength(1);
  });

  test('is kept by another status of the Lead, but not by one that we set', () => {
    const move = (by: 'person' | 'us') => ({
      record: { system: 'salesforce', object: 'Lead', id: LEAD_ID } as const,
      field: 'Status',
      value: '対応中',
      at: tokyo('2026-11-10 10:00'),
      by,
      source: 'LeadHistory:1',
    });
    expect(look(withSales({ edits: [move('person')] }), DUE + 1).stale).toEqual([]);
    expect(look(withSales({ edits: [move('us')] }), DUE + 1).stale).toHaveLength(1);
  });

  test('counts from the hand-off, where marketing’s stage hands over', () => {
    const mql = sql({ stage: 'MQL', by: 'rule', handedOffAt: tokyo('2026-11-06 11:00') });
    expect(look(withSales({}, mql), DUE + 1)).toMatchObject({ stale: [], wakeAt: tokyo('2026-11-11 18:00') + 1 });
    expect(look(withSales({}, mql), tokyo('2026-11-12 09:00')).stale).toHaveLength(1);
  });

  test.each<[string, PersonFacts]>([
    ['an MQL that nobody has received', withSales({}, sql({ stage: 'MQL', by: 'rule', at: NOW }))],
    ['whoever stood there before the go-live line', withSales({}, sql({ by: 'history' }))],
    ['a customer', withSales({}, sql({ stage: 'customer', by: 'deal' }))],
    ['whoever is not in Salesforce', aPerson([aContact()], { stages: [aStageEntry(), sql()] })],
  ])('says nothing of %s', (_, facts) => {
    expect(look(facts, NOW + 30 * 86_400_000).stale).toEqual([]);
  });

  test('says nothing before everything up to then has been read, and looks again', () => {
    expect(look(withSales(), DUE + 1, { coveredUntil: DUE - 1 })).toMatchObject({ stale: [], wakeAt: DUE + 1 });
    expect(look(withSales(), DUE + 1, { coveredUntil: null }).stale).toEqual([]);
  });

  test('asks nothing where the agreement does not', () => {
    expect(look(withSales(), DUE + 1, { policy: agreedOtherwise({}) })).toMatchObject({ stale: [], wakeAt: null });
  });
});
