import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, startBench } from './support.ts';

let bench: Bench;
let account: string;
let contact: string;
let deal: string;
beforeEach(async () => {
  bench = await startBench();
  account = await bench.create('Account', { Name: '株式会社見本', Tier__c: 'A' });
  contact = await bench.create('Contact', { LastName: '佐藤', AccountId: account });
  const fields = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31', AccountId: account, ContactId: contact };
  deal = await bench.create('Opportunity', fields);
});

const anotherDeal = (): Promise<string> =>
  bench.create('Opportunity', { Name: '保守', StageName: '交渉', CloseDate: '2026-12-31' });

describe('a subquery', () => {
  test('brings the children of each record, and null where there are none', async () => {
    const other = await anotherDeal();
    const soql =
      'SELECT Id, (SELECT ContactId, Contact.LastName, IsPrimary FROM OpportunityContactRoles) FROM Opportunity ORDER BY CreatedDate, Id';
    expect(await bench.rows(soql)).toMatchObject([
      {
        Id: deal,
        OpportunityContactRoles: {
          totalSize: 1,
          done: true,
          records: [
            {
              attributes: { type: 'OpportunityContactRole' },
              ContactId: contact,
              Contact: { LastName: '佐藤' },
              IsPrimary: true,
            },
          ],
        },
      },
      { Id: other, OpportunityContactRoles: null },
    ]);
  });

  test('has its own conditions, order and limit for each parent', async () => {
    for (const LastName of ['鈴木', '田中', '伊藤']) await bench.create('Contact', { LastName, AccountId: account });
    const soql =
      "SELECT (SELECT LastName FROM Contacts WHERE LastName != '田中' ORDER BY LastName DESC LIMIT 2) FROM Account";
    const [row] = await bench.rows(soql);
    expect(row).toMatchObject({ Contacts: { totalSize: 2, records: [{ LastName: '鈴木' }, { LastName: '佐藤' }] } });
  });

  test('of queryAll shows the deleted, of query it does not', async () => {
    bench.org.remove('Contact', contact);
    const soql = 'SELECT (SELECT IsDeleted FROM Contacts) FROM Account';
    expect(await bench.rows(soql)).toEqual([{ Contacts: null }]);
    const all = await bench.api('GET', `/queryAll?q=${encodeURIComponent(soql)}`);
    expect(all.body).toMatchObject({ records: [{ Contacts: { records: [{ IsDeleted: true }] } }] });
  });

  test('of an unknown relationship is refused', async () => {
    expect(await bench.query('SELECT (SELECT Id FROM Unicorns) FROM Account')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE', message: expect.stringContaining("relationship 'Unicorns'") }],
    });
  });

  test('fills the page with its rows: a page holds fewer families than single records', async () => {
    for (let index = 0; index < 150; index++) {
      const parent = bench.org.seed('Account', { Name: `A${index}` }, { at: bench.kernel.clock.now() });
      bench.org.seed('Contact', { LastName: 'C', AccountId: parent }, { at: bench.kernel.clock.now() });
    }
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const soql = "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name LIKE 'A%'";
    const first = (await bench.query(soql, headers)).body as { records: unknown[]; nextRecordsUrl: string };
    expect(first.records).toHaveLength(100);
    expect((await bench.http('GET', first.nextRecordsUrl)).body).toMatchObject({ totalSize: 150, done: true });
  });
});

test('two levels of parents come nested with their attributes, an absent level as null', async () => {
  const other = await anotherDeal();
  for (const OpportunityId of [deal, other]) {
    if (OpportunityId === other) await bench.create('OpportunityContactRole', { OpportunityId, ContactId: contact });
  }
  const soql =
    'SELECT Opportunity.Account.Name, Opportunity.Name FROM OpportunityContactRole ORDER BY Opportunity.Account.Name NULLS LAST';
  expect(await bench.rows(soql)).toMatchObject([
    {
      Opportunity: {
        attributes: { type: 'Opportunity' },
        Account: { attributes: { type: 'Account' }, Name: '株式会社見本' },
        Name: '刷新',
      },
    },
    { Opportunity: { Account: null, Name: '保守' } },
  ]);
});

test('TYPEOF reads what the kind of the other record offers', async () => {
  await bench.create('Task', { Subject: 'a', WhoId: bench.lead({ Company: '見本商事' }) });
  await bench.create('Task', { Subject: 'b', WhoId: contact });
  await bench.create('Task', { Subject: 'c' });
  const soql =
    'SELECT TYPEOF Who WHEN Lead THEN Company WHEN Contact THEN Account.Name ELSE Name END FROM Task ORDER BY Subject';
  expect(await bench.rows(soql)).toMatchObject([
    { Who: { attributes: { type: 'Lead' }, Company: '見本商事' } },
    { Who: { attributes: { type: 'Contact' }, Account: { Name: '株式会社見本' } } },
    { Who: null },
  ]);
  expect((await bench.query('SELECT TYPEOF Account WHEN Lead THEN Id END FROM Task')).status).toBe(400);
});

test('HAVING keeps groups, and groups are ordered by what was counted', async () => {
  for (const Company of ['い', 'い', 'ろ', 'ろ', 'ろ', 'は']) bench.lead({ Company });
  const soql =
    'SELECT Company, COUNT(Id) n FROM Lead GROUP BY Company HAVING COUNT(Id) > 1 AND Company != null ORDER BY COUNT(Id) DESC';
  expect(await bench.rows(soql)).toEqual([
    { Company: 'ろ', n: 3 },
    { Company: 'い', n: 2 },
  ]);
});

test('describe names the children, and which column holds them', async () => {
  const { body } = await bench.api('GET', '/sobjects/Opportunity/describe');
  const { childRelationships } = body as { childRelationships: object[] };
  expect(childRelationships).toContainEqual(
    expect.objectContaining({
      childSObject: 'OpportunityContactRole',
      field: 'OpportunityId',
      relationshipName: 'OpportunityContactRoles',
    }),
  );
  expect(childRelationships).toContainEqual(
    expect.objectContaining({ childSObject: 'Lead', field: 'ConvertedOpportunityId', relationshipName: null }),
  );
});
