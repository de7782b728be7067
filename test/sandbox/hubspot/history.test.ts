import { expect, test } from 'vitest';
import { openPortal, START } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';

test('the modified date of a contact is `lastmodifieddate`, equal to `updatedAt`, and moves with any change', async () => {
  const { call, create, kernel } = openPortal();
  const id = await create({});
  kernel.clock.advance(1_500);
  const { body } = await call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '京都市' } });
  expect(body.updatedAt).toBe('2026-11-20T01:00:01.500Z');
  expect(body.properties['lastmodifieddate']).toBe(body.updatedAt);
  expect(body.createdAt).toBe('2026-11-20T01:00:00Z');
});

test('a write that changes nothing moves the modified date only where the portal is switched so', async () => {
  const { call, create, kernel, portal } = openPortal();
  const id = await create({ city: '京都市' });
  const write = async () => {
    kernel.clock.advance(1_000);
    return (await call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '京都市' } })).body.updatedAt;
  };
  expect(await write()).toBe('2026-11-20T01:00:00Z');
  portal.switches.noOpBumps = true;
  expect(await write()).toBe('2026-11-20T01:00:02Z');
});

test('HubSpot’s own jobs stamp many records with one identical time and change nothing else', async () => {
  const { create, kernel, portal, search } = openPortal();
  for (let count = 0; count < 5; count += 1) {
    await create({ city: '京都市' });
    kernel.clock.advance(1_000);
  }
  expect(portal.stampAll()).toBe(5);
  const records = portal.records('contacts');
  expect(new Set(records.map((record) => record.updatedAt))).toEqual(new Set(['2026-11-20T01:00:05Z']));
  expect(new Set(records.map((record) => record.properties['city']))).toEqual(new Set(['京都市']));
  const value = String(Date.parse('2026-11-20T01:00:05Z'));
  const filters = [{ propertyName: 'lastmodifieddate', operator: 'EQ', value }];
  expect((await search({ filterGroups: [{ filters }] })).body.total).toBe(5);
});

test('a job of HubSpot’s can be set for an instant and runs once, when that instant has come', async () => {
  const { call, create, kernel, portal } = openPortal({ switches: { stampAt: START + 60_000 } });
  await create({});
  const updatedAt = async () => (await call('GET', CONTACTS)).body.results[0]?.updatedAt;
  kernel.clock.advance(59_999);
  expect(await updatedAt()).toBe('2026-11-20T01:00:00Z');
  kernel.clock.advance(10_000);
  expect(await updatedAt()).toBe('2026-11-20T01:01:00Z');
  const late = await create({});
  expect((await call('GET', `${CONTACTS}/${late}`)).body.updatedAt).toBe('2026-11-20T01:01:09.999Z');
  expect(portal.switches.stampAt).toBeNull();
});

test('a calculation of HubSpot’s may fill a read-only property and moves the modified date', async () => {
  const { create, kernel, portal } = openPortal();
  portal.defineProperty({ name: 'leadscore', label: 'リードスコア', type: 'number', readOnlyValue: true });
  const id = await create({});
  kernel.clock.advance(1_000);
  portal.touch('contacts', id, { leadscore: 72 }, { source: 'CALCULATED' });
  const [record] = portal.records('contacts');
  expect([record?.properties['leadscore'], record?.updatedAt]).toEqual(['72', '2026-11-20T01:00:01Z']);
  expect(() => portal.touch('contacts', id, { leadscore: 1 }, { source: 'INTEGRATION' })).toThrow('read only');
});

test('the history of a property is newest first and tells who changed it', async () => {
  const { call, create, kernel, portal } = openPortal();
  const id = await create({ city: '京都市' });
  kernel.clock.advance(1_000);
  portal.touch('contacts', id, { city: '奈良市' }, { source: 'CRM_UI', userId: 4711 });
  kernel.clock.advance(1_000);
  await call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '' } });
  const { body } = await call('GET', `${CONTACTS}/${id}?propertiesWithHistory=city&propertiesWithHistory=state`);
  expect(body.propertiesWithHistory).toEqual({
    city: [
      expect.objectContaining({ value: '', timestamp: '2026-11-20T01:00:02Z', sourceType: 'INTEGRATION' }) as unknown,
      {
        value: '奈良市',
        timestamp: '2026-11-20T01:00:01Z',
        sourceType: 'CRM_UI',
        sourceId: 'userId:4711',
        updatedByUserId: 4711,
      },
      expect.objectContaining({ value: '京都市', timestamp: '2026-11-20T01:00:00Z' }) as unknown,
    ],
    state: [],
  });
});

test('lists and batch reads give histories too, and a change that is none leaves no version', async () => {
  const { call, create } = openPortal();
  const id = await create({ city: '京都市' });
  await call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '京都市' } });
  const listed = await call('GET', `${CONTACTS}?propertiesWithHistory=city&properties=city`);
  const read = await call('POST', `${CONTACTS}/batch/read`, { inputs: [{ id }], propertiesWithHistory: ['city'] });
  for (const { body } of [listed, read]) {
    expect(body.results[0]?.propertiesWithHistory['city']).toEqual([
      expect.objectContaining({ value: '京都市', sourceId: '19083857' }) as unknown,
    ]);
  }
});

test('a seeded record lies in the past, with its own source, and may hold what the API cannot write', async () => {
  const { call, portal } = openPortal();
  const at = Date.parse('2024-04-01T00:00:00Z');
  const values = {
    email: 'a@example.co.jp',
    recent_conversion_date: '2024-03-31T15:00:00Z',
    lifecyclestage: 'customer',
  };
  const id = portal.seed('contacts', values, at, { type: 'FORM', id: 'form-1' });
  const { body } = await call('GET', `${CONTACTS}/${id}?propertiesWithHistory=recent_conversion_date`);
  expect([body.createdAt, body.updatedAt]).toEqual(['2024-04-01T00:00:00Z', '2024-04-01T00:00:00Z']);
  expect(body.propertiesWithHistory['recent_conversion_date']).toEqual([
    { value: '2024-03-31T15:00:00Z', timestamp: '2024-04-01T00:00:00Z', sourceType: 'FORM', sourceId: 'form-1' },
  ]);
  expect(portal.records('contacts')[0]?.properties['hs_v2_date_entered_customer']).toBe('2024-04-01T00:00:00Z');
  expect(() => portal.seed('contacts', { email: 'A@example.co.jp' }, at)).toThrow(`Existing ID: ${id}`);
});
