import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, HOUR } from '../support/company.ts';

const DAY = 24 * HOUR;

/** An MQL whom a rep moves to SQL in HubSpot: within 5 business days there is a deal, or a meeting in the calendar. */
describe('the promise to set up the deal', () => {
  let company: Company;
  let contact: string;
  const EMAIL = 'kisaragi@example.co.jp';

  beforeEach(async () => {
    company = await aCompany({ people: 5, frozen: true });
    const { portal, kernel } = company.sandbox;
    const properties = { email: EMAIL, lastname: '如月', company: '如月商店', leadscore: '10' };
    contact = portal.seed('contacts', properties, kernel.clock.now());
    await settle();
    portal.touch('contacts', contact, { leadscore: '95' }, { source: 'CALCULATED' });
    await settle();
    expect(await clock()).toBeUndefined();
    portal.touch('contacts', contact, { lifecyclestage: 'salesqualifiedlead' }, { source: 'CRM_UI' });
    await settle();
    expect(await clock()).toMatchObject({ state: 'running' });
  });
  afterEach(() => company.close());

  test('is kept by a meeting that the owner has booked, though it lies ahead', async () => {
    const event = book(20 * DAY);
    await settle();
    expect(await clock()).toMatchObject({ state: 'met', evidence: `Event:${event}` });
  });

  test('that is broken gives the owner one Task, which the meeting closes', async () => {
    await company.later(10 * DAY);
    await settle();
    expect(await clock()).toMatchObject({ state: 'lapsed' });
    expect(ourTasks()).toMatchObject([{ IsClosed: false, OwnerId: lead()['OwnerId'] }]);
    book(DAY);
    await settle();
    expect(await clock()).toMatchObject({ state: 'closed', closedBecause: 'evidence' });
    expect(ourTasks()).toMatchObject([{ IsClosed: true }]);
  });

  function lead() {
    const found = company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL);
    if (found === undefined) throw new Error('The MQL has no Lead.');
    return found;
  }

  /** The owner enters a meeting that is so far ahead; its id. */
  function book(ahead: number): string {
    const { org, kernel } = company.sandbox;
    const [at, by] = [kernel.clock.now(), String(lead()['OwnerId'])];
    const [StartDateTime, EndDateTime] = [at + ahead, at + ahead + HOUR].map((time) => new Date(time).toISOString());
    const fields = { Subject: 'ご提案', WhoId: lead()['Id'], OwnerId: by, StartDateTime, EndDateTime };
    return org.seed('Event', fields, { at, by });
  }

  function ourTasks() {
    const tasks = company.sandbox.org.records('Task');
    return tasks.filter((row) => String(row['Tasuki_Key__c']).includes(':deal-set-up:'));
  }

  async function clock() {
    const facts = await company.shop.works.ledger.person(contact);
    return facts?.clocks.find(({ kind }) => kind === 'deal-set-up');
  }

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    await company.pass();
  }
});
