import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collect, data, describes, refusal, rowsPage, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 21, 9);
const STAMPS = { CreatedDate: '2026-11-19T00:00:00.000+0000', SystemModstamp: '2026-11-20T01:02:03.000+0000' };
const account = { name: 'AccountId', type: 'reference' };

test('the sweep lists live records by id with their ties and nothing else, and counts its calls apart', async () => {
  const { crm, org } = wire({ pageSize: 2 });
  describes(org, 'Contact', ['LastName', 'MasterRecordId', account]);
  const asked: string[] = [];
  const row = (tail: string) => ({ Id: `0035g00000AAA${tail}`, ...STAMPS, AccountId: '0015g00000Acme1' });
  for (const rows of [[row('01'), row('02')], [row('03')]])
    org
      .get(data('/query'))
      .query(({ q }) => asked.push(String(q)) > 0)
      .reply(200, rowsPage(rows).body);
  const pages = await collect(crm.survey('Contact', NOW));
  const columns = 'SELECT Id, CreatedDate, SystemModstamp, AccountId FROM Contact';
  expect(asked).toEqual([
    `${columns} ORDER BY Id LIMIT 2`,
    `${columns} WHERE Id > '${pages[0]?.[1]?.record.id}' ORDER BY Id LIMIT 2`,
  ]);
  expect(pages.map((page) => page.length)).toEqual([2, 1]);
  expect(pages[0]?.[0]).toEqual({
    record: { system: 'salesforce', object: 'Contact', id: '0035g00000AAA01AAH' },
    values: { AccountId: '0015g00000Acme1AAB' },
    createdAt: Date.UTC(2026, 10, 19),
    modifiedAt: Date.UTC(2026, 10, 20, 1, 2, 3),
    seenAt: NOW,
    deleted: false,
  });
  expect(crm.calls()).toMatchObject({ 'survey-query': 2 });
  expect(crm.calls()).not.toHaveProperty('query');
});

test('a page that is short only because its rows are wide is not taken for the last', async () => {
  const { crm, org } = wire({ pageSize: 5 });
  describes(org, 'Account');
  const page = (tail: string, done: boolean) => rowsPage([{ Id: `0015g00000AAA${tail}`, ...STAMPS }], done).body;
  org.get(data('/query')).query(true).reply(200, page('01', false));
  org.get(data('/query')).query(true).reply(200, page('02', true));
  expect((await collect(crm.survey('Account', NOW))).flat()).toHaveLength(2);
});

test('a tie that was hidden since we looked costs one more look', async () => {
  const { crm, org } = wire();
  describes(org, 'Contact', [account]);
  org.get(data('/query')).query(true).reply(400, refusal('INVALID_FIELD', "No such column 'AccountId'"));
  describes(org, 'Contact');
  org
    .get(data('/query'))
    .query(({ q }) => !String(q).includes('AccountId'))
    .reply(200, rowsPage([{ Id: '0035g00000AAA01', ...STAMPS }]).body);
  expect((await collect(crm.survey('Contact', NOW))).flat().map(({ values }) => values)).toEqual([{}]);
});

test('contact roles are swept, for nothing else shows that one was removed; activities and histories are not', async () => {
  const { crm, org } = wire();
  describes(org, 'OpportunityContactRole', ['Role', { name: 'IsPrimary', type: 'boolean' }]);
  const role = { Id: '00K5g00000AAA01', ...STAMPS, Role: '決裁者', IsPrimary: true };
  org
    .get(data('/query'))
    .query(true)
    .reply(200, rowsPage([role]).body);
  const [page] = await collect(crm.survey('OpportunityContactRole', NOW));
  expect(page?.[0]?.values).toEqual({ Role: '決裁者', IsPrimary: true });
  for (const object of ['Task', 'Event', 'EmailMessage', 'CampaignMember', 'LeadHistory'] as const)
    expect(await collect(crm.survey(object, NOW))).toEqual([]);
});

test('there is nothing here that people do without a record, and no history but the streams', async () => {
  const { crm } = wire();
  nock.cleanAll();
  expect(crm.signals).toEqual([]);
  expect(await collect(crm.signalsSince('page-views', undefined, NOW))).toEqual([]);
  expect(await crm.history('Lead', ['00Q5g00000AAAAA'], ['Status'])).toEqual([]);
});
