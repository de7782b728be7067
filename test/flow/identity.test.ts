import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { surveyRecords } from '../../src/steps/survey.ts';
import { DAY } from '../support/company.ts';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';
let sale: Sale;
beforeEach(async () => {
  sale = await aSale();
});
afterEach(() => sale.close());

const counts = () => sale.company.shop.works.ledger.counts();
const person = (handle: string) => sale.company.shop.works.ledger.person(handle);

/** One MQL whom both systems know as a Lead. */
async function anMql(email = EMAIL, properties: Readonly<Record<string, string>> = {}) {
  const contact = sale.contact(email, { leadscore: '95', company: '如月商店', ...properties });
  await sale.settle();
  const lead = sale.rows('Lead').find((row) => row['Email'] === email)!;
  return { contact, lead: String(lead['Id']) };
}

describe('a conversion', () => {
  test('to a Contact with another address is followed by what Salesforce says, not by the address', async () => {
    const { contact, lead } = await anMql();
    const { org } = sale.company.sandbox;
    const { contactId } = org.convertLead(lead, { opportunity: null });
    org.touch('Contact', contactId, { Email: 'private@example.com' });
    await sale.settle();
    const facts = await person(contact);
    const links = facts!.links.map(({ record, role, evidence }) => [record.object, role, evidence]);
    expect(links).toContainEqual(['Lead', 'converted', expect.anything()]);
    expect(links).toContainEqual(['Contact', 'current', 'conversion']);
    expect((await counts()).people).toBe(1);
  });

  test('in the middle of a push loses nothing: the write goes to the Contact', async () => {
    const { contact, lead } = await anMql();
    sale.edit('hubspot', 'contacts', contact, { phone: '03-9999-9999' });
    // Between the plan and the write, a rep presses the button.
    sale.beforeNextWrite('salesforce', () => void sale.company.sandbox.org.convertLead(lead, { opportunity: null }));
    await sale.settle();
    expect(sale.rows('Contact')).toMatchObject([{ Phone: '03-9999-9999' }]);
    expect(sale.rows('Lead')).toMatchObject([{ IsConverted: true }]);
    expect(await sale.codes()).toEqual([]);
  });

  test('of a new Lead into the Contact of an existing customer makes two people one', async () => {
    const customer = sale.contact('old@example.co.jp');
    const { contact: known } = sale.customer('old@example.co.jp', {});
    const { contact: newcomer, lead } = await anMql('new@example.co.jp');
    expect((await counts()).people).toBe(2);
    sale.company.sandbox.org.convertLead(lead, { contactId: known, opportunity: null });
    await sale.settle();
    const facts = await person(customer);
    const held = facts!.links.map(({ record }) => record.id);
    expect(held).toEqual(expect.arrayContaining([customer, newcomer, known, lead]));
    expect(await sale.codes()).toEqual(['RECORDS_BECAME_ONE']);
    sale.company.sandbox.portal.merge('contacts', customer, newcomer);
    await sale.settle();
    expect(await sale.codes()).toEqual([]);
  });
});

describe('a new Lead of an existing customer', () => {
  test('is the same person’s, and makes nobody new', async () => {
    const contact = sale.contact(EMAIL);
    const { contact: known } = sale.customer(EMAIL, {});
    await sale.settle();
    const { org } = sale.company.sandbox;
    org.seed(
      'Lead',
      { LastName: '如月', Company: '如月商店', Email: EMAIL, OwnerId: org.administratorId },
      { at: sale.kernelNow() },
    );
    await sale.settle();
    const facts = await person(contact);
    expect(facts!.links.filter(({ role }) => role === 'current').map(({ record }) => record.id)).toEqual(
      expect.arrayContaining([contact, known]),
    );
    expect((await counts()).people).toBe(1);
  });
});

describe('a merge', () => {
  test('of two contacts in HubSpot makes their people one, and the other system’s second record is named', async () => {
    const first = await anMql('first@example.co.jp');
    const second = await anMql('second@example.co.jp');
    const survivor = sale.company.sandbox.portal.merge('contacts', first.contact, second.contact);
    await sale.settle();
    const facts = await person(first.lead);
    expect(facts!.links.map(({ record }) => record.id)).toEqual(
      expect.arrayContaining([survivor, first.lead, second.lead]),
    );
    expect(await sale.codes()).toEqual(['RECORDS_BECAME_ONE']);
    sale.company.sandbox.org.merge('Lead', { winner: first.lead, loser: second.lead });
    await sale.settle();
    expect(await sale.codes()).toEqual([]);
  });

  test('in the middle of a push is found by the write, and nothing is doubled', async () => {
    const first = await anMql('first@example.co.jp');
    const second = await anMql('second@example.co.jp');
    sale.edit('hubspot', 'contacts', second.contact, { phone: '03-8888-8888' });
    const { org } = sale.company.sandbox;
    sale.beforeNextWrite('salesforce', () => org.merge('Lead', { winner: first.lead, loser: second.lead }));
    await sale.settle();
    expect(sale.rows('Lead').map((row) => row['Id'])).toEqual([first.lead]);
    expect((await counts()).changes['sending'] ?? 0).toBe(0);
    expect(await sale.codes()).toEqual(['RECORDS_BECAME_ONE']); // HubSpot still has both contacts
  });

  test('of two deals in HubSpot leaves one, beside its opportunity', async () => {
    const contact = sale.contact(EMAIL);
    sale.customer(EMAIL, {});
    const one = sale.deal({ amount: '1' }, [contact]);
    await sale.settle();
    const two = sale.deal({ dealname: '重複した取引', amount: '1' }, [contact]);
    await sale.settle();
    expect(sale.rows('Opportunity')).toHaveLength(2);
    sale.company.sandbox.portal.merge('deals', one, two);
    await sale.settle();
    expect((await counts()).deals.both).toBe(1);
    expect(await sale.codes()).toContain('RECORDS_BECAME_ONE');
  });
});

describe('a deletion', () => {
  test('in HubSpot is known at the next survey, at most a day later; nothing is made again', async () => {
    const { contact } = await anMql();
    sale.company.sandbox.portal.archive('contacts', contact);
    await sale.settle();
    expect(await sale.codes()).toEqual([]);
    await sale.nextDay();
    await sale.settle();
    expect(await sale.codes()).toEqual(['RECORD_DELETED']);
    expect(sale.rows('Lead')).toHaveLength(1);
  });

  test('for privacy leaves no contact behind, and none is made', async () => {
    const { contact } = await anMql();
    sale.company.sandbox.portal.gdprDelete(contact);
    await sale.nextDay();
    await sale.settle();
    expect(await sale.codes()).toEqual(['RECORD_DELETED']);
    expect(sale.company.sandbox.portal.records('contacts').filter(({ archived }) => !archived)).toEqual([]);
  });

  test('of an opportunity is taken as meant, and undone by undelete', async () => {
    sale.contact(EMAIL);
    const { contact: role, account } = sale.customer(EMAIL, {});
    const opportunity = sale.opportunity({ AccountId: account });
    sale.role(opportunity, role);
    await sale.settle();
    sale.company.sandbox.org.remove('Opportunity', opportunity);
    await sale.settle();
    expect([await sale.codes(), sale.rows('Opportunity')]).toEqual([['RECORD_DELETED'], []]);
    sale.company.sandbox.org.undelete('Opportunity', opportunity);
    await sale.settle();
    expect([await sale.codes(), sale.rows('Opportunity').length]).toEqual([[], 1]);
  });

  test('of all records of a page is not believed before each has been read by its id', async () => {
    const { contact } = await anMql();
    await sale.nextDay();
    const { works } = sale.company.shop;
    works.crm.hubspot.survey = async function* () {}; // a list that comes back empty
    const report = await surveyRecords('hubspot', DAY, works);
    expect(report).toMatchObject({ listed: 0, gone: 0 });
    expect((await person(contact))!.sightings.every(({ deleted }) => !deleted)).toBe(true);
  });
});

describe('companies', () => {
  test('written five ways are one, by name; by domain first', async () => {
    const { portal, org, kernel } = sale.company.sandbox;
    const at = kernel.clock.now();
    const names = ['株式会社如月商店', '(株)如月商店', '㈱如月商店', '如月商店 株式会社', 'カ)如月商店'];
    portal.seed('companies', { name: names[0]! }, at);
    org.seed('Account', { Name: names[1], OwnerId: org.administratorId }, { at });
    portal.seed('companies', { name: '北斗機械', domain: 'hokuto.example.co.jp' }, at);
    org.seed(
      'Account',
      { Name: 'HOKUTO', Website: 'https://www.hokuto.example.co.jp/ja', OwnerId: org.administratorId },
      { at },
    );
    await sale.settle();
    expect((await counts()).companies).toEqual({ both: 2, hubspot: 0, salesforce: 0 });
    for (const name of names.slice(2))
      org.seed('Account', { Name: name, OwnerId: org.administratorId }, { at: kernel.clock.now() });
    await sale.settle();
    expect((await counts()).companies.both).toBe(2);
  });

  test('of one name and two domains are not taken for one', async () => {
    const { portal, org, kernel } = sale.company.sandbox;
    const at = kernel.clock.now();
    portal.seed('companies', { name: '如月商店', domain: 'kisaragi.example.co.jp' }, at);
    org.seed(
      'Account',
      { Name: '株式会社如月商店', Website: 'https://kisaragi.example.com', OwnerId: org.administratorId },
      { at },
    );
    await sale.settle();
    expect((await counts()).companies.both).toBe(0);
    expect(await sale.codes()).toEqual(['COMPANY_NAMES_DIFFER']);
  });

  test('that we made bear our key again when somebody empties it, and none is made twice', async () => {
    await sale.close();
    const folder = join(await mkdtemp(join(tmpdir(), 'tasuki-companies-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    const path = join(folder, 'company.yaml');
    const mapping = await readFile(path, 'utf8');
    await writeFile(
      path,
      mapping.replace('  fields:\n', '  create:\n    hubspot: { when: person-known }\n\n  fields:\n'),
    );
    sale = await aSale({ mappings: folder });
    const { portal, kernel } = sale.company.sandbox;
    sale.contact(EMAIL);
    sale.customer(EMAIL, { Name: '如月商店' });
    await sale.settle();
    const [made, ...others] = portal.records('companies');
    const key = made?.properties['tasuki_key'];
    expect([key, others]).toEqual([expect.stringContaining('company-salesforce-'), []]);
    portal.touch('companies', made!.id, { tasuki_key: '', name: '別名' }, { source: 'CRM_UI', userId: 1 });
    kernel.clock.advance(DAY);
    await sale.settle();
    expect(portal.records('companies').map(({ properties }) => properties['tasuki_key'])).toEqual([key]);
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('fill each other’s blanks by the mapping, and keep their owners', async () => {
    const { portal, org, kernel } = sale.company.sandbox;
    const at = kernel.clock.now();
    const company = portal.seed(
      'companies',
      { name: '如月商店', domain: 'kisaragi.example.co.jp', numberofemployees: '120' },
      at,
    );
    const account = org.seed(
      'Account',
      { Name: '如月商店', Phone: '03-1234-5678', OwnerId: org.administratorId },
      { at },
    );
    await sale.settle();
    expect(sale.rows('Account').find((row) => row['Id'] === account)).toMatchObject({
      NumberOfEmployees: 120,
      OwnerId: org.administratorId,
    });
    expect(portal.records('companies').find(({ id }) => id === company)?.properties).toMatchObject({
      phone: '03-1234-5678',
    });
  });
});

describe('more rows with one timestamp than a page holds', () => {
  test('are all read, in both systems', async () => {
    const { portal, org, kernel } = sale.company.sandbox;
    const lead = (email: string) => ({
      LastName: '如月',
      Company: '如月商店',
      Email: email,
      OwnerId: org.administratorId,
    });
    await sale.settle();
    for (let nth = 0; nth < 450; nth += 1) sale.contact(`c${nth}@example.co.jp`);
    for (let nth = 0; nth < 2_050; nth += 1)
      org.seed('Lead', lead(`s${nth}@example.co.jp`), { at: kernel.clock.now() });
    await sale.settle();
    expect((await counts()).people).toBe(2_500);
    portal.stampAll(kernel.clock.now());
    sale.edit('hubspot', 'contacts', portal.records('contacts')[333]!.id, { phone: '03-7777-7777' });
    for (const row of org.records('Lead')) org.systemTouch('Lead', String(row['Id']));
    sale.edit('salesforce', 'Lead', String(org.records('Lead')[2_049]!['Id']), { Phone: '03-6666-6666' });
    await sale.settle();
    const phones = await Promise.all(['c333@example.co.jp', 's2049@example.co.jp'].map(phoneOf));
    expect(phones).toEqual(['03-7777-7777', '03-6666-6666']);
  });

  async function phoneOf(email: string): Promise<unknown> {
    const [sighting] = (await person(email))!.sightings;
    return sighting?.values['phone'] ?? sighting?.values['Phone'];
  }
});
