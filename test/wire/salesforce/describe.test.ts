import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { data, describes, describesLead, fixture, refusal, wire } from './org.ts';

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
  const field = (name: string) => schema?.fields.find((field) => field.name === name);
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

test('a Task tells which of its statuses are closed, which priorities are high and what is the default, whatever they are called', async () => {
  const { crm, org } = wire();
  const task = fixture<{ readonly fields: readonly { readonly name: string }[] }>('describe-task');
  const state = task.fields.find(({ name }) => name === 'Status');
  const picklistValues = ['低', '中', '高'].map((value) => ({ value, label: value, active: true }));
  const fieldsToo = [...task.fields, { ...state, name: 'Priority', picklistValues }];
  org.get(data('/sobjects/Task/describe')).reply(200, { ...task, fields: fieldsToo });
  org
    .get(data('/query'))
    .query({ q: 'SELECT ApiName, IsClosed, IsDefault FROM TaskStatus' })
    .reply(
      200,
      rows([
        { ApiName: '未着手', IsClosed: false, IsDefault: true },
        { ApiName: '完了', IsClosed: true, IsDefault: false },
      ]),
    );
  org
    .get(data('/query'))
    .query({ q: 'SELECT ApiName, IsDefault, IsHighPriority FROM TaskPriority' })
    .reply(
      200,
      rows([
        { ApiName: '高', IsDefault: false, IsHighPriority: true },
        { ApiName: '中', IsDefault: true, IsHighPriority: false },
      ]),
    );
  const fields = (await crm.describe('Task'))?.fields ?? [];
  const status = fields.find(({ name }) => name === 'Status');
  expect(status?.options?.filter(({ closed }) => closed)).toEqual([
    { value: '完了', label: '完了', active: true, closed: true },
  ]);
  expect(status?.options?.find(({ isDefault }) => isDefault)?.value).toBe('未着手');
  const priority = fields.find(({ name }) => name === 'Priority');
  expect(priority?.options?.filter(({ high, isDefault }) => high || isDefault).map(({ value }) => value)).toEqual([
    '中',
    '高',
  ]);
  expect(fields.find(({ name }) => name === 'Subject')).toMatchObject({ type: 'string', maxLength: 255 });
  expect(fields.find(({ name }) => name === 'Subject')).not.toHaveProperty('options');
});

test.each([
  ['the resource is not there', 404, refusal('NOT_FOUND', 'The requested resource does not exist')],
  ['the type is not supported', 400, refusal('INVALID_TYPE', "sObject type 'Opportunity' is not supported.")],
  ['it cannot be queried', 200, { queryable: false, fields: [] }],
])('an object of which Salesforce says that %s is not visible', async (_, status, body) => {
  const { crm, org } = wire();
  org.get(data('/sobjects/Opportunity/describe')).reply(status, body);
  expect(await crm.describe('Opportunity')).toBeNull();
});

test('any other trouble with a describe is not taken for an object that is hidden', async () => {
  const { crm, org } = wire();
  org.get(data('/sobjects/Opportunity/describe')).reply(404, '<html>no such page</html>');
  await expect(crm.describe('Opportunity')).rejects.toMatchObject({ code: 'SYNC_CREDENTIALS_REJECTED' });
});

test('an Opportunity tells its closed stages, its record types by developer name, and what is calculated', async () => {
  const { crm, org } = wire();
  const stages = ['初回訪問', '受注', '失注'].map((value) => ({ value, label: value, active: true }));
  const type = (recordTypeId: string, developerName: string, available: boolean, master = false) => ({
    recordTypeId,
    developerName,
    available,
    active: true,
    master,
  });
  describes(
    org,
    'Opportunity',
    [
      { name: 'StageName', type: 'picklist', nillable: false, picklistValues: stages },
      { name: 'Outcome__c', type: 'picklist', picklistValues: stages },
      { name: 'RecordTypeId', type: 'reference' },
      { name: 'ContactId', type: 'reference', updateable: false },
      { name: 'Weighted__c', type: 'currency', calculated: true, createable: false, updateable: false },
    ],
    {
      recordTypeInfos: [
        type('0125g000000NewB', 'New_Business', true),
        type('0125g000000Rene', 'Renewal', false),
        type('012000000000000AAA', 'Master', true, true),
      ],
    },
  );
  org
    .get(data('/query'))
    .query({ q: 'SELECT ApiName FROM OpportunityStage WHERE IsClosed = true' })
    .reply(200, rows([{ ApiName: '受注' }, { ApiName: '失注' }]));
  const schema = await crm.describe('Opportunity');
  const field = (name: string) => schema?.fields.find((each) => each.name === name);
  expect(field('StageName')?.options?.map(({ value, closed }) => [value, closed])).toEqual([
    ['初回訪問', undefined],
    ['受注', true],
    ['失注', true],
  ]);
  expect(field('Outcome__c')?.options?.some(({ closed }) => closed === true)).toBe(false);
  expect(field('RecordTypeId')).toMatchObject({
    type: 'reference',
    restricted: true,
    options: [
      { value: '0125g000000NewBAAS', label: 'New_Business', active: true },
      { value: '0125g000000ReneAAC', label: 'Renewal', active: false },
    ],
  });
  expect(field('Weighted__c')).toMatchObject({ type: 'number', calculated: true, writable: false });
  expect(field('StageName')).not.toHaveProperty('calculated');
  expect(field('ContactId')?.writable).toBe(false);
  expect(field('CurrencyIsoCode')).toBeUndefined();
});

test('the directory holds users, those who left and their managers too, and queues, page after page', async () => {
  const { crm, org } = wire();
  const user = {
    Id: '0055g000004Repa',
    Name: '鈴木 一郎',
    Email: 'Suzuki@Example.co.jp',
    IsActive: true,
    ManagerId: '0055g000004Boss',
    TimeZoneSidKey: 'America/New_York',
    LanguageLocaleKey: 'en_US',
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
      timeZone: 'America/New_York',
      language: 'en_US',
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
