import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openPortal, START, TOKEN } from './open-portal.ts';

test('numbered and dated paths, and every name of contacts, lead to the same records', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'hanako@example.co.jp' });
  const paths = ['/crm/v3/objects/contacts', '/crm/v3/objects/contact', '/crm/v3/objects/0-1'];
  for (const path of [...paths, '/crm/objects/2026-03/contacts', '/crm/objects/2026-09/0-1', `${paths[0]}/`]) {
    const { status, body } = await call('GET', path);
    expect([path, status, body.results?.map((record) => record.id)]).toEqual([path, 200, [id]]);
  }
});

test('owners, properties and account details stand under numbered and dated paths, with and without a last slash', async () => {
  const { call } = openPortal();
  for (const path of ['/crm/v3/owners/?limit=100', '/crm/v3/owners', '/crm/owners/2026-09/', '/crm/owners/2026-03']) {
    expect((await call('GET', path)).status).toBe(200);
  }
  for (const version of ['v3', '2026-09']) {
    expect((await call('GET', `/account-info/${version}/details`)).body).toMatchObject({
      portalId: 24680,
      timeZone: 'Asia/Tokyo',
      utcOffset: '+09:00',
      utcOffsetMilliseconds: 32_400_000,
    });
  }
  const numbered = await call('GET', '/crm/v3/properties/contacts/email');
  const dated = await call('GET', '/crm/properties/2026-09/contacts/email');
  expect(dated.body).toEqual(numbered.body);
});

test('each call succeeds with exactly the status that the client library accepts', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'a@example.co.jp' });
  const other = await create({ email: 'b@example.co.jp' });
  const contacts = '/crm/v3/objects/contacts';
  const property = {
    name: 'note_x',
    label: 'メモ',
    type: 'string',
    fieldType: 'text',
    groupName: 'contactinformation',
  };
  const statuses = {
    list: (await call('GET', contacts)).status,
    get: (await call('GET', `${contacts}/${id}`)).status,
    create: (await call('POST', contacts, { properties: {} })).status,
    update: (await call('PATCH', `${contacts}/${id}`, { properties: { city: '東京' } })).status,
    search: (await call('POST', `${contacts}/search`, {})).status,
    batchRead: (await call('POST', `${contacts}/batch/read`, { inputs: [{ id }] })).status,
    batchCreate: (await call('POST', `${contacts}/batch/create`, { inputs: [{ properties: {} }] })).status,
    batchUpdate: (await call('POST', `${contacts}/batch/update`, { inputs: [{ id, properties: {} }] })).status,
    batchUpsert: (
      await call('POST', `${contacts}/batch/upsert`, { inputs: [{ id: 'a@example.co.jp', idProperty: 'email' }] })
    ).status,
    merge: (await call('POST', `${contacts}/merge`, { primaryObjectId: id, objectIdToMerge: other })).status,
    propertyCreate: (await call('POST', '/crm/v3/properties/contacts', property)).status,
    propertyUpdate: (await call('PATCH', '/crm/v3/properties/contacts/note_x', { label: '備考' })).status,
    groupCreate: (await call('POST', '/crm/v3/properties/contacts/groups', { name: 'tasuki', label: 'たすき' })).status,
    batchArchive: (await call('POST', `${contacts}/batch/archive`, { inputs: [{ id: other }] })).status,
    forget: (await call('POST', `${contacts}/gdpr-delete`, { objectId: id })).status,
    archive: (await call('DELETE', `${contacts}/${id}`)).status,
    propertyArchive: (await call('DELETE', '/crm/v3/properties/contacts/note_x')).status,
  };
  const { list, get, create: created, propertyCreate, groupCreate, batchCreate, ...others } = statuses;
  expect({ list, get, created, propertyCreate, groupCreate, batchCreate }).toEqual({
    list: 200,
    get: 200,
    created: 201,
    propertyCreate: 201,
    groupCreate: 201,
    batchCreate: 201,
  });
  const { batchArchive, forget, archive, propertyArchive, ...changes } = others;
  expect([batchArchive, forget, archive, propertyArchive]).toEqual([204, 204, 204, 204]);
  expect(new Set(Object.values(changes))).toEqual(new Set([200]));
});

test('answers carry the content type and correlation id that HubSpot sends, and a 204 carries nothing', async () => {
  const { call, create } = openPortal();
  const id = await create({});
  const { headers } = await call('GET', '/crm/v3/objects/contacts');
  expect(headers['content-type']).toBe('application/json;charset=utf-8');
  expect(headers['x-hubspot-correlation-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const gone = await call('DELETE', `/crm/v3/objects/contacts/${id}`);
  expect([gone.text, gone.headers['content-type']]).toEqual(['', undefined]);
});

test('rate headers come with everything except search', async () => {
  const { call, search } = openPortal({ switches: { tenSecondlyLimit: 100, dailyLimit: 1_000 } });
  const { headers } = await call('GET', '/crm/v3/objects/contacts');
  expect(headers).toMatchObject({
    'x-hubspot-ratelimit-max': '100',
    'x-hubspot-ratelimit-remaining': '99',
    'x-hubspot-ratelimit-interval-milliseconds': '10000',
    'x-hubspot-ratelimit-daily': '1000',
    'x-hubspot-ratelimit-daily-remaining': '999',
  });
  const searched = await search({});
  expect(Object.keys(searched.headers).filter((name) => name.includes('ratelimit'))).toEqual([]);
  expect(searched.headers['x-hubspot-correlation-id']).toBeDefined();
});

test('a packed body counts like a plain one', async () => {
  const { call } = openPortal();
  const packed = gzipSync(JSON.stringify({ properties: { email: 'gzip@example.co.jp' } }));
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const { status, body } = await call('POST', '/crm/v3/objects/contacts', packed, headers);
  expect([status, body.properties['email']]).toEqual([201, 'gzip@example.co.jp']);
});

test('property lists in a query may repeat the key, use commas, or both', async () => {
  const { call, create } = openPortal();
  const id = await create({ city: '大阪市', state: '大阪府', jobtitle: '課長' });
  for (const query of [
    'properties=city&properties=state&properties=jobtitle',
    'properties=city,state&properties=jobtitle',
  ]) {
    const { body } = await call('GET', `/crm/v3/objects/contacts/${id}?${query}`);
    expect(body.properties).toMatchObject({ city: '大阪市', state: '大阪府', jobtitle: '課長' });
  }
});

test('numbers and booleans sent as values are kept as text', async () => {
  const { portal, create } = openPortal();
  portal.defineProperty({ name: 'seats', label: '席数', type: 'number' });
  portal.defineProperty({ name: 'is_vip', label: '重要顧客', type: 'bool' });
  await create({ seats: 12, is_vip: true });
  expect(portal.records('contacts')[0]?.properties).toMatchObject({ seats: '12', is_vip: 'true' });
});

test('every name of every object leads to the same records, under numbered and dated paths', async () => {
  const { call, portal } = openPortal();
  const names = [
    ['companies', 'company', '0-2'],
    ['deals', 'deal', '0-3'],
    ['notes', 'note', '0-46'],
    ['meetings', 'meeting', '0-47'],
    ['calls', 'call', '0-48'],
    ['emails', 'email', '0-49'],
    ['tasks', 'task', '0-27'],
  ] as const;
  for (const [object, ...others] of names) {
    const id = portal.seed(object, {}, START);
    for (const name of [object, ...others]) {
      for (const path of ['/crm/v3/objects', '/crm/objects/2026-03', '/crm/objects/2026-09']) {
        expect((await call('GET', `${path}/${name}/${id}`)).body.id, `${path}/${name}`).toBe(id);
      }
    }
  }
});

test('each object asks for its own scope, an activity for that of contacts', async () => {
  const { call } = openPortal({ switches: { missingScopes: ['crm.objects.deals.read', 'crm.objects.contacts.read'] } });
  const status = async (path: string) => (await call('GET', path)).status;
  expect(await status('/crm/v3/objects/companies')).toBe(200);
  expect(await status('/crm/v3/objects/deals')).toBe(403);
  expect(await status('/crm/v3/objects/notes')).toBe(403);
  expect(await status('/crm/v4/objects/companies/1/associations/deals')).toBe(403);
  const { body } = await call('GET', '/crm/v3/objects/deals');
  expect(body.errors[0]?.context).toEqual({ requiredGranularScopes: ['crm.objects.deals.read'] });
});

test('broken JSON is told with its place and without a category', async () => {
  const { call } = openPortal();
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const { status, body } = await call('POST', '/crm/v3/objects/contacts', '{"properties":\n  {"email" 1}}', headers);
  expect(status).toBe(400);
  expect(body.message).toMatch(/^Invalid input JSON on line 2, column 12: /);
  expect(body.category).toBeUndefined();
});

test('a call without a valid token gets the 401 body, one with an expired token another category', async () => {
  const { call, portal } = openPortal();
  for (const headers of [{}, { authorization: 'Bearer pat-na1-unknown' }]) {
    const { status, body } = await call('GET', '/crm/v3/objects/contacts', undefined, headers);
    expect([status, body.category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    expect(body.message).toMatch(/^Authentication credentials not found\./);
  }
  portal.expireToken();
  const { status, body } = await call('GET', '/crm/v3/objects/contacts');
  expect([status, body.status, body.category]).toEqual([401, 'error', 'EXPIRED_AUTHENTICATION']);
  portal.renewToken();
  expect((await call('GET', '/crm/v3/objects/contacts')).status).toBe(200);
});

test('a scope that the token lacks is named in a 403', async () => {
  const { call } = openPortal({ switches: { missingScopes: ['crm.objects.owners.read'] } });
  const { status, body } = await call('GET', '/crm/v3/owners');
  expect([status, body.category]).toEqual([403, 'MISSING_SCOPES']);
  expect(body.errors[0]?.context).toEqual({ requiredGranularScopes: ['crm.objects.owners.read'] });
  expect((await call('GET', '/crm/v3/objects/contacts')).status).toBe(200);
});

test.each([300_000, -300_000])('a clock that is off by %i ms dates stamps and answers alike', async (off) => {
  const { call, create } = openPortal({ switches: { clockAheadMs: off } });
  const id = await create({ email: 'hanako@example.co.jp' });
  const { headers, body } = await call('GET', `/crm/v3/objects/contacts/${id}`);
  expect(body.updatedAt).toBe(new Date(START + off).toISOString().replace('.000Z', 'Z'));
  expect(headers['date']).toBe(new Date(START + off).toUTCString());
});

test('what is not emulated says so loudly, names the route and says where it belongs', async () => {
  const { call } = openPortal();
  const unserved = [
    ['GET', '/crm/v3/objects/tickets'],
    ['POST', '/crm/v4/associations/contacts/tickets/batch/read'],
    ['POST', '/crm/v3/associations/contacts/companies/batch/read'],
    ['POST', '/crm/v4/associations/notes/tasks/batch/read'],
    ['GET', '/crm/v3/pipelines/contacts'],
    ['POST', '/crm/v3/pipelines/deals'],
    ['POST', '/webhooks/v3/1/subscriptions'],
    ['POST', '/oauth/v1/token'],
  ] as const;
  for (const [method, url] of unserved) {
    const { status, body } = await call(method, url, method === 'POST' ? {} : undefined);
    expect([url, status, body.category]).toEqual([url, 501, 'NOT_EMULATED']);
    expect(body.message).toContain('src/sandbox/hubspot/');
  }
  const pipelines = await call('POST', '/crm/v3/pipelines/deals', {});
  expect(pipelines.body.message).toContain('POST /crm/v3/pipelines/deals');
});
