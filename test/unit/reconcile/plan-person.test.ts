import { describe, expect, test } from 'vitest';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Sighting } from '../../../src/domain/people/record.ts';
import {
  aContact,
  aLead,
  aPerson,
  aPolicy,
  CONTACT_ID,
  LEAD_ID,
  linkTo,
  mappedOtherwise,
  NOW,
  PERSON_MAPPING,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, removed, settled, writes } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const both = () => aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]);

describe('a first meeting', () => {
  test('of two equal records writes key, stage, owner name and state, and none of the mapped fields', () => {
    expect(writes(plan(both()))).toEqual({
      'hubspot:contacts': {
        tasuki_key: 'hubspot-501',
        tasuki_stage: 'lead',
        tasuki_sfa_state: 'lead',
        tasuki_sales_owner: '森 葵',
      },
      'salesforce:Lead': { Tasuki_Key__c: 'hubspot-501', Tasuki_Stage__c: 'lead' },
    });
  });

  test('remembers as base what both sides agree on', () => {
    const bases = plan(both()).bases.map(({ field }) => field);
    expect(bases).toEqual(['lastname', 'phone', 'jobtitle', 'company', 'industry']);
  });

  test('fills what is empty on one side and follows the rule where both differ', () => {
    const facts = aPerson([aContact({ phone: '090-0000-0000', jobtitle: null }), aLead({ Phone: '03-9999-9999' })]);
    expect(writes(plan(facts))['hubspot:contacts']).toMatchObject({ phone: '03-9999-9999', jobtitle: '課長' });
  });

  test('asks where the rule says ask, naming both values, and writes neither', () => {
    const made = plan(aPerson([aContact({ jobtitle: '部長' }), aLead()]));
    expect(made.openFindings).toContainEqual(
      expect.objectContaining({
        code: 'CONFLICT',
        detail: expect.objectContaining({ hubspot: '部長', salesforce: '課長' }),
      }),
    );
    expect(JSON.stringify(writes(made))).not.toContain('jobtitle');
    expect(writes(made)['salesforce:Lead']).not.toHaveProperty('Title');
  });
});

describe('a quiet person', () => {
  test('has nothing planned', () => {
    expect(isNothing(plan(quiet(both())))).toBe(true);
  });

  test('whose phone is edited in HubSpot gets exactly one change, on the Lead, with one field', () => {
    const facts = edited(quiet(both()), CONTACT_ID, { phone: '090-1111-2222' }, LATER);
    expect(writes(plan(facts))).toEqual({ 'salesforce:Lead': { Phone: '090-1111-2222' } });
    expect(isNothing(plan(settled(facts, plan(facts), LATER)))).toBe(true);
  });

  test('whose phone is only written differently gets no change', () => {
    const facts = edited(quiet(both()), CONTACT_ID, { phone: '+81 3 1234 5678' }, LATER);
    expect(plan(facts).changes).toEqual([]);
  });

  test('whose title is emptied loses it on the other side too, where clears follow', () => {
    const facts = edited(quiet(both()), CONTACT_ID, { jobtitle: ' ' }, LATER);
    expect(writes(plan(facts))).toEqual({ 'salesforce:Lead': { Title: null } });
  });

  test('whose title is edited on both sides waits for a person, who settles it by entering one value in both', () => {
    const facts = edited(
      edited(quiet(both()), CONTACT_ID, { jobtitle: '部長' }, LATER),
      LEAD_ID,
      { Title: '次長' },
      LATER,
    );
    const made = plan(facts);
    expect(made.changes).toEqual([]);
    expect(made.openFindings.map(({ code }) => code)).toEqual(['CONFLICT']);
    const solved = edited(
      edited(settled(facts, made, LATER), CONTACT_ID, { jobtitle: '次長' }, LATER),
      LEAD_ID,
      { Title: '次長' },
      LATER,
    );
    expect(plan(solved).closeFindings.map(({ code }) => code)).toEqual(['CONFLICT']);
  });

  test("whose phone is edited on both sides takes the newest record's; at one instant neither, and a person is asked", () => {
    const phones = (here: number, there: number) =>
      plan(edited(edited(quiet(both()), CONTACT_ID, { phone: '03-1' }, here), LEAD_ID, { Phone: '03-2' }, there));
    expect(writes(phones(LATER + 1, LATER))).toEqual({ 'salesforce:Lead': { Phone: '03-1' } });
    expect(writes(phones(LATER, LATER + 1))).toEqual({ 'hubspot:contacts': { phone: '03-2' } });
    expect(phones(LATER, LATER).changes).toEqual([]);
    expect(phones(LATER, LATER).openFindings.map(({ code }) => code)).toEqual(['CONFLICT']);
  });

  test("whose record in HubSpot holds another of several values that mean the same in Salesforce is nobody's edit", () => {
    const facts = quiet(aPerson([aContact({ industry: 'MACHINERY' }), aLead()]));
    expect(facts.sightings[0]?.values['industry']).toBe('MACHINERY');
  });
});

describe('an owner', () => {
  test('changed in Salesforce shows as seat and name in one change in HubSpot', () => {
    const start = aPerson([aContact({ hubspot_owner_id: '72' }), aLead({ OwnerId: '005000000000002AAA' })]);
    const facts = edited(quiet(start), LEAD_ID, { OwnerId: '005000000000001AAA' }, LATER);
    expect(writes(plan(facts))).toEqual({
      'hubspot:contacts': { hubspot_owner_id: '71', tasuki_sales_owner: '森 葵' },
    });
  });

  test('without a seat shows as a name only, and the stand-in stays', () => {
    const facts = edited(quiet(both()), LEAD_ID, { OwnerId: '005000000000002AAA' }, LATER);
    expect(writes(plan(facts))).toEqual({ 'hubspot:contacts': { tasuki_sales_owner: '加藤 蓮' } });
    expect(quiet(facts).sightings[0]?.values['hubspot_owner_id']).toBe('71');
  });

  test("stand-in that another marketer replaces is nobody's edit", () => {
    const facts = quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead({ OwnerId: '005000000000002AAA' })]));
    const made = plan(edited(facts, CONTACT_ID, { hubspot_owner_id: '72' }, LATER));
    expect([made.changes, made.openFindings]).toEqual([[], []]);
  });

  test('changed in HubSpot after the hand-off is restored, and that somebody is told', () => {
    const facts = edited(quiet(both()), CONTACT_ID, { hubspot_owner_id: '72' }, LATER);
    const made = plan(facts);
    expect(writes(made)).toEqual({ 'hubspot:contacts': { hubspot_owner_id: '71' } });
    expect(made.openFindings.map(({ code }) => code)).toEqual(['OWNER_EDIT_RESTORED']);
  });

  test("who is a queue shows by name and takes nobody's seat", () => {
    const facts = edited(quiet(both()), LEAD_ID, { OwnerId: '00G000000000001AAA' }, LATER);
    expect(writes(plan(facts))).toEqual({ 'hubspot:contacts': { tasuki_sales_owner: 'インサイドセールス' } });
  });

  test('whom nobody knows, or who has left, is a finding', () => {
    const code = (OwnerId: string) =>
      plan(aPerson([aContact(), aLead({ OwnerId })])).openFindings.map((finding) => finding.code);
    expect(code('005000000000099AAA')).toEqual(['OWNER_UNMATCHED']);
    expect(code('005000000000004AAA')).toEqual(['OWNER_INACTIVE']);
  });
});

describe('a Lead that is deleted', () => {
  const gone = () =>
    removed(quiet(aPerson([aContact({ hubspotscore: 90, hubspot_owner_id: '71' }), aLead()])), LEAD_ID, LATER);

  test('ends its link with a finding, and HubSpot is told in exactly one change', () => {
    const made = plan(gone());
    expect(made.endLinks).toEqual([{ record: expect.objectContaining({ id: LEAD_ID }), role: 'former' }]);
    expect(made.openFindings.map(({ code }) => code)).toEqual(['RECORD_DELETED']);
    expect(writes(made)).toEqual({ 'hubspot:contacts': { tasuki_sfa_state: 'deleted' } });
  });

  test('is not made again, for whoever deletes a Lead means it', () => {
    const after = settled(gone(), plan(gone()), LATER);
    expect(isNothing(plan(after))).toBe(true);
  });

  test('because it was merged into another is neither called deleted by a person nor made again', () => {
    const merged = gone();
    const sightings = merged.sightings.map((sighting) =>
      sighting.deleted ? { ...sighting, mergedInto: '00Q000000000002AAA' } : sighting,
    );
    const facts = { ...merged, sightings };
    const made = plan(facts);
    expect(made.endLinks.map(({ role }) => role)).toEqual(['merged']);
    expect(made.openFindings).toEqual([]);
    expect(isNothing(plan(settled(facts, made, LATER)))).toBe(true);
  });
});

describe('a Lead that somebody fetches from the recycle bin', () => {
  const gone = () =>
    removed(quiet(aPerson([aContact({ hubspotscore: 90, hubspot_owner_id: '71' }), aLead()])), LEAD_ID, LATER);
  const missed = () => settled(gone(), plan(gone()), LATER);
  const back = (facts = missed()) => edited(withSighting(facts, { deleted: false }), LEAD_ID, {}, LATER + 1);

  test('takes up its link again: HubSpot shows it, and the finding closes', () => {
    const made = plan(back());
    expect(made.restoreLinks).toEqual([expect.objectContaining({ id: LEAD_ID })]);
    expect(writes(made)).toEqual({ 'hubspot:contacts': { tasuki_sfa_state: 'lead' } });
    expect(made.closeFindings).toEqual([{ code: 'RECORD_DELETED', subject: `salesforce:Lead:${LEAD_ID}` }]);
    expect(isNothing(plan(settled(back(), made, LATER)))).toBe(true);
  });

  test('is merged like any other: what was typed meanwhile goes over', () => {
    const facts = edited(back(), CONTACT_ID, { phone: '03-5555-5555' }, LATER + 1);
    expect(writes(plan(facts))['salesforce:Lead']).toEqual({ Phone: '03-5555-5555' });
  });

  test('does not drive out the record that has taken its seat', () => {
    const other = aLead({}, { record: { system: 'salesforce', object: 'Lead', id: '00Q000000000009AAA' } });
    const facts = back();
    const replaced = {
      ...facts,
      sightings: [...facts.sightings, other],
      links: [...facts.links, linkTo(other, facts.id)],
    };
    expect(plan(replaced).restoreLinks).toEqual([]);
    // Nor where that record (the survivor of a merge of minutes ago) has not been read yet.
    const unread = { ...replaced, sightings: facts.sightings };
    expect(plan(unread).restoreLinks).toEqual([]);
    // Nor where it has just been converted, and its Contact is not linked yet.
    const values = { ...other.values, IsConverted: true, ConvertedContactId: '003000000000009AAA' };
    const converted = { ...replaced, sightings: [...facts.sightings, { ...other, values }] };
    expect(plan(converted).restoreLinks).toEqual([]);
  });

  function withSighting(facts: PersonFacts, more: Partial<Sighting>): PersonFacts {
    const sightings = facts.sightings.map((one) => (one.record.id === LEAD_ID ? { ...one, ...more } : one));
    return { ...facts, sightings };
  }
});

test('a Lead that is converted ends its link, is not written to again, and no second Lead is made', () => {
  const facts = edited(
    quiet(aPerson([aContact({ hubspotscore: 90, hubspot_owner_id: '71' }), aLead()])),
    LEAD_ID,
    { IsConverted: true },
    LATER,
  );
  const made = plan(edited(facts, CONTACT_ID, { phone: '03-5555-5555' }, LATER));
  expect(made.endLinks).toEqual([{ record: expect.objectContaining({ id: LEAD_ID }), role: 'converted' }]);
  expect(made.changes.filter(({ target }) => target.system === 'salesforce')).toEqual([]);
  expect(made.openFindings).toEqual([]);
});

describe('left alone', () => {
  test('is whoever is out of scope: nothing is written', () => {
    const scope = { field: 'hubspot.company', test: { contains: '対象' } } as const;
    const policy = aPolicy({ person: { ...PERSON_MAPPING, scope } });
    expect(plan(both(), { policy }).changes).toEqual([]);
    const unread = aContact();
    const { company: _, ...values } = unread.values;
    expect(plan(aPerson([{ ...unread, values }, aLead()]), { policy }).changes).not.toEqual([]);
  });

  test('is whoever has no record in the system that the scope asks about', () => {
    const scope = { field: 'salesforce.Status', test: { is: '未対応' } } as const;
    const policy = aPolicy({ person: { ...PERSON_MAPPING, scope } });
    expect(plan(aPerson([aContact()]), { policy }).changes).toEqual([]);
    expect(plan(both(), { policy }).changes).not.toEqual([]);
  });

  test('is a field that was never read', () => {
    const { phone: _, tasuki_stage: __, ...values } = aContact().values;
    const made = plan(aPerson([{ ...aContact(), values }, aLead({ Phone: '03-5555-5555' })]));
    expect(writes(made)['hubspot:contacts']).not.toHaveProperty('phone');
    expect(writes(made)['hubspot:contacts']).not.toHaveProperty('tasuki_stage');
    expect(made.bases.map(({ field }) => field)).not.toContain('phone');
  });

  test('is a field that we may not write', () => {
    const schemas = new Map([
      [
        'salesforce:Lead',
        new Map([
          [
            'Phone',
            {
              name: 'Phone',
              label: '電話',
              type: 'string',
              writable: false,
              requiredOnCreate: false,
              unique: false,
            } as const,
          ],
        ]),
      ],
    ]);
    const facts = edited(quiet(both()), CONTACT_ID, { phone: '090-1111-2222' }, LATER);
    expect(plan(facts, { schemas }).changes).toEqual([]);
  });

  test('is the side that does not decide, under a one-way policy: it gets the other value back', () => {
    const policy = mappedOtherwise('phone', { policy: 'hubspot' });
    const facts = edited(quiet(both(), { policy }), LEAD_ID, { Phone: '03-0000-1111' }, LATER);
    expect(writes(plan(facts, { policy }))).toEqual({ 'salesforce:Lead': { Phone: '03-1234-5678' } });
  });
});
