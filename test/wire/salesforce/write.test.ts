import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Effect } from '../../../src/domain/people/change.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { data, fixture, refusal, TOKEN, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const COLLECTION = data('/composite/sobjects');
const UPSERT = data('/composite/sobjects/Lead/Tasuki_Key__c');
const A = '00Q5g00000AAAAAEA5';
const B = '00Q5g00000AAAABEA5';

function update(change: string, id: string, values: Values = { Title: '部長' }): Effect {
  return { change, kind: 'update', object: 'Lead', id, key: null, values };
}
function create(change: string, key: string, values: Values = { LastName: '佐藤', Company: '例示' }): Effect {
  return { change, kind: 'create', object: 'Lead', id: null, key: { field: 'Tasuki_Key__c', value: key }, values };
}
const done = (id: string) => ({ id, success: true, errors: [] });
const failed = (statusCode: string, message = '', fields: readonly string[] = []) => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});

test('an update goes out as one collection that neither reassigns Leads nor rolls back good records', async () => {
  const { crm, org } = wire();
  const bodies: unknown[] = [];
  org
    .patch(COLLECTION, (body) => bodies.push(body) > 0)
    .matchHeader('sforce-auto-assign', 'FALSE')
    .matchHeader('sforce-duplicate-rule-header', /allowSave=true/)
    .reply(200, [done(A), done(B)]);
  const outcomes = await crm.write([
    update('c1', A.slice(0, 15), { Title: null, Tasuki_Next_Due__c: '2026-11-25T09:00:00.000Z' }),
    update('c2', B),
  ]);
  expect(bodies).toEqual([
    {
      allOrNone: false,
      records: [
        { attributes: { type: 'Lead' }, Title: null, Tasuki_Next_Due__c: '2026-11-25T09:00:00.000Z', id: A },
        { attributes: { type: 'Lead' }, Title: '部長', id: B },
      ],
    },
  ]);
  const record = { system: 'salesforce', object: 'Lead' };
  expect(outcomes).toEqual([
    { kind: 'written', change: 'c1', record: { ...record, id: A }, created: false },
    { kind: 'written', change: 'c2', record: { ...record, id: B }, created: false },
  ]);
});

test('a create is an upsert by our key, so that a repeat finds the first one', async () => {
  const { crm, org } = wire();
  const records: unknown[] = [];
  org
    .patch(UPSERT, (body: { records: unknown[] }) => records.push(...body.records) > 0)
    .reply(200, [
      { ...done(A), created: true },
      { ...done(B.slice(0, 15)), created: false },
    ]);
  const outcomes = await crm.write([create('c1', 'p/1 ?'), create('c2', 'p2')]);
  expect(records[0]).toEqual({
    attributes: { type: 'Lead' },
    LastName: '佐藤',
    Company: '例示',
    Tasuki_Key__c: 'p/1 ?',
  });
  expect(outcomes.map((outcome) => outcome.kind === 'written' && [outcome.record.id, outcome.created])).toEqual([
    [A, true],
    [B, false],
  ]);
});

test('two effects on one key or one record are one entry, and both learn what became of it', async () => {
  const { crm, org } = wire();
  const sent: unknown[] = [];
  const keep = (body: { records: unknown[] }) => sent.push(body.records) > 0;
  org.patch(UPSERT, keep).reply(200, [{ ...done(A), created: true }]);
  org.patch(COLLECTION, keep).reply(200, [done(A)]);
  const created = await crm.write([
    create('c1', 'p1', { LastName: '佐藤', Title: '課長' }),
    create('c2', 'p1', { Title: '部長' }),
  ]);
  const updated = await crm.write([
    update('c3', A, { Title: '課長' }),
    update('c4', A.slice(0, 15), { Title: '部長' }),
  ]);
  expect(sent).toEqual([
    [{ attributes: { type: 'Lead' }, LastName: '佐藤', Title: '部長', Tasuki_Key__c: 'p1' }],
    [{ attributes: { type: 'Lead' }, Title: '部長', id: A }],
  ]);
  expect([...created, ...updated].map(({ change, kind }) => `${change} ${kind}`)).toEqual([
    'c1 written',
    'c2 written',
    'c3 written',
    'c4 written',
  ]);
});

test('each record has its own outcome, by its place in the answer', async () => {
  const { crm, org } = wire();
  const holder = 'duplicate value found: Tasuki_Key__c duplicates value on record with id: 00Q5g00000AAAAB';
  const rows = [
    done(A),
    failed('STRING_TOO_LONG', '役職: データ値が大きすぎる', ['Title']),
    failed('DUPLICATE_VALUE', holder),
    failed('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
    failed('CANNOT_EXECUTE_FLOW_TRIGGER', 'the flow failed: UNABLE_TO_LOCK_ROW: unable to obtain exclusive access'),
    failed('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'),
  ];
  org.patch(COLLECTION).reply(200, rows);
  const outcomes = await crm.write(rows.map((_, i) => update(`c${i}`, `00Q5g0000${String(i).padStart(6, '0')}`)));
  expect(outcomes).toMatchObject([
    { change: 'c0', kind: 'written' },
    { change: 'c1', kind: 'refused', code: 'STRING_TOO_LONG', fields: ['Title'] },
    {
      change: 'c2',
      kind: 'refused',
      code: 'DUPLICATE_VALUE',
      fields: ['Tasuki_Key__c'],
      holder: { object: 'Lead', id: B },
    },
    { change: 'c3', kind: 'deferred' },
    { change: 'c4', kind: 'deferred' },
    { change: 'c5', kind: 'refused', code: 'CANNOT_UPDATE_CONVERTED_LEAD' },
  ]);
});

test('a record that a duplicate rule protects names the one that is there already', async () => {
  const { crm, org } = wire();
  const matches = {
    matchResults: [{ matchRecords: [{ record: { attributes: { type: 'Contact' }, Id: '0035g00000Conta' } }] }],
  };
  org.patch(UPSERT).reply(200, [
    {
      success: false,
      errors: [{ statusCode: 'DUPLICATES_DETECTED', message: '重複', fields: [], duplicateResut: matches }],
    },
  ]);
  expect(await crm.write([create('c1', 'p1')])).toMatchObject([
    { kind: 'refused', code: 'DUPLICATES_DETECTED', holder: { object: 'Contact', id: '0035g00000ContaAAB' } },
  ]);
});

const namelessDuplicate = {
  success: false,
  errors: [{ statusCode: 'DUPLICATES_DETECTED', message: '重複', fields: [] }],
};
const ALONE = data('/sobjects/Lead');

test('a collection call does not say who the duplicate is: the record is sent once more by itself, under the same key', async () => {
  const { crm, org } = wire();
  org.patch(UPSERT).reply(200, [namelessDuplicate]);
  org
    .post(ALONE, { LastName: '佐藤', Company: '例示', Tasuki_Key__c: 'p1' })
    .matchHeader('sforce-auto-assign', 'FALSE')
    .reply(400, [
      {
        errorCode: 'DUPLICATES_DETECTED',
        message: '重複',
        duplicateResut: { matchResults: [{ matchRecords: [{ record: { Id: B } }] }] },
      },
    ]);
  expect(await crm.write([create('c1', 'p1')])).toMatchObject([
    { kind: 'refused', code: 'DUPLICATES_DETECTED', holder: { object: 'Lead', id: B } },
  ]);
});

test.each([
  ['is let in after all is made', 201, { id: A, success: true, errors: [] }, { kind: 'written', created: true }],
  ['gets no clear answer is read back', 502, {}, { kind: 'unsure' }],
  [
    'learns nothing more stays refused',
    400,
    [{ errorCode: 'DUPLICATES_DETECTED', message: '重複' }],
    { kind: 'refused' },
  ],
])('a record that %s when it is sent by itself', async (_, status, body, outcome) => {
  const { crm, org } = wire();
  org.patch(UPSERT).reply(200, [done(B), namelessDuplicate]);
  org.post(ALONE).reply(status, body);
  expect(await crm.write([create('c1', 'p1'), create('c2', 'p2')])).toMatchObject([{ kind: 'written' }, outcome]);
});

test('"not there" is looked up once: merged, deleted, or another record that the write refers to', async () => {
  const { crm, org } = wire();
  const C = '00Q5g00000AAAACEA5';
  org
    .patch(COLLECTION)
    .reply(200, [
      failed('ENTITY_IS_DELETED', 'entity is deleted'),
      failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
      failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'),
      failed('INVALID_CROSS_REFERENCE_KEY', 'Owner ID: not valid', ['OwnerId']),
    ]);
  org
    .get(data('/queryAll'))
    .query(
      ({ q }) => String(q) === `SELECT Id, IsDeleted, MasterRecordId FROM Lead WHERE Id IN ('${A}', '${B}', '${C}')`,
    )
    .reply(200, {
      done: true,
      records: [
        { Id: A, IsDeleted: true, MasterRecordId: B },
        { Id: C, IsDeleted: false, MasterRecordId: null },
      ],
    });
  const outcomes = await crm.write([
    update('c1', A),
    update('c2', B),
    update('c3', C),
    update('c4', '00Q5g00000AAAAD'),
  ]);
  expect(outcomes).toMatchObject([
    { kind: 'vanished', mergedInto: B },
    { kind: 'vanished' },
    { kind: 'refused', code: 'INVALID_CROSS_REFERENCE_KEY' },
    { kind: 'refused', fields: ['OwnerId'] },
  ]);
  expect(outcomes[1]).not.toHaveProperty('mergedInto');
});

test('what Salesforce left open is tried again when nobody answers the question', async () => {
  const { crm, org } = wire();
  org
    .patch(COLLECTION)
    .reply(200, [failed('ENTITY_IS_DELETED'), failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')]);
  org.get(data('/queryAll')).query(true).times(3).reply(503, 'busy');
  expect((await crm.write([update('c1', A), update('c2', B)])).map(({ kind }) => kind)).toEqual([
    'vanished',
    'deferred',
  ]);
});

test.each([
  ['answers 503', 503, 'busy'],
  ['answers 504 from a gateway', 504, '<html></html>'],
  ['sends half a document', 200, '[{"id":"00Q'],
  ['answers for fewer records than were sent', 200, [done(A)]],
  ['answers with something else', 200, { ok: true }],
])('when Salesforce %s, both records may have been written, and nothing is sent again', async (_, status, body) => {
  const { crm, org } = wire();
  org.patch(COLLECTION).reply(status, body);
  const outcomes = await crm.write([update('c1', A), update('c2', B)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['unsure', 'unsure']);
});

test('a connection that breaks after the request left is unsure; one that was never made stops the job', async () => {
  const { crm, org } = wire();
  org.patch(COLLECTION).replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
  expect((await crm.write([update('c1', A)])).map(({ kind }) => kind)).toEqual(['unsure']);
  org.patch(COLLECTION).replyWithError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  await expect(crm.write([update('c1', A)])).rejects.toMatchObject({ code: 'SYNC_REMOTE_UNAVAILABLE' });
});

test('a spent day stops the job with nothing written', async () => {
  const { crm, org } = wire();
  org.patch(COLLECTION).reply(403, refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  await expect(crm.write([update('c1', A)])).rejects.toMatchObject({ code: 'SYNC_RATE_LIMITED' });
});

test('an org that closed its API stops the job: its records are not at fault', async () => {
  const { crm, org } = wire();
  org
    .patch(COLLECTION)
    .reply(403, refusal('API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner'));
  await expect(crm.write([update('c1', A)])).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
});

test('a write that met an expired token goes out again after the renewal: a 401 did nothing', async () => {
  const { crm, org } = wire();
  org.patch(COLLECTION).reply(401, refusal('INVALID_SESSION_ID', 'Session expired or invalid'));
  org.post(TOKEN).reply(200, { ...fixture('token'), access_token: 'second' });
  org
    .patch(COLLECTION)
    .matchHeader('authorization', 'Bearer second')
    .reply(200, [done(A)]);
  expect((await crm.write([update('c1', A)])).map(({ kind }) => kind)).toEqual(['written']);
});

test('one record that spoils the request for all is found by halving; the others are written', async () => {
  const { crm, org } = wire();
  type Body = { records: { id: string; Title: string }[] };
  const answer = async (request: Request): Promise<[number, unknown]> => {
    const { records } = (await request.json()) as Body;
    const spoilt = records.some(({ Title }) => Title === '壊');
    return spoilt ? [400, refusal('JSON_PARSER_ERROR', 'cannot read')] : [200, records.map(({ id }) => done(id))];
  };
  org.patch(COLLECTION).times(7).reply(answer);
  const ids = Array.from({ length: 8 }, (_, i) => `00Q5g0000${String(i).padStart(6, '0')}`);
  const outcomes = await crm.write(ids.map((id, i) => update(`c${i}`, id, { Title: i === 5 ? '壊' : '部長' })));
  expect(outcomes.map(({ kind }) => kind)).toEqual(ids.map((_, i) => (i === 5 ? 'refused' : 'written')));
});

/** Salesforce that cannot read a request with one of these Titles in it, and counts what it was asked. */
function spoiltBy(org: ReturnType<typeof wire>['org'], isBad: (index: number) => boolean) {
  const seen = { calls: 0 };
  const answer = async (request: Request): Promise<[number, unknown]> => {
    seen.calls += 1;
    const { records } = (await request.json()) as { records: { id: string; Title: string }[] };
    const spoilt = records.some(({ Title }) => isBad(Number(Title)));
    return spoilt ? [400, refusal('JSON_PARSER_ERROR', 'cannot read')] : [200, records.map(({ id }) => done(id))];
  };
  org.patch(COLLECTION).times(100).reply(answer);
  return seen;
}
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    update(`c${i}`, `00Q5g0000${String(i).padStart(6, '0')}`, { Title: String(i) }),
  );

test('one that spoils two hundred costs no more than twice the halvings', async () => {
  const { crm, org } = wire();
  const seen = spoiltBy(org, (index) => index === 137);
  const outcomes = await crm.write(numbered(200));
  expect(outcomes.flatMap(({ kind }, i) => (kind === 'written' ? [] : [[i, kind]]))).toEqual([[137, 'refused']]);
  expect(seen.calls).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(200)));
  nock.cleanAll();
});

test('where many spoil it, whoever could not be told from them waits, and nobody good is refused', async () => {
  const { crm, org } = wire();
  const isBad = (index: number) => index % 5 === 3;
  const seen = spoiltBy(org, isBad);
  const outcomes = await crm.write(numbered(200));
  expect(outcomes.filter(({ kind }, i) => kind === 'refused' && !isBad(i))).toEqual([]);
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['written', 'refused', 'deferred']));
  expect(seen.calls).toBeLessThanOrEqual(60);
  nock.cleanAll();
});

test('a refusal that holds for all of them is not asked for each', async () => {
  const { crm, org } = wire();
  org.patch(UPSERT).reply(404, refusal('NOT_FOUND', 'Provided external ID field does not exist or is not accessible'));
  const outcomes = await crm.write([create('c1', 'p1'), create('c2', 'p2')]);
  expect(outcomes).toMatchObject([
    { kind: 'refused', code: 'NOT_FOUND' },
    { kind: 'refused', code: 'NOT_FOUND' },
  ]);
});

test('more than 200 effects, or effects of two kinds, are our own mistake and never leave', async () => {
  const { crm } = wire();
  nock.cleanAll();
  const many = Array.from({ length: 201 }, (_, i) => update(`c${i}`, A));
  await expect(crm.write(many)).rejects.toMatchObject({ code: 'SYNC_INVARIANT_BROKEN' });
  await expect(crm.write([update('c1', A), create('c2', 'p')])).rejects.toMatchObject({
    code: 'SYNC_INVARIANT_BROKEN',
  });
  expect(await crm.write([])).toEqual([]);
});
