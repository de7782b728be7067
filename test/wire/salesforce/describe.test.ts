import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { data, describesLead, fixture, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const rows = (records: readonly object[]) => ({ totalSize: records.length, done: true, records });

test('a Lead is described as our user may see and write it, with the statuses that end it', async () => {
  const { crm, org } = wire();
  describesLead(org);
  org
    .get(data('/query'))
    .query({ q: 'SELECT ApiName FROM LeadStatus WHERE IsConverted = true' })
    .reply(200, rows([{ ApiName: '取引開始済' }]));
  const schema = await crm.describe('Lead');
  const field = (name: string) => schema.fields.find((field) => field.name === name);
  expect(field('Company')).toEqual({
    name: 'Company',
    label: '会社名',
    type: 'string',
    writable: true,
    maxLength: 255,
    requiredOnCreate: true,
    unique: false,
  });
  expect(field('Status')).toMatchObject({
    type: 'picklist',
    restricted: true,
    requiredOnCreate: false,
    options: [
      { value: '未対応', label: '未対応', active: true },
      { value: '対応中', label: '対応中', active: true },
      { value: '取引開始済', label: '取引開始済', active: true, closed: true },
      { value: '旧区分', label: '旧区分', active: false },
    ],
  });
  expect(field('Tasuki_Key__c')).toMatchObject({ unique: true, maxLength: 64 });
  expect(field('ConvertedContactId')).toMatchObject({ type: 'reference', writable: false });
  expect(field('NumberOfEmployees')?.type).toBe('number');
  expect(field('Tasuki_Next_Due__c')?.type).toBe('datetime');
  expect(field('Address')).toBeUndefined();
});

test('a Task tells which of its statuses mean that it is done, and a free subject is text', async () => {
  const { crm, org } = wire();
  org.get(data('/sobjects/Task/describe')).reply(200, fixture('describe-task'));
  org
    .get(data('/query'))
    .query({ q: 'SELECT ApiName FROM TaskStatus WHERE IsClosed = true' })
    .reply(200, rows([{ ApiName: '完了' }]));
  const { fields } = await crm.describe('Task');
  const status = fields.find(({ name }) => name === 'Status');
  expect(status?.options?.filter(({ closed }) => closed)).toEqual([
    { value: '完了', label: '完了', active: true, closed: true },
  ]);
  expect(fields.find(({ name }) => name === 'Subject')).toMatchObject({ type: 'string', maxLength: 255 });
  expect(fields.find(({ name }) => name === 'Subject')).not.toHaveProperty('options');
});

test('the directory holds users, those who left and their managers too, and queues, page after page', async () => {
  const { crm, org } = wire();
  const user = {
    Id: '0055g000004Repa',
    Name: '鈴木 一郎',
    Email: 'Suzuki@Example.co.jp',
    IsActive: true,
    ManagerId: '0055g000004Boss',
  };
  const leaver = {
    Id: '0055g000004Gone',
    Name: '田中 花子',
    Email: 'tanaka@example.co.jp',
    IsActive: false,
    ManagerId: null,
  };
  const queue = { Id: '00G5g000002Queu', Name: '未割当リード', DeveloperName: 'Unassigned_Leads', Email: null };
  org
    .get(data('/query'))
    .query(({ q }) => /FROM User WHERE UserType = 'Standard'/.test(String(q)))
    .reply(200, {
      totalSize: 2,
      done: false,
      nextRecordsUrl: 'https://other.example.com/services/data/v68.0/query/01g-1',
      records: [user],
    });
  org.get(data('/query/01g-1')).reply(200, rows([leaver]));
  org
    .get(data('/query'))
    .query(({ q }) => /FROM Group WHERE Type = 'Queue'/.test(String(q)))
    .reply(200, rows([queue]));
  expect(await crm.directory()).toEqual([
    {
      system: 'salesforce',
      kind: 'user',
      id: '0055g000004RepaAAC',
      name: '鈴木 一郎',
      email: 'suzuki@example.co.jp',
      active: true,
      managerId: '0055g000004BossAAC',
    },
    {
      system: 'salesforce',
      kind: 'user',
      id: '0055g000004GoneAAC',
      name: '田中 花子',
      email: 'tanaka@example.co.jp',
      active: false,
    },
    {
      system: 'salesforce',
      kind: 'queue',
      id: '00G5g000002QueuEAC',
      name: '未割当リード',
      apiName: 'Unassigned_Leads',
      email: null,
      active: true,
    },
  ]);
});
