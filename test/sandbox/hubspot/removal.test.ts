import { expect, test } from 'vitest';
import { type Opened, openPortal, START } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';

const listed = async ({ call }: Opened, archived: boolean) =>
  (await call('GET', `${CONTACTS}?archived=${archived}`)).body.results.map((record) => record.id);

test('an archived contact is found only by those who ask for archived ones', async () => {
  const opened = openPortal();
  const { call, create } = opened;
  const id = await create({ city: '長崎市' });
  const kept = await create({});
  expect((await call('DELETE', `${CONTACTS}/${id}`)).status).toBe(204);
  expect([await listed(opened, false), await listed(opened, true)]).toEqual([[kept], [id]]);
  expect((await call('GET', `${CONTACTS}/${id}`)).status).toBe(404);
  const { body } = await call('GET', `${CONTACTS}/${id}?archived=true&properties=city`);
  expect(body).toMatchObject({
    id,
    archived: true,
    archivedAt: '2026-11-20T01:00:00Z',
    properties: { city: '長崎市' },
  });
  expect((await call('PATCH', `${CONTACTS}/${id}`, { properties: {} })).status).toBe(404);
  const batch = await call('POST', `${CONTACTS}/batch/read`, { inputs: [{ id }, { id: kept }] });
  expect([batch.status, batch.body.errors[0]?.context]).toEqual([207, { ids: [id] }]);
});

test('archiving what is not there is no error, alone or in a batch', async () => {
  const { call, create } = openPortal();
  const id = await create({});
  expect((await call('DELETE', `${CONTACTS}/404`)).status).toBe(204);
  expect((await call('POST', `${CONTACTS}/batch/archive`, { inputs: [{ id }, { id: '404' }] })).status).toBe(204);
  expect((await call('GET', `${CONTACTS}/${id}`)).status).toBe(404);
});

test('a contact deleted for privacy leaves no trace, and the e-mail cannot come back', async () => {
  const opened = openPortal();
  const { call, create, search } = opened;
  const id = await create({ email: 'a@example.co.jp' });
  const forget = (body: unknown) => call('POST', `${CONTACTS}/gdpr-delete`, body);
  expect((await forget({ objectId: 'A@example.co.jp', idProperty: 'email' })).status).toBe(204);
  expect([await listed(opened, false), await listed(opened, true)]).toEqual([[], []]);
  expect((await call('GET', `${CONTACTS}/${id}?archived=true`)).status).toBe(404);
  expect((await search({})).body.total).toBe(0);
  expect((await call('POST', CONTACTS, { properties: { email: 'a@example.co.jp' } })).status).toBe(400);
  expect((await forget({ objectId: 'unknown@example.co.jp', idProperty: 'email' })).status).toBe(204);
  expect((await call('POST', CONTACTS, { properties: { email: 'unknown@example.co.jp' } })).status).toBe(400);
});

async function merged(opened: Opened) {
  const { portal, call } = opened;
  const past = START - 86_400_000;
  const primary = portal.seed('contacts', { email: 'a@example.co.jp', city: '東京', lifecyclestage: 'lead' }, START);
  const rest = { email: 'b@example.co.jp', city: '大阪', phone: '06-1', lifecyclestage: 'customer' };
  const absorbed = portal.seed('contacts', rest, past);
  const { body } = await call('POST', `${CONTACTS}/merge`, { primaryObjectId: primary, objectIdToMerge: absorbed });
  return { primary, absorbed, survivor: body.id };
}

test('a merge keeps the primary’s values, fills blanks, keeps the further stage and both e-mails', async () => {
  const opened = openPortal();
  const { primary, absorbed, survivor } = await merged(opened);
  const [record, ...others] = opened.portal.records('contacts');
  expect(others).toEqual([]);
  expect(record).toMatchObject({ id: survivor, createdAt: '2026-11-19T01:00:00Z' });
  expect(record?.properties).toMatchObject({
    email: 'a@example.co.jp',
    hs_additional_emails: 'b@example.co.jp',
    city: '東京',
    phone: '06-1',
    lifecyclestage: 'customer',
  });
  expect(record?.properties['hs_merged_object_ids']?.split(';')).toEqual([absorbed, primary]);
});

test('the survivor of a merge has a new id, or the primary’s where the portal is switched so', async () => {
  const anew = await merged(openPortal());
  expect([anew.primary, anew.absorbed]).not.toContain(anew.survivor);
  const same = await merged(openPortal({ switches: { mergeMakesNewId: false } }));
  expect(same.survivor).toBe(same.primary);
});

test('a merged-away id leads reads to the survivor, or nowhere where the portal is switched so', async () => {
  const opened = openPortal();
  const { absorbed, primary, survivor } = await merged(opened);
  for (const id of [absorbed, primary]) {
    expect((await opened.call('GET', `${CONTACTS}/${id}`)).body.id).toBe(survivor);
  }
  opened.portal.switches.mergedIdReads = 'missing';
  expect((await opened.call('GET', `${CONTACTS}/${absorbed}`)).status).toBe(404);
});

test('a merged-away id takes a single update, but a batch update passes over it without a word', async () => {
  const opened = openPortal();
  const { call, portal } = opened;
  const { absorbed, survivor } = await merged(opened);
  const single = await call('PATCH', `${CONTACTS}/${absorbed}`, { properties: { jobtitle: '部長' } });
  expect([single.status, single.body.id]).toEqual([200, survivor]);
  const inputs = [{ id: absorbed, properties: { jobtitle: '課長' } }];
  const { status, body } = await call('POST', `${CONTACTS}/batch/update`, { inputs });
  expect([status, body.results, body.errors]).toEqual([200, [], undefined]);
  expect(portal.records('contacts')[0]?.properties['jobtitle']).toBe('部長');
});

test('a merged-away id is in no list, not even among the archived', async () => {
  const opened = openPortal();
  const { survivor } = await merged(opened);
  expect([await listed(opened, false), await listed(opened, true)]).toEqual([[survivor], []]);
  expect((await opened.search({})).body.results.map((record) => record.id)).toEqual([survivor]);
});

test('a chain of merges ends at the last survivor', async () => {
  const opened = openPortal();
  const { absorbed, survivor } = await merged(opened);
  const third = await opened.create({});
  const body = { primaryObjectId: third, objectIdToMerge: survivor };
  const last = await opened.call('POST', `${CONTACTS}/merge`, body);
  expect((await opened.call('GET', `${CONTACTS}/${absorbed}`)).body.id).toBe(last.body.id);
});
