import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { passOnce } from '../../src/cli/once.ts';
import { rehearse } from '../../src/cli/plan.ts';
import { openWorkshop, type WiredWorkshop } from '../../src/main/wire.ts';
import { aCompany, type Company, HOUR } from '../support/company.ts';

const MOBILE = '090-1111-2222';
const USED = 10_000;

/** A busy day: an admin has added a field, people work, and Salesforce's calls run short. */
describe('when the calls of a day run short', () => {
  let folder: string;
  let company: Company;
  let shop: WiredWorkshop;
  /** People whom only HubSpot knows, and whose score does not yet suffice. */
  let promising: readonly string[];

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-budget-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    company = await aCompany({ people: 24, mappings: folder });
    const { portal, kernel } = company.sandbox;
    promising = ['一', '二', '三', '四'].map((firstname, nth) =>
      portal.seed(
        'contacts',
        { email: `kitai${nth}@example.co.jp`, lastname: '期待', firstname, company: '期待商会', leadscore: '10' },
        kernel.clock.now(),
      ),
    );
    for (const { id } of portal.records('contacts').filter((one) => !promising.includes(one.id)))
      portal.touch('contacts', id, { mobilephone: MOBILE }, { source: 'CRM_UI', userId: 1 });
    await company.later();
    await company.pass();
    await company.shop.close();
    const line =
      '    - { hubspot: mobilephone, salesforce: MobilePhone, policy: two-way, first: newest, conflict: newest, clears: keep, as: phone }\n';
    const path = join(folder, 'contact.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('  fields:\n', `  fields:\n${line}`));
    shop = await openWorkshop(company.options, 'inline');
    // So many that what a pass itself needs makes no difference.
    const pulls = [{ purpose: 'pull', kind: 'query', calls: USED }] as const;
    await shop.works.ledger.spend('salesforce', { calls: pulls, told: null }, shop.works.clock.now());
  });
  afterEach(async () => {
    await shop.close();
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('back-fills wait first, then ordinary writes, hot ones last; and when the day has turned everything is there', async () => {
    const [usual, later] = onBothSides();
    const [first, second, third, last] = promising;

    usedUp(0.75);
    edit(usual!.contact, { phone: '03-1111-0001' });
    edit(first!, { leadscore: '95' });
    await pass();
    expect([lead(usual!.lead)['Phone'], stageOf(first!)]).toEqual(['03-1111-0001', 'MQL']);
    expect(filled()).toEqual([usual!.lead]); // it went along with the phone
    expect(await toSend()).toEqual({ hot: 0, ordinary: 0, 'back-fill': expect.toSatisfy((waiting) => waiting > 4) });

    usedUp(0.88);
    edit(later!.contact, { phone: '03-1111-0002' });
    edit(second!, { leadscore: '95' });
    await pass();
    expect([lead(later!.lead)['Phone'] === '03-1111-0002', stageOf(second!)]).toEqual([false, 'MQL']);
    expect((await toSend()).ordinary).toBeGreaterThan(0);

    usedUp(0.96);
    edit(third!, { leadscore: '95' });
    await pass();
    expect(stageOf(third!)).toBe('MQL');
    await pass();
    expect(await budgetFindings()).toMatchObject([{ code: 'API_BUDGET_SPENT', detail: { level: 'hot-only' } }]);

    usedUp(1);
    edit(last!, { leadscore: '95' });
    await pass();
    const before = await used();
    await pass();
    expect([stageOf(last!), await used(), (await toSend()).hot > 0]).toEqual([undefined, before, true]);
    expect(await budgetFindings()).toMatchObject([{ code: 'API_BUDGET_SPENT', detail: { level: 'spent' } }]);
    expect(filled()).toEqual([usual!.lead]);

    await company.later(25 * HOUR);
    await shop.refreshClock();
    await pass();
    await pass();
    expect([lead(later!.lead)['Phone'], stageOf(last!)]).toEqual(['03-1111-0002', 'MQL']);
    expect(filled().length).toBeGreaterThan(4);
    expect(await toSend()).toEqual({ hot: 0, ordinary: 0, 'back-fill': 0 });
    expect(await budgetFindings()).toEqual([]);
    expect([...(await spentFor())]).toEqual(
      expect.arrayContaining(['pull', 'look-up', 'hot-write', 'write', 'back-fill', 'confirm']),
    );
  });

  test('`plan` asks nobody whom a run would not ask, however often it is typed, and says until when was read', async () => {
    usedUp(0.5);
    await pass();
    usedUp(1);
    await pass();
    edit(promising[0]!, { leadscore: '95' });
    const before = await used();
    for (let typed = 0; typed < 3; typed++) {
      await shop.close(); // each is a process of its own
      shop = await openWorkshop(company.options, 'inline');
      const { notAsked } = await rehearse(shop.works);
      expect(notAsked).toMatchObject([{ system: 'salesforce', level: 'spent', readUntil: expect.any(Number) }]);
    }
    expect(await used()).toBe(before);
  });

  async function pass() {
    await company.later();
    await shop.refreshClock();
    shop.newRun();
    return passOnce(shop);
  }

  /** From the next answer on, so much of our fifth of the calls is used. */
  function usedUp(part: number): void {
    company.sandbox.org.switches.dailyApiRequests = Math.floor(USED / part / 0.2);
  }

  const edit = (id: string, properties: Record<string, string>) =>
    company.sandbox.portal.touch('contacts', id, properties, { source: 'CRM_UI', userId: 1 });
  const leads = () => company.sandbox.org.records('Lead').filter((row) => row['IsDeleted'] !== true);
  const lead = (id: string) => leads().find((row) => row['Id'] === id)!;
  const contact = (id: string) => company.sandbox.portal.records('contacts').find((row) => row.id === id)!.properties;
  const stageOf = (id: string) =>
    leads().find((row) => row['Tasuki_Key__c'] === contact(id)['tasuki_key'] && row['Tasuki_Key__c'] != null)?.[
      'Tasuki_Stage__c'
    ];
  const filled = () => leads().flatMap((row) => (row['MobilePhone'] === MOBILE ? [row['Id']] : []));
  const toSend = () => shop.works.ledger.toSend('salesforce');
  const budgetFindings = async () =>
    (await shop.works.ledger.findings()).filter(({ code }) => code.startsWith('API_BUDGET'));
  const spending = async () => (await shop.works.ledger.spending('salesforce', 0)).booked;
  const used = async () => (await spending()).reduce((sum, { calls }) => sum + calls, 0);
  const spentFor = async () => new Set((await spending()).map(({ purpose }) => purpose));

  function onBothSides(): readonly { contact: string; lead: string }[] {
    return company.sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
      const key = properties['tasuki_key'];
      const found = leads().find((row) => key && row['Tasuki_Key__c'] === key);
      return found === undefined ? [] : [{ contact: id, lead: String(found['Id']) }];
    });
  }
});
