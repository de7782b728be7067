import { describe, expect, test } from 'vitest';
import type { Link, Sighting } from '../../../src/domain/people/record.ts';
import { heldFinding } from '../../../src/reconcile/match.ts';
import { aContact, aLead, linkTo } from '../../support/people.ts';
import { matched } from './told-verdicts.ts';

const LEAD_A = '00Q000000000001AAA';
const LEAD_B = '00Q000000000002AAA';
const CONTACT_C = '003000000000001AAA';

/** A contact and Salesforce records that nothing but the id brings together. */
const contact = (id: string, values: Sighting['values'] = {}) =>
  aContact({ email: `hubspot-${id}@example.jp`, ...values }, { record: { system: 'hubspot', object: 'contacts', id } });
const salesforce = (object: 'Lead' | 'Contact', id: string, values: Sighting['values'] = {}): Sighting =>
  aLead({ Email: `${id}@example.jp`, ...values }, { record: { system: 'salesforce', object, id } });
const lead = (id: string, values?: Sighting['values']) => salesforce('Lead', id, values);
const match = (records: readonly Sighting[], links: readonly Link[] = []) => matched('person', records, links);

describe('the id that HubSpot’s own integration left', () => {
  test('of fifteen characters is the one of eighteen', () => {
    const id = '00Q000000000001EAA';
    expect(match([contact('1', { salesforceleadid: id.slice(0, 15) }), lead(id)])).toHaveLength(1);
  });

  test.each([
    ['of a Lead', { salesforceleadid: LEAD_A }, lead(LEAD_A)],
    ['of a Contact', { salesforcecontactid: CONTACT_C }, salesforce('Contact', CONTACT_C)],
  ])('%s makes two records one person, whatever their addresses', (_, values, other) => {
    expect(match([contact('1', values), other])).toEqual([
      `hubspot-1 new: ${[`${other.record.id} current native`, '1 current native'].sort().join(', ')}`,
    ]);
  });

  test.each([
    ['of another object', { salesforcecontactid: LEAD_A }],
    ['that is no id', { salesforceleadid: '未連携' }],
    ['that is empty', { salesforceleadid: '' }],
  ])('%s says nothing', (_, values) => {
    expect(match([contact('1', values), lead(LEAD_A)])).toHaveLength(2);
  });

  test('counts before the address', () => {
    const records = [contact('1', { email: 'b@example.jp', salesforceleadid: LEAD_A }), lead(LEAD_A)];
    expect(match([...records, lead(LEAD_B, { Email: 'b@example.jp' })])).toEqual([
      `hubspot-1 new: ${LEAD_A} current native, 1 current native`,
      `hubspot-1: ${LEAD_B} duplicate email`,
    ]);
  });

  test('counts after the key', () => {
    const records = [contact('1', { tasuki_key: 'p1', salesforceleadid: LEAD_A }), lead(LEAD_A)];
    expect(match([...records, lead(LEAD_B, { Tasuki_Key__c: 'p1' })])).toEqual([
      `p1 new: ${LEAD_B} current key, 1 current key`,
      `doubted native-id-differs: ${LEAD_A} 1`,
      `salesforce-${LEAD_A} new: ${LEAD_A} current alone`,
    ]);
  });

  test('of the Contact counts before that of the Lead that it was', () => {
    const records = [
      contact('1', { salesforceleadid: LEAD_A, salesforcecontactid: CONTACT_C }),
      lead(LEAD_A),
      salesforce('Contact', CONTACT_C),
    ];
    expect(match(records)).toContain(`hubspot-1 new: ${CONTACT_C} current native, 1 current native`);
  });

  test('of a converted Lead leads to the Contact that it became', () => {
    const converted = lead(LEAD_A, { IsConverted: true, ConvertedContactId: CONTACT_C });
    expect(match([contact('1', { salesforceleadid: LEAD_A }), converted, salesforce('Contact', CONTACT_C)])).toEqual([
      `hubspot-1 new: ${CONTACT_C} current native, 1 current native`,
      `hubspot-1: ${LEAD_A} converted conversion`,
    ]);
  });

  test('leads a newcomer to the empty seat of a known person, from either side', () => {
    const named = contact('1', { salesforceleadid: LEAD_A });
    expect(match([named, lead(LEAD_A)], [linkTo(lead(LEAD_A), 'p1')])).toEqual(['p1: 1 current native']);
    expect(match([named, lead(LEAD_A)], [linkTo(named, 'p1')])).toEqual([`p1: ${LEAD_A} current native`]);
  });

  test('on two contacts leaves both alone, and the Lead too', () => {
    const records = [contact('1', { salesforceleadid: LEAD_A }), contact('2', { salesforceleadid: LEAD_A })];
    expect(match([...records, lead(LEAD_A)])).toEqual([`held several-candidates: ${LEAD_A} 1 2`]);
  });
});

describe('an id that leads to somebody else is not followed, but told', () => {
  const named = contact('1', { salesforceleadid: LEAD_A });
  const other = contact('2');

  test('whose other half is another contact: the newcomer is a person of its own', () => {
    const links = [linkTo(other, 'p1'), linkTo(lead(LEAD_A), 'p1')];
    expect(match([named, other, lead(LEAD_A)], links)).toEqual([
      `doubted native-id-differs: ${LEAD_A} 1`,
      'hubspot-1 new: 1 current alone',
    ]);
  });

  test('while the contact’s own person has another Lead', () => {
    const links = [linkTo(named, 'p1'), linkTo(lead(LEAD_B), 'p1')];
    expect(match([named, lead(LEAD_A), lead(LEAD_B)], links)).toEqual([
      `doubted native-id-differs: ${LEAD_A} 1`,
      `salesforce-${LEAD_A} new: ${LEAD_A} current alone`,
    ]);
  });

  test('where both are known, and as two: no link flips', () => {
    expect(match([named, lead(LEAD_A)], [linkTo(named, 'p1'), linkTo(lead(LEAD_A), 'p2')])).toEqual([
      `doubted native-id-differs: ${LEAD_A} 1`,
    ]);
  });

  test('with both records named, under one subject', () => {
    const records = [named, lead(LEAD_A)];
    const said = heldFinding({ kind: 'doubted', records, because: 'native-id-differs' });
    expect(said).toEqual([
      {
        code: 'NATIVE_ID_DIFFERS',
        subject: 'hubspot:contacts:1',
        detail: { records: `hubspot:contacts:1 salesforce:Lead:${LEAD_A}`, count: 2 },
      },
    ]);
  });

  test('but a seat whose holder is on its way out is waited for', () => {
    const gone = { ...lead(LEAD_B), deleted: true };
    expect(match([named, lead(LEAD_A), gone], [linkTo(named, 'p1'), linkTo(gone, 'p1')])).toEqual([]);
  });
});

test.each([
  ['companies', 'salesforceaccountid', 'Account', '001000000000001AAA', 'company'],
  ['deals', 'hs_salesforceopportunityid', 'Opportunity', '006000000000001AAA', 'deal'],
] as const)('%s find their other half by it, too', (object, field, other, id, kind) => {
  const ours = { ...aContact(), record: { system: 'hubspot', object, id: '1' } as const, values: { [field]: id } };
  const theirs = { ...aLead(), record: { system: 'salesforce', object: other, id } as const, values: {} };
  expect(matched(kind, [ours, theirs])).toEqual([`${kind}-hubspot-1 new: ${id} current native, 1 current native`]);
});
