import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OBJECTS } from '../../src/domain/people/record.ts';
import { aCompany, type Company } from '../support/company.ts';
import { compareCrms } from '../support/compare-crms.ts';
import { booksOverHttp } from '../support/read-crms.ts';

const PEOPLE = 2_000;
const WON = 210;
const WITHOUT_ORIGIN = 60;
/** Every ninth is won, the sixth first. */
const isWon = (index: number) => index % 9 === 5 && Math.floor(index / 9) < WON;
const INDICES = Array.from({ length: PEOPLE }, (_, index) => index);
const UNQUALIFIED = INDICES.filter((index) => index < WITHOUT_ORIGIN && !isWon(index)).length;

/** An export of a quarter of the size, and of the shape, of the Olist funnel (whose data are not ours to ship), made up here. */
describe('two thousand people from a CSV export', () => {
  let folder: string;
  let company: Company;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tasuki-export-'));
    await writeExport(folder);
    company = await aCompany({
      load: { folder, plan: 'src/sandbox/loads/olist.yaml' },
      start: Date.parse('2018-11-19T09:00:00+09:00'),
    });
    await company.pass();
  });
  afterAll(async () => {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('every row is loaded, every person is known, and everyone qualified is on both sides', async () => {
    expect(company.sandbox.loaded).toMatchObject({ rows: { leads: PEOPLE, won: WON }, bad: [] });
    const { people, deals, companies, stages, changes } = await company.shop.works.ledger.counts();
    expect(people).toBe(PEOPLE);
    expect(deals).toEqual({ both: WON, hubspot: 0, salesforce: 0 });
    expect(companies).toEqual({ both: 0, hubspot: 0, salesforce: WON });
    expect(stages).toEqual({ customer: WON, MQL: PEOPLE - UNQUALIFIED - WON, lead: UNQUALIFIED });
    // What nobody waits for is confirmed by the pull that shows it.
    expect(Object.keys(changes).filter((state) => state !== 'acknowledged')).toEqual(['confirmed']);
  });

  test('an auditor who reads both systems finds no difference in people or deals', async () => {
    const { people, both, deals, differences } = await compareCrms(booksOverHttp(company.sandbox));
    expect([people, deals]).toEqual([PEOPLE, WON]);
    expect(both).toBeGreaterThanOrEqual(PEOPLE - WITHOUT_ORIGIN);
    expect(differences).toEqual([]);
  });

  test('the second pass plans nothing', async () => {
    await company.later();
    expect((await company.pass()).planned).toBe(0);
  });

  test('the writes cost the fewest calls the two APIs allow', () => {
    const { hubspot, salesforce } = company.shop.works.crm;
    const others = OBJECTS.hubspot.length - 1; // companies, deals and activities: one empty page each
    expect({
      list: hubspot.calls()['list'],
      'batch-update': hubspot.calls()['batch-update'],
      'collections-upsert': salesforce.calls()['collections-upsert'],
    }).toEqual({
      list: Math.ceil(PEOPLE / 100) + others,
      'batch-update': Math.ceil(PEOPLE / 100),
      'collections-upsert': Math.ceil((PEOPLE - WON - UNQUALIFIED) / 200),
    });
  });
});

async function writeExport(folder: string): Promise<void> {
  const ids = Array.from({ length: PEOPLE }, (_, index) => index.toString(16).padStart(32, '0'));
  const origins = [
    'organic_search',
    'paid_search',
    'social',
    'direct_traffic',
    'email',
    'referral',
    'display',
    'unknown',
  ];
  const day = (index: number) => new Date(Date.UTC(2017, 5, 14 + (index % 350))).toISOString().slice(0, 10);
  const leads = ids.map(
    (id, index) =>
      `${id},${day(index)},${'a'.repeat(32)},${index < WITHOUT_ORIGIN ? '' : origins[index % origins.length]}`,
  );
  const rep = (kind: string, index: number) => `${kind}${String(index).padStart(31, '0')}`;
  const wonIds = ids.filter((_, index) => isWon(index));
  const won = wonIds.map(
    (id, index) =>
      `${id},${'b'.repeat(32)},${rep('c', index % 30)},${rep('d', index % 20)},2018-04-${String((index % 28) + 1).padStart(2, '0')} 19:58:54,pet,online_medium,cat,,,,reseller,,0.0`,
  );
  await writeFile(
    join(folder, 'olist_marketing_qualified_leads_dataset.csv'),
    `mql_id,first_contact_date,landing_page_id,origin\n${leads.join('\n')}\n`,
  );
  await writeFile(
    join(folder, 'olist_closed_deals_dataset.csv'),
    `mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type,lead_behaviour_profile,has_company,has_gtin,average_stock,business_type,declared_product_catalog_size,declared_monthly_revenue\n${won.join('\n')}\n`,
  );
}
