import { describe, expect, test } from 'vitest';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import {
  aContact,
  aLead,
  aPerson,
  aPolicy,
  aStageEntry,
  CONTACT_ID,
  NOW,
  PERSON_MAPPING,
  tokyo,
} from '../../support/people.ts';
import { edited, plan, quiet, settled, writes } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const NOT_OTHER: NonNullable<Policy['person']['scope']> = {
  not: { field: 'hubspot.lifecyclestage', test: { is: 'other' } },
};
const scoped = { now: LATER, policy: aPolicy({ person: { ...PERSON_MAPPING, scope: NOT_OTHER } }) };

/** Handed over, with a deadline that runs and shows on the Lead. */
function handedOver(): PersonFacts {
  const stages = [aStageEntry(), aStageEntry({ stage: 'MQL', at: NOW, by: 'rule' })];
  return quiet(aPerson([aContact({ hubspotscore: 60 }), aLead()], { stages }));
}

/** The same, set aside in HubSpot. */
function setAside(facts = handedOver()): PersonFacts {
  return edited(facts, CONTACT_ID, { lifecyclestage: 'other' }, LATER);
}

describe('a person who leaves the scope', () => {
  test('is told with the instant and with what the rule read', () => {
    expect(plan(setAside(), scoped).scope).toEqual({
      at: LATER,
      within: false,
      because: { 'hubspot.lifecyclestage': 'other' },
    });
  });

  test('is told once', () => {
    const scope = { at: NOW, within: false, because: { 'hubspot.lifecyclestage': 'other' } };
    expect(plan({ ...setAside(), scope }, scoped).scope).toBeUndefined();
  });

  test('is owed nothing more: the deadline ends, and is shown no longer; nothing else is written', () => {
    const made = plan(setAside(), scoped);
    expect(made.clocks).toMatchObject([{ state: 'closed', closedBecause: 'out-of-scope' }]);
    expect(writes(made)).toEqual({
      'salesforce:Lead': { Tasuki_Next_Due__c: null, Tasuki_Next_Due_Reason__c: null },
    });
  });

  test('and whose deadline had lapsed has its Task closed', () => {
    const after = tokyo('2026-11-27 18:01');
    const late = { now: after, coveredUntil: after };
    const lapsed = settled(handedOver(), plan(handedOver(), late), after);
    expect(lapsed.clocks).toMatchObject([{ state: 'lapsed', task: { state: 'open' } }]);
    const made = plan(setAside(lapsed), { ...late, policy: scoped.policy });
    expect(made.clocks).toMatchObject([{ state: 'closed', closedBecause: 'out-of-scope' }]);
    expect(writes(made)['salesforce:Task']).toEqual({ Status: '完了' });
    expect(made.changes.find(({ target }) => target.object === 'Task')?.steps[0]?.[0]?.reason.code).toBe('task-moot');
  });

  test('for a field that was never read is not one who leaves', () => {
    const unread = aPerson([{ ...aContact(), values: { email: 'taro.suzuki@example.co.jp' } }, aLead()]);
    expect(plan(unread, scoped).scope).toBeUndefined();
  });
});

describe('a person who comes back', () => {
  const out = { at: NOW, within: false, because: { 'hubspot.lifecyclestage': 'other' } };

  test('is told too, with what the rule reads now', () => {
    expect(plan({ ...handedOver(), scope: out }, scoped).scope).toEqual({
      at: LATER,
      within: true,
      because: { 'hubspot.lifecyclestage': 'marketingqualifiedlead' },
    });
  });

  test('because there is no rule any more is told without a value', () => {
    expect(plan({ ...handedOver(), scope: out }).scope).toMatchObject({ within: true, because: {} });
  });

  test('is owed what begins from then on: what ended stays ended', () => {
    const facts = handedOver();
    const ended = settled(setAside(facts), plan(setAside(facts), scoped), LATER);
    const back = edited({ ...ended, scope: out }, CONTACT_ID, { lifecyclestage: 'marketingqualifiedlead' }, LATER);
    expect(plan(back, scoped).clocks).toEqual([]);
    expect(ended.clocks).toMatchObject([{ state: 'closed' }]);
  });
});

test('whoever was always within has no line about it', () => {
  expect(plan(handedOver(), scoped).scope).toBeUndefined();
});
