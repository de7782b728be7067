import { beforeEach, describe, expect, test } from 'vitest';
import { to18 } from '../../../src/sandbox/salesforce/ids.ts';
import { type Bench, defineKey, QUIET, startBench } from './support.ts';

const PERSON = { LastName: '山田', Company: '見本' };

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

async function refusal(fields: Record<string, unknown>, type = 'Lead'): Promise<unknown> {
  const { status, body } = await bench.api('POST', `/sobjects/${type}`, fields, QUIET);
  const [first] = body as Record<string, unknown>[];
  return { status, ...first };
}

describe('values', () => {
  test.each([
    [
      'a missing required field',
      { LastName: '山田' },
      'REQUIRED_FIELD_MISSING',
      ['Company'],
      'Required fields are missing: [Company]',
    ],
    [
      'a text that is too long',
      { ...PERSON, LastName: 'あ'.repeat(81) },
      'STRING_TOO_LONG',
      ['LastName'],
      `姓: data value too large: ${'あ'.repeat(81)} (max length=80)`,
    ],
    [
      'a value that the list does not offer',
      { ...PERSON, Status: 'Open' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      ['Status'],
      'リード状況: bad value for restricted picklist field: Open',
    ],
    [
      'no e-mail address',
      { ...PERSON, Email: 'yamada' },
      'INVALID_EMAIL_ADDRESS',
      ['Email'],
      'メール: invalid email address: yamada',
    ],
    [
      'a number out of range',
      { ...PERSON, NumberOfEmployees: 123_456_789 },
      'NUMBER_OUTSIDE_VALID_RANGE',
      ['NumberOfEmployees'],
      expect.any(String),
    ],
    ['no id', { ...PERSON, OwnerId: 'x' }, 'MALFORMED_ID', ['OwnerId'], expect.any(String)],
    [
      'a field of the platform',
      { ...PERSON, IsConverted: true },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      ['IsConverted'],
      expect.stringContaining('Unable to create/update fields: IsConverted.'),
    ],
  ])('%s is refused', async (_what, fields, errorCode, names, message) => {
    expect(await refusal(fields)).toEqual({ status: 400, errorCode, fields: names, message });
    expect(bench.org.records('Lead')).toHaveLength(0);
  });

  test('an unknown field is refused without a list of fields', async () => {
    expect(await refusal({ ...PERSON, Foo: 1 })).toEqual({
      status: 400,
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Foo' on sobject of type Lead",
    });
  });

  test.each([
    ['a time where a date is kept', 'Contact', { LastName: 'a', Birthdate: '2026-11-21T00:00:00Z' }],
    ['a date where a time is kept', 'Task', { ReminderDateTime: '2026-11-21' }],
    ['a word where a number is kept', 'Lead', { ...PERSON, NumberOfEmployees: '多数' }],
  ])('%s makes the request unreadable', async (_what, type, fields) => {
    expect(await refusal(fields, type)).toMatchObject({ status: 400, errorCode: 'JSON_PARSER_ERROR' });
  });

  test('blanks around a text are cut and an empty text is null', async () => {
    const id = await bench.create('Lead', { ...PERSON, Title: '  課長 ', FirstName: '' });
    expect(bench.row('Lead', id)).toMatchObject({ Title: '課長', FirstName: null });
    bench.org.switches.trimsText = false;
    expect(bench.row('Lead', await bench.create('Lead', { ...PERSON, Title: ' 課長' }))).toMatchObject({
      Title: ' 課長',
    });
  });
});

describe('unique keys', () => {
  test('are held by one live record, named in short form', async () => {
    defineKey(bench);
    const id = bench.lead({ Key__c: 'ABC' });
    expect(await refusal({ ...PERSON, Key__c: 'abc' })).toEqual({
      status: 400,
      errorCode: 'DUPLICATE_VALUE',
      fields: [],
      message: `duplicate value found: Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
    });
    bench.org.remove('Lead', id);
    await bench.create('Lead', { ...PERSON, Key__c: 'abc' });
  });

  test('differ by case where the field says so', async () => {
    defineKey(bench, 'Lead', { caseSensitive: true });
    bench.lead({ Key__c: 'ABC' });
    await bench.create('Lead', { ...PERSON, Key__c: 'abc' });
    expect(await bench.rows("SELECT Key__c FROM Lead WHERE Key__c = 'abc'")).toEqual([{ Key__c: 'abc' }]);
  });
});

describe('references and owners', () => {
  test.each([
    ['nobody', to18('0055g0000009999') as string, 'INVALID_CROSS_REFERENCE_KEY'],
    ['a record of another kind', to18('0015g0000009999') as string, 'FIELD_INTEGRITY_EXCEPTION'],
  ])('an owner that is %s is refused', async (_what, OwnerId, errorCode) => {
    expect(await refusal({ ...PERSON, OwnerId })).toMatchObject({ status: 400, errorCode });
  });

  test.each(['Lead', 'Contact', 'Task'])('a user who has left cannot be given a %s', async (type) => {
    const OwnerId = bench.org.seedUser({ email: 'old@example.co.jp', lastName: '旧', firstName: '員', active: false });
    const fields = type === 'Task' ? {} : type === 'Lead' ? PERSON : { LastName: 'a' };
    expect(await refusal({ ...fields, OwnerId }, type)).toMatchObject({
      status: 400,
      errorCode: 'INACTIVE_OWNER_OR_USER',
      message: expect.stringContaining('operation performed with inactive user'),
    });
  });

  test('an account may keep an owner who has left', async () => {
    const OwnerId = bench.org.seedUser({ email: 'old@example.co.jp', lastName: '旧', firstName: '員', active: false });
    expect(bench.row('Account', await bench.create('Account', { Name: '見本', OwnerId }))).toMatchObject({ OwnerId });
  });

  test('a queue owns only the objects that it serves', async () => {
    const queue = bench.org.seedQueue({ name: '新規', developerName: 'New', objects: ['Lead'], members: [] });
    await bench.create('Lead', { ...PERSON, OwnerId: queue });
    expect(await refusal({ OwnerId: queue }, 'Task')).toMatchObject({ errorCode: 'INVALID_OPERATION' });
    expect(await bench.rows("SELECT Name FROM Group WHERE Type = 'Queue'")).toEqual([{ Name: '新規' }]);
    expect(await bench.rows(`SELECT SobjectType FROM QueueSobject WHERE QueueId = '${queue}'`)).toEqual([
      { SobjectType: 'Lead' },
    ]);
    expect(await bench.rows('SELECT Owner.Name, Owner.Type FROM Lead')).toMatchObject([
      { Owner: { Name: '新規', Type: 'Queue' } },
    ]);
  });
});

describe('rules of the org', () => {
  test('the assignment rule takes a lead on create and on update, unless the header says FALSE', async () => {
    const owner = bench.org.integrationUserId;
    const id = await bench.create('Lead', { ...PERSON, OwnerId: owner });
    expect(bench.row('Lead', id)).toMatchObject({ OwnerId: owner });
    await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: '課長' });
    expect(bench.row('Lead', id)).toMatchObject({ OwnerId: bench.org.defaultOwnerId });
    bench.org.switches.leadAssignmentRule = false;
    const made = await bench.api('POST', '/sobjects/Lead', { ...PERSON, OwnerId: owner });
    expect(bench.row('Lead', (made.body as { id: string }).id)).toMatchObject({ OwnerId: owner });
  });

  test('a validation rule answers with its own text', async () => {
    bench.org.validationRules.push((lead) =>
      lead['Phone'] === undefined ? { message: '電話を入力してください', fields: ['Phone'] } : undefined,
    );
    expect(await refusal(PERSON)).toEqual({
      status: 400,
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: '電話を入力してください',
      fields: ['Phone'],
    });
  });

  test('a duplicate rule names the record that is there, and allowSave passes an alert but not a block', async () => {
    const id = bench.lead({ Email: 'yamada@example.co.jp' });
    const rule = { object: 'Lead', name: 'Lead_Email', action: 'alert', field: 'Email' } as const;
    bench.org.switches.duplicateRules = [rule];
    const twin = { ...PERSON, Email: 'YAMADA@example.co.jp' };
    expect(await refusal(twin)).toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
      duplicateResut: { allowSave: true, matchResults: [{ matchRecords: [{ record: { Id: id } }] }] },
    });
    const allow = { ...QUIET, 'sforce-duplicate-rule-header': 'allowSave=true' };
    expect((await bench.api('POST', '/sobjects/Lead', twin, allow)).status).toBe(201);
    bench.org.switches.duplicateRules = [{ ...rule, action: 'block' }];
    expect((await bench.api('POST', '/sobjects/Lead', twin, allow)).status).toBe(400);
  });

  test('a row that somebody else holds cannot be written', async () => {
    const id = bench.lead();
    bench.org.switches.lockedIds = [id];
    expect(await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: 'a' }, QUIET)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'UNABLE_TO_LOCK_ROW' }],
    });
  });

  test('a converted lead is read-only and takes no tasks', async () => {
    const id = bench.lead({ IsConverted: true });
    const error = {
      status: 400,
      body: [{ message: 'cannot reference converted lead', errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }],
    };
    expect(await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: 'a' }, QUIET)).toMatchObject(error);
    expect(await bench.api('POST', '/sobjects/Task', { WhoId: id })).toMatchObject(error);
  });
});
