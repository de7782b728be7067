import { afterEach, describe, expect, test } from 'vitest';
import type { System } from '../../src/domain/people/record.ts';
import { aCompany, type Company } from '../support/company.ts';

const MINUTE = 60_000;
const EMAIL = 'tokei@example.co.jp';
const NEW_EMAIL = 'atarashii@example.co.jp';

/** The worker's clock and those of the CRMs do not tell the same time, from the first day on. */
describe('no edit is lost where clocks are apart', () => {
  let company: Company;
  afterEach(() => company.close());

  test.each([
    ['the worker is a quarter of an hour ahead of both', -15, -15],
    ['the worker is a quarter of an hour behind both', 15, 15],
    ['HubSpot is five minutes ahead, Salesforce five behind', 5, -5],
  ])(
    '%s; it is said, and no longer once all tell the same time',
    async (_, hubspot, salesforce) => {
      company = await aCompany({ people: 3, frozen: true });
      const { portal, org } = company.sandbox;
      portal.switches.clockAheadMs = hubspot * MINUTE;
      org.switches.clockAheadMs = salesforce * MINUTE;
      const contact = newContact(EMAIL, { lastname: '時任', phone: '03-1111-1111', jobtitle: '課長' });
      await passes(2);
      expect(lead(EMAIL)).toMatchObject({ Phone: '03-1111-1111', Title: '課長' });
      expect(await apart()).toEqual({ hubspot, salesforce });

      // Just after a pull: by the worker's clock, all of this was long ago, or is still to come.
      await company.later(MINUTE);
      portal.touch('contacts', contact, { phone: '03-2222-2222' }, { source: 'CRM_UI', userId: 1 });
      org.touch('Lead', String(lead(EMAIL)['Id']), { Title: '部長' }, { by: org.administratorId });
      newContact(NEW_EMAIL, { lastname: '新田' });
      await passes(2);
      expect(lead(EMAIL)['Phone']).toBe('03-2222-2222');
      expect(portal.records('contacts').find(({ id }) => id === contact)!.properties['jobtitle']).toBe('部長');
      expect(lead(NEW_EMAIL)).toBeDefined();

      for (const { switches } of [portal, org]) switches.clockAheadMs = 0;
      await passes(1);
      expect(await apart()).toEqual({});
    },
    180_000,
  );

  function newContact(email: string, more: Record<string, string>): string {
    const { portal } = company.sandbox;
    return portal.seed('contacts', { email, company: '時計店', leadscore: '95', ...more }, portal.clock.now());
  }

  async function passes(count: number): Promise<void> {
    for (let pass = 1; pass <= count; pass++) {
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

  const lead = (email: string) => company.sandbox.org.records('Lead').find((row) => row['Email'] === email)!;
});
