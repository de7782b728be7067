import { describe, expect, test } from 'vitest';
import type { PersonFacts } from '../../../src/domain/people/person.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { indexSchemas } from '../../../src/reconcile/context.ts';
import { aContact, aContext, aPerson, aPolicy, NOW } from '../../support/people.ts';
import { edited, isNothing, plan, quiet, settled, stored, turnsFrom, writes } from '../../support/settle.ts';
import { aDirectory, PEOPLE_AT_WORK } from '../../support/systems.ts';

const NEW = { createdAt: NOW - 3_600_000 };
const anMql = (values: Values = {}, rest: Partial<PersonFacts> = {}) =>
  aPerson([aContact({ hubspotscore: 60, ...values }, NEW)], rest);
const owners = aPolicy().owners;

describe('somebody who becomes an MQL', () => {
  test("gets a Lead under the person's key with the mapped values, the stage and an owner, and HubSpot waits for it", () => {
    const made = plan(anMql());
    const [lead, contact] = made.changes;
    expect(lead).toMatchObject({
      kind: 'create',
      key: { field: 'Tasuki_Key__c', value: 'hubspot-501' },
      readBack: true,
      after: [],
    });
    expect(lead?.marks).toEqual({ handOff: { team: 'inside-sales', stage: 'MQL' } });
    expect(writes(made)['salesforce:Lead']).toEqual({
      LastName: '鈴木',
      Phone: '03-1234-5678',
      Title: '課長',
      Company: '株式会社みなと商事',
      Industry: '製造',
      OwnerId: '005000000000001AAA',
      Tasuki_Stage__c: 'MQL',
    });
    expect(contact?.after).toEqual([lead?.id]);
    expect(writes(made)['hubspot:contacts']).toMatchObject({
      tasuki_sfa_state: 'lead',
      tasuki_stage: 'MQL',
      lifecyclestage: 'marketingqualifiedlead',
    });
  });

  test('comes to rest: the Lead is read back, the owner is shown, and nothing is planned any more', () => {
    const facts = quiet(anMql());
    expect(facts.stages.find(({ stage }) => stage === 'MQL')?.handedOffAt).toBe(NOW);
    expect(facts.sightings[0]?.values['tasuki_sales_owner']).toBe('森 葵');
  });

  test('keeps the owner of HubSpot where that is an active user in Salesforce', () => {
    const turns = turnsFrom(1);
    expect(writes(plan(anMql({ hubspot_owner_id: '71' }), {}, turns))['salesforce:Lead']).toMatchObject({
      OwnerId: '005000000000001AAA',
    });
    expect(turns.reached()).toBe(1);
  });

  test('goes to the next of the team by round robin, past those who have left', () => {
    const turns = turnsFrom(1);
    expect(writes(plan(anMql(), {}, turns))['salesforce:Lead']).toMatchObject({ OwnerId: '005000000000002AAA' });
    expect(turns.reached()).toBe(2);
    const directory = aDirectory(
      PEOPLE_AT_WORK.map((entry) => (entry.email === 'ren.kato@example.co.jp' ? { ...entry, active: false } : entry)),
    );
    expect(writes(plan(anMql(), { directory }, turnsFrom(1)))['salesforce:Lead']).toMatchObject({
      OwnerId: '005000000000001AAA',
    });
  });

  test("goes to the team's queue, or to where everything goes that nobody can own", () => {
    const team = { ...owners.teams['inside-sales']!, assign: 'queue' as const };
    const queued = aPolicy({ owners: { ...owners, teams: { 'inside-sales': team } } });
    expect(writes(plan(anMql(), { policy: queued }))['salesforce:Lead']).toMatchObject({
      OwnerId: '00G000000000001AAA',
    });
    const nobody = aPolicy({ owners: { ...owners, teams: {} } });
    expect(writes(plan(anMql(), { policy: nobody }))['salesforce:Lead']).toMatchObject({
      OwnerId: '00G000000000002AAA',
    });
  });

  test('without anybody to own the Lead is a finding, not silence', () => {
    const made = plan(anMql(), { policy: aPolicy({ owners: { ...owners, unmatched: 'gone', teams: {} } }) });
    expect(made.changes.filter(({ kind }) => kind === 'create')).toEqual([]);
    expect(made.openFindings.map(({ code }) => code)).toEqual(['OWNER_UNMATCHED']);
  });

  test('without company or name gets what stands in for them', () => {
    const lead = writes(plan(anMql({ company: null, lastname: ' ' })))['salesforce:Lead'];
    expect(lead).toMatchObject({ Company: '(会社名未入力)', LastName: '(姓未入力)' });
  });

  test('keeps what stands in to Salesforce: nobody typed it, so HubSpot stays empty until somebody does', () => {
    const facts = quiet(anMql({ company: null, lastname: ' ' }));
    expect(facts.sightings.find(({ record }) => record.system === 'hubspot')?.values).toMatchObject({
      company: null,
      lastname: ' ',
    });
    const typed = edited(facts, '501', { company: '株式会社みなと商事' }, NOW + 1);
    expect(writes(plan(typed))).toEqual({ 'salesforce:Lead': { Company: '株式会社みなと商事' } });
  });

  test('keeps what stands in nobody’s word when what was agreed has gone with a merged record', () => {
    const forgotten = { ...quiet(anMql({ company: null })), bases: [] };
    expect(writes(plan(forgotten))).not.toHaveProperty(['hubspot:contacts', 'company']);
    const met = edited(forgotten, '501', { company: '株式会社みなと商事' }, NOW + 1);
    expect(writes(plan(met))).toMatchObject({ 'salesforce:Lead': { Company: '株式会社みなと商事' } });
  });

  test('with an unmapped value gets a Lead without it, and a finding', () => {
    const made = plan(anMql({ industry: 'SPACE' }));
    expect(writes(made)['salesforce:Lead']).not.toHaveProperty('Industry');
    expect(made.openFindings.map(({ code }) => code)).toEqual(['VALUE_NOT_MAPPED']);
  });

  test('with a value that Salesforce would refuse, or a field that we may not write, gets a Lead without it', () => {
    const long = plan(anMql({ jobtitle: `課長${'長'.repeat(130)}` }));
    expect(writes(long)['salesforce:Lead']).not.toHaveProperty('Title');
    expect(long.openFindings.map(({ code }) => code)).toEqual(['VALUE_TOO_LONG']);
    const phone = {
      name: 'Phone',
      label: '電話',
      type: 'string',
      writable: false,
      requiredOnCreate: false,
      unique: false,
    } as const;
    const closed = plan(anMql(), {
      schemas: indexSchemas([{ system: 'salesforce', object: 'Lead', fields: [phone] }]),
    });
    expect(writes(closed)['salesforce:Lead']).not.toHaveProperty('Phone');
  });

  test('before the go-live line is history: a Lead is made, but handed to nobody, and no clock will start', () => {
    const made = plan(aPerson([aContact({ hubspotscore: 60 })]));
    expect(made.changes[0]).toMatchObject({ kind: 'create', marks: {} });
    expect(quiet(aPerson([aContact({ hubspotscore: 60 })])).clocks).toEqual([]);
  });

  test('while look-alikes in Salesforce cannot be told apart gets no Lead, and HubSpot shows it', () => {
    const rivals = [{ system: 'salesforce', object: 'Lead', id: '00Q000000000007AAA' }] as const;
    const made = plan(anMql({}, { rivals }));
    expect(made.changes.map(({ kind }) => kind)).toEqual(['update']);
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_sfa_state: 'ambiguous' });
  });
});

describe('a Lead that is being made', () => {
  test('keeps its owner and its turn while it waits', () => {
    const facts = stored(anMql(), plan(anMql()), NOW);
    const turns = turnsFrom(1);
    expect(isNothing(plan(facts, {}, turns))).toBe(true);
    expect(turns.reached()).toBe(1);
  });

  test('is taken back when look-alikes turn up before it leaves, and HubSpot no longer waits for it', () => {
    const rivals = [{ system: 'salesforce', object: 'Lead', id: '00Q000000000007AAA' }] as const;
    const made = plan({ ...stored(anMql(), plan(anMql()), NOW), rivals });
    expect(made.supersede.map(({ because }) => because)).toEqual(['planned-anew', 'planned-anew']);
    expect(made.changes).toMatchObject([{ target: { object: 'contacts' }, after: [] }]);
  });

  test('is not made twice while its answer is awaited', () => {
    for (const state of ['sending', 'unsure', 'acknowledged'] as const) {
      const [lead] = plan(anMql()).changes;
      const made = plan({ ...stored(anMql(), { ...plan(anMql()), changes: [lead!] }, NOW, state) });
      expect(made.changes.filter(({ kind }) => kind === 'create')).toEqual([]);
      expect(made.changes.map(({ after }) => after)).toEqual([[lead!.id]]);
    }
  });

  test('and refused is not announced to HubSpot as a Lead, costs nobody a turn, and is tried again when a value changes', () => {
    const [lead] = plan(anMql()).changes;
    const wanted = JSON.stringify(Object.fromEntries(lead!.steps.flat().map(({ field, after }) => [field, after])));
    const refusal = {
      code: 'WRITE_REFUSED',
      subject: 'salesforce:Lead:(hubspot-501)',
      person: 'hubspot-501',
      detail: { fields: '', wanted },
    } as const;
    const facts = { ...anMql(), findings: [refusal] };
    const turns = turnsFrom(1);
    const made = plan(facts, {}, turns);
    expect(made.changes.map(({ kind }) => kind)).toEqual(['update']);
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_sfa_state: 'none' });
    expect(turns.reached()).toBe(1);
    const corrected = plan({ ...facts, sightings: [aContact({ hubspotscore: 60, lastname: '鈴木木' }, NEW)] });
    expect(corrected.changes.map(({ kind }) => kind)).toEqual(['create', 'update']);
    expect(corrected.closeFindings).toEqual([{ code: 'WRITE_REFUSED', subject: refusal.subject }]);
  });

  test('and part of which a flow overwrote is still handed over: the stage is shown once more, once', () => {
    const after = settled(anMql(), plan(anMql()), NOW);
    const unseen = { ...after, stages: after.stages.map(({ handedOffAt: _unseen, ...entry }) => entry) };
    const made = plan(unseen);
    const lead = made.changes.find(({ target }) => target.object === 'Lead');
    expect(lead?.marks).toEqual({ handOff: { team: 'inside-sales', stage: 'MQL' } });
    expect(writes(made)['salesforce:Lead']).toEqual({ Tasuki_Stage__c: 'MQL' });
    const onItsWay = plan(stored(unseen, { ...made, changes: [lead!] }, NOW, 'acknowledged'));
    expect(onItsWay.changes.filter(({ target }) => target.object === 'Lead')).toEqual([]);
    expect(settled(unseen, made, NOW).stages.at(-1)?.handedOffAt).toBe(aContext().now);
  });
});
