import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, DAY, HOUR } from '../support/company.ts';

/** The shipped agreement with a reminder, a grace, and two rungs above the owner. */
async function escalating(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tasuki-ladder-'));
  await cp('mappings', folder, { recursive: true });
  const agreement = join(folder, 'agreement.yaml');
  const text = await readFile(agreement, 'utf8');
  const find = 'lapse: { task: urgent } # 過ぎたら、';
  expect(text.split(find)).toHaveLength(2);
  const put = `remind: 1 business day before
    grace: 2 hours
    lapse:
      task: normal
      ticked-off: ask
      escalate: [{ after: 1 business day, to: manager }, { after: 3 business days, to: sales-head }] #`;
  await writeFile(agreement, text.replace(find, put));
  return folder;
}

describe('a neglected lead under an agreement that reminds and escalates', () => {
  let company: Company;
  let folder: string;
  let contact: string;
  const EMAIL = 'kisaragi@example.co.jp';

  beforeEach(async () => {
    folder = await escalating();
    company = await aCompany({ people: 5, frozen: true, mappings: folder });
    const { portal, kernel } = company.sandbox;
    const properties = { email: EMAIL, lastname: '如月', company: '如月商店', leadscore: '10' };
    contact = portal.seed('contacts', properties, kernel.clock.now());
    await settle();
    portal.touch('contacts', contact, { leadscore: '95' }, { source: 'CALCULATED' });
    await settle();
    expect(await clock()).toMatchObject({ state: 'running' });
  });
  afterEach(async () => {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('reminds its owner, gives one Task, tells two people above by the same Task, and ends with a call', async () => {
    await until((await clock())!.remindAt! + HOUR);
    expect(await messages()).toMatchObject([{ kind: 'reminder', state: 'waiting' }]);
    expect(ourTasks()).toEqual([]);

    const { dueAt, graceUntil } = (await clock())!;
    await until(dueAt + HOUR);
    expect(await clock()).toMatchObject({ state: 'running' });
    await until(graceUntil! + HOUR);
    expect(await clock()).toMatchObject({ state: 'lapsed', lapsedAt: dueAt });
    expect(ourTasks()).toMatchObject([
      { IsClosed: false, Priority: '中', IsReminderSet: true, OwnerId: lead()['OwnerId'], WhoId: lead()['Id'] },
    ]);
    expect(String(ourTasks()[0]?.['ReminderDateTime'])).toMatch(/T00:00:00/u); // nine o'clock in Tokyo
    expect((await messages()).find(({ kind }) => kind === 'reminder')).toMatchObject({ state: 'withdrawn' });

    const [first, second] = (await clock())!.ladder!;
    await until(first!.dueAt + HOUR);
    expect(ourTasks()).toMatchObject([
      { IsClosed: false, IsHighPriority: true, Subject: expect.stringMatching(/^【エスカレーション】/u) },
    ]);
    expect(lead()).toMatchObject({ Tasuki_Escalation__c: expect.stringMatching(/^1 段目/u) });

    await until(second!.dueAt + HOUR);
    expect(ourTasks()).toMatchObject([{ Subject: expect.stringMatching(/^【エスカレーション 2 段目】/u) }]);
    expect((await messages()).filter(({ kind, state }) => kind === 'escalation' && state === 'waiting')).toHaveLength(
      2,
    );
    expect(await findings()).toContain('ESCALATED');

    call();
    await settle();
    expect(await clock()).toMatchObject({ state: 'closed', closedBecause: 'evidence' });
    expect(ourTasks()).toMatchObject([{ IsClosed: true }]);
    expect(lead()).toMatchObject({ Tasuki_Escalation__c: null, Tasuki_Escalated_To__c: null });
    expect((await messages()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(await findings()).not.toContain('ESCALATED');
  });

  test('whose Task is ticked off with nothing on record is asked about', async () => {
    await until((await clock())!.graceUntil! + HOUR);
    const { org } = company.sandbox;
    org.touch('Task', String(ourTasks()[0]?.['Id']), { Status: '完了' }, { by: String(lead()['OwnerId']) });
    await settle();
    expect(await clock()).toMatchObject({ state: 'lapsed', task: { state: 'closed' } });
    expect(await findings()).toContain('TASK_TICKED_OFF');
  });

  function lead() {
    const found = company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL);
    if (found === undefined) throw new Error('The MQL has no Lead.');
    return found;
  }

  function call(): void {
    const { org, kernel } = company.sandbox;
    const by = String(lead()['OwnerId']);
    const fields = { WhoId: lead()['Id'], OwnerId: by, Subject: '架電', Status: '完了', TaskSubtype: 'Call' };
    org.seed('Task', fields, { at: kernel.clock.now(), by });
  }

  function ourTasks() {
    return company.sandbox.org
      .records('Task')
      .filter((row) => String(row['Tasuki_Key__c']).includes(':first-contact:'));
  }

  async function clock() {
    const facts = await company.shop.works.ledger.person(contact);
    return facts?.clocks.find(({ kind }) => kind === 'first-contact');
  }

  const messages = () => company.shop.works.ledger.messages(10);
  const findings = async () => (await company.shop.works.ledger.findings()).map(({ code }) => code);

  async function until(instant: number): Promise<void> {
    const ahead = instant - company.sandbox.kernel.clock.now();
    expect(ahead).toBeLessThan(30 * DAY);
    await company.later(ahead);
    await settle();
  }

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    await company.pass();
  }
});
