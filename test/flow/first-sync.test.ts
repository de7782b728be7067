import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rehearse } from '../../src/cli/plan.ts';
import { aCompany, type Company, DAY, HOUR } from '../support/company.ts';
import { compareCrms } from '../support/compare-crms.ts';
import { booksOverHttp, query } from '../support/read-crms.ts';

/** Start here: a company is met for the first time, put in step, and kept in step. */
describe('the first sync of a company', () => {
  let company: Company;
  let planned: readonly string[];

  beforeAll(async () => {
    company = await aCompany({ people: 120 });
    const { changes } = await rehearse(company.shop.works);
    planned = changes.map(describeChange);
    await company.pass();
  });
  afterAll(() => company.close());

  test('what the plan showed is what the run wrote', async () => {
    const { ledger } = company.shop.works;
    const { changes } = await ledger.counts();
    // A deal's key is nothing anybody waits to see: the next pull confirms it.
    const { confirmed = 0, acknowledged = 0, ...others } = changes;
    expect([confirmed + acknowledged, others]).toEqual([planned.length, {}]);
    expect(confirmed).toBeGreaterThan(acknowledged);
  });

  test('both systems tell the same story of everybody they share', async () => {
    const { both, differences } = await compareCrms(booksOverHttp(company.sandbox));
    expect(both).toBeGreaterThan(30);
    expect(differences).toEqual([]);
  });

  test('people who were MQLs before go-live get a Lead, but no clock and no Task', async () => {
    const { ledger } = company.shop.works;
    const { clocks, tasks } = await ledger.counts();
    expect(clocks).toEqual({});
    expect(tasks.opened).toBe(0);
    const leads = await query(company.sandbox, "SELECT Id FROM Lead WHERE Tasuki_Stage__c = 'MQL'");
    expect(leads.length).toBeGreaterThan(0);
  });

  test('with clock and world held still, a second pass plans nothing', async () => {
    expect((await company.pass()).planned).toBe(0);
  });

  test('a phone changed in HubSpot, an owner in Salesforce and a Lead deleted are exactly three changes, and then none', async () => {
    const { portal, org } = company.sandbox;
    const [one, two, three] = await peopleOnBothSides(company);
    portal.touch('contacts', one!.contact, { phone: '03-9999-0001' }, { source: 'CRM_UI', userId: 1 });
    const taro = org
      .records('User')
      .find((user) => user['Email'] === 'mio.tanaka@example.co.jp' || user['Email'] === 'taro.suzuki@example.co.jp')!;
    const other = org
      .records('User')
      .find(
        (user) =>
          user['IsActive'] === true &&
          String(user['Email']).endsWith('@example.co.jp') &&
          user['Id'] !== two!.owner &&
          user['Id'] !== taro['Id'],
      )!;
    org.touch('Lead', two!.lead, { OwnerId: other['Id']! }, { by: String(taro['Id']) });
    org.remove('Lead', three!.lead, { by: String(taro['Id']) });
    await company.later();

    const { changes } = await rehearse(company.shop.works);
    expect(changes.map(describeChange).sort()).toHaveLength(3);
    const pass = await company.pass();
    expect(pass.planned).toBe(3);
    await company.later();
    expect((await company.pass()).planned).toBe(0);
    const [lead] = await query(company.sandbox, `SELECT Phone FROM Lead WHERE Id = '${one!.lead}'`);
    expect(lead?.['Phone']).toBe('03-9999-0001');
  });

  test('a person who becomes an MQL is handed over; the clock starts when Salesforce shows it', async () => {
    const { portal, org } = company.sandbox;
    const promising = portal.records('contacts').find(
      ({ properties }) =>
        Number(properties['leadscore']) >= 60 &&
        Number(properties['leadscore']) <= 75 &&
        properties['tasuki_stage'] === 'lead' && // nobody whom sales has sold to
        properties['tasuki_sfa_state'] === 'none' &&
        properties['company'] &&
        properties['email'],
    )!;
    portal.touch('contacts', promising.id, { leadscore: '95' }, { source: 'CALCULATED' });
    await company.later();
    await company.pass();
    const person = (await company.shop.works.ledger.person(String(promising.properties['email'])))!;
    expect(person.clocks).toMatchObject([{ kind: 'first-contact', state: 'running' }]);
    expect(person.stages.at(-1)).toMatchObject({ stage: 'MQL', by: 'rule' });
    expect(person.stages.at(-1)?.handedOffAt).toBe(person.clocks[0]?.startedAt);

    await company.later(10 * DAY);
    await company.pass();
    const lead = person.links.find(({ record }) => record.object === 'Lead')!.record.id;
    const tasks = org.records('Task').filter((task) => task['WhoId'] === lead && task['Tasuki_Key__c']);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({ Priority: '高', Status: '未着手' });

    await company.pass();
    await company.later(DAY);
    await company.pass();
    expect(org.records('Task').filter((task) => task['WhoId'] === lead && task['Tasuki_Key__c'])).toHaveLength(1);

    const owner = String(org.records('Lead').find((row) => row['Id'] === lead)!['OwnerId']);
    org.seed(
      'Task',
      { WhoId: lead, OwnerId: owner, Subject: '架電', Status: '完了', TaskSubtype: 'Call' },
      { at: company.sandbox.kernel.clock.now(), by: owner },
    );
    await company.later(HOUR);
    await company.pass();
    expect(org.records('Task').find((task) => task['Id'] === tasks[0]!['Id'])).toMatchObject({
      Status: '完了',
      IsClosed: true,
    });
    await company.later();
    expect((await company.pass()).planned).toBe(0);
  });
});

function describeChange({
  target,
  kind,
  steps,
}: {
  target: { system: string; object: string; id: string | null };
  kind: string;
  steps: readonly (readonly { field: string }[])[];
}): string {
  return `${kind} ${target.system} ${target.object} ${target.id ?? 'new'}: ${steps
    .flat()
    .map(({ field }) => field)
    .sort()
    .join(',')}`;
}

async function peopleOnBothSides({
  sandbox,
}: Company): Promise<readonly { contact: string; lead: string; owner: string }[]> {
  const leads = new Map(
    sandbox.org
      .records('Lead')
      .filter((row) => row['IsDeleted'] !== true && row['Tasuki_Key__c'])
      .map((row) => [row['Tasuki_Key__c'], row]),
  );
  return sandbox.portal.records('contacts').flatMap(({ id, properties }) => {
    const lead = leads.get(properties['tasuki_key'] ?? '');
    return lead === undefined ? [] : [{ contact: id, lead: String(lead['Id']), owner: String(lead['OwnerId']) }];
  });
}
