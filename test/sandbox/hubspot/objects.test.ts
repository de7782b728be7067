import { expect, test } from 'vitest';
import { openPortal, START } from './open-portal.ts';

const objects = (name: string) => `/crm/v3/objects/${name}`;
const WHEN = '2026-11-20T02:00:00Z';

/** An object, what a create of it sends, and what a read without properties shows. */
const OBJECTS = [
  ['companies', { name: '青葉精機' }, ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name']],
  [
    'deals',
    { dealname: '測定器' },
    ['amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'hs_lastmodifieddate', 'hs_object_id', 'pipeline'],
  ],
  ['notes', { hs_timestamp: WHEN, hs_note_body: '要望' }, ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']],
  ['meetings', { hs_timestamp: WHEN }, ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']],
  ['calls', { hs_timestamp: WHEN }, ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']],
  ['emails', { hs_timestamp: WHEN }, ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']],
  ['tasks', { hs_timestamp: WHEN }, ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']],
] as const;

test.each(OBJECTS)('%s are created, read, changed, listed, found and archived', async (object, sent, shown) => {
  const { call, kernel } = openPortal();
  const created = await call('POST', objects(object), { properties: sent });
  expect([created.status, created.body.properties]).toMatchObject([201, sent]);
  const { id } = created.body;
  expect(Object.keys((await call('GET', `${objects(object)}/${id}`)).body.properties)).toEqual(shown);

  kernel.clock.advance(1_500);
  const [[first, text]] = Object.entries(sent) as [[string, string]];
  const later = first === 'hs_timestamp' ? '2026-11-21T02:00:00Z' : `${text}です`;
  const changed = await call('PATCH', `${objects(object)}/${id}`, { properties: { [first]: later } });
  expect(changed.body.properties).toMatchObject({ [first]: later, hs_lastmodifieddate: '2026-11-20T01:00:01.500Z' });
  expect(changed.body.updatedAt).toBe('2026-11-20T01:00:01.500Z');

  const filters = [
    { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(START + 1_500) },
    { propertyName: first, operator: 'EQ', value: later },
  ];
  const found = await call('POST', `${objects(object)}/search`, { filterGroups: [{ filters }] });
  expect([found.body.total, found.body.results[0]?.id]).toEqual([1, id]);
  expect((await call('DELETE', `${objects(object)}/${id}`)).status).toBe(204);
  expect((await call('GET', objects(object))).body.results).toEqual([]);
  expect((await call('GET', `${objects(object)}?archived=true`)).body.results[0]?.id).toBe(id);
});

test.each(OBJECTS)('%s go through batches, with their 207 for those that are not there', async (object, sent) => {
  const { call } = openPortal();
  const inputs = [{ properties: sent }, { properties: sent }];
  const made = await call('POST', `${objects(object)}/batch/create`, { inputs });
  expect([made.status, made.body.results.length]).toEqual([201, 2]);
  const ids = made.body.results.map(({ id }) => ({ id }));
  const read = await call('POST', `${objects(object)}/batch/read`, { inputs: [...ids, { id: '404' }] });
  expect([read.status, read.body.results.length, read.body.errors[0]?.context]).toEqual([207, 2, { ids: ['404'] }]);
  const update = { inputs: ids.map(({ id }) => ({ id, properties: sent })) };
  expect((await call('POST', `${objects(object)}/batch/update`, update)).body.results).toHaveLength(2);
  expect((await call('POST', `${objects(object)}/batch/archive`, { inputs: ids })).status).toBe(204);
  expect((await call('GET', objects(object))).body.results).toEqual([]);
});

test('records of one object are not found under another, even by their id', async () => {
  const { call, portal } = openPortal();
  const id = portal.seed('companies', { name: '青葉精機' }, START);
  expect((await call('GET', `${objects('deals')}/${id}`)).status).toBe(404);
  expect(portal.records('companies')).toMatchObject([{ id, properties: { name: '青葉精機' } }]);
});

test.each(['notes', 'meetings', 'calls', 'emails', 'tasks'])('%s cannot be created without a time', async (object) => {
  const { call, portal } = openPortal();
  const single = await call('POST', objects(object), { properties: {} });
  expect([single.status, single.body.category, single.body.context]).toEqual([
    400,
    'VALIDATION_ERROR',
    { properties: ['hs_timestamp'] },
  ]);
  expect(single.body.message).toMatch(/^Error creating [A-Z_]+\. Some required properties were not set\.$/);
  const inputs = [{ properties: { hs_timestamp: WHEN } }, { properties: {} }];
  expect((await call('POST', `${objects(object)}/batch/create`, { inputs })).status).toBe(400);
  expect(portal.records(object)).toEqual([]);
  const traced = inputs.map((input, place) => ({ ...input, objectWriteTraceId: String(place) }));
  const { status, body } = await call('POST', `${objects(object)}/batch/create`, { inputs: traced });
  expect([status, body.results.length, body.errors[0]?.context['objectWriteTraceId']]).toEqual([207, 1, ['1']]);
});

test('options of an activity are checked, its calculated values cannot be written', async () => {
  const { call } = openPortal();
  const refusal = async (object: string, properties: Record<string, string>) => {
    const { body } = await call('POST', objects(object), { properties: { hs_timestamp: WHEN, ...properties } });
    return body.errors?.[0]?.code;
  };
  expect(await refusal('calls', { hs_call_direction: 'SIDEWAYS' })).toBe('INVALID_OPTION');
  expect(await refusal('calls', { hs_call_disposition: 'connected' })).toBe('INVALID_OPTION');
  expect(await refusal('calls', { hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7' })).toBeUndefined();
  expect(await refusal('emails', { hs_sequence_id: '77' })).toBe('READ_ONLY_VALUE');
  expect(await refusal('meetings', { hs_meeting_outcome: 'NO_SHOW' })).toBeUndefined();
  expect(await refusal('notes', { hs_call_title: 'x' })).toBe('PROPERTY_DOESNT_EXIST');
});

test('a task tells whether it is done or overdue', async () => {
  const { call, kernel } = openPortal();
  const properties = { hs_timestamp: WHEN, hs_task_status: 'NOT_STARTED', hs_task_body: '<p>電話する</p>' };
  const { id } = (await call('POST', objects('tasks'), { properties })).body;
  const shown = async () => {
    const names = 'hs_task_is_completed,hs_task_is_overdue,hs_task_family,hs_body_preview';
    const { body } = await call('GET', `${objects('tasks')}/${id}?properties=${names}`);
    return [body.properties['hs_task_is_completed'], body.properties['hs_task_is_overdue']];
  };
  expect(await shown()).toEqual(['0', 'false']);
  kernel.clock.advance(2 * 3_600_000);
  expect(await shown()).toEqual(['0', 'true']);
  await call('PATCH', `${objects('tasks')}/${id}`, { properties: { hs_task_status: 'COMPLETED' } });
  expect(await shown()).toEqual(['1', 'false']);
});

test('an activity of a person tells who made it, one of ours tells the app', async () => {
  const { call, portal } = openPortal();
  portal.seed('calls', { hs_timestamp: WHEN }, START, { type: 'CRM_UI', id: 'userId:4711', userId: 4711 });
  await call('POST', objects('calls'), { properties: { hs_timestamp: WHEN } });
  const [human, app] = portal.records('calls').map(({ properties }) => properties);
  expect(human).toMatchObject({ hs_created_by_user_id: '4711', hs_object_source: 'CRM_UI' });
  expect(app).toMatchObject({ hs_object_source: 'INTEGRATION', hs_object_source_id: '19083857' });
  expect(app?.['hs_created_by_user_id']).toBeUndefined();
});

test('HubSpot’s own values of a contact are filled by its calculations, with a history', async () => {
  const { call, kernel, portal } = openPortal();
  const id = portal.seed('contacts', { email: 'a@example.co.jp' }, START);
  kernel.clock.advance(1_000);
  const visited = (page: string) => {
    const properties = { hs_analytics_last_url: page, hs_analytics_last_timestamp: kernel.clock.now() };
    portal.touch('contacts', id, properties, { source: 'CALCULATED' });
    kernel.clock.advance(1_000);
  };
  visited('https://example.co.jp/price');
  visited('https://example.co.jp/contact');
  const name = 'hs_analytics_last_url';
  const { body } = await call('GET', `${objects('contacts')}/${id}?propertiesWithHistory=${name}`);
  expect(body.propertiesWithHistory[name]).toMatchObject([
    { value: 'https://example.co.jp/contact', sourceType: 'CALCULATED', timestamp: '2026-11-20T01:00:02Z' },
    { value: 'https://example.co.jp/price', sourceType: 'CALCULATED', timestamp: '2026-11-20T01:00:01Z' },
  ]);
  expect(body.updatedAt).toBe('2026-11-20T01:00:02Z');
  const write = await call('PATCH', `${objects('contacts')}/${id}`, { properties: { [name]: 'x' } });
  expect(write.body.errors[0]?.code).toBe('READ_ONLY_VALUE');
});

test('companies have properties of their own, with their own groups and unique values', async () => {
  const { call, portal } = openPortal();
  const { body } = await call('GET', '/crm/v3/properties/companies');
  const names = body.results.map((property) => (property as unknown as { name: string }).name);
  expect(names).toEqual(expect.arrayContaining(['name', 'domain', 'numberofemployees', 'hs_additional_domains']));
  expect(names).not.toContain('email');
  portal.defineProperty(
    { name: 'houjin_bangou', label: '法人番号', type: 'string', hasUniqueValue: true },
    'companies',
  );
  const create = () => call('POST', objects('companies'), { properties: { houjin_bangou: '1010001000000' } });
  expect((await create()).status).toBe(201);
  expect((await create()).body.message).toContain('already has that value');
  expect((await call('GET', `${objects('companies')}/1010001000000?idProperty=houjin_bangou`)).status).toBe(200);
  const same = { properties: { domain: 'aoba.example.co.jp' } };
  expect((await call('POST', objects('companies'), same)).status).toBe(201);
  expect((await call('POST', objects('companies'), same)).status).toBe(201);
});

test('merged companies and deals have one survivor, notes cannot be merged', async () => {
  const { call, portal } = openPortal();
  const merge = (object: string, [primaryObjectId, objectIdToMerge]: readonly string[]) =>
    call('POST', `${objects(object)}/merge`, { primaryObjectId, objectIdToMerge });
  const companies = ['aoba', 'aoba-seiki'].map((name) =>
    portal.seed('companies', { domain: `${name}.example.co.jp`, name }, START),
  );
  const { body } = await merge('companies', companies);
  expect(companies).not.toContain(body.id);
  expect(portal.records('companies')).toMatchObject([
    { properties: { name: 'aoba', hs_additional_domains: 'aoba-seiki.example.co.jp' } },
  ]);
  const deals = [portal.seed('deals', { dealname: 'a' }, START), portal.seed('deals', { amount: '5000.00' }, START)];
  const survivor = portal.merge('deals', deals[0] ?? '', deals[1] ?? '');
  expect((await call('GET', `${objects('deals')}/${deals[1]}`)).body.id).toBe(survivor);
  expect(portal.records('deals')[0]?.properties).toMatchObject({ dealname: 'a', amount: '5000.00' });
  const notes = [portal.seed('notes', {}, START), portal.seed('notes', {}, START)];
  expect((await merge('notes', notes)).status).toBe(501);
});

test('whoever names properties gets the id and both dates of an activity besides', async () => {
  const { call, portal } = openPortal();
  const id = portal.seed('notes', { hs_note_body: '要望' }, START);
  const { body } = await call('GET', `${objects('notes')}/${id}?properties=hs_note_body`);
  expect(Object.keys(body.properties)).toEqual([
    'hs_createdate',
    'hs_lastmodifieddate',
    'hs_note_body',
    'hs_object_id',
  ]);
});

test('a count that HubSpot’s calculations gave has its versions, until there is something to count', async () => {
  const { call, kernel, portal } = openPortal();
  const id = portal.seed('contacts', {}, START);
  const shown = async () => {
    const name = 'num_associated_deals';
    const path = `${objects('contacts')}/${id}?properties=${name}&propertiesWithHistory=${name}`;
    const { body } = await call('GET', path);
    return [body.properties[name], body.propertiesWithHistory[name]?.map(({ value }) => value)];
  };
  expect(await shown()).toEqual([null, []]);
  for (const count of [1, 2]) {
    kernel.clock.advance(1_000);
    portal.touch('contacts', id, { num_associated_deals: count }, { source: 'CALCULATED' });
  }
  expect(await shown()).toEqual(['2', ['2', '1']]);
  const deal = portal.seed('deals', {}, START);
  portal.associate({ object: 'contacts', id }, { object: 'deals', id: deal });
  expect((await shown())[0]).toBe('1');
});

test('only contacts are known by their e-mail, and an object has ten unique properties at most', async () => {
  const { call } = openPortal();
  const byMail = (object: string) => call('GET', `${objects(object)}/a@example.co.jp?idProperty=email`);
  expect([(await byMail('contacts')).status, (await byMail('companies')).status]).toEqual([404, 400]);
  const text = { type: 'string', fieldType: 'text', groupName: 'companyinformation', hasUniqueValue: true };
  const define = (name: string) => call('POST', '/crm/v3/properties/companies', { ...text, name, label: name });
  for (let count = 0; count < 10; count += 1) expect((await define(`key_${count}`)).status).toBe(201);
  expect((await define('key_10')).status).toBe(400);
});

test('a job of HubSpot’s that was set for an instant stamps the records of every object', () => {
  const { kernel, portal } = openPortal({ switches: { stampAt: START + 60_000 } });
  const names = ['contacts', 'companies', 'deals', 'notes', 'meetings', 'calls', 'emails', 'tasks'];
  for (const name of names) portal.seed(name, {}, START);
  kernel.clock.advance(70_000);
  const dates = names.map((name) => portal.records(name)[0]?.updatedAt);
  expect(new Set(dates)).toEqual(new Set(['2026-11-20T01:01:00Z']));
});
