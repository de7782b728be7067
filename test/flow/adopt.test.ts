import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { adoptedIn } from '../../src/cli/adopted-text.ts';
import { rehearse } from '../../src/cli/plan.ts';
import { aCompany, type Company, DAY } from '../support/company.ts';

const [OLD, RECENT] = [12, 3];

/** A company that has had MQLs for years: twelve of long ago, three of this month, and one of this month whom somebody has called. */
describe('on day one', () => {
  let company: Company;
  let folder: string;
  afterEach(async () => {
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  async function begin(adopt: string): Promise<void> {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-adopt-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    const path = join(folder, 'agreement.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('roles:', `${adopt}roles:`));
    company = await aCompany({ people: 0, frozen: true, mappings: folder, settings: { firstRun: 'ask' } });
    for (let nth = 0; nth < OLD; nth += 1) mql(`old${nth}`, 40 + 30 * nth);
    for (let nth = 0; nth < RECENT; nth += 1) mql(`recent${nth}`, 2 + 10 * nth);
    call(mql('called', 5), 3);
    await company.later();
  }

  test('old MQLs without a deal get no deadline and no Task, however long one waits', async () => {
    await begin('');
    expect(adoptedIn((await rehearse(company.shop.works)).changes)).toBe(0);
    await goOn();
    expect(await ourClocks()).toEqual([]);
    expect(ourTasks()).toEqual([]);
  });

  test('adopt takes in the recent ones alone: the plan says how many, and their deadlines start with the hand-off', async () => {
    await begin('adopt: { open_since: 30 days }\n');
    const { changes, plan } = await rehearse(company.shop.works);
    expect(adoptedIn(changes)).toBe(RECENT);
    expect(await ourClocks()).toEqual([]); // nothing starts before somebody has approved it
    expect(plan.changes).toBeGreaterThan(RECENT);
    await goOn();
    expect(await ourClocks()).toEqual(Array.from({ length: RECENT }, () => 'first-contact lapsed'));
    expect(ourTasks()).toHaveLength(RECENT);
  });

  function mql(name: string, days: number): string {
    const { portal, kernel } = company.sandbox;
    const at = kernel.clock.now() - days * DAY;
    const properties = { email: `${name}@example.co.jp`, lastname: name, company: `${name}商店` };
    const id = portal.seed('contacts', { ...properties, lifecyclestage: 'marketingqualifiedlead' }, at);
    company.sandbox.org.seed('Lead', { LastName: name, Company: `${name}商店`, Email: properties.email }, { at });
    return id;
  }

  /** A rep has called, so many days ago. */
  function call(contact: string, days: number): void {
    const { org, kernel, portal } = company.sandbox;
    const email = portal.records('contacts').find(({ id }) => id === contact)?.properties['email'];
    const lead = org.records('Lead').find((row) => row['Email'] === email);
    const rep = org.records('User').find((row) => row['Email'] === 'taro.suzuki@example.co.jp');
    const fields = {
      WhoId: lead?.['Id'],
      OwnerId: rep?.['Id'],
      Subject: '電話',
      TaskSubtype: 'Call',
      Status: '完了',
    };
    org.seed('Task', fields, { at: kernel.clock.now() - days * DAY, by: String(rep?.['Id']) });
  }

  /** Somebody approves, and two weeks pass. */
  async function goOn(): Promise<void> {
    const { works } = company.shop;
    await company.pass();
    const { hash } = await works.ledger.waitingPlan();
    const decided = await works.ledger.approve({ plan: hash, by: '佐藤', why: '', at: works.clock.now() });
    expect(decided.kind).toBe('done');
    for (const days of [0, 0, 14, 0]) {
      await company.later(days * DAY + 300_000);
      await company.pass();
    }
  }

  async function ourClocks(): Promise<readonly string[]> {
    const known = await Promise.all(
      company.sandbox.portal.records('contacts').map(({ id }) => company.shop.works.ledger.person(id)),
    );
    return known.flatMap((facts) => facts?.clocks.map(({ kind, state }) => `${kind} ${state}`) ?? []);
  }

  function ourTasks() {
    return company.sandbox.org.records('Task').filter((row) => row['Tasuki_Key__c'] != null);
  }
});
