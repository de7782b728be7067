import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { data, describesLead, fixture, refusal, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 21, 9);
type Raw = Record<string, unknown>;
const [alive, merged] = fixture<{ records: [Raw, Raw, Raw] }>('leads').records;
const RETRIEVE = data('/composite/sobjects/Lead');
const page = (records: readonly unknown[]) => ({ totalSize: records.length, done: true, records });

test('records are read by one call with the ids in its body, in whichever form they are given, each once', async () => {
  const { crm, org } = wire();
  describesLead(org);
  const bodies: unknown[] = [];
  org.post(RETRIEVE, (body) => bodies.push(body) > 0).reply(200, [alive]);
  const found = await crm.read('Lead', ['00Q5g00000AAAAA', '00Q5g00000AAAAAEA5', 'no id at all'], ['LastName'], NOW);
  expect(found.map(({ record, values }) => [record.id, values])).toEqual([
    ['00Q5g00000AAAAAEA5', { LastName: '佐藤' }],
  ]);
  expect(bodies).toEqual([
    {
      ids: ['00Q5g00000AAAAAEA5'],
      fields: ['Id', 'CreatedDate', 'SystemModstamp', 'IsDeleted', 'MasterRecordId', 'LastModifiedById', 'LastName'],
    },
  ]);
});

async function back(request: Request): Promise<Raw[]> {
  const { ids } = (await request.json()) as { ids: string[] };
  return ids.map((Id) => ({ ...alive, Id }));
}

test('more than 2,000 ids take two calls', async () => {
  const { crm, org } = wire();
  describesLead(org);
  const sizes: number[] = [];
  const take = (body: { ids: string[] }) => sizes.push(body.ids.length) > 0;
  org.post(RETRIEVE, take).times(2).reply(200, back);
  const ids = Array.from({ length: 2_100 }, (_, i) => `00Q5g000${String(i).padStart(7, '0')}`);
  expect(await crm.read('Lead', ids, [], NOW)).toHaveLength(2_100);
  expect(sizes).toEqual([2_000, 100]);
});

test('an empty slot is looked up among the deleted: merged, or gone without a trace', async () => {
  const { crm, org } = wire();
  describesLead(org);
  org.post(RETRIEVE).reply(200, [alive, null, null]);
  org
    .get(data('/queryAll'))
    .query(({ q }) => String(q).endsWith("FROM Lead WHERE Id IN ('00Q5g00000AAAABEA5', '00Q5g00000AAAAXEA5')"))
    .reply(200, page([merged]));
  const found = await crm.read('Lead', ['00Q5g00000AAAAA', '00Q5g00000AAAAB', '00Q5g00000AAAAX'], ['LastName'], NOW);
  expect(found.map(({ record, deleted, mergedInto }) => [record.id, deleted, mergedInto])).toEqual([
    ['00Q5g00000AAAAAEA5', false, undefined],
    ['00Q5g00000AAAABEA5', true, '00Q5g00000AAAAAEA5'],
    ['00Q5g00000AAAAXEA5', true, undefined],
  ]);
});

test('records are found by a key in the table itself, a value with quotes included', async () => {
  const { crm, org } = wire();
  describesLead(org);
  org
    .get(data('/queryAll')) // the recycle bin too: who deletes a record may have been quicker than we
    .query(({ q }) => String(q).endsWith("Tasuki_Key__c FROM Lead WHERE Tasuki_Key__c IN ('a', 'b\\'s')"))
    .reply(200, page([{ ...alive, Tasuki_Key__c: "b's" }]));
  const found = await crm.findByKey('Lead', 'Tasuki_Key__c', ['a', "b's", 'a'], [], NOW);
  expect(found.map(({ values }) => values)).toEqual([{ Tasuki_Key__c: "b's" }]);
});

test('many keys take several calls of at most two hundred', async () => {
  const { crm, org } = wire();
  describesLead(org);
  org.get(data('/queryAll')).query(true).times(3).reply(200, page([]));
  const keys = Array.from({ length: 450 }, (_, i) => `key-${i}`);
  expect(await crm.findByKey('Lead', 'Tasuki_Key__c', keys, [], NOW)).toEqual([]);
  expect(crm.calls()['query-all']).toBe(3);
});

test('a key field that our user cannot see is an error, not "nobody holds this key"', async () => {
  const { crm, org } = wire({ onInvisibleField: () => {} });
  describesLead(org);
  await expect(crm.findByKey('Lead', 'Other_Key__c', ['a'], [], NOW)).rejects.toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('Lead.Other_Key__c'),
  });
});

test('a refusal that nobody here can answer is told with its code', async () => {
  const { crm, org } = wire();
  describesLead(org);
  org.post(RETRIEVE).reply(400, refusal('INSUFFICIENT_ACCESS', 'no access to Lead'));
  await expect(crm.read('Lead', ['00Q5g00000AAAAA'], [], NOW)).rejects.toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('INSUFFICIENT_ACCESS'),
  });
});
