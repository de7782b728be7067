import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/models/Filter.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Opened, openPortal, TOKEN } from './open-portal.ts';

let opened: Opened;
let client: Client;

beforeEach(async () => {
  opened = openPortal();
  const basePath = await opened.app.listen({ host: '127.0.0.1', port: 0 });
  client = new Client({ accessToken: TOKEN, basePath, numberOfApiCallRetries: 1 });
});

afterEach(() => opened.app.close());

const email = (name: string) => `${name}@example.co.jp`;

test('the real client takes single creates, reads, updates, lists, merges and archives', async () => {
  const { basicApi } = client.crm.contacts;
  const made = await basicApi.create({ properties: { email: email('a'), lastname: '佐藤' }, associations: [] });
  expect(made.createdAt).toEqual(new Date('2026-11-20T01:00:00Z'));
  await basicApi.update(made.id, { properties: { jobtitle: '課長' } });
  const read = await basicApi.getById(email('A'), ['jobtitle'], ['jobtitle'], undefined, false, 'email');
  expect([read.id, read.properties['jobtitle']]).toEqual([made.id, '課長']);
  expect(read.propertiesWithHistory?.['jobtitle']?.[0]).toMatchObject({ value: '課長', sourceType: 'INTEGRATION' });

  const other = await basicApi.create({ properties: { email: email('b') }, associations: [] });
  const page = await basicApi.getPage(1, undefined, ['email', 'firstname'], undefined, undefined, false);
  expect([page.results.map((record) => record.id), page.paging?.next?.after]).toEqual([[made.id], other.id]);
  const merged = await basicApi.merge({ primaryObjectId: made.id, objectIdToMerge: other.id });
  await basicApi.archive(merged.id);
  await expect(basicApi.purge({ objectId: email('nobody'), idProperty: 'email' })).resolves.toBeUndefined();
  await expect(basicApi.getById(merged.id)).rejects.toMatchObject({ code: 404 });
});

test('the real client takes batches, with their 207s', async () => {
  const { batchApi } = client.crm.contacts;
  const created = await batchApi.create({
    inputs: ['a', 'b'].map((name) => ({ properties: { email: email(name) }, associations: [] })),
  });
  expect(created.status).toBe('COMPLETE');
  const ids = created.results.map((record) => record.id);
  const traced = await batchApi.create({
    inputs: ['b', 'c'].map((name) => ({
      objectWriteTraceId: name,
      properties: { email: email(name) },
      associations: [],
    })),
  });
  expect(traced).toMatchObject({ numErrors: 1, errors: [{ category: 'CONFLICT' }] });

  const read = await batchApi.read({
    inputs: [...ids, '404'].map((id) => ({ id })),
    properties: ['email'],
    propertiesWithHistory: [],
  });
  expect(read).toMatchObject({ numErrors: 1, errors: [{ context: { ids: ['404'] } }] });
  expect(read.results).toHaveLength(2);

  const updated = await batchApi.update({ inputs: ids.map((id) => ({ id, properties: { city: '東京' } })) });
  expect(updated.results.map((record) => record.properties['city'])).toEqual(['東京', '東京']);
  const upserted = await batchApi.upsert({
    inputs: ['a', 'd'].map((name) => ({ id: email(name), idProperty: 'email', properties: { city: '大阪' } })),
  });
  // The client renames the flag `new`.
  const made = upserted.results.filter(({ _new: isNew }) => isNew);
  expect(made.map((record) => record.properties['email'])).toEqual([email('d')]);
  await batchApi.archive({ inputs: ids.map((id) => ({ id })) });
  expect(opened.portal.records('contacts').filter((record) => record.archived)).toHaveLength(2);
});

test('the real client takes searches', async () => {
  for (const name of ['a', 'b', 'c']) opened.portal.seed('contacts', { email: email(name) }, opened.kernel.clock.now());
  const value = String(opened.kernel.clock.now());
  const { searchApi } = client.crm.contacts;
  const found = await searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'lastmodifieddate', operator: FilterOperatorEnum.Gte, value }] }],
    sorts: ['email'],
    properties: ['email'],
    limit: 2,
  });
  expect([found.total, found.results.length, found.paging?.next?.after]).toEqual([3, 2, '2']);
});

test('the real client takes owners and properties', async () => {
  const { portal } = opened;
  const id = portal.seedOwner({ email: email('x'), firstName: '健', lastName: '佐藤' });
  portal.seedOwner({ email: email('y'), firstName: '誠', lastName: '田中', active: false });
  const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, false);
  expect(owners.results).toMatchObject([{ id, email: email('x') }]);
  const archived = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, true);
  expect(archived.results).toMatchObject([{ email: email('y'), userId: null }]);
  expect((await client.crm.owners.ownersApi.getById(Number(id), 'id', false)).id).toBe(id);

  const { coreApi, groupsApi } = client.crm.properties;
  await groupsApi.create('contacts', { name: 'tasuki', label: 'たすき' });
  const key = { name: 'tasuki_key', label: 'たすきキー', groupName: 'tasuki', hasUniqueValue: true };
  await coreApi.create('contacts', { ...key, type: 'string' as never, fieldType: 'text' as never });
  const all = await coreApi.getAll('contacts');
  expect(all.results.find((property) => property.name === 'tasuki_key')).toMatchObject(key);
  expect((await coreApi.getByName('contacts', 'email')).modificationMetadata?.readOnlyValue).toBe(false);
});

test('the real client sees errors with their status and body', async () => {
  const { basicApi } = client.crm.contacts;
  const wrong = basicApi.create({ properties: { nope: '1' }, associations: [] });
  await expect(wrong).rejects.toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  opened.portal.switches.tenSecondlyLimit = 0;
  await expect(basicApi.getPage()).rejects.toMatchObject({ code: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } });
  opened.portal.expireToken();
  await expect(basicApi.getPage()).rejects.toMatchObject({ code: 401 });
});
