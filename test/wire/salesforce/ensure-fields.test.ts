import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewField } from '../../../src/ports/crm.ts';
import { data, OUR_USER, refusal, type Wire, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const SET = '0PS5g000000SetxGAC';
const KEY: NewField = {
  name: 'Tasuki_Key__c',
  label: 'Tasuki キー',
  description: '消さないでください',
  type: 'text',
  maxLength: 64,
  key: true,
};
const DUE: NewField = { name: 'Tasuki_Next_Due__c', label: '次の期限', description: '', type: 'datetime' };
const FULL = { PermissionsRead: true, PermissionsEdit: true };
const right = (Field: string) => ({ attributes: { type: 'FieldPermissions' }, SobjectType: 'Lead', Field, ...FULL });
const done = (id: string) => ({ id, success: true, errors: [] });
const rows = (records: readonly object[]) => ({ totalSize: records.length, done: true, records });

function finds(org: Wire['org'], pattern: RegExp, records: readonly object[], path = '/query'): void {
  org
    .get(data(path))
    .query(({ q }) => pattern.test(String(q)))
    .reply(200, rows(records));
}

test('a missing field is made with the Tooling API, and its permission set, rights and assignment with it', async () => {
  const { crm, org } = wire();
  const bodies: unknown[] = [];
  const keep = (body: unknown) => bodies.push(body) > 0;
  finds(org, /FROM CustomField WHERE TableEnumOrId = 'Lead'/, [], '/tooling/query');
  org.post(data('/tooling/sobjects/CustomField'), keep).times(2).reply(201, { id: '00N', success: true, errors: [] });
  finds(org, /FROM PermissionSet WHERE Name = 'Tasuki'/, []);
  org.post(data('/composite/sobjects'), keep).reply(200, [done(SET)]);
  finds(org, /FROM PermissionSet WHERE Name = 'Tasuki'/, [{ Id: SET }]);
  finds(org, /FROM FieldPermissions WHERE ParentId = '0PS5g000000Setx/, []);
  org.post(data('/composite/sobjects'), keep).reply(200, [done('01k1'), done('01k2')]);
  finds(org, /FROM PermissionSetAssignment/, []);
  org.post(data('/composite/sobjects'), keep).reply(200, [done('0Pa1')]);

  expect(await crm.ensureFields('Lead', [KEY, DUE])).toEqual(['Tasuki_Key__c', 'Tasuki_Next_Due__c']);
  expect(bodies).toMatchObject([
    {
      FullName: 'Lead.Tasuki_Key__c',
      Metadata: {
        type: 'Text',
        length: 64,
        externalId: true,
        unique: true,
        label: 'Tasuki キー',
        description: '消さないでください',
      },
    },
    { FullName: 'Lead.Tasuki_Next_Due__c', Metadata: { type: 'DateTime' } },
    { records: [{ attributes: { type: 'PermissionSet' }, Name: 'Tasuki', Label: 'Tasuki' }] },
    { records: [right('Lead.Tasuki_Key__c'), right('Lead.Tasuki_Next_Due__c')] },
    { records: [{ attributes: { type: 'PermissionSetAssignment' }, AssigneeId: OUR_USER }] },
  ]);
});

test('an activity field is made once on Activity and granted on Task and Event', async () => {
  const { crm, org } = wire();
  const bodies: unknown[] = [];
  const keep = (body: unknown) => bodies.push(body) > 0;
  finds(org, /TableEnumOrId = 'Activity'/, [], '/tooling/query');
  org.post(data('/tooling/sobjects/CustomField'), keep).reply(201, { id: '00N', success: true, errors: [] });
  finds(org, /FROM PermissionSet WHERE/, [{ Id: SET }]);
  finds(org, /FROM FieldPermissions/, []);
  org.post(data('/composite/sobjects'), keep).reply(200, [done('01k1'), done('01k2')]);
  finds(org, /FROM PermissionSetAssignment/, [{ Id: '0Pa' }]);
  expect(await crm.ensureFields('Activity', [KEY])).toEqual(['Tasuki_Key__c']);
  expect(bodies).toMatchObject([
    { FullName: 'Activity.Tasuki_Key__c' },
    {
      records: [
        { SobjectType: 'Task', Field: 'Task.Tasuki_Key__c' },
        { SobjectType: 'Event', Field: 'Event.Tasuki_Key__c' },
      ],
    },
  ]);
});

test('a second set-up makes nothing, and a right that somebody narrowed is widened again', async () => {
  const { crm, org } = wire();
  const bodies: unknown[] = [];
  finds(org, /FROM CustomField/, [{ Id: '00N', DeveloperName: 'Tasuki_Key' }], '/tooling/query');
  finds(org, /FROM PermissionSet WHERE/, [{ Id: SET }]);
  finds(org, /FROM FieldPermissions/, [{ Id: '01k5g000000Righ', Field: 'Lead.Tasuki_Key__c', PermissionsEdit: false }]);
  org.patch(data('/composite/sobjects'), (body) => bodies.push(body) > 0).reply(200, [done('01k')]);
  finds(org, /FROM PermissionSetAssignment/, [{ Id: '0Pa' }]);
  expect(await crm.ensureFields('Lead', [KEY])).toEqual([]);
  expect(bodies).toMatchObject([{ records: [{ id: '01k5g000000RighAAC', ...FULL }] }]);
});

test('two set-ups at once do not stumble over each other', async () => {
  const { crm, org } = wire();
  finds(org, /FROM CustomField/, [], '/tooling/query');
  org
    .post(data('/tooling/sobjects/CustomField'))
    .reply(400, refusal('DUPLICATE_DEVELOPER_NAME', 'There is already a field named Tasuki_Key on Lead.'));
  finds(org, /FROM PermissionSet WHERE/, [{ Id: SET }]);
  finds(org, /FROM FieldPermissions/, []);
  const twice = {
    success: false,
    errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'duplicate value found', fields: [] }],
  };
  org.post(data('/composite/sobjects')).reply(200, [twice]);
  finds(org, /FROM PermissionSetAssignment/, []);
  org.post(data('/composite/sobjects')).reply(200, [twice]);
  expect(await crm.ensureFields('Lead', [KEY])).toEqual([]);
});

test('a set-up without the right to change the org says which right is missing', async () => {
  const { crm, org } = wire();
  finds(org, /FROM CustomField/, [], '/tooling/query');
  org
    .post(data('/tooling/sobjects/CustomField'))
    .reply(403, refusal('INSUFFICIENT_ACCESS', 'insufficient access rights: Modify Metadata'));
  await expect(crm.ensureFields('Lead', [KEY])).rejects.toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('Modify Metadata'),
  });
});
