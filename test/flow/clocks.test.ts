import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { System } from '../../src/domain/people/record.ts';
import { aCompany, type Company } from '../support/company.ts';

const MINUTE = 60_000;
const EMAIL = 'tokei@example.co.jp';

/** The worker's clock and those of the CRMs do not tell the same time, from the first day on. */
describe.each([
  ['the worker is a quarter of an hour ahead of both', -15, -15],
  ['the worker is a quarter of an hour behind both', 15, 15],
  ['HubSpot is five minutes ahead, Salesforce five behind', 5, -5],
])('where %s', (_, hubspotAhead, salesforceAhead) => {
  let company: Company;
  let contact: string;

  /** One MQL whom both systems know, read to the end a moment ago. */
  beforeEach(async () => {
    company = await aCompany({ people: 5, frozen: true });
    const { portal, org } = company.sandbox;
    portal.switches.clockAheadMs = hubspotAhead * MINUTE;
    org.switches.clockAheadMs = salesforceAhead * MINUTE;
    const properties = { email: EMAIL, lastname: '時任', company: '時計店', phone: '03-1111-1111', leadscore: '95' };
    contact = portal.seed('contacts', properties, portal.clock.now());
    for (const _pass of [1, 2, 3]) {
      await company.later();
      await company.pass();
    }
  });
  afterEach(() => company.close());

  test('what marketing edits just after a pull reaches sales', async () => {
    await company.later(MINUTE);
    company.sandbox.portal.touch('contacts', contact, { phone: '03-2222-2222' }, { source: 'CRM_UI', userId: 1 });
    await twoPasses();
    expect(lead()['Phone']).toBe('03-2222-2222');
  });

  test('what sales edits just after a pull reaches marketing', async () => {
    await company.later(MINUTE);
    const { org } = company.sandbox;
    org.touch('Lead', String(lead()['Id']), { Phone: '03-3333-3333' }, { by: org.administratorId });
    await twoPasses();
    expect(shown()['phone']).toBe('03-3333-3333');
  });

  test('somebody new just after a pull is handed over', async () => {
    const { portal } = company.sandbox;
    const properties = { email: 'atarashii@example.co.jp', lastname: '新田', company: '新田商店', leadscore: '95' };
    portal.seed('contacts', properties, portal.clock.now());
    await twoPasses();
    expect(company.sandbox.org.records('Lead').map((row) => row['Email'])).toContain('atarashii@example.co.jp');
  });

  test('it is said of each system, and no longer once they tell the same time', async () => {
    expect(await apart()).toEqual({ hubspot: hubspotAhead, salesforce: salesforceAhead });
    const { portal, org } = company.sandbox;
    for (const { switches } of [portal, org]) switches.clockAheadMs = 0;
    await company.later();
    await company.pass();
    expect(await apart()).toEqual({});
  });

  test('an idle pass comes to rest', async () => {
    await company.later();
    expect(await company.pass()).toMatchObject({ planned: 0, written: 0 });
  });

  async function twoPasses(): Promise<void> {
    for (const _pass of [1, 2]) {
      await company.later();
      await company.pass();
    }
  }

  /** Whole minutes by which each system is said to be ahead. */
  async function apart(): Promise<Partial<Record<System, number>>> {
    const findings = await company.shop.works.ledger.findings();
    const told = findings.filter(({ code }) => code === 'CLOCK_SKEW');
    return Object.fromEntries(told.map(({ subject, detail }) => [subject, Math.round(Number(detail['seconds']) / 60)]));
  }

  const lead = () => company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL)!;
  const shown = () => company.sandbox.portal.records('contacts').find(({ id }) => id === contact)!.properties;
});
