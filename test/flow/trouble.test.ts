import { afterEach, describe, expect, test } from 'vitest';
import { findingText } from '../../src/domain/texts/findings.ts';
import { setUp } from '../../src/steps/set-up.ts';
import { aCompany, type Company } from '../support/company.ts';
import { query } from '../support/read-crms.ts';

/** Whatever goes wrong with one record or one call: said clearly, nothing lost, nothing doubled, the others unaffected. */
describe('trouble', () => {
  let company: Company;
  afterEach(() => company.close());

  /** Everybody in step, so that whatever follows is about the trouble alone. */
  async function aSettledCompany(people = 60): Promise<void> {
    company = await aCompany({ people });
    await company.pass();
    await company.later();
    expect((await company.pass()).planned).toBe(0);
  }

  test('a value that the picklist map does not know is a finding with a remedy; the other fields still go', async () => {
    await aSettledCompany();
    const [person] = onBothSides();
    const { portal } = company.sandbox;
    portal.touch(
      'contacts',
      person!.contact,
      { industry: 'APPAREL_FASHION', jobtitle: '新任部長' },
      { source: 'CRM_UI', userId: 1 },
    );
    company.sandbox.org.touch('Lead', person!.lead, { Industry: null }, { by: admin() });
    await company.later();
    await company.pass();
    expect(lead(person!.lead)).toMatchObject({ Title: '新任部長', Industry: null });
    const finding = (await company.shop.works.ledger.findings()).find(({ code }) => code === 'VALUE_NOT_MAPPED')!;
    expect(finding.detail).toMatchObject({ field: 'industry', value: 'APPAREL_FASHION' });
    expect(findingText(finding, 'ja')).toContain('mappings/contact.yaml:');
  });

  test('an e-mail that two Leads share is left alone and reported, and no third Lead is made', async () => {
    company = await aCompany({ people: 10 });
    const { portal, org } = company.sandbox;
    const now = company.sandbox.kernel.clock.now();
    portal.seed(
      'contacts',
      { email: 'futari@example.co.jp', lastname: '二人', company: '二人商店', leadscore: '120' },
      now,
    );
    for (const FirstName of ['一', '二'])
      org.seed(
        'Lead',
        { LastName: '二人', FirstName, Company: '二人商店', Email: 'Futari@example.co.jp', OwnerId: admin() },
        { at: now },
      );
    await company.pass();
    const leads = org.records('Lead').filter((row) => String(row['Email']).toLowerCase() === 'futari@example.co.jp');
    expect(leads).toHaveLength(2);
    expect(leads.every((row) => row['Tasuki_Key__c'] == null)).toBe(true);
    const ours = (await company.shop.works.ledger.findings()).filter(
      ({ code, detail }) =>
        code === 'MATCH_AMBIGUOUS' && leads.every((row) => String(detail['records']).includes(String(row['Id']))),
    );
    expect(ours).toHaveLength(1);
    expect(contactNamed('futari@example.co.jp')['tasuki_sfa_state']).toBe('ambiguous');

    org.remove('Lead', String(leads[1]!['Id']), { by: admin() });
    await company.later();
    await company.pass();
    expect(lead(String(leads[0]!['Id']))['Tasuki_Key__c']).not.toBeNull();
    expect((await company.shop.works.ledger.findings()).some(({ subject }) => subject === ours[0]!.subject)).toBe(
      false,
    );
  });

  test('a record deleted between read and write is reported; the others of its batch are written', async () => {
    await aSettledCompany();
    const people = onBothSides().slice(0, 5);
    const { portal, org } = company.sandbox;
    for (const { contact } of people)
      portal.touch('contacts', contact, { jobtitle: '本部長' }, { source: 'CRM_UI', userId: 1 });
    await company.later();
    deleteBeforeWrite(people[2]!.lead);
    await company.pass();
    const titles = people.map(({ lead: id }) => org.records('Lead').find((row) => row['Id'] === id)?.['Title']);
    expect(titles.filter((title) => title === '本部長')).toHaveLength(4);
    const codes = (await company.shop.works.ledger.findings())
      .filter(({ subject }) => subject.includes(people[2]!.lead))
      .map(({ code }) => code);
    expect(codes).toContain('RECORD_VANISHED');
    await company.later();
    await company.pass();
    expect((await company.pass()).planned).toBe(0);
  });

  test('one bad record among a hundred is refused by itself, its other fields still go, and it heals when the value does', async () => {
    company = await aCompany({ people: 110 });
    const { portal, org } = company.sandbox;
    org.validationRules.push((record, _before, object) =>
      object === 'Lead' && record['Phone'] === '03-0000-0000'
        ? { message: '電話番号が正しくありません', fields: ['Phone'] }
        : undefined,
    );
    await company.pass();
    const people = onBothSides();
    for (const [index, { contact }] of people.entries()) {
      portal.touch(
        'contacts',
        contact,
        { phone: index === 3 ? '03-0000-0000' : `03-1111-${String(index).padStart(4, '0')}` },
        { source: 'CRM_UI', userId: 1 },
      );
    }
    await company.later();
    await company.pass();
    const phones = people.map(({ lead: id }) => String(lead(id)['Phone']));
    expect(phones.filter((phone) => phone.startsWith('03-1111'))).toHaveLength(people.length - 1);
    const refused = (await company.shop.works.ledger.findings()).filter(({ code }) => code === 'WRITE_REFUSED');
    expect(refused).toMatchObject([{ subject: `salesforce:Lead:${people[3]!.lead}`, detail: { fields: 'Phone' } }]);
    expect(findingText(refused[0]!, 'ja')).toContain('電話番号が正しくありません');
    expect((await company.pass()).planned).toBe(0);

    portal.touch('contacts', people[3]!.contact, { phone: '03-2222-0003' }, { source: 'CRM_UI', userId: 1 });
    await company.later();
    await company.pass();
    expect(lead(people[3]!.lead)['Phone']).toBe('03-2222-0003');
    expect((await company.shop.works.ledger.findings()).filter(({ code }) => code === 'WRITE_REFUSED')).toEqual([]);
  });

  test.each([
    [
      'a 429 in HubSpot',
      {
        system: 'hubspot',
        path: '/batch/update',
        fault: {
          kind: 'status',
          status: 429,
          body: {
            status: 'error',
            message: 'You have reached your ten_secondly_rolling limit.',
            errorType: 'RATE_LIMIT',
            policyName: 'TEN_SECONDLY_ROLLING',
          },
          headers: { 'retry-after': '0' },
        },
      },
    ],
    [
      'a 503 in Salesforce before the effect',
      {
        system: 'salesforce',
        method: 'PATCH',
        path: '/composite/sobjects',
        fault: { kind: 'status', status: 503, when: 'before' },
      },
    ],
    [
      'a 503 in Salesforce after the effect',
      {
        system: 'salesforce',
        method: 'PATCH',
        path: '/composite/sobjects',
        fault: { kind: 'status', status: 503, when: 'after' },
      },
    ],
    [
      'a body of Salesforce cut in the middle',
      { system: 'salesforce', method: 'PATCH', path: '/composite/sobjects', fault: { kind: 'cut', when: 'after' } },
    ],
    [
      'a body of HubSpot cut in the middle',
      { system: 'hubspot', path: '/batch/update', fault: { kind: 'cut', when: 'after' } },
    ],
    [
      'an answer of HubSpot that is HTML',
      { system: 'hubspot', path: '/batch/update', fault: { kind: 'html', status: 502 } },
    ],
    ['a token that expires', { system: 'salesforce', path: '/composite/sobjects', fault: { kind: 'expire-token' } }],
  ] as const)('%s: nothing is lost, nothing is doubled', async (_, rule) => {
    company = await aCompany({ people: 60 });
    company.trouble(rule);
    await company.pass();
    await company.later(15 * 60_000); // past any lease
    await company.pass();
    const leads = await query(company.sandbox, 'SELECT Id, Tasuki_Key__c, Email FROM Lead WHERE Tasuki_Key__c != null');
    expect(new Set(leads.map((row) => row['Tasuki_Key__c'])).size).toBe(leads.length);
    const { changes } = await company.shop.works.ledger.counts();
    expect(Object.keys(changes).filter((state) => state !== 'confirmed' && state !== 'superseded')).toEqual([]);
    expect((await company.pass()).planned).toBe(0);
  });

  test('a record that somebody else has locked waits for the next pass; the others are written, and nothing spins', async () => {
    await aSettledCompany();
    const [locked, free] = onBothSides();
    const { portal, org } = company.sandbox;
    for (const { contact } of [locked!, free!])
      portal.touch('contacts', contact, { jobtitle: '室長' }, { source: 'CRM_UI', userId: 1 });
    org.switches.lockedIds = [locked!.lead];
    await company.later();
    await company.pass();
    expect([lead(locked!.lead)['Title'], lead(free!.lead)['Title']].map((title) => title === '室長')).toEqual([
      false,
      true,
    ]);
    org.switches.lockedIds = [];
    await company.pass();
    expect(lead(locked!.lead)['Title']).toBe('室長');
  });

  test('while paused nothing is written, and resuming writes what waited', async () => {
    await aSettledCompany(30);
    const { ledger, clock } = company.shop.works;
    await ledger.pause('hanako', 'データ移行', clock.now());
    const [person] = onBothSides();
    company.sandbox.portal.touch('contacts', person!.contact, { jobtitle: '待機中' }, { source: 'CRM_UI', userId: 1 });
    await company.later();
    expect(await company.pass()).toMatchObject({ planned: 1, written: 0, parked: 1 });
    expect(lead(person!.lead)['Title']).not.toBe('待機中');
    await ledger.resume('hanako', clock.now());
    expect(await company.pass()).toMatchObject({ planned: 0, written: 1 });
    expect(lead(person!.lead)['Title']).toBe('待機中');
  });

  test('without our fields a run refuses to start, and names the remedy', async () => {
    company = await aCompany({ people: 5, setUp: false });
    await expect(company.pass()).rejects.toMatchObject({
      code: 'SYNC_CONFIG_INVALID',
      message: expect.stringContaining('tasuki setup'),
    });
    await setUp(company.shop.works);
    expect((await company.pass()).planned).toBeGreaterThan(0);
  });

  const admin = (): string =>
    String(company.sandbox.org.records('User').find((user) => user['IsActive'] === true)!['Id']);
  const lead = (id: string) => company.sandbox.org.records('Lead').find((row) => row['Id'] === id)!;
  const contactNamed = (email: string) =>
    company.sandbox.portal.records('contacts').find(({ properties }) => properties['email'] === email)!.properties;

  function onBothSides(): readonly { contact: string; lead: string }[] {
    const leads = new Map(
      company.sandbox.org
        .records('Lead')
        .filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c'])
        .map((row) => [row['Tasuki_Key__c'], row]),
    );
    return company.sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
      const found = leads.get(properties['tasuki_key'] ?? '');
      return found === undefined ? [] : [{ contact: id, lead: String(found['Id']) }];
    });
  }

  /** The moment after the pull and before the push, when a rep deletes the Lead. */
  function deleteBeforeWrite(id: string): void {
    const { crm } = company.shop.works;
    const { write } = crm.salesforce;
    crm.salesforce.write = async (effects) => {
      if (lead(id)['IsDeleted'] !== true) company.sandbox.org.remove('Lead', id, { by: admin() });
      return write.call(crm.salesforce, effects);
    };
  }
});
