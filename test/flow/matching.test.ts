import { afterEach, describe, expect, test } from 'vitest';
import type { System } from '../../src/domain/people/record.ts';
import { findingText } from '../../src/domain/texts/findings.ts';
import { aCompany, type Company } from '../support/company.ts';
import { aSale } from '../support/sale.ts';

const HANA = 'hana.mori@example.co.jp';

/** Who is who, where one of the systems knows more than our last pull showed. */
describe('matching', () => {
  let company: Company;
  afterEach(() => company.close());

  test('a new Lead that Salesforce takes for a duplicate of one with the same e-mail is not made: that one is linked', async () => {
    await aCompanyWithAnMql();
    blockDuplicatesBy('Email');
    let entered = '';
    beforeNextWrite('salesforce', () => (entered = aLead({ Email: HANA.toUpperCase() })));
    await company.pass();
    await company.later();
    await company.pass();

    const leads = leadsOfHana();
    expect(leads.map((row) => row['Id'])).toEqual([entered]);
    expect(leads[0]).toMatchObject({ Tasuki_Key__c: `hubspot-${hana().id}`, Tasuki_Stage__c: 'MQL' });
    expect((await linksOfHana()).map(({ record, evidence }) => [record.id, evidence])).toContainEqual([
      entered,
      'email',
    ]);
    expect(await findingsOfHana('WRITE_REFUSED')).toEqual([]);
    expect((await company.pass()).planned).toBe(0);
  });

  test('one that is only alike is not linked: a person gets both records, and nothing is tried every hour', async () => {
    await aCompanyWithAnMql();
    blockDuplicatesBy('LastName');
    const namesake = aLead({ Email: 'another.mori@example.jp' });
    await company.pass();
    await company.later();
    const calls = company.shop.works.crm.salesforce.calls()['collections-upsert'] ?? 0;
    expect((await company.pass()).planned).toBe(0);

    expect(leadsOfHana().map((row) => row['Id'])).toEqual([namesake]);
    expect((await linksOfHana()).map(({ record }) => record.id)).not.toContain(namesake);
    const [finding, ...others] = await findingsOfHana('WRITE_REFUSED');
    expect(others).toEqual([]);
    expect(finding?.detail).toMatchObject({
      reason: 'DUPLICATES_DETECTED',
      holder: `salesforce:Lead:${namesake}`,
      records: `hubspot:contacts:${hana().id}`,
    });
    for (const locale of ['ja', 'en'] as const) {
      expect(findingText(finding!, locale)).toContain(namesake);
      expect(findingText(finding!, locale)).toContain(hana().id);
    }
    expect(company.shop.works.crm.salesforce.calls()['collections-upsert'] ?? 0).toBe(calls);
  });

  test('an e-mail that another HubSpot contact holds is refused with its name: that contact is known to be theirs, and no write is repeated', async () => {
    await aCompanyWithAnMql();
    await company.pass();
    await company.later();
    await company.pass();
    const renamed = 'hana.sato@example.co.jp';
    const { portal, org, kernel } = company.sandbox;
    const { id } = hana();
    org.touch('Lead', String(leadsOfHana()[0]!['Id']), { Email: renamed }, { by: admin() });
    let second = '';
    beforeNextWrite('hubspot', () => {
      second = portal.seed('contacts', { email: renamed, lastname: '森', firstname: '花' }, kernel.clock.now());
    });
    await company.later();
    await company.pass();

    expect(portal.records('contacts').find((contact) => contact.id === id)?.properties['email']).toBe(HANA);
    const person = await company.shop.works.ledger.person(id);
    expect(person?.links.map(({ record, role }) => [record.id, role])).toContainEqual([second, 'duplicate']);
    const [finding] = await findingsOfHana('WRITE_REFUSED');
    expect(finding?.detail).toMatchObject({ reason: 'CONFLICT', holder: `hubspot:contacts:${second}` });
    await company.later();
    const calls = company.shop.works.crm.hubspot.calls()['batch-update'] ?? 0;
    expect((await company.pass()).planned).toBe(0);
    expect(company.shop.works.crm.hubspot.calls()['batch-update'] ?? 0).toBe(calls);
  });

  test('whom HubSpot’s own integration has kept in step is found without an address in common', async () => {
    company = await aCompany({ people: 5 });
    const { portal, kernel } = company.sandbox;
    const lead = aLead({ Email: 'office@mori-shokai.example.jp' });
    const contact = portal.seed(
      'contacts',
      { email: HANA, lastname: '森', firstname: '花', salesforceleadid: lead },
      kernel.clock.now(),
    );
    await company.pass();
    const person = await company.shop.works.ledger.person(contact);
    expect(person?.links.map(({ record, evidence }) => `${record.id} ${evidence}`).toSorted()).toEqual(
      [`${contact} native`, `${lead} native`].toSorted(),
    );
  });

  /** A contact whom the agreement makes an MQL, and of whom Salesforce knows nothing yet. */
  async function aCompanyWithAnMql(): Promise<void> {
    company = await aCompany({ people: 5 });
    const { portal, kernel } = company.sandbox;
    portal.seed(
      'contacts',
      { email: HANA, lastname: '森', firstname: '花', company: '森商会', leadscore: '120' },
      kernel.clock.now(),
    );
  }

  function blockDuplicatesBy(field: string): void {
    company.sandbox.org.switches.duplicateRules.push({ object: 'Lead', name: 'Same', action: 'block', field });
  }

  function aLead(values: Record<string, unknown>): string {
    const at = company.sandbox.kernel.clock.now();
    return company.sandbox.org.seed(
      'Lead',
      { LastName: '森', FirstName: '花', Company: '森商会', OwnerId: admin(), ...values },
      { at, by: admin() },
    );
  }

  /** What happens after the pull and before the write. */
  function beforeNextWrite(system: System, happens: () => void): void {
    const crm = company.shop.works.crm[system];
    const { write } = crm;
    crm.write = (effects) => {
      crm.write = write;
      happens();
      return write.call(crm, effects);
    };
  }

  const admin = (): string =>
    String(company.sandbox.org.records('User').find((user) => user['IsActive'] === true)!['Id']);
  const hana = () => company.sandbox.portal.records('contacts').find(({ properties }) => properties['email'] === HANA)!;
  const leadsOfHana = () => company.sandbox.org.records('Lead').filter((row) => row['LastName'] === '森');
  const linksOfHana = async () => (await company.shop.works.ledger.person(hana().id))?.links ?? [];
  /** The world has duplicates of its own, which these rules refuse as well. */
  const findingsOfHana = async (code: string) => {
    const entity = (await company.shop.works.ledger.person(hana().id))?.id;
    return (await company.shop.works.ledger.findings()).filter(
      (finding) => finding.code === code && finding.entity === entity,
    );
  };
});

test('a Lead whose mistyped address sales corrects is the contact’s from then on: no second one is made when marketing hands over', async () => {
  const sale = await aSale();
  try {
    const contact = sale.contact(HANA, { company: '如月商店' });
    const { org } = sale.company.sandbox;
    const rep = org.userByName('taro.suzuki@example.co.jp')!;
    const typed = {
      LastName: '森',
      Email: 'hanna.mori@example.co.jp',
      Company: '如月商店',
      OwnerId: rep,
    };
    const lead = org.seed('Lead', typed, { at: sale.kernelNow() });
    await sale.settle();
    sale.edit('salesforce', 'Lead', lead, { Email: HANA });
    await sale.settle();
    sale.edit('hubspot', 'contacts', contact, { leadscore: '95' });
    await sale.settle();

    expect(sale.rows('Lead').map((row) => [row['Id'], row['Tasuki_Key__c'], row['Tasuki_Stage__c']])).toEqual([
      [lead, `hubspot-${contact}`, 'MQL'],
    ]);
    const facts = await sale.company.shop.works.ledger.person(contact);
    expect(facts?.links.map(({ record, evidence }) => `${record.object} ${evidence}`).toSorted()).toEqual([
      'Lead email',
      'contacts alone',
    ]);
    expect(await sale.codes()).toEqual([]);
  } finally {
    await sale.close();
  }
});
