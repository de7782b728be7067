import { expect, test } from 'vitest';
import { type Opened, openPortal } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const DATED = '/crm/objects/2026-09/contacts';

function withDates(opened: Opened): Opened {
  opened.portal.defineProperty({ name: 'renewal', label: '更新日', type: 'date' });
  opened.portal.defineProperty({ name: 'visited_at', label: '来場日時', type: 'datetime' });
  return opened;
}

const unknown = (name: string) => ({
  isValid: false,
  message: `Property "${name}" does not exist`,
  error: 'PROPERTY_DOESNT_EXIST',
  name,
});

test('an unknown property is refused, in the message and in the errors', async () => {
  const { call } = openPortal();
  const { status, body } = await call('POST', CONTACTS, { properties: { first000name: 'x', last000name: 'y' } });
  expect([status, body.category]).toEqual([400, 'VALIDATION_ERROR']);
  const embedded = JSON.stringify([unknown('first000name'), unknown('last000name')]);
  expect(body.message).toBe(`Property values were not valid: ${embedded}`);
  expect(body.errors[1]).toEqual({
    message: 'Property "last000name" does not exist',
    code: 'PROPERTY_DOESNT_EXIST',
    context: { propertyName: ['last000name'] },
  });
});

test('a property that HubSpot fills cannot be written, even where `calculated` is false', async () => {
  const { call, portal } = openPortal();
  portal.defineProperty({ name: 'leadscore', label: 'リードスコア', type: 'number', readOnlyValue: true });
  for (const name of ['leadscore', 'notes_last_contacted', 'hubspotscore', 'hs_object_id', 'lastmodifieddate']) {
    const { status, body } = await call('POST', CONTACTS, { properties: { [name]: '1' } });
    expect([name, status, body.errors[0]?.code]).toEqual([name, 400, 'READ_ONLY_VALUE']);
    expect(body.errors[0]?.message).toBe(`"${name}" is a read only property; its value cannot be set.`);
  }
  const { body } = await call('GET', '/crm/v3/properties/contacts/notes_last_contacted');
  expect(body).toMatchObject({ calculated: false, modificationMetadata: { readOnlyValue: true } });
});

test('each type refuses what it cannot hold, with its own code', async () => {
  const opened = withDates(openPortal());
  const refused = [
    ['industry', '製造', 'INVALID_OPTION'],
    ['industry', 'manufacturing', 'INVALID_OPTION'],
    ['email', 'hanako＠example.co.jp', 'INVALID_EMAIL'],
    ['email', 'hanako', 'INVALID_EMAIL'],
    ['associatedcompanyid', '1,000', 'INVALID_INTEGER'],
    ['associatedcompanyid', '1.4210854715202004e-14', 'INVALID_INTEGER'],
    ['renewal', '2026/11/20', 'INVALID_LONG'],
    ['renewal', '2026-02-30', 'INVALID_LONG'],
    ['visited_at', 'yesterday', 'INVALID_LONG'],
    ['hubspot_owner_id', '1', 'INVALID_OWNER_ID'],
  ] as const;
  for (const [name, value, code] of refused) {
    const { status, body } = await opened.call('POST', CONTACTS, { properties: { [name]: value } });
    expect([name, value, status, body.errors?.[0]?.code]).toEqual([name, value, 400, code]);
  }
});

test('a date that is not midnight of UTC is refused on v3 with the place of its hands', async () => {
  const { call } = withDates(openPortal());
  const { status, body } = await call('POST', CONTACTS, { properties: { renewal: '1786334400000' } });
  expect([status, body.errors[0]?.code]).toEqual([400, 'INVALID_DATE']);
  expect(body.errors[0]?.message).toBe('1786334400000 is at 4:0:0.0 UTC, not midnight!');
});

test('under 2026-09 the same date is put right and told in a warning', async () => {
  const { call } = withDates(openPortal());
  const off = await call('POST', DATED, { properties: { renewal: '1786334400000' } });
  expect([off.status, off.body.properties['renewal']]).toEqual([201, '2026-08-10']);
  expect(off.body.warnings).toEqual([
    {
      category: 'PROPERTY_VALUE_NORMALIZED',
      message: expect.any(String) as string,
      context: { propertyName: 'renewal', rawValue: '1786334400000', normalizedValue: '2026-08-10' },
    },
  ]);
  const seconds = await call('POST', DATED, { properties: { visited_at: '1786334400' } });
  expect(seconds.body.properties['visited_at']).toBe('2026-08-10T04:00:00Z');
  expect(seconds.body.warnings).toHaveLength(1);
  const fine = await call('POST', DATED, { properties: { renewal: '2026-08-10' } });
  expect(fine.body).not.toHaveProperty('warnings');
});

test('values come back as text in HubSpot’s formats', async () => {
  const { portal, create } = withDates(openPortal());
  portal.defineProperty({ name: 'budget', label: '予算', type: 'number' });
  await create({
    budget: '5000.00',
    renewal: String(Date.parse('2026-12-31T00:00:00Z')),
    visited_at: '2026-12-31',
    closedate: String(Date.parse('2026-12-31T10:00:00.120Z')),
  });
  expect(portal.records('contacts')[0]?.properties).toMatchObject({
    budget: '5000.00',
    renewal: '2026-12-31',
    visited_at: '2026-12-31T00:00:00Z',
    closedate: '2026-12-31T10:00:00.120Z',
  });
});

test('a leading semicolon adds to a multiple choice, without one it replaces', async () => {
  const { portal, create, call } = openPortal();
  const options = ['a', 'b', 'c'].map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false }));
  portal.defineProperty({ name: 'interests', label: '関心', type: 'enumeration', fieldType: 'checkbox', options });
  const id = await create({ interests: 'a;b' });
  await call('PATCH', `${CONTACTS}/${id}`, { properties: { interests: ';b;c' } });
  expect(portal.records('contacts')[0]?.properties['interests']).toBe('a;b;c');
  await call('PATCH', `${CONTACTS}/${id}`, { properties: { interests: 'c' } });
  expect(portal.records('contacts')[0]?.properties['interests']).toBe('c');
  const { status } = await call('PATCH', `${CONTACTS}/${id}`, { properties: { interests: ';x' } });
  expect(status).toBe(400);
});

test('the properties an admin requires are enforced by 2026-09 alone', async () => {
  const { call } = openPortal({ switches: { requiredOnCreate: ['company'] } });
  expect((await call('POST', CONTACTS, { properties: { lastname: '佐藤' } })).status).toBe(201);
  const { status, body } = await call('POST', DATED, { properties: { lastname: '佐藤' } });
  expect([status, body.errors[0]?.code]).toEqual([400, 'MISSING_REQUIRED_PROPERTY']);
});

test('every standard contact property has a Japanese label, and industries have HubSpot’s codes', async () => {
  const { call } = openPortal();
  const { body } = await call('GET', '/crm/v3/properties/contacts');
  const properties = body.results as unknown as { name: string; label: string; options: { value: string }[] }[];
  const foreign = properties.filter(
    ({ label }) => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(label),
  );
  expect(foreign).toEqual([]);
  const industries = properties.find(({ name }) => name === 'industry')?.options.map(({ value }) => value);
  expect(industries).toEqual(expect.arrayContaining(['MANUFACTURING', 'BANKING', 'COMPUTER_SOFTWARE']));
});

test('setup can make a group and properties, once', async () => {
  const { call } = openPortal();
  const group = { name: 'tasuki', label: 'たすき' };
  const key = {
    name: 'tasuki_key',
    label: 'たすきキー',
    type: 'string',
    fieldType: 'text',
    groupName: 'tasuki',
    hasUniqueValue: true,
  };
  expect((await call('POST', '/crm/v3/properties/contacts', key)).status).toBe(400);
  expect((await call('POST', '/crm/v3/properties/contacts/groups', group)).status).toBe(201);
  expect((await call('POST', '/crm/v3/properties/contacts/groups', group)).status).toBe(409);
  const made = await call('POST', '/crm/v3/properties/contacts', key);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...key, modificationMetadata: { readOnlyValue: false }, archived: false });
  const again = await call('POST', '/crm/v3/properties/contacts', key);
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    message: "A property named 'tasuki_key' already exists.",
  });
  const unknown = await call('GET', '/crm/v3/properties/contacts/nope');
  expect([unknown.status, unknown.body.category]).toEqual([404, 'OBJECT_NOT_FOUND']);
});

test('an archived property is gone and comes back with its values when it is created again', async () => {
  const { call, create } = openPortal();
  const path = '/crm/v3/properties/contacts';
  const note = { name: 'memo', label: 'メモ', type: 'string', fieldType: 'text', groupName: 'contactinformation' };
  await call('POST', path, note);
  const id = await create({ memo: '展示会' });
  const shown = async () => (await call('GET', `${CONTACTS}/${id}?properties=memo`)).body.properties['memo'];
  await call('DELETE', `${path}/memo`);
  expect(await shown()).toBeUndefined();
  expect((await call('POST', CONTACTS, { properties: { memo: 'x' } })).status).toBe(400);
  const archived = await call('GET', `${path}?archived=true`);
  expect(archived.body.results).toMatchObject([{ name: 'memo', archived: true }]);
  expect((await call('POST', path, note)).status).toBe(201);
  expect(await shown()).toBe('展示会');
});

test('options are replaced as a whole list', async () => {
  const { call } = openPortal();
  const options = [{ label: 'その他', value: 'OTHER' }];
  const { status } = await call('PATCH', '/crm/v3/properties/contacts/industry', { options });
  expect(status).toBe(200);
  expect((await call('POST', CONTACTS, { properties: { industry: 'BANKING' } })).status).toBe(400);
  expect((await call('POST', CONTACTS, { properties: { industry: 'OTHER' } })).status).toBe(201);
});
