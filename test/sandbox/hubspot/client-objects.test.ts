import { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Opened, openPortal, START, TOKEN } from './open-portal.ts';

let opened: Opened;
let client: Client;

beforeEach(async () => {
  opened = openPortal();
  const basePath = await opened.app.listen({ host: '127.0.0.1', port: 0 });
  client = new Client({ accessToken: TOKEN, basePath, numberOfApiCallRetries: 1 });
});

afterEach(() => opened.app.close());

const category = AssociationSpecAssociationCategoryEnum.HubspotDefined;

test('the real client creates a deal with its contact, reads it, and finds its pipeline', async () => {
  const contact = opened.portal.seed('contacts', { email: 'a@example.co.jp' }, START);
  const types = [{ associationCategory: category as never, associationTypeId: 3 }];
  const made = await client.crm.deals.basicApi.create({
    properties: { dealname: '測定器', dealstage: 'qualifiedtobuy', amount: '5000.00', closedate: '2026-12-31' },
    associations: [{ to: { id: contact }, types }],
  });
  const read = await client.crm.deals.basicApi.getById(made.id, undefined, undefined, ['contacts']);
  expect(read.properties).toMatchObject({ pipeline: 'default', amount: '5000.00', closedate: '2026-12-31T00:00:00Z' });
  expect(read.associations?.['contacts']?.results).toMatchObject([{ id: contact, type: 'deal_to_contact' }]);
  const { results } = await client.crm.pipelines.pipelinesApi.getAll('deals');
  const stage = results[0]?.stages.find(({ id }) => id === read.properties['dealstage']);
  expect([results[0]?.id, stage?.metadata]).toMatchObject(['default', { isClosed: 'false', probability: '0.4' }]);
  const stages = await client.crm.pipelines.pipelineStagesApi.getAll('deals', 'default');
  expect(stages.results).toHaveLength(7);
  const merged = await client.crm.deals.basicApi.merge({
    primaryObjectId: made.id,
    objectIdToMerge: opened.portal.seed('deals', { dealname: '別' }, START),
  });
  expect(merged.properties['dealname']).toBe('測定器');
});

test('the real client takes companies and every kind of activity', async () => {
  const company = await client.crm.companies.basicApi.create({ properties: { name: '青葉精機' }, associations: [] });
  expect((await client.crm.companies.basicApi.getById(company.id)).properties['name']).toBe('青葉精機');
  for (const object of ['notes', 'meetings', 'calls', 'emails', 'tasks']) {
    const properties = { hs_timestamp: '2026-11-20T02:00:00Z' };
    const made = await client.crm.objects.basicApi.create(object, { properties, associations: [] });
    const page = await client.crm.objects.basicApi.getPage(object, 10, undefined, ['hs_timestamp']);
    expect(page.results.map(({ id, properties: shown }) => [id, shown['hs_timestamp']])).toEqual([
      [made.id, '2026-11-20T02:00:00Z'],
    ]);
    await client.crm.objects.basicApi.archive(object, made.id);
  }
});

test('the real client takes associations one by one, with numbers where its types promise texts', async () => {
  const contact = opened.portal.seed('contacts', {}, START);
  const company = opened.portal.seed('companies', {}, START);
  const { basicApi } = client.crm.associations.v4;
  const pair = ['contacts', contact, 'companies', company] as const;
  const made = await basicApi.create(...pair, [{ associationCategory: category, associationTypeId: 1 }]);
  expect(made.labels).toEqual(['Primary']);
  const page = await basicApi.getPage('contacts', contact, 'companies');
  expect(page.results[0]?.toObjectId).toBe(Number(company));
  expect(page.results[0]?.associationTypes.map(({ typeId }) => typeId)).toEqual([1, 279]);
  const plain = await basicApi.createDefault(...pair);
  expect(plain.results[0]).toMatchObject({ _from: { id: contact }, to: { id: company } });
  await basicApi.archive(...pair);
  expect(opened.portal.associations()).toEqual([]);
});

test('the real client takes batches of associations, with their 207s, and labels', async () => {
  const contacts = ['a', 'b'].map((lastname) => opened.portal.seed('contacts', { lastname }, START));
  const company = opened.portal.seed('companies', {}, START);
  const { batchApi, schema } = client.crm.associations.v4;
  const pair = { _from: { id: contacts[0] ?? '' }, to: { id: company } };
  const types = [{ associationCategory: category, associationTypeId: 279 }];
  const made = await batchApi.create('contacts', 'companies', { inputs: [{ ...pair, types }] });
  expect(made.results).toMatchObject([{ fromObjectTypeId: '0-1', labels: [] }]);
  const read = await batchApi.getPage('contacts', 'companies', { inputs: contacts.map((id) => ({ id })) });
  expect(read.results[0]).toMatchObject({ _from: { id: contacts[0] }, to: [{ toObjectId: Number(company) }] });
  expect(read).toMatchObject({
    numErrors: 1,
    errors: [{ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', context: { fromObjectId: [contacts[1]] } }],
  });
  const second = { _from: { id: contacts[1] ?? '' }, to: { id: company } };
  await batchApi.createDefault('contacts', 'companies', { inputs: [second] });
  await batchApi.archiveLabels('contacts', 'companies', { inputs: [{ ...second, types }] });
  await batchApi.archive('contacts', 'companies', { inputs: [{ ...pair, to: [pair.to] }] });
  expect(opened.portal.associations()).toEqual([]);
  const labels = await schema.definitionsApi.getAll('contacts', 'companies');
  expect(labels.results.map(({ typeId }) => typeId)).toEqual([279, 1]);
});
