import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, HOUR } from '../support/company.ts';

/** What keeps the promise to get in touch, and what only looks like it: the mails of a rep whom an MQL was handed. */
describe('the promise of a first contact', () => {
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
    expect(await clock()).toBe('running');
    await company.later(2 * HOUR);
  });
  afterEach(() => company.close());

  test('is kept by a mail that the rep sent, through the Task that Salesforce makes of it', async () => {
    mailBetween('rep → lead');
    await settle();
    expect(await clock()).toBe('met');
  });

  test('is not kept by a mail that came in, though Salesforce makes the same closed Task of it', async () => {
    mailBetween('lead → rep');
    await settle();
    expect(await clock()).toBe('running');
    expect(mailTasks()).toMatchObject([{ WhoId: lead()['Id'], IsClosed: true, OwnerId: lead()['OwnerId'] }]);
  });

  test('is not kept by a mail from an address nobody knows, when the rep puts its Task to the Lead', async () => {
    mailBetween('stranger → rep');
    const [task] = mailTasks();
    expect(task).toMatchObject({ WhoId: null });
    const { org } = company.sandbox;
    org.touch('Task', String(task?.['Id']), { WhoId: lead()['Id'] }, { by: String(lead()['OwnerId']) });
    await settle();
    expect(await clock()).toBe('running');
  });

  function lead() {
    const found = company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL);
    if (found === undefined) throw new Error('The MQL has no Lead.');
    return found;
  }

  function mailTasks() {
    return company.sandbox.org.records('Task').filter((row) => row['TaskSubtype'] === 'Email');
  }

  function mailBetween(way: 'rep → lead' | 'lead → rep' | 'stranger → rep'): void {
    const { org, kernel } = company.sandbox;
    const isSent = way === 'rep → lead';
    const done = { at: kernel.clock.now(), by: String(lead()['OwnerId']) };
    const mail = org.seed(
      'EmailMessage',
      {
        Subject: 'ご案内',
        Incoming: !isSent,
        Status: isSent ? '3' : '0',
        MessageDate: new Date(done.at).toISOString(),
      },
      done,
    );
    if (way === 'stranger → rep') return;
    const relation = { RelationId: lead()['Id'], RelationType: isSent ? 'ToAddress' : 'FromAddress' };
    org.seed('EmailMessageRelation', { EmailMessageId: mail, ...relation }, done);
  }

  async function clock(): Promise<string | undefined> {
    const facts = await company.shop.works.ledger.person(contact);
    return facts?.clocks.find(({ kind }) => kind === 'first-contact')?.state;
  }

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    await company.pass();
  }
});
