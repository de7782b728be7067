import { describe, expect, test } from 'vitest';
import type { FieldMapping } from '../../../src/domain/people/mapping.ts';
import type { Finding, Fought, PersonFacts } from '../../../src/domain/people/person.ts';
import { findingText } from '../../../src/domain/texts/findings.ts';
import { reasonText } from '../../../src/domain/texts/reasons.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { indexSchemas } from '../../../src/reconcile/context.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import {
  aContact,
  aLead,
  aPerson,
  aPolicy,
  CONTACT_ID,
  FIELDS,
  LEAD_ID,
  mappedOtherwise,
  NOW,
  PERSON_MAPPING,
  tokyo,
} from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, stored, writes } from '../../support/settle.ts';

const LATER = NOW + 60_000;
const LEAD = { system: 'salesforce', object: 'Lead', id: LEAD_ID } as const;
const CONTACT = { system: 'hubspot', object: 'contacts', id: CONTACT_ID } as const;

const CONSENT: FieldMapping = {
  ...FIELDS[1]!,
  name: 'hs_email_optout',
  hubspot: 'hs_email_optout',
  salesforce: { Lead: 'HasOptedOutOfEmail' },
  policy: 'stricter',
  kind: 'boolean',
  at: 'mappings/contact.yaml:68',
};
const CONSENTING = aPolicy({ person: { ...PERSON_MAPPING, fields: [...FIELDS, CONSENT] } });

const rested = () => quiet(aPerson([aContact({ hubspot_owner_id: '71' }), aLead()]));

/** What a plan reports is open from that instant on; of its writes nothing has come yet. */
function reported(facts: PersonFacts, made: EntityPlan, at: Instant): PersonFacts {
  return { ...stored(facts, made, at), open: facts.open };
}

const one = (made: EntityPlan, code: Finding['code']) => made.openFindings.find((finding) => finding.code === code);

describe('a double edit that is left to a person', () => {
  const waits = { conflictDefault: { after: { amount: 16, unit: 'business hours' }, to: 'salesforce' } } as const;
  const policy = mappedOtherwise('jobtitle', waits);
  const AT = tokyo('2026-11-24 11:30');
  // 16 hours of office time after Tuesday 11:30: 6.5 on that day, 9 on Wednesday, half an hour on Thursday.
  const DUE = tokyo('2026-11-26 09:30');

  const apart = () =>
    edited(edited(rested(), CONTACT_ID, { jobtitle: '部長' }, AT), LEAD_ID, { Title: '次長' }, AT - 60_000);
  const open = () => reported(apart(), plan(apart(), { policy, now: AT }), AT);

  test('is a finding that names both values, who and when on each side, and what happens if nobody decides', () => {
    const facts = apart();
    const sightings = facts.sightings.map((seen) =>
      seen.record.id === LEAD_ID ? { ...seen, movedBy: 'person' as const } : seen,
    );
    const finding = one(plan({ ...facts, sightings }, { policy, now: AT }), 'CONFLICT')!;
    expect(finding.detail).toMatchObject({
      hubspot: '部長',
      hubspotBy: 'unknown',
      hubspotAt: '2026-11-24 11:30',
      salesforce: '次長',
      salesforceBy: 'person',
      salesforceAt: '2026-11-24 11:29',
      settlesAt: DUE,
      settlesTo: 'salesforce',
    });
    expect(findingText(finding, 'ja')).toBe(
      'jobtitle が両方で異なります。HubSpot は「部長」(2026-11-24 11:30、変更者: 不明)、Salesforce は「次長」(2026-11-24 11:29、変更者: 人)。どちらも変えていません。正しい値を両方に入れてください。2026-11-26 09:30 までにそろわなければ、Salesforce の値を採用します。',
    );
    expect(findingText(finding, 'en')).toContain('(2026-11-24 11:30, by unknown)');
  });

  test('names whoever the system’s own history names, and does not take our own last write for the edit', () => {
    const facts = apart();
    const history = {
      record: CONTACT,
      field: 'jobtitle',
      value: '部長',
      at: AT - 120_000,
      by: 'automation',
      source: 's',
    } as const;
    const sightings = facts.sightings.map((seen) =>
      seen.record.id === LEAD_ID ? { ...seen, movedBy: 'us' as const } : seen,
    );
    const finding = one(plan({ ...facts, sightings, edits: [history] }, { policy, now: AT }), 'CONFLICT');
    expect(finding?.detail).toMatchObject({
      hubspotBy: 'automation',
      hubspotAt: '2026-11-24 11:28',
      salesforceBy: 'unknown',
    });
  });

  test('is settled by the default when its business time has run out, and not a moment before', () => {
    expect(plan(open(), { policy, now: DUE - 1 }).changes).toEqual([]);
    const made = plan(open(), { policy, now: DUE });
    expect(writes(made)).toEqual({ 'hubspot:contacts': { jobtitle: '次長' } });
    const [change] = made.changes[0]!.steps[0]!;
    expect(change?.reason).toMatchObject({ code: 'conflict-settled', detail: { from: 'salesforce', lost: '部長' } });
    expect(reasonText(change!.reason, 'ja')).toContain('16 営業時間待っても人が決めなかったため');
    expect(reasonText(change!.reason, 'en')).toContain('settled by nobody within 16 business hours (conflict-default)');
  });

  test('stays reported until that write is in, so that a write which has to wait does not start the count anew', () => {
    const facts = open();
    const made = plan(facts, { policy, now: DUE });
    expect(made.closeFindings).toEqual([]);
    expect(isNothing(plan(stored(facts, made, DUE), { policy, now: DUE + 60_000 }))).toBe(true);
    const after = plan(settled(facts, made, DUE), { policy, now: DUE });
    expect(after.closeFindings).toMatchObject([{ code: 'CONFLICT' }]);
    expect(after.changes).toEqual([]);
  });

  test('waits for ever where the mapping names no default', () => {
    expect(plan(open(), { now: DUE + 365 * 24 * 3_600_000 }).changes).toEqual([]);
  });

  test('is a person’s as soon as one of them makes both sides agree', () => {
    const made = plan(edited(open(), CONTACT_ID, { jobtitle: '次長' }, LATER), { policy, now: DUE });
    expect([made.changes, made.closeFindings]).toMatchObject([[], [{ code: 'CONFLICT' }]]);
  });

  test('and that nobody edited, because the two only meet, has no default', () => {
    const meeting = { ...apart(), bases: [] };
    const asked = reported(meeting, plan(meeting, { policy, now: AT }), AT);
    expect(asked.findings).toContainEqual(
      expect.objectContaining({ code: 'CONFLICT', detail: expect.not.objectContaining({ settlesAt: DUE }) }),
    );
    expect(plan(asked, { policy, now: DUE }).changes.flatMap(({ steps }) => steps.flat())).not.toContainEqual(
      expect.objectContaining({ field: 'jobtitle' }),
    );
  });
});

describe('a field that somebody fights over', () => {
  const policy = mappedOtherwise('phone', { policy: 'hubspot' });
  const OURS = '090-1111-1111';
  const THEIRS = '03-1234-5678';
  const fought = (rest: Partial<Fought> = {}): Fought => ({
    record: LEAD,
    field: 'Phone',
    before: THEIRS,
    after: OURS,
    since: NOW,
    ...rest,
  });
  const contested = (rest: Partial<PersonFacts> = {}) => ({
    ...edited(rested(), CONTACT_ID, { phone: OURS, jobtitle: '部長' }, LATER),
    ...rest,
  });
  const frozen = () => {
    const facts = contested({ fought: [fought()] });
    return { ...reported(facts, plan(facts, { policy }), LATER), fought: [] };
  };

  test('is frozen when our value was put back three times: a finding, and the other fields still go', () => {
    const made = plan(contested({ fought: [fought()] }), { policy });
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Title: '部長' } });
    const finding = one(made, 'FIELD_FROZEN')!;
    expect(finding).toMatchObject({
      subject: `salesforce:Lead:${LEAD_ID} Phone`,
      detail: { ours: OURS, theirs: THEIRS, by: 'unknown', label: '電話' },
    });
    expect(findingText(finding, 'ja')).toContain(
      `「${OURS}」を 3 回書き込みましたが、そのたびに「${THEIRS}」に戻されました`,
    );
  });

  test.each([
    ['older than a week', { since: NOW - 7 * 24 * 3_600_000 - 1 }],
    ['of another value', { after: '090-9999-9999' }],
    ['over another old value', { before: '090-9999-9999' }],
    ['of another field', { field: 'Title' }],
  ])('is not frozen by writes %s', (_, rest) => {
    const made = plan(contested({ fought: [fought(rest)] }), { policy });
    expect(writes(made)['salesforce:Lead']).toMatchObject({ Phone: OURS });
    expect(one(made, 'FIELD_FROZEN')).toBeUndefined();
  });

  test('stays frozen while nobody says anything new, however many weeks pass', () => {
    const made = plan(frozen(), { policy, now: NOW + 30 * 24 * 3_600_000 });
    expect(writes(made)).toEqual({ 'salesforce:Lead': { Title: '部長' } });
    expect(made.closeFindings).toEqual([]);
  });

  test.each([
    ['where it comes from', CONTACT_ID, { phone: '090-3333-3333' }],
    ['where it was put back', LEAD_ID, { Phone: '090-3333-3333' }],
  ])('thaws when a person enters a third value %s', (_, id, values) => {
    const made = plan(edited(frozen(), id, values, LATER + 1), { policy });
    expect(writes(made)['salesforce:Lead']).toHaveProperty('Phone');
    expect(made.closeFindings).toMatchObject([{ code: 'FIELD_FROZEN' }]);
  });

  test('thaws when both sides agree', () => {
    const made = plan(edited(frozen(), LEAD_ID, { Phone: OURS }, LATER + 1), { policy });
    expect(made.closeFindings).toMatchObject([{ code: 'FIELD_FROZEN' }]);
  });

  test('thaws when the finding is closed by retry: our writes are counted anew from there', () => {
    expect(writes(plan({ ...frozen(), findings: [] }, { policy }))['salesforce:Lead']).toHaveProperty('Phone', OURS);
  });

  test('is left out on both sides where it goes both ways: their value is not carried over either', () => {
    const start = edited(rested(), CONTACT_ID, { phone: OURS }, LATER);
    const carried = settled(start, plan(start), LATER);
    const back = edited(carried, LEAD_ID, { Phone: THEIRS }, LATER + 1);
    expect(writes(plan(back))).toEqual({ 'hubspot:contacts': { phone: THEIRS } });
    const made = plan({ ...back, fought: [fought()] });
    expect([made.changes, one(made, 'FIELD_FROZEN')?.detail['other']]).toEqual([[], OURS]);
    const still = reported({ ...back, fought: [] }, made, LATER);
    expect(plan(still).changes).toEqual([]);
    const third = edited(still, CONTACT_ID, { phone: '090-3333-3333' }, LATER + 2);
    expect(plan(third).closeFindings).toMatchObject([{ code: 'FIELD_FROZEN' }]);
    const older = edited(still, CONTACT_ID, { phone: '090-3333-3333' }, LATER);
    expect(writes(plan(older))).toEqual({ 'hubspot:contacts': { phone: THEIRS } });
  });

  test('may be one of our own: a stage that a flow sets back is not restored for ever', () => {
    const facts = edited(rested(), LEAD_ID, { Tasuki_Stage__c: '見込み' }, LATER);
    expect(writes(plan(facts))['salesforce:Lead']).toHaveProperty('Tasuki_Stage__c');
    const fights = fought({ field: 'Tasuki_Stage__c', before: '見込み', after: 'lead' });
    const made = plan({ ...facts, fought: [fights] });
    expect(made.changes).toEqual([]);
    expect(one(made, 'FIELD_FROZEN')).toBeDefined();
  });

  test('that is an opt-out is told, and written on: nobody is mailed because two programs disagree', () => {
    const declined = edited(rested(), CONTACT_ID, { hs_email_optout: true }, LATER);
    const facts = edited(declined, LEAD_ID, { HasOptedOutOfEmail: false }, LATER);
    const fights = fought({ field: 'HasOptedOutOfEmail', before: false, after: true });
    const made = plan({ ...facts, fought: [fights] }, { policy: CONSENTING });
    expect(writes(made)).toEqual({ 'salesforce:Lead': { HasOptedOutOfEmail: true } });
    expect(findingText(one(made, 'FIELD_FROZEN')!, 'ja')).toContain('引き続き書き込みます');
  });
});

describe('a field that is new in the mapping', () => {
  const mobile: FieldMapping = {
    ...FIELDS[1]!,
    name: 'mobilephone',
    hubspot: 'mobilephone',
    salesforce: { Lead: 'MobilePhone' },
  };
  const policy = aPolicy({ person: { ...PERSON_MAPPING, fields: [...FIELDS, mobile] } });
  const before = () =>
    edited(
      edited(rested(), CONTACT_ID, { mobilephone: '090-1111-1111' }, LATER),
      LEAD_ID,
      { MobilePhone: null },
      LATER,
    );

  test('fills the records that are there, marked as back-fill, so that it can be told from what somebody waits for', () => {
    const made = plan(before(), { policy });
    expect(writes(made)).toEqual({ 'salesforce:Lead': { MobilePhone: '090-1111-1111' } });
    expect(made.changes.map(({ marks }) => marks)).toEqual([{ purpose: 'back-fill' }]);
  });

  test('and goes along with an edit is not: that write is waited for', () => {
    const made = plan(edited(before(), CONTACT_ID, { jobtitle: '部長' }, LATER), { policy });
    expect(made.changes.map(({ marks }) => marks)).toEqual([{}]);
  });

  test('is an ordinary write where two records meet for the first time over all their fields', () => {
    const made = plan({ ...edited(rested(), CONTACT_ID, { phone: null }, LATER), bases: [] });
    expect([writes(made), made.changes.map(({ marks }) => marks)]).toEqual([
      { 'hubspot:contacts': { phone: '03-1234-5678' } },
      [{}],
    ]);
  });
});

describe('an opt-out', () => {
  const keptByHubSpot = indexSchemas([
    {
      system: 'hubspot',
      object: 'contacts',
      fields: [
        {
          name: 'hs_email_optout',
          label: 'すべてのEメールの配信停止',
          type: 'boolean',
          writable: false,
          requiredOnCreate: false,
          unique: false,
        },
      ],
    },
  ]);
  const held = (hubspot: Value, salesforce: Value) =>
    edited(
      edited(rested(), CONTACT_ID, { hs_email_optout: hubspot }, LATER),
      LEAD_ID,
      { HasOptedOutOfEmail: salesforce },
      LATER,
    );

  test('of HubSpot is written to Salesforce, with its reason', () => {
    const made = plan(held(true, false), { policy: CONSENTING });
    expect(writes(made)).toEqual({ 'salesforce:Lead': { HasOptedOutOfEmail: true } });
    expect(made.changes[0]?.steps[0]?.[0]?.reason).toEqual({
      code: 'stricter',
      detail: { from: 'hubspot', lost: null, rule: 'mappings/contact.yaml:68' },
    });
  });

  test('that HubSpot will not take is a finding until both sides say the same', () => {
    const context = { policy: CONSENTING, schemas: keptByHubSpot };
    const facts = held(false, true);
    const made = plan(facts, context);
    expect(made.changes).toEqual([]);
    const finding = one(made, 'OPT_OUT_NOT_CARRIED')!;
    expect(findingText(finding, 'ja')).toContain('HubSpot の すべてのEメールの配信停止 には連携から書き込めません');
    const entered = edited(reported(facts, made, LATER), CONTACT_ID, { hs_email_optout: true }, LATER + 1);
    expect(plan(entered, context).closeFindings).toMatchObject([{ code: 'OPT_OUT_NOT_CARRIED' }]);
  });

  test.each([
    [true, true],
    [false, undefined],
  ])('of a contact goes along when its Lead is made, and no consent is made up (%j)', (declined, written) => {
    const hot = aContact({ hubspotscore: 80, hs_email_optout: declined }, { createdAt: NOW });
    const lead = plan(aPerson([hot]), { policy: CONSENTING }).changes.find(({ kind }) => kind === 'create');
    expect(lead?.steps.flat().find(({ field }) => field === 'HasOptedOutOfEmail')?.after).toBe(written);
    expect(lead?.steps.flat().some(({ field }) => field === 'LastName')).toBe(true);
  });
});
