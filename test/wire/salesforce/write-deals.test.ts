import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Effect } from '../../../src/domain/people/change.ts';
import type { ObjectName } from '../../../src/domain/people/record.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { data, describes, refusal, rowsPage, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const COLLECTION = data('/composite/sobjects');
const upsertPath = (object: string) => data(`/composite/sobjects/${object}/Tasuki_Key__c`);
const DEAL = '0065g00000AAAAAAA5';
const ROLE = '00K5g00000AAAAAAQ5';
const CONTACT = '0035g00000ContaAAB';
const ACCOUNT = '0015g00000Acme1AAB';
const WINNER = '0015g00000Acme2AAB';

const create = (object: ObjectName, key: string, values: Values): Effect => ({
  change: `c-${key}`,
  kind: 'create',
  object,
  id: null,
  key: { field: 'Tasuki_Key__c', value: key },
  values,
});
const update = (object: ObjectName, id: string, values: Values): Effect => ({
  change: `u-${id}`,
  kind: 'update',
  object,
  id,
  key: null,
  values,
});
const done = (id: string, created?: boolean) => ({ id, success: true, errors: [], created });
const failed = (statusCode: string, message: string, fields: readonly string[] = []) => ({
  success: false,
  errors: [{ statusCode, message, fields }],
});
const fixedField = (name: string) => ({ name, type: 'reference', updateable: false });
const closedTo = (field: string) =>
  failed(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${field}. Please check the security settings of this field.`,
    [field],
  );

const deal = { Name: '例示株式会社 新規', StageName: '初回訪問', CloseDate: '2026-12-31' };

test('an opportunity is made by its key, with its contact and its account', async () => {
  const { crm, org } = wire();
  const sent: unknown[] = [];
  org
    .patch(upsertPath('Opportunity'), (body: { records: unknown[] }) => sent.push(...body.records) > 0)
    .reply(200, [done(DEAL, true)]);
  const effect = create('Opportunity', 'd1', { ...deal, AccountId: ACCOUNT, ContactId: CONTACT });
  expect(await crm.write([effect])).toMatchObject([{ kind: 'written', created: true, record: { id: DEAL } }]);
  expect(sent).toEqual([
    { attributes: { type: 'Opportunity' }, ...deal, AccountId: ACCOUNT, ContactId: CONTACT, Tasuki_Key__c: 'd1' },
  ]);
});

test('an opportunity whose first answer was lost is found again, though its contact can only be set once', async () => {
  const { crm, org } = wire();
  describes(org, 'Opportunity', ['Name', 'StageName', 'CloseDate', fixedField('ContactId'), 'Tasuki_Key__c']);
  org.patch(upsertPath('Opportunity')).reply(200, [closedTo('ContactId'), done(DEAL, true)]);
  org
    .get(data('/query'))
    .query({ q: "SELECT Id, Tasuki_Key__c FROM Opportunity WHERE Tasuki_Key__c IN ('D1')" })
    .reply(200, rowsPage([{ Id: DEAL.slice(0, 15), Tasuki_Key__c: 'd1' }]).body);
  const sent: unknown[] = [];
  org.patch(COLLECTION, (body: { records: unknown[] }) => sent.push(...body.records) > 0).reply(200, [done(DEAL)]);
  const outcomes = await crm.write([
    create('Opportunity', 'D1', { ...deal, ContactId: CONTACT }),
    create('Opportunity', 'd2', { ...deal }),
  ]);
  expect(outcomes).toMatchObject([
    { change: 'c-D1', kind: 'written', created: false, record: { object: 'Opportunity', id: DEAL } },
    { change: 'c-d2', kind: 'written', created: true },
  ]);
  expect(sent).toEqual([{ attributes: { type: 'Opportunity' }, ...deal, id: DEAL }]);
});

test('a field that is closed to our user stays refused where nobody holds the key', async () => {
  const { crm, org } = wire();
  describes(org, 'OpportunityContactRole', [fixedField('OpportunityId'), 'ContactId', 'Role', 'Tasuki_Key__c']);
  org.patch(upsertPath('OpportunityContactRole')).reply(200, [closedTo('Role')]);
  org.get(data('/query')).query(true).reply(200, rowsPage([]).body);
  const effect = create('OpportunityContactRole', 'r1', { OpportunityId: DEAL, ContactId: CONTACT, Role: '決裁者' });
  expect(await crm.write([effect])).toMatchObject([
    { kind: 'refused', code: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Role'] },
  ]);
});

test('when nobody answers who holds the key, it is tried again, and what was written stays written', async () => {
  const { crm, org } = wire();
  describes(org, 'OpportunityContactRole', [fixedField('OpportunityId'), 'ContactId', 'Tasuki_Key__c']);
  org.patch(upsertPath('OpportunityContactRole')).reply(200, [closedTo('OpportunityId'), done(ROLE, true)]);
  org.get(data('/query')).query(true).reply(403, refusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
  const role = { OpportunityId: DEAL, ContactId: CONTACT };
  const outcomes = await crm.write([
    create('OpportunityContactRole', 'r1', role),
    create('OpportunityContactRole', 'r2', role),
  ]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['deferred', 'written']);
});

test('an update that names a closed field is refused without another question', async () => {
  const { crm, org } = wire();
  org.patch(COLLECTION).reply(200, [closedTo('Amount')]);
  const key = { field: 'Tasuki_Key__c', value: 'd1' };
  expect(await crm.write([{ ...update('Opportunity', DEAL, { Amount: 1_000_000 }), key }])).toMatchObject([
    { kind: 'refused', fields: ['Amount'] },
  ]);
});

test.each([
  ['INVALID_CROSS_REFERENCE_KEY', 'Record Type ID: this ID value isn’t valid for the user', ['RecordTypeId']],
  ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []],
  ['FIELD_INTEGRITY_EXCEPTION', 'Account ID: id value of incorrect type', ['AccountId']],
  ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'フェーズ: この項目の値はプロセスにありません: 交渉', ['StageName']],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', '受注には契約日が必要です', []],
])('a deal that Salesforce does not take with %s is refused in its own words', async (code, message, fields) => {
  const { crm, org } = wire();
  org.patch(upsertPath('Opportunity')).reply(200, [failed(code, message, fields)]);
  expect(await crm.write([create('Opportunity', 'd1', deal)])).toEqual([
    { change: 'c-d1', kind: 'refused', code, message, fields },
  ]);
});

test('an Account that was merged away names the one that took it in', async () => {
  const { crm, org } = wire();
  org.patch(COLLECTION).reply(200, [failed('ENTITY_IS_DELETED', 'entity is deleted')]);
  org
    .get(data('/queryAll'))
    .query({ q: `SELECT Id, IsDeleted, MasterRecordId FROM Account WHERE Id IN ('${ACCOUNT}')` })
    .reply(200, rowsPage([{ Id: ACCOUNT, IsDeleted: true, MasterRecordId: WINNER.slice(0, 15) }]).body);
  expect(await crm.write([update('Account', ACCOUNT, { Website: 'example.co.jp' })])).toMatchObject([
    { kind: 'vanished', mergedInto: WINNER },
  ]);
});

test('the holder of a key is another of the same kind, whatever else the answer names', async () => {
  const { crm, org } = wire();
  const message = `duplicate value found: Tasuki_Key__c on account ${ACCOUNT} duplicates value on record with id: ${DEAL.slice(0, 15)}`;
  org.patch(COLLECTION).reply(200, [failed('DUPLICATE_VALUE', message)]);
  expect(await crm.write([update('Opportunity', '0065g00000AAAAB', { Tasuki_Key__c: 'd1' })])).toMatchObject([
    { kind: 'refused', holder: { object: 'Opportunity', id: DEAL } },
  ]);
});
