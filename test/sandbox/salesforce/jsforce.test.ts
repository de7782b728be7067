import type { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, defineKey, QUIET, START, startBench } from './support.ts';

// jsforce reads proxy variables once, at import, and would send even loopback calls there.
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
const jsforce = await import('jsforce');

let bench: Bench;
let loginUrl: string;
let connection: Connection;

beforeAll(async () => {
  bench = await startBench();
  loginUrl = await bench.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => bench.app.close());

beforeEach(async () => {
  bench.org.reset();
  const oauth2 = { loginUrl, clientId: 'tasuki-sandbox', clientSecret: 'sandbox-secret' };
  connection = new jsforce.Connection({ version: '68.0', oauth2 });
  const user = await connection.authorize({ grant_type: 'client_credentials' });
  expect(user).toMatchObject({ id: bench.org.integrationUserId, organizationId: '00D5g000001TasuEAC' });
});

describe('the real client', () => {
  test('logs in, knows who it is and how much it has used', async () => {
    expect(await connection.identity()).toMatchObject({ username: 'tasuki@example.co.jp' });
    await connection.limits();
    await connection.limits();
    expect(connection.limitInfo.apiUsage).toEqual({ used: 2, limit: 100_000 });
  });

  test('reads page after page', async () => {
    for (let index = 0; index < 450; index++) bench.lead({ LastName: `L${index}` });
    const headers = { 'Sforce-Query-Options': 'batchSize=200' };
    let page = await connection.query<{ LastName: string }>('SELECT Id, LastName FROM Lead', { headers });
    const names = page.records.map(({ LastName }) => LastName);
    while (!page.done) {
      page = await connection.queryMore<{ LastName: string }>(page.nextRecordsUrl as string);
      names.push(...page.records.map(({ LastName }) => LastName));
    }
    expect(new Set(names).size).toBe(450);
    expect(page.totalSize).toBe(450);
  });

  test('creates, updates, upserts, retrieves and deletes one record and many', async () => {
    defineKey(bench);
    const leads = connection.sobject('Lead');
    const options = { headers: QUIET };
    const made = await leads.create([{ LastName: '山田', Company: '見本' }, { LastName: '佐藤' }] as never, options);
    expect(made).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    const [first] = made as { id: string }[];
    const id = String(first?.id);
    expect(await leads.update({ Id: id, Title: '課長' }, options)).toMatchObject({ id, success: true });
    expect(await leads.update([{ Id: id, Title: '部長' }], options)).toMatchObject([{ id, success: true }]);
    const upserted = await leads.upsert(
      [{ Key__c: 'k1', LastName: '鈴木', Company: '見本' }] as never,
      'Key__c',
      options,
    );
    expect(upserted).toMatchObject([{ success: true, created: true }]);
    const retrieved = await leads.retrieve([id, bench.org.integrationUserId], { fields: ['Title', 'OwnerId'] });
    expect(retrieved).toMatchObject([{ Id: id, Title: '部長', OwnerId: bench.org.integrationUserId }, null]);
    expect(await leads.destroy([id])).toMatchObject([{ id, success: true }]);
    await expect(leads.destroy(id)).rejects.toMatchObject({ name: 'ENTITY_IS_DELETED' });
  });

  test('describes, counts and follows changes', async () => {
    bench.lead();
    expect((await connection.sobject('Lead').describe()).fields.map(({ name }) => name)).toContain('Company');
    expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain('Task');
    expect(await connection.sobject('Lead').count()).toBe(1);
    const end = new Date(START + DAY_MS).toISOString();
    expect((await connection.sobject('Lead').updated(new Date(START - DAY_MS).toISOString(), end)).ids).toHaveLength(1);
  });

  test('learns of a field that does not exist', async () => {
    await expect(connection.query('SELECT Foo FROM Lead')).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
  });

  test('creates fields through the tooling side and runs composite requests', async () => {
    const metadata = { type: 'Text', label: 'キー', length: 64 };
    const made = await connection.tooling
      .sobject('CustomField')
      .create({ FullName: 'Lead.New__c', Metadata: metadata } as never);
    expect(made).toMatchObject({ success: true });
    const compositeRequest = [
      { method: 'GET', url: '/services/data/v68.0/query?q=SELECT+Id+FROM+Lead', referenceId: 'q' },
    ];
    expect(await connection.requestPost('/composite', { compositeRequest })).toMatchObject({
      compositeResponse: [{ httpStatusCode: 200 }],
    });
  });

  test('sells: makes a deal by its key with a role, prices it, and reads all of it in one query', async () => {
    defineKey(bench, 'Opportunity');
    const deal = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31' };
    const made = await connection.sobject('Opportunity').upsert({ Key__c: 'd1', ...deal } as never, 'Key__c');
    const [again] = (await connection
      .sobject('Opportunity')
      .upsert([{ Key__c: 'd1', StageName: '交渉' }] as never, 'Key__c')) as { id: string; created: boolean }[];
    expect(again).toMatchObject({ created: false, success: true });
    expect(made).toMatchObject({ success: true, id: again?.id });
    const contact = await connection.sobject('Contact').create({ LastName: '佐藤' });
    const role = { OpportunityId: again?.id, ContactId: contact.id, IsPrimary: true };
    expect(await connection.sobject('OpportunityContactRole').create([role] as never)).toMatchObject([
      { success: true },
    ]);
    const page = await connection.query(
      'SELECT Probability, (SELECT Contact.LastName FROM OpportunityContactRoles) FROM Opportunity',
    );
    expect(page.records).toMatchObject([
      { Probability: 75, OpportunityContactRoles: { records: [{ Contact: { LastName: '佐藤' } }] } },
    ]);
    const { recordTypeInfos, childRelationships } = await connection.sobject('Opportunity').describe();
    expect(recordTypeInfos.map(({ name }) => name)).toContain('新規商談');
    expect(childRelationships.map(({ relationshipName }) => relationshipName)).toContain('OpportunityLineItems');
  });

  test('markets: joins a campaign, logs a mail, and reads their histories', async () => {
    const LeadId = bench.lead({ Email: 'yamada@example.co.jp' });
    const campaign = await connection.sobject('Campaign').create({ Name: '展示会' });
    const member = { CampaignId: campaign.id, LeadId, Status: 'レスポンスあり' };
    expect(await connection.sobject('CampaignMember').create([member, member] as never)).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
    ]);
    const mail = await connection.sobject('EmailMessage').create({ Subject: '御礼', Status: '3' });
    const relation = { EmailMessageId: mail.id, RelationId: LeadId, RelationType: 'ToAddress' };
    await connection.sobject('EmailMessageRelation').create(relation as never);
    bench.org.touch('Lead', LeadId, { Status: '対応中' });
    const rows = async (soql: string): Promise<object[]> => (await connection.query(soql)).records;
    expect(await rows('SELECT HasResponded, Campaign.Name, Lead.Name FROM CampaignMember')).toMatchObject([
      { HasResponded: true, Campaign: { Name: '展示会' }, Lead: { Name: '山田' } },
    ]);
    expect(await rows('SELECT (SELECT RelationAddress FROM EmailMessageRelations) FROM EmailMessage')).toMatchObject([
      { EmailMessageRelations: { records: [{ RelationAddress: 'yamada@example.co.jp' }] } },
    ]);
    expect(await rows("SELECT WhoId FROM Task WHERE TaskSubtype = 'Email'")).toMatchObject([{ WhoId: LeadId }]);
    expect(await rows("SELECT OldValue, NewValue FROM LeadHistory WHERE Field = 'Status'")).toMatchObject([
      { OldValue: '未対応', NewValue: '対応中' },
    ]);
  });

  test('meets persons and currencies where the org has them', async () => {
    bench.org.switches.personAccounts = true;
    bench.org.switches.multiCurrency = true;
    const [type] = (await connection.query<{ Id: string }>('SELECT Id FROM RecordType WHERE IsPersonType = true'))
      .records;
    const person = { RecordTypeId: type?.Id, LastName: '山田', CurrencyIsoCode: 'USD' };
    await connection.sobject('Account').create(person as never);
    const page = await connection.query('SELECT CurrencyIsoCode, PersonContact.IsPersonAccount FROM Account');
    expect(page.records).toMatchObject([{ CurrencyIsoCode: 'USD', PersonContact: { IsPersonAccount: true } }]);
  });

  test('renews its session when it has ended', async () => {
    let renewals = 0;
    connection = new jsforce.Connection({
      instanceUrl: loginUrl,
      accessToken: '00D5g000001Tasu!expired',
      version: '68.0',
      refreshFn: (_connection, callback) => {
        renewals += 1;
        callback(null, bench.org.tokens.issue(bench.org.integrationUserId));
      },
    });
    expect((await connection.query('SELECT Id FROM Lead')).totalSize).toBe(0);
    expect(renewals).toBe(1);
  });
});
