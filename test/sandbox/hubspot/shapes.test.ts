import { expect, test } from 'vitest';
import { openPortal, START } from './open-portal.ts';

const CONTACTS = '/crm/v3/objects/contacts';

test('a record shows null for what was asked and is empty, and nothing for what is no property', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'hanako@example.co.jp', firstname: '花子' });
  const { body } = await call(
    'GET',
    `${CONTACTS}/${id}?properties=phone&properties=no_such_thing&properties=firstname`,
  );
  expect(body).toEqual({
    id,
    properties: {
      createdate: '2026-11-20T01:00:00Z',
      firstname: '花子',
      hs_object_id: id,
      lastmodifieddate: '2026-11-20T01:00:00Z',
      phone: null,
    },
    createdAt: '2026-11-20T01:00:00Z',
    updatedAt: '2026-11-20T01:00:00Z',
    archived: false,
    url: `https://app.hubspot.com/contacts/24680/record/0-1/${id}`,
  });
});

test('a read that names no properties gives the default ones', async () => {
  const { call, create } = openPortal();
  const id = await create({ email: 'hanako@example.co.jp', city: '札幌市' });
  const { body } = await call('GET', `${CONTACTS}/${id}`);
  const usual = 'createdate email firstname hs_object_id lastmodifieddate lastname';
  expect(Object.keys(body.properties)).toEqual(usual.split(' '));
});

test('a time with milliseconds keeps all three digits, a full second none', async () => {
  const { call, create, kernel } = openPortal();
  kernel.clock.advance(5);
  const id = await create({});
  expect((await call('GET', `${CONTACTS}/${id}`)).body.createdAt).toBe('2026-11-20T01:00:00.005Z');
});

test('the answer to a create tells what was sent and calculated, stage dates as milliseconds; a read tells them as ISO', async () => {
  const { call } = openPortal();
  const { body } = await call('POST', CONTACTS, { properties: { email: 'Hanako@example.co.jp', lastname: '佐藤' } });
  expect(body.properties).toMatchObject({
    email: 'Hanako@example.co.jp',
    lastname: '佐藤',
    lifecyclestage: 'lead',
    hs_lifecyclestage_lead_date: String(START),
    hs_object_source: 'INTEGRATION',
    hs_email_domain: 'example.co.jp',
    hs_is_unworked: 'true',
  });
  expect(body.properties).not.toHaveProperty('city');
  const read = await call('GET', `${CONTACTS}/${body.id}?properties=hs_lifecyclestage_lead_date`);
  expect(read.body.properties['hs_lifecyclestage_lead_date']).toBe('2026-11-20T01:00:00Z');
});

test('the answer to an update echoes a cleared property as empty text; later reads show null', async () => {
  const { call, create } = openPortal();
  const id = await create({ city: '札幌市' });
  const { body } = await call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '' } });
  expect(body.properties['city']).toBe('');
  expect((await call('GET', `${CONTACTS}/${id}?properties=city`)).body.properties['city']).toBeNull();
});

test('a list goes on where paging says, and the last page has no paging', async () => {
  const { call, create } = openPortal();
  const ids = [await create({}), await create({}), await create({})];
  const first = await call('GET', `${CONTACTS}?limit=2`);
  expect(first.body.results.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.body.paging?.next.after).toBe(ids[2]);
  expect(first.body.paging?.next.link).toContain(`after=${ids[2]}`);
  const last = await call('GET', `${CONTACTS}?limit=2&after=${ids[2]}`);
  expect([last.body.results.map(({ id }) => id), last.body.paging]).toEqual([[ids[2]], undefined]);
});

test('a numeric id that nobody has is a 404 without category, any other id is told to be numeric', async () => {
  const { call } = openPortal();
  const numeric = await call('GET', `${CONTACTS}/999`);
  expect([numeric.status, numeric.body.message, numeric.body.category]).toEqual([404, 'resource not found', undefined]);
  const other = await call('GET', `${CONTACTS}/abc`);
  expect(other.body).toMatchObject({
    message: 'Object not found.  objectId are usually numeric.',
    category: 'OBJECT_NOT_FOUND',
    context: { id: ['abc'] },
  });
});

test('an unknown object is a 400 without category', async () => {
  const { call } = openPortal();
  const { status, body } = await call('POST', '/crm/v3/objects/butterflies/search', {});
  expect([status, body.message, body.category]).toEqual([
    400,
    'Unable to infer object type from: butterflies',
    undefined,
  ]);
});

test('ids missing from a batch read or update are one error in a 207, beside the records that were found', async () => {
  const { call, create } = openPortal();
  const id = await create({ city: '横浜市' });
  const inputs = [
    { id, properties: { city: '川崎市' } },
    { id: '998', properties: {} },
    { id: '999', properties: {} },
  ];
  for (const verb of ['read', 'update']) {
    const { status, body } = await call('POST', `${CONTACTS}/batch/${verb}`, { inputs });
    expect([verb, status, body.status, body.numErrors]).toEqual([verb, 207, 'COMPLETE', 1]);
    expect(body.results.map((record) => record.id)).toEqual([id]);
    expect(body.errors).toEqual([
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
        context: { ids: ['998', '999'] },
      },
    ]);
  }
});

test('the order of a batch answer says nothing about the order of its inputs', async () => {
  const { call, create } = openPortal();
  const ids = [];
  for (let count = 0; count < 12; count += 1) ids.push(await create({}));
  const { body } = await call('POST', `${CONTACTS}/batch/read`, { inputs: ids.map((id) => ({ id })) });
  const shown = body.results.map((record) => record.id);
  expect(shown).not.toEqual(ids);
  expect(shown.toSorted()).toEqual(ids);
});

test('without trace ids one bad input of a batch create keeps all others out', async () => {
  const { call, create, portal } = openPortal();
  await create({ email: 'taken@example.co.jp' });
  const good = { properties: { email: 'new@example.co.jp' } };
  const invalid = await call('POST', `${CONTACTS}/batch/create`, { inputs: [good, { properties: { nope: '1' } }] });
  expect([invalid.status, invalid.body.errors[0]?.code]).toEqual([400, 'PROPERTY_DOESNT_EXIST']);
  const held = await call('POST', `${CONTACTS}/batch/create`, {
    inputs: [good, { properties: { email: 'taken@example.co.jp' } }],
  });
  expect([held.status, held.body.message, held.body.category]).toEqual([409, 'Contact already exists', 'CONFLICT']);
  expect(portal.records('contacts')).toHaveLength(1);
});

test('with a trace id on each input the good ones are created and the bad ones told in a 207', async () => {
  const { call, create, portal } = openPortal();
  const taken = await create({ email: 'taken@example.co.jp' });
  const { status, body } = await call('POST', `${CONTACTS}/batch/create`, {
    inputs: [
      { objectWriteTraceId: 'a', properties: { email: 'taken@example.co.jp' } },
      { objectWriteTraceId: 'b', properties: { email: 'new@example.co.jp' } },
      { objectWriteTraceId: 'c', properties: { industry: 'MAGIC' } },
    ],
  });
  expect([status, body.results.length, body.numErrors]).toEqual([207, 1, 2]);
  expect(body.errors[0]).toEqual({
    status: 'error',
    category: 'CONFLICT',
    message: `Contact already exists. Existing ID: ${taken}`,
    context: { objectWriteTraceId: ['a'], existingId: [taken] },
  });
  expect(body.errors[1]).toMatchObject({ category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['c'] } });
  expect(portal.records('contacts')).toHaveLength(2);
});

test('one unacceptable value refuses a whole batch update', async () => {
  const { call, create, portal } = openPortal();
  const [first, second] = [await create({ city: '東京' }), await create({})];
  const { status, body } = await call('POST', `${CONTACTS}/batch/update`, {
    inputs: [
      { id: first, objectWriteTraceId: '1', properties: { city: '大阪' } },
      { id: second, objectWriteTraceId: '2', properties: { createdate: '2020-01-01' } },
    ],
  });
  expect([status, body.category, body.errors[0]?.code]).toEqual([400, 'VALIDATION_ERROR', 'READ_ONLY_VALUE']);
  expect(portal.records('contacts')[0]?.properties['city']).toBe('東京');
});

test('an id that comes twice refuses a batch update and is named', async () => {
  const { call, create } = openPortal();
  const id = await create({});
  const { status, body } = await call('POST', `${CONTACTS}/batch/update`, {
    inputs: [
      { id, properties: { city: '東京' } },
      { id, properties: { city: '大阪' } },
    ],
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    message: `Duplicate IDs found in batch input: [${id}]. IDs must be unique`,
    context: { ids: [id] },
    category: 'VALIDATION_ERROR',
  });
});
