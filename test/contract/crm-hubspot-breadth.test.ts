import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHubSpot } from '../../src/connectors/hubspot/hubspot.ts';
import type { SignalName } from '../../src/domain/people/activity.ts';
import type { Effect } from '../../src/domain/people/change.ts';
import type { ObjectName, Sighting } from '../../src/domain/people/record.ts';
import type { Values } from '../../src/domain/values/value.ts';
import type { Crm, CursorState, NewField, SignalPage } from '../../src/ports/crm.ts';
import { HubSpotPortal } from '../../src/sandbox/hubspot/portal.ts';
import { hubspotServer } from '../../src/sandbox/hubspot/server.ts';
import { createKernel } from '../../src/sandbox/kernel/kernel.ts';
import { QuickPace } from '../wire/http/quick-pace.ts';

const MINUTE = 60_000;
const TOKEN = 'pat-na1-sandbox';
const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const KEY: NewField = {
  name: 'tasuki_key',
  label: 'Tasukiキー',
  description: 'Tasukiが管理します',
  type: 'text',
  key: true,
};
const TIES = ['associations.contacts', 'associations.companies'];

/** Companies, deals, activities and what people did, against the emulated portal: the connector's own transport, paths and bodies. */
describe.each(['v3', '2026-09'] as const)('the breadth of HubSpot, on the %s paths', (family) => {
  const kernel = createKernel({ seed: 5, start: Date.parse('2026-11-21T00:00:00Z'), frozen: true });
  const portal = new HubSpotPortal(kernel, {
    switches: { tenSecondlyLimit: 100_000, searchPerSecondLimit: 100_000, associationTenSecondlyLimit: 100_000 },
  });
  const server = hubspotServer(portal, kernel);
  let crm: Crm;
  beforeAll(async () => {
    const baseUrl = await server.listen({ host: '127.0.0.1', port: 0 });
    crm = openHubSpot({ token: TOKEN, baseUrl, family, log: LOG, pace: new QuickPace() });
    await crm.ensureFields('deals', [KEY]);
    await crm.ensureFields('companies', [KEY]);
  });
  afterAll(() => server.close());

  const now = () => kernel.clock.now();
  const seed = (object: ObjectName, values: Record<string, string>) => portal.seed(object, values, now() - 60 * MINUTE);
  const pulled = async (object: ObjectName, fields: readonly string[], cursor?: CursorState) => {
    const sightings: Sighting[] = [];
    let end = cursor;
    for await (const page of crm.changesSince([{ object, fields, cursor }], now())) {
      sightings.push(...page.sightings);
      end = page.cursor;
    }
    return { sightings, cursor: end };
  };
  const surveyed = async (object: ObjectName) => {
    const sightings: Sighting[] = [];
    for await (const page of crm.survey(object, now())) sightings.push(...page);
    return new Map(sightings.map((sighting) => [sighting.record.id, sighting]));
  };
  const create = (change: string, object: ObjectName, values: Values): Effect => ({
    change,
    kind: 'create',
    object,
    id: null,
    key: { field: KEY.name, value: change },
    values,
  });
  const callsOf = async (work: () => Promise<unknown>) => {
    const before = crm.calls();
    await work();
    const moved = Object.entries(crm.calls()).map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const);
    return Object.fromEntries(moved.filter(([, count]) => count > 0));
  };

  it('makes a task of ours under its key with the contact on it, once however often it is sent, and ticks it off', async () => {
    expect(await crm.ensureFields('tasks', [KEY])).toEqual([KEY.name]);
    const contact = seed('contacts', { email: 'task@example.co.jp' });
    const owner = { hs_task_subject: '【期限超過】', hs_task_body: '一行目<br>二行目', hs_task_status: 'NOT_STARTED' };
    const values = {
      ...owner,
      hs_task_priority: 'HIGH',
      hs_task_type: 'TODO',
      hs_timestamp: '2026-11-24T00:00:00.000Z',
    };
    const effect = create('clock-1', 'tasks', { ...values, 'associations.contacts': contact });
    const [first] = await crm.write([effect]);
    const [again] = await crm.write([effect]);
    expect([first, again]).toMatchObject([
      { kind: 'written', created: true },
      { kind: 'written', created: false },
    ]);
    const id = first?.kind === 'written' ? first.record.id : '';
    const done: Effect = {
      change: 'd',
      kind: 'update',
      object: 'tasks',
      id,
      key: null,
      values: { hs_task_status: 'COMPLETED' },
    };
    expect(await crm.write([done])).toMatchObject([{ kind: 'written', record: { id } }]);
    const [task] = await crm.findByKey(
      'tasks',
      KEY.name,
      ['clock-1'],
      ['hs_task_status', 'associations.contacts'],
      now(),
    );
    expect(task).toMatchObject({
      record: { id },
      values: { hs_task_status: 'COMPLETED', 'associations.contacts': contact },
    });
  });

  it('shows the stages of every pipeline, and which of them end a deal', async () => {
    const stage = (await crm.describe('deals'))?.fields.find(({ name }) => name === 'dealstage');
    expect(stage?.options?.find(({ value }) => value === 'closedwon')).toMatchObject({ of: 'default', closed: true });
    expect(stage?.options?.find(({ value }) => value === 'appointmentscheduled')?.closed).toBe(false);
  });

  it('creates a deal with its people and its company, and a repeat finds it and adds nothing', async () => {
    const [one, other, firm] = [seed('contacts', {}), seed('contacts', {}), seed('companies', { name: '青木商事' })];
    const wanted = { 'associations.contacts': `${other};${one}`, 'associations.companies': firm };
    const effect = create(`deal-${family}`, 'deals', {
      dealname: '複合機',
      dealstage: 'appointmentscheduled',
      ...wanted,
    });
    const calls = await callsOf(async () => {
      const [first] = await crm.write([effect]);
      expect(first).toMatchObject({ kind: 'written', created: true });
    });
    expect(calls).toEqual({ 'batch-upsert': 1, associate: 2 });
    expect(await crm.write([effect])).toMatchObject([{ kind: 'written', created: false }]);
    const [deal] = await crm.findByKey('deals', KEY.name, [`deal-${family}`], ['dealname', ...TIES], now());
    expect(deal?.values).toEqual({
      dealname: '複合機',
      'associations.contacts': [one, other].toSorted((a, b) => Number(a) - Number(b)).join(';'),
      'associations.companies': firm,
    });
  });

  it('makes a deal whose company is gone, without that tie, and says so; the others are written whole', async () => {
    const [firm, gone] = [seed('companies', { name: 'a' }), seed('companies', { name: 'b' })];
    portal.archive('companies', gone);
    const outcomes = await crm.write([
      create(`good-${family}`, 'deals', { dealname: 'a', 'associations.companies': firm }),
      create(`bad-${family}`, 'deals', { dealname: 'b', 'associations.companies': gone }),
    ]);
    expect(outcomes).toMatchObject([
      { change: `good-${family}`, kind: 'written' },
      { change: `bad-${family}`, kind: 'written', except: { fields: ['associations.companies'] } },
    ]);
    expect(outcomes[0]).not.toHaveProperty('except');
  });

  it('reads the same ties by first load, search, id and survey, the main company first', async () => {
    const [contact, small, main] = [seed('contacts', {}), seed('companies', {}), seed('companies', {})];
    portal.associate({ object: 'contacts', id: contact }, { object: 'companies', id: small });
    portal.associate({ object: 'contacts', id: contact }, { object: 'companies', id: main }, { label: 'primary' });
    const expected = { 'associations.companies': `${main};${small}` };
    const of = (sightings: readonly Sighting[]) => sightings.find(({ record }) => record.id === contact)?.values;
    const loaded = await pulled('contacts', ['associations.companies']);
    expect(of(loaded.sightings)).toEqual(expected);
    kernel.clock.advance(10 * MINUTE);
    const quiet = await pulled('contacts', ['associations.companies'], loaded.cursor);
    portal.touch('contacts', contact, { firstname: '花子' }, { source: 'CRM_UI', userId: 11 });
    kernel.clock.advance(10 * MINUTE);
    const searched = await pulled('contacts', ['associations.companies'], quiet.cursor);
    expect(of(searched.sightings)).toEqual(expected);
    expect(of(await crm.read('contacts', [contact], ['associations.companies'], now()))).toEqual(expected);
    expect((await surveyed('contacts')).get(contact)?.values).toEqual(expected);
    expect(await callsOf(() => surveyed('contacts'))).toEqual({ 'survey-list': 2 });
  });

  it('shows by survey what moved no stamp: a deletion, a merge, an association that went', async () => {
    const [deal, contact] = [seed('deals', { dealname: 'a' }), seed('contacts', {})];
    portal.associate({ object: 'deals', id: deal }, { object: 'contacts', id: contact });
    expect((await surveyed('deals')).get(deal)?.values['associations.contacts']).toBe(contact);
    portal.dissociate({ object: 'deals', id: deal }, { object: 'contacts', id: contact });
    const [binned, kept, swallowed] = ['a', 'b', 'c'].map((dealname) => seed('deals', { dealname })) as [
      string,
      string,
      string,
    ];
    portal.archive('deals', binned);
    const survivor = portal.merge('deals', kept, swallowed);
    const found = await surveyed('deals');
    expect(found.get(deal)?.values['associations.contacts']).toBeNull();
    expect(found.get(binned)?.deleted).toBe(true);
    expect(found.get(swallowed)).toMatchObject({ deleted: true, mergedInto: survivor });
    expect(found.get(survivor)?.deleted).toBe(false);
  });

  it('reads a call with the people it was with', async () => {
    const [one, other] = [seed('contacts', {}), seed('contacts', {})];
    const call = seed('calls', { hs_timestamp: '2026-11-20T01:00:00Z', hs_call_status: 'COMPLETED' });
    for (const id of [other, one]) portal.associate({ object: 'calls', id: call }, { object: 'contacts', id });
    const { sightings } = await pulled('calls', ['hs_call_status', 'associations.contacts']);
    expect(sightings.find(({ record }) => record.id === call)?.values).toEqual({
      hs_call_status: 'COMPLETED',
      'associations.contacts': `${one};${other}`,
    });
  });

  it('does not see an object that the token was not granted', async () => {
    Object.assign(portal.switches, { missingScopes: ['crm.objects.companies.read'] });
    await expect(crm.describe('companies')).resolves.toBeNull();
    Object.assign(portal.switches, { missingScopes: [] });
    await expect(crm.describe('companies')).resolves.not.toBeNull();
  });

  it('tells from the history which pages a contact saw, and who wrote a field', async () => {
    const [contact] = [seed('contacts', { firstname: '元' })];
    const page = 'https://www.example.co.jp/price';
    portal.touch('contacts', contact, { hs_analytics_last_url: page }, { source: 'CALCULATED' });
    const at = now();
    kernel.clock.advance(MINUTE);
    portal.touch('contacts', contact, { firstname: '人' }, { source: 'CRM_UI', userId: 11 });
    kernel.clock.advance(MINUTE);
    await crm.write([
      { change: 'c', kind: 'update', object: 'contacts', id: contact, key: null, values: { firstname: '我' } },
    ]);
    const entries = await crm.history('contacts', [contact], ['hs_analytics_last_url', 'firstname']);
    expect(entries.filter(({ field }) => field === 'hs_analytics_last_url')).toMatchObject([{ value: page, at }]);
    const names = entries.filter(({ field }) => field === 'firstname').map(({ value, by }) => [value, by]);
    expect(names.slice(0, 2)).toEqual([
      ['我', 'us'],
      ['人', 'person'],
    ]);
  });

  describe('what people did', () => {
    const told = async (signal: SignalName, cursor?: CursorState) => {
      const pages: SignalPage[] = [];
      for await (const each of crm.signalsSince(signal, cursor, now())) pages.push(each);
      return { activities: pages.flatMap(({ activities }) => activities), cursor: pages.at(-1)?.cursor };
    };

    it('is told once for every form that was sent, whenever it is read', async () => {
      portal.forms.define({ guid: 'form-1', name: '資料請求' });
      portal.forms.define({ guid: 'form-2', name: '見積依頼', formType: 'captured' });
      const sendForm = (guid: string, nth: number) =>
        portal.submitForm({ guid, email: `Sender-${nth}@example.co.jp`, pageUrl: 'https://www.example.co.jp/dl?x=1' });
      for (let nth = 0; nth < 120; nth += 1) {
        sendForm('form-1', nth);
        kernel.clock.advance(MINUTE);
      }
      sendForm('form-2', 500);
      const first = await told('form-submissions');
      expect(new Set(first.activities.map(({ source }) => source.id)).size).toBe(121);
      expect(first.activities.find(({ email }) => email === 'sender-7@example.co.jp')?.what).toBe('資料請求 /dl');
      kernel.clock.advance(5 * 60 * MINUTE);
      sendForm('form-1', 501);
      const second = await told('form-submissions', first.cursor);
      expect(second.activities.map(({ email }) => email)).toContain('sender-501@example.co.jp');
      const known = new Set(first.activities.map(({ source }) => source.id));
      expect(second.activities.filter(({ source }) => !known.has(source.id))).toHaveLength(1);
    });

    it('is told of everyone at an event, by the contact that they are', async () => {
      const startsAt = now() - 30 * MINUTE;
      const event = portal.events.define({ name: '導入セミナー', startsAt, endsAt: now() });
      const contacts = Array.from({ length: 130 }, () => seed('contacts', {}));
      for (const contactId of contacts) portal.events.participate({ event, contactId, state: 'REGISTERED' });
      const [came = ''] = contacts;
      portal.events.participate({ event, contactId: came, state: 'ATTENDED' });
      const { activities } = await told('event-participations');
      expect(activities).toHaveLength(130);
      expect(activities.filter(({ closed }) => closed)).toMatchObject([
        { what: '導入セミナー', at: startsAt, about: { object: 'contacts', id: came } },
      ]);
    });
  });
});
