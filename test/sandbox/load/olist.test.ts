import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';

const PLAN = new URL('../../../src/sandbox/loads/olist.yaml', import.meta.url).pathname;

/** The real files are not ours to ship: these have their headers and rows of our own. */
const LEADS = `mql_id,first_contact_date,landing_page_id,origin
aaaa0001,2018-02-01,page1,social
aaaa0002,2017-10-20,page2,
aaaa0003,2018-05-31,page1,unknown
aaaa0004,2018-04-01,page3,newspaper
`;
const WON = `mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type,lead_behaviour_profile,has_company,has_gtin,average_stock,business_type,declared_product_catalog_size,declared_monthly_revenue
aaaa0001,seller1,sdr00000000000001,sr000000000000001,2018-02-26 19:58:54,pet,online_medium,cat,,,,reseller,,0.0
aaaa0003,seller2,sdr00000000000001,sr000000000000001,2018-05-29 23:30:00,toys,offline,,,,,manufacturer,,15000.0
`;

let folder: string;
let sandbox: Sandbox;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'olist-'));
  await writeFile(join(folder, 'olist_marketing_qualified_leads_dataset.csv'), LEADS);
  await writeFile(join(folder, 'olist_closed_deals_dataset.csv'), WON);
  sandbox = await startSandbox({ load: { folder, plan: PLAN }, frozen: true });
});

afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

test('every known row becomes a contact, an unknown origin is a bad row, and the clock begins where the plan says', () => {
  expect(sandbox.loaded?.loaded).toEqual({
    'hubspot.contacts': 3,
    'salesforce.Account': 2,
    'salesforce.Contact': 2,
    'salesforce.Opportunity': 2,
    'salesforce.OpportunityContactRole': 2,
  });
  expect(sandbox.loaded?.bad).toEqual([
    {
      file: join(folder, 'olist_marketing_qualified_leads_dataset.csv'),
      line: 5,
      reason: 'origin = "newspaper" has no place in the map "source"',
    },
  ]);
  expect(sandbox.kernel.clock.now()).toBe(Date.parse('2018-11-19T09:00:00+09:00'));
});

test('whoever came from nowhere is not qualified yet, all others are', () => {
  const stages = sandbox.portal
    .records('contacts')
    .map(({ properties }) => [properties['email'], properties['leadscore'], properties['lifecyclestage']]);
  expect(stages).toEqual([
    ['aaaa0001@example.com', '90', 'marketingqualifiedlead'],
    ['aaaa0002@example.com', '70', 'lead'],
    ['aaaa0003@example.com', '90', 'marketingqualifiedlead'],
  ]);
  const created = sandbox.portal.records('contacts').map(({ createdAt }) => createdAt);
  expect(created).toEqual(['2018-02-01T12:00:00Z', '2017-10-20T12:00:00Z', '2018-05-31T13:00:00Z']);
});

test('whoever was won is a Contact of an Account of the seller’s rep, with the name and company that HubSpot shows', () => {
  const [person] = sandbox.org.records('Contact');
  const [account] = sandbox.org.records('Account');
  const [contact] = sandbox.portal.records('contacts');
  const users = new Map(sandbox.org.records('User').map((user) => [user['Id'], user['Email']]));
  expect(person).toMatchObject({
    AccountId: account?.['Id'],
    Email: 'aaaa0001@example.com',
    LastName: contact?.properties['lastname'],
    FirstName: contact?.properties['firstname'],
    Phone: contact?.properties['phone'],
  });
  expect(account).toMatchObject({ Name: contact?.properties['company'], Industry: '小売' });
  expect([person, account].map((record) => users.get(record?.['OwnerId']))).toEqual([
    'sr0000000000@example.com',
    'sr0000000000@example.com',
  ]);
  const owners = new Map(
    sandbox.portal.owners.list({ email: undefined, archived: false }).map(({ id, email }) => [id, email]),
  );
  expect(owners.get(contact?.properties['hubspot_owner_id'] ?? '')).toBe('sdr000000000@example.com');
});

test('the deal was won by that rep on the day that the file names, whatever the zone, for what was declared if anything was', () => {
  const [contact] = sandbox.org.records('Contact');
  const won = sandbox.org.records('Opportunity');
  expect(
    won.map(({ StageName, IsWon, CloseDate, Amount, Type }) => [StageName, IsWon, CloseDate, Amount, Type]),
  ).toEqual([
    ['受注', true, '2018-02-26', null, '新規顧客'],
    ['受注', true, '2018-05-29', 15_000, '新規顧客'],
  ]);
  expect(won[1]).toMatchObject({
    CreatedDate: '2018-05-30T02:30:00.000+0000',
    Description: '区分: toys / リード種別: offline',
  });
  expect(won[0]?.['CreatedById']).toBe(won[0]?.['OwnerId']);
  const [role] = sandbox.org.records('OpportunityContactRole');
  expect(role).toMatchObject({ OpportunityId: won[0]?.['Id'], ContactId: contact?.['Id'], IsPrimary: true });
});

test('somebody won before marketing’s first contact stays so', () => {
  // The second person's Contact dates from the day of the first contact, two days after the deal.
  const [, person] = sandbox.org.records('Contact');
  const [, deal] = sandbox.org.records('Opportunity');
  expect(person?.['CreatedDate']).toBe('2018-05-31T14:00:00.000+0000');
  expect(String(deal?.['CreatedDate']) < String(person?.['CreatedDate'])).toBe(true);
});

test('our own inside sales and their queue are there too', () => {
  const users = sandbox.org.records('User').map(({ Email }) => Email);
  expect(users).toEqual(
    expect.arrayContaining(['taro.suzuki@example.co.jp', 'mio.tanaka@example.co.jp', 'ken.takahashi@example.co.jp']),
  );
  expect(sandbox.org.records('Group').some(({ DeveloperName }) => DeveloperName === 'IS_Queue')).toBe(true);
});
