import { expect, test } from 'vitest';
import type { NewProperty } from '../../../src/sandbox/hubspot/properties/definition.ts';
import { openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const KEY: NewProperty = { name: 'tasuki_key', label: 'たすきキー', type: 'string', hasUniqueValue: true };

test('an e-mail belongs to one contact, whatever its case: 409 with the holder’s id', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'Hanako@Example.co.jp' });
  const { status, body } = await call('POST', CONTACTS, { properties: { email: 'hanako@example.CO.JP' } });
  expect(status).toBe(409);
  expect(body).toMatchObject({ message: `Contact already exists. Existing ID: ${id}`, category: 'CONFLICT' });
});

test('an additional e-mail is as taken as a first one', async () => {
  const { call, portal } = openPortal();
  const id = portal.seed('contacts', { email: 'a@example.co.jp', hs_additional_emails: 'b@example.co.jp' }, 0);
  const { status, body } = await call('POST', CONTACTS, { properties: { email: 'B@example.co.jp' } });
  expect([status, body.message]).toEqual([409, `Contact already exists. Existing ID: ${id}`]);
  const also = await call('POST', CONTACTS, {
    properties: { hs_additional_emails: 'c@example.co.jp;A@example.co.jp' },
  });
  expect([also.status, also.body.message]).toEqual([409, `Contact already exists. Existing ID: ${id}`]);
  const read = await call('GET', `${CONTACTS}/b%40example.co.jp?idProperty=email`);
  expect(read.body.id).toBe(id);
});

test('an update to a taken e-mail is a 409 or a 400 that names both records, as the portal is switched', async () => {
  const { call, create, portal } = openPortal();
  const holder = await create({ email: 'a@example.co.jp' });
  const other = await create({ email: 'b@example.co.jp' });
  const attempt = () => call('PATCH', `${CONTACTS}/${other}`, { properties: { email: 'a@example.co.jp' } });
  expect((await attempt()).body.message).toBe(`Contact already exists. Existing ID: ${holder}`);
  portal.switches.emailConflictOnUpdate = '400';
  const { status, body } = await attempt();
  const coordinates =
    'portalId=24680, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=email, value=a@example.co.jp';
  expect([status, body.message]).toEqual([
    400,
    `Cannot set PropertyValueCoordinates{${coordinates}} on ${other}. ${holder} already has that value.`,
  ]);
});

test('a unique property of the account’s own refuses a second holder, on create and on update', async () => {
  const { call, create, portal } = openPortal();
  portal.defineProperty(KEY);
  const holder = await create({ tasuki_key: 'k1' });
  const other = await create({ tasuki_key: 'k2' });
  const created = await call('POST', CONTACTS, { properties: { tasuki_key: 'k1' } });
  const updated = await call('PATCH', `${CONTACTS}/${other}`, { properties: { tasuki_key: 'k1' } });
  for (const { status, body } of [created, updated]) {
    expect(status).toBe(400);
    expect(body.message).toMatch(
      new RegExp(`propertyName=tasuki_key, value=k1} on \\d+\\. ${holder} already has that value`),
    );
  }
  expect((await call('PATCH', `${CONTACTS}/${holder}`, { properties: { tasuki_key: 'k1' } })).status).toBe(200);
});

test('two inputs of one batch cannot take the same e-mail', async () => {
  const { call, portal } = openPortal();
  const inputs = ['a@example.co.jp', 'A@example.co.jp'].map((email) => ({ properties: { email } }));
  expect((await call('POST', `${CONTACTS}/batch/create`, { inputs })).status).toBe(409);
  expect(portal.records('contacts')).toEqual([]);
});

test('an e-mail is free again when its holder changes it or is archived', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'a@example.co.jp' });
  await call('PATCH', `${CONTACTS}/${id}`, { properties: { email: 'b@example.co.jp' } });
  expect((await call('POST', CONTACTS, { properties: { email: 'a@example.co.jp' } })).status).toBe(201);
  await call('DELETE', `${CONTACTS}/${id}`);
  expect((await call('POST', CONTACTS, { properties: { email: 'b@example.co.jp' } })).status).toBe(201);
});

test('an upsert by e-mail changes who has it, additional ones included, creates who is missing, and tells which', async () => {
  const { call, portal } = openPortal();
  const id = portal.seed('contacts', { email: 'a@example.co.jp', hs_additional_emails: 'b@example.co.jp' }, 0);
  const { status, body } = await call('POST', `${CONTACTS}/batch/upsert`, {
    inputs: [
      { id: 'B@example.co.jp', idProperty: 'email', properties: { city: '名古屋市' } },
      { id: 'new@example.co.jp', idProperty: 'email', properties: { city: '福岡市' } },
    ],
  });
  expect(status).toBe(200);
  const told = new Map(body.results.map((record) => [record.properties['city'], [record.new, record.id === id]]));
  expect(told).toEqual(
    new Map([
      ['名古屋市', [false, true]],
      ['福岡市', [true, false]],
    ]),
  );
  const made = portal.records('contacts').find((record) => record.id !== id);
  expect(made?.properties['email']).toBe('new@example.co.jp');
});

test('an upsert works by a unique property and by no other', async () => {
  const { call, portal } = openPortal();
  portal.defineProperty(KEY);
  const upsert = (idProperty: string) =>
    call('POST', `${CONTACTS}/batch/upsert`, { inputs: [{ id: 'k1', idProperty, properties: { city: '仙台市' } }] });
  expect((await upsert('tasuki_key')).body.results[0]).toMatchObject({ new: true });
  expect((await upsert('tasuki_key')).body.results[0]).toMatchObject({ new: false });
  for (const ordinary of ['city', 'hs_object_id']) expect((await upsert(ordinary)).status).toBe(400);
  expect(portal.records('contacts')).toHaveLength(1);
});

const inputs = (idProperty: string, ids: string[]) => [
  { id: ids[0], idProperty, objectWriteTraceId: '1', properties: { city: '仙台市' } },
  { id: ids[1], idProperty, objectWriteTraceId: '2', properties: { industry: 'MAGIC' } },
];

test('one bad input refuses a whole upsert, unless the portal lets traced inputs by unique property stand alone', async () => {
  const { call, portal } = openPortal();
  portal.defineProperty(KEY);
  const upsert = (by: string, ids: string[]) => call('POST', `${CONTACTS}/batch/upsert`, { inputs: inputs(by, ids) });
  expect((await upsert('tasuki_key', ['k1', 'k2'])).status).toBe(400);
  portal.switches.upsertErrors = 'per-input';
  expect((await upsert('email', ['a@example.co.jp', 'b@example.co.jp'])).status).toBe(400);
  expect(portal.records('contacts')).toEqual([]);
  const { status, body } = await upsert('tasuki_key', ['k1', 'k2']);
  expect([status, body.results.length, body.errors[0]?.context]).toEqual([207, 1, { objectWriteTraceId: ['2'] }]);
});

test('an e-mail is kept as sent; some accounts lower its case', async () => {
  const { create, portal } = openPortal();
  await create({ email: 'Hanako@example.co.jp' });
  portal.switches.emailsLowercased = true;
  await create({ email: 'Taro@example.co.jp' });
  expect(portal.records('contacts').map((record) => record.properties['email'])).toEqual([
    'Hanako@example.co.jp',
    'taro@example.co.jp',
  ]);
});
