import { describe, expect, test } from 'vitest';
import { aDeal, aDealRecord, anOpportunity, OPPORTUNITY_ID, planned } from '../../support/deals.ts';
import { aChange, aContact, aLead, aPerson, linkTo } from '../../support/people.ts';
import { plan, quiet, writes } from '../../support/settle.ts';

const PERSON = 'hubspot-501';

describe('a record whose making got no answer', () => {
  const making = aChange({
    entity: 'deal-hubspot-9001',
    kind: 'create',
    state: 'unsure',
    attempts: 1,
    target: { system: 'salesforce', object: 'Opportunity', id: null },
    key: { field: 'Tasuki_Key__c', value: 'deal-hubspot-9001' },
  });

  test('and was seen under its key did arrive: it is not made again, even if somebody deletes it meanwhile', () => {
    const seen = anOpportunity({ Tasuki_Key__c: 'deal-hubspot-9001' });
    const made = planned(aDeal([aDealRecord(), seen], { open: [making] }));
    expect(made.supersede).toEqual([{ change: making.id, because: 'found-by-key', made: OPPORTUNITY_ID }]);
    expect(made.changes.filter(({ kind }) => kind === 'create')).toEqual([]);
  });

  test('and of which nothing was seen yet is left to be read back', () => {
    expect(planned(aDeal([aDealRecord()], { open: [making] })).supersede).toEqual([]);
  });

  test('under another key is another record', () => {
    const other = anOpportunity({ Tasuki_Key__c: 'deal-hubspot-9002' });
    expect(planned(aDeal([aDealRecord(), other], { open: [making] })).supersede).toEqual([]);
  });
});

describe('a new Lead of somebody whose Lead was converted', () => {
  const converted = aLead(
    { IsConverted: true, Tasuki_Key__c: PERSON },
    { record: { system: 'salesforce', object: 'Lead', id: '00Q000000000009AAA' } },
  );
  const known = (rest: Partial<Parameters<typeof aPerson>[1]> = {}) =>
    quiet(aPerson([aContact(), aLead({ Tasuki_Key__c: null })], rest));

  test('does not get our key, which the converted one keeps for good', () => {
    const facts = known();
    const converting = {
      ...facts,
      sightings: [
        ...facts.sightings.map((seen) =>
          seen.record.object === 'Lead' ? { ...seen, values: { ...seen.values, Tasuki_Key__c: null } } : seen,
        ),
        converted,
      ],
      links: [...facts.links, linkTo(converted, facts.id, { role: 'converted' })],
    };
    expect(writes(plan(converting))['salesforce:Lead']).toBeUndefined();
  });

  test('where none was converted gets it', () => {
    const facts = known();
    const without = {
      ...facts,
      sightings: facts.sightings.map((seen) =>
        seen.record.object === 'Lead' ? { ...seen, values: { ...seen.values, Tasuki_Key__c: null } } : seen,
      ),
    };
    expect(writes(plan(without))['salesforce:Lead']).toEqual({ Tasuki_Key__c: PERSON });
  });
});
