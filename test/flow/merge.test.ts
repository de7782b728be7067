import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding, FindingCode } from '../../src/domain/people/person.ts';
import { aCompany, type Company, HOUR } from '../support/company.ts';

/** Two sides that do not agree on a field, and what becomes of it. */
describe('a field that both systems hold', () => {
  let folder: string;
  let company: Company;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-merge-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    const contact = join(folder, 'contact.yaml');
    const asked = 'salesforce: Title, policy: two-way, first: salesforce, conflict: ask';
    await writeFile(
      contact,
      (await readFile(contact, 'utf8')).replace(
        'salesforce: Title, policy: two-way, first: salesforce, conflict: salesforce',
        asked,
      ),
    );
    company = await aCompany({ people: 12, mappings: folder });
    await pass();
    expect((await pass()).planned).toBe(0);
  });
  afterEach(async () => {
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('and that two people changed is reported with who and when, and settled by the default when nobody decides', async () => {
    const [person] = onBothSides();
    inHubSpot(person!.contact, { jobtitle: '営業部長' });
    inSalesforce(person!.lead, { Title: '購買部長' });
    await pass();
    const conflict = await finding('CONFLICT');
    expect(conflict?.detail).toMatchObject({
      hubspot: '営業部長',
      hubspotBy: 'person',
      salesforce: '購買部長',
      salesforceBy: 'person',
      settlesTo: 'salesforce',
    });
    await pass(7 * HOUR); // the rest of Monday; Tuesday is a holiday
    expect([contact(person!.contact)['jobtitle'], (await finding('CONFLICT'))?.openedAt]).toEqual([
      '営業部長',
      conflict?.openedAt,
    ]);
    await pass(4 * 24 * HOUR);
    expect(contact(person!.contact)['jobtitle']).toBe('購買部長');
    await pass();
    expect(await finding('CONFLICT')).toBeUndefined();
    expect((await pass()).planned).toBe(0);
  });

  test('and that is an opt-out travels to Salesforce and is not lifted there; the way back is told to a person', async () => {
    const [declines, calls] = onBothSides();
    company.sandbox.portal.touch('contacts', declines!.contact, { hs_email_optout: 'true' }, { source: 'CALCULATED' });
    await pass();
    expect(lead(declines!.lead)['HasOptedOutOfEmail']).toBe(true);
    inSalesforce(declines!.lead, { HasOptedOutOfEmail: false });
    await pass();
    expect(lead(declines!.lead)['HasOptedOutOfEmail']).toBe(true);

    inSalesforce(calls!.lead, { HasOptedOutOfEmail: true });
    await pass();
    expect(contact(calls!.contact)['hs_email_optout']).not.toBe('true');
    expect((await finding('OPT_OUT_NOT_CARRIED'))?.subject).toBe(`hubspot:contacts:${calls!.contact} hs_email_optout`);
    expect((await pass()).planned).toBe(0);
  });

  test('and that another integration keeps setting back is left alone after the third time, until a person says something new', async () => {
    const [person] = onBothSides();
    const name = lead(person!.lead)['LastName'];
    const setBack = () =>
      company.sandbox.portal.touch(
        'contacts',
        person!.contact,
        { lastname: 'ﾃｽﾄ' },
        { source: 'INTEGRATION', userId: 9 },
      );
    for (let times = 0; times < 3; times += 1) {
      setBack();
      await pass();
      expect(contact(person!.contact)['lastname']).toBe(name);
    }
    setBack();
    await pass();
    expect(contact(person!.contact)['lastname']).toBe('ﾃｽﾄ');
    expect((await finding('FIELD_FROZEN'))?.detail).toMatchObject({ ours: name, theirs: 'ﾃｽﾄ' });
    expect((await pass(24 * HOUR)).planned).toBe(0);

    inSalesforce(person!.lead, { LastName: '改姓' });
    await pass();
    await pass();
    expect([contact(person!.contact)['lastname'], await finding('FIELD_FROZEN')]).toEqual(['改姓', undefined]);
  });

  async function pass(after?: number) {
    await company.later(after);
    return company.pass();
  }

  async function finding(code: FindingCode): Promise<Finding | undefined> {
    return (await company.shop.works.ledger.findings()).find((open) => open.code === code);
  }

  function inHubSpot(id: string, properties: Record<string, string>): void {
    company.sandbox.portal.touch('contacts', id, properties, { source: 'CRM_UI', userId: 1 });
  }

  function inSalesforce(id: string, fields: Record<string, string | boolean>): void {
    const rep = company.sandbox.org.records('User').find((user) => user['IsActive'] === true);
    company.sandbox.org.touch('Lead', id, fields, { by: String(rep?.['Id']) });
  }

  function contact(id: string): Readonly<Record<string, unknown>> {
    return company.sandbox.portal.records('contacts').find((record) => record.id === id)!.properties;
  }

  function lead(id: string): Readonly<Record<string, unknown>> {
    return company.sandbox.org.records('Lead').find((row) => row['Id'] === id)!;
  }

  /** People whom both systems know, and who are still Leads. */
  function onBothSides(): readonly { contact: string; lead: string }[] {
    const leads = new Map(
      company.sandbox.org
        .records('Lead')
        .filter((row) => row['IsDeleted'] !== true && row['IsConverted'] !== true && row['Tasuki_Key__c'])
        .map((row) => [row['Tasuki_Key__c'], String(row['Id'])]),
    );
    return company.sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
      const found = leads.get(properties['tasuki_key'] ?? '');
      return found === undefined ? [] : [{ contact: id, lead: found }];
    });
  }
});
