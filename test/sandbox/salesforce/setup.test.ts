import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, HOUR_MS, keyField, QUIET, START, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const TEXT = { type: 'Text', label: 'Tasuki キー', length: 64, unique: true, externalId: true };
type Described = { fields: Record<string, unknown>[] };

async function makeField(fullName: string, metadata: object = TEXT): Promise<unknown> {
  return (await bench.api('POST', '/tooling/sobjects/CustomField', { FullName: fullName, Metadata: metadata })).body;
}

async function grant(...fields: string[]): Promise<void> {
  const parent = await bench.create('PermissionSet', {
    Name: `Set${bench.org.records('PermissionSet').length}`,
    Label: '連携',
  });
  for (const field of fields) {
    const [SobjectType] = field.split('.');
    await bench.create('FieldPermissions', {
      ParentId: parent,
      SobjectType,
      Field: field,
      PermissionsRead: true,
      PermissionsEdit: true,
    });
  }
  await bench.create('PermissionSetAssignment', { AssigneeId: bench.org.integrationUserId, PermissionSetId: parent });
}

async function described(type: string, name: string): Promise<Record<string, unknown> | undefined> {
  const { body } = await bench.api('GET', `/sobjects/${type}/describe`);
  return (body as Described).fields.find((field) => field['name'] === name);
}

describe('a custom field that was just created', () => {
  test('exists, but nobody sees it: not in describe, not in queries, not in writes', async () => {
    expect(await makeField('Lead.Tasuki_Key__c')).toMatchObject({ success: true, errors: [] });
    expect(await described('Lead', 'Tasuki_Key__c')).toBeUndefined();
    expect((await bench.query('SELECT Tasuki_Key__c FROM Lead')).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    const fields = { LastName: '山田', Company: '見本', Tasuki_Key__c: 'k' };
    expect((await bench.api('POST', '/sobjects/Lead', fields, QUIET)).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Tasuki_Key__c'] },
    ]);
    expect((await bench.api('PATCH', '/sobjects/Lead/Tasuki_Key__c/k', {})).status).toBe(404);
  });

  test('opens for those to whom a permission set grants it', async () => {
    await makeField('Lead.Tasuki_Key__c');
    await grant('Lead.Tasuki_Key__c');
    expect(await described('Lead', 'Tasuki_Key__c')).toMatchObject({
      externalId: true,
      unique: true,
      length: 64,
      custom: true,
      createable: true,
      updateable: true,
    });
    const id = await bench.create('Lead', { LastName: '山田', Company: '見本', Tasuki_Key__c: 'k' });
    expect(await bench.rows("SELECT Id FROM Lead WHERE Tasuki_Key__c = 'K'")).toEqual([{ Id: id }]);
  });

  test('that is granted for reading only stays closed to writes', async () => {
    bench.org.defineField('Lead', keyField(), 'read');
    expect(await described('Lead', 'Key__c')).toMatchObject({ createable: false, updateable: false });
    expect((await bench.api('POST', '/sobjects/Lead', { LastName: 'a', Company: 'b', Key__c: 'k' })).status).toBe(400);
  });

  test('does not bind the people at the screen', async () => {
    await makeField('Lead.Tasuki_Key__c');
    const id = bench.lead();
    bench.org.touch('Lead', id, { Tasuki_Key__c: 'k' });
    expect(bench.row('Lead', id)).toMatchObject({ Tasuki_Key__c: 'k' });
  });

  test('of Activity appears on Task and Event, each with its own grant', async () => {
    await makeField('Activity.Tasuki_Key__c');
    await grant('Task.Tasuki_Key__c');
    expect(await described('Task', 'Tasuki_Key__c')).toBeDefined();
    expect(await described('Event', 'Tasuki_Key__c')).toBeUndefined();
    expect(await makeField('Task.Other__c')).toMatchObject([{ errorCode: 'INVALID_INPUT' }]);
    expect((await bench.api('GET', '/sobjects/Activity/describe')).status).toBe(404);
  });

  test('of an opportunity is a key by which many are upserted', async () => {
    await makeField('Opportunity.Tasuki_Key__c');
    await grant('Opportunity.Tasuki_Key__c');
    const deal = { attributes: { type: 'Opportunity' }, Tasuki_Key__c: 'd1', Name: '刷新', StageName: '提案' };
    const send = (fields: object) =>
      bench.api('PATCH', '/composite/sobjects/Opportunity/Tasuki_Key__c', { records: [{ ...deal, ...fields }] });
    expect((await send({ CloseDate: '2026-12-31' })).body).toMatchObject([{ success: true, created: true }]);
    expect((await send({ StageName: '受注' })).body).toMatchObject([{ success: true, created: false }]);
    expect(await bench.rows('SELECT IsWon FROM Opportunity')).toEqual([{ IsWon: true }]);
  });

  test('is found by the tooling query, and its metadata one row at a time', async () => {
    await makeField('Lead.Tasuki_Key__c');
    await makeField('Contact.Tasuki_Key__c');
    const ask = (soql: string) => bench.api('GET', `/tooling/query?q=${encodeURIComponent(soql)}`);
    const one =
      "SELECT FullName, Metadata FROM CustomField WHERE TableEnumOrId = 'Lead' AND DeveloperName = 'Tasuki_Key'";
    expect((await ask(one)).body).toMatchObject({
      totalSize: 1,
      records: [{ FullName: 'Lead.Tasuki_Key__c', Metadata: TEXT }],
    });
    expect((await ask('SELECT Metadata FROM CustomField')).body).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
    expect((await bench.query('SELECT Id FROM CustomField')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
  });

  test('cannot be created twice, and disappears with its deletion', async () => {
    const made = (await makeField('Lead.Tasuki_Key__c')) as { id: string };
    expect(await makeField('Lead.Tasuki_Key__c')).toMatchObject([{ errorCode: 'DUPLICATE_DEVELOPER_NAME' }]);
    expect((await bench.api('DELETE', `/tooling/sobjects/CustomField/${made.id}`)).status).toBe(204);
    expect(await makeField('Lead.Tasuki_Key__c')).toMatchObject({ success: true });
  });
});

describe('permission sets', () => {
  test('name a field once, and only a field that exists', async () => {
    const parent = await bench.create('PermissionSet', { Name: 'Tasuki', Label: 'Tasuki' });
    const row = {
      ParentId: parent,
      SobjectType: 'Lead',
      Field: 'Lead.Title',
      PermissionsRead: true,
      PermissionsEdit: true,
    };
    await bench.create('FieldPermissions', row);
    expect((await bench.api('POST', '/sobjects/FieldPermissions', row)).body).toMatchObject([
      { errorCode: 'DUPLICATE_VALUE' },
    ]);
    expect((await bench.api('POST', '/sobjects/FieldPermissions', { ...row, Field: 'Lead.Nope__c' })).status).toBe(400);
    expect(
      await bench.rows("SELECT Parent.Name, Field FROM FieldPermissions WHERE SobjectType = 'Lead'"),
    ).toMatchObject([{ Parent: { Name: 'Tasuki' }, Field: 'Lead.Title' }]);
  });

  test('are all that an integration-only user has, where the org is that strict', async () => {
    bench.org.switches.minimumAccess = true;
    expect((await bench.query('SELECT Id FROM Lead')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    const parent = await bench.create('PermissionSet', { Name: 'Tasuki', Label: 'Tasuki' });
    await bench.create('ObjectPermissions', { ParentId: parent, SobjectType: 'Lead', PermissionsRead: true });
    await bench.create('PermissionSetAssignment', { AssigneeId: bench.org.integrationUserId, PermissionSetId: parent });
    expect((await bench.query('SELECT Id FROM Lead')).status).toBe(200);
    expect((await bench.api('PATCH', `/sobjects/Lead/${bench.lead()}`, { Title: 'a' }, QUIET)).status).toBe(403);
  });
});

describe('the parts of a deal', () => {
  test('have no rights of their own: reading and editing the deal is what they take', async () => {
    const contact = await bench.create('Contact', { LastName: '佐藤' });
    const fields = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31', ContactId: contact };
    await bench.create('Opportunity', fields);
    const [role] = bench.org.records('OpportunityContactRole');
    const set = await bench.create('PermissionSet', { Name: 'Tasuki', Label: 'Tasuki' });
    const rights = { ParentId: set, SobjectType: 'Opportunity', PermissionsRead: true };
    const right = await bench.create('ObjectPermissions', rights);
    await bench.create('PermissionSetAssignment', { AssigneeId: bench.org.integrationUserId, PermissionSetId: set });
    bench.org.switches.minimumAccess = true;
    const remove = () => bench.api('DELETE', `/sobjects/OpportunityContactRole/${String(role?.['Id'])}`);
    expect(await bench.rows('SELECT ContactId FROM OpportunityContactRole')).toEqual([{ ContactId: contact }]);
    expect((await remove()).status).toBe(403);
    await bench.api('PATCH', `/sobjects/ObjectPermissions/${right}`, { PermissionsEdit: true });
    expect((await remove()).status).toBe(204);
  });
});

describe('describe', () => {
  test('tells Japanese labels, the values of a list and what a create must bring', async () => {
    expect(await described('Lead', 'Status')).toMatchObject({
      label: 'リード状況',
      type: 'picklist',
      restrictedPicklist: true,
      nillable: false,
      defaultedOnCreate: true,
      picklistValues: [
        { value: '未対応', defaultValue: true },
        { value: '対応中' },
        { value: '見込みあり' },
        { value: '対象外' },
      ],
    });
    expect(await described('Lead', 'Company')).toMatchObject({
      nillable: false,
      defaultedOnCreate: false,
      createable: true,
      length: 255,
    });
    expect(await described('Task', 'WhoId')).toMatchObject({
      referenceTo: ['Contact', 'Lead'],
      polymorphicForeignKey: true,
      relationshipName: 'Who',
    });
    expect(await described('Lead', 'Description')).toMatchObject({ filterable: false });
  });

  test('answers 304 until a field or a right changes', async () => {
    bench.pass(HOUR_MS);
    const since = { 'if-modified-since': new Date(START).toUTCString() };
    const ask = (path: string) => bench.api('GET', path, undefined, since);
    expect([(await ask('/sobjects/Lead/describe')).status, (await ask('/sobjects')).status]).toEqual([304, 304]);
    await makeField('Lead.Tasuki_Key__c');
    expect([(await ask('/sobjects/Lead/describe')).status, (await ask('/sobjects')).status]).toEqual([200, 200]);
  });

  test('of everything lists the objects of the org and no tooling objects', async () => {
    const { body } = await bench.api('GET', '/sobjects');
    const names = (body as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Lead', 'Contact', 'Account', 'Task', 'Event', 'User', 'Group', 'QueueSobject']),
    );
    expect(names).not.toContain('CustomField');
    expect((await bench.api('GET', '/sobjects/Lead')).body).toMatchObject({
      objectDescribe: { keyPrefix: '00Q' },
      recentItems: [],
    });
  });
});

test('a reset org has its own people and lists, and nothing else', async () => {
  await makeField('Lead.Tasuki_Key__c');
  bench.lead();
  bench.org.switches.trimsText = false;
  bench.pass(DAY_MS);
  bench.org.reset();
  bench.login();
  expect(bench.org.switches.trimsText).toBe(true);
  expect(await makeField('Lead.Tasuki_Key__c')).toMatchObject({ success: true });
  expect(await bench.rows('SELECT Id FROM Lead')).toEqual([]);
  expect(await bench.rows('SELECT Username FROM User ORDER BY Username')).toEqual([
    { Username: 'admin@example.co.jp' },
    { Username: 'default-owner@example.co.jp' },
    { Username: 'tasuki@example.co.jp' },
  ]);
});
