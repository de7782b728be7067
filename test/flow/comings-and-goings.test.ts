import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company } from '../support/company.ts';

/** Records leave and come back, are replaced, and become others: the person behind them stays one person. */
describe('comings and goings in Salesforce', () => {
  let company: Company;
  let contact: string;
  let lead: string;
  const EMAIL = 'kisaragi@example.co.jp';

  /** One MQL whom both systems know, and nothing to do. */
  beforeEach(async () => {
    company = await aCompany({ people: 5, frozen: true });
    const { portal, kernel } = company.sandbox;
    const properties = { email: EMAIL, lastname: '如月', company: '如月商店', phone: '03-1111-1111', leadscore: '95' };
    contact = portal.seed('contacts', properties, kernel.clock.now());
    await settle();
    lead = String(leads()[0]!['Id']);
  });
  afterEach(() => company.close());

  test('a Lead that is deleted and then fetched from the recycle bin is in step again, and the finding closes', async () => {
    const { org, portal } = company.sandbox;
    org.remove('Lead', lead);
    await settle();
    expect([shown('tasuki_sfa_state'), await codes()]).toEqual(['deleted', ['RECORD_DELETED']]);
    portal.touch('contacts', contact, { phone: '03-2222-2222' }, { source: 'CRM_UI', userId: 1 });
    org.undelete('Lead', lead);
    await settle();
    expect([shown('tasuki_sfa_state'), await codes()]).toEqual(['lead', []]);
    expect(leads()[0]).toMatchObject({ Phone: '03-2222-2222' });
  });

  test('a Lead that replaces one deleted before the same pull is the person, not a duplicate for good', async () => {
    const { org, kernel } = company.sandbox;
    org.remove('Lead', lead);
    const fields = { LastName: '如月', Company: '如月商店', Email: EMAIL, OwnerId: org.administratorId };
    const second = org.seed('Lead', fields, { at: kernel.clock.now() });
    await settle();
    expect(shown('tasuki_sfa_state')).toBe('lead');
    expect(leads()).toMatchObject([{ Id: second, Tasuki_Key__c: shown('tasuki_key'), Tasuki_Stage__c: 'MQL' }]);
    expect(leads()[0]).toMatchObject({ Phone: '03-1111-1111' }); // its blank is filled, not taken for an edit
    expect(await codes()).toEqual([]);
  });

  test('of two Leads the second takes over when the first is deleted', async () => {
    const { org, kernel } = company.sandbox;
    const fields = { LastName: '如月', Company: '如月商店', Email: EMAIL, OwnerId: org.administratorId };
    const second = org.seed('Lead', fields, { at: kernel.clock.now() });
    await settle();
    org.remove('Lead', lead);
    await settle();
    expect(shown('tasuki_sfa_state')).toBe('lead');
    expect(leads()).toMatchObject([{ Id: second, Tasuki_Key__c: shown('tasuki_key') }]);
  });

  test('a Lead that is converted hands its person on to the Contact that it became', async () => {
    const { org, portal } = company.sandbox;
    const { contactId } = org.convertLead(lead);
    portal.touch('contacts', contact, { phone: '03-3333-3333' }, { source: 'CRM_UI', userId: 1 });
    await settle();
    expect(shown('tasuki_sfa_state')).toBe('contact');
    const made = org.records('Contact').find((row) => row['Id'] === contactId);
    expect(made).toMatchObject({ Tasuki_Key__c: shown('tasuki_key'), Phone: '03-3333-3333' });
    expect(await codes()).toEqual([]);
  });

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    expect((await company.pass()).planned).toBe(0);
  }

  const leads = () =>
    company.sandbox.org.records('Lead').filter((row) => row['Email'] === EMAIL && row['IsDeleted'] !== true);
  const shown = (property: string) =>
    company.sandbox.portal.records('contacts').find(({ id }) => id === contact)!.properties[property];
  const codes = async () =>
    (await company.shop.works.ledger.findings())
      .filter(({ entity }) => entity === `hubspot-${contact}`)
      .map(({ code }) => code);
});
