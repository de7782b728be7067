import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCompany, type Company, HOUR } from '../support/company.ts';

const DAY = 24 * HOUR;
const EMAIL = 'kisaragi@example.co.jp';

/** What the shipped agreement says, and what it says where sales is asked. */
const ASKED: readonly (readonly [string, string])[] = [
  [
    '  SAL: { department: sales }\n',
    `  SAL: { department: sales, when: { answer: accepted } }
  recycled: { reasons: { timing: 時期が先 } }
  disqualified: { reasons: { competitor: 競合 } }\n`,
  ],
  [
    'deadlines:\n',
    `answers: { reject-reasons: { bad-fit: 対象外 } }
deadlines:
  answer:
    department: sales
    who: owner
    starts: { handed-off: inside-sales }
    ends: { answer: any }
    within: 1 business day
    otherwise: accepted\n`,
  ],
];

/** From a set-up that makes the fields to what marketing sees of the answer. */
describe('sales that is asked for an answer', () => {
  let folder: string;
  let company: Company;
  let contact: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-answers-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    const file = join(folder, 'agreement.yaml');
    const shipped = await readFile(file, 'utf8');
    await writeFile(
      file,
      ASKED.reduce((text, [from, to]) => text.replace(from, () => to), shipped),
    );
    company = await aCompany({ people: 5, frozen: true, mappings: folder });
    const { portal, kernel } = company.sandbox;
    const properties = { email: EMAIL, lastname: '如月', company: '如月商店', leadscore: '10' };
    contact = portal.seed('contacts', properties, kernel.clock.now());
    await settle();
    portal.touch('contacts', contact, { leadscore: '95' }, { source: 'CALCULATED' });
    await settle();
    expect(inHubSpot()).toMatchObject({ tasuki_stage: 'MQL' });
  });
  afterEach(async () => {
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('gives an MQL back with a reason, which marketing sees; who does more is handed over once more', async () => {
    say({ Tasuki_Answer__c: 'rejected', Tasuki_Reject_Reason__c: 'bad-fit' });
    await settle();
    expect(inHubSpot()).toMatchObject({
      tasuki_stage: 'recycled',
      tasuki_answer: 'rejected',
      tasuki_reject_reason: 'bad-fit',
    });
    const { ledger } = company.shop.works;
    expect(await ledger.rejections(10)).toMatchObject([{ reason: 'bad-fit', score: 95, owner: lead()['OwnerId'] }]);

    company.sandbox.portal.touch('contacts', contact, { leadscore: '97' }, { source: 'CALCULATED' });
    await settle();
    await settle();
    expect(lead()).toMatchObject({ Tasuki_Stage__c: 'MQL', Tasuki_Answer__c: null, Tasuki_Reject_Reason__c: null });
    expect(inHubSpot()).toMatchObject({ tasuki_stage: 'MQL' });
    expect([inHubSpot()?.['tasuki_answer'], inHubSpot()?.['tasuki_reject_reason']].filter(Boolean)).toEqual([]);
    const facts = await ledger.person(contact);
    expect(facts?.stages.at(-1)).toMatchObject({ stage: 'MQL', pass: 2, handedOffAt: expect.any(Number) });
    expect(facts?.clocks.map(({ kind, pass, state }) => `${kind} ${pass} ${state}`).toSorted()).toEqual([
      'answer 1 met',
      'answer 2 running',
      'first-contact 1 closed',
      'first-contact 2 running',
    ]);
  });

  test('and says nothing by the deadline has accepted, and nobody gets a Task for it', async () => {
    await company.later(4 * DAY);
    await settle();
    expect(inHubSpot()).toMatchObject({ tasuki_stage: 'SAL', tasuki_answer: 'silence' });
    const facts = await company.shop.works.ledger.person(contact);
    expect(facts?.clocks.find(({ kind }) => kind === 'answer')).toMatchObject({
      state: 'closed',
      closedBecause: 'silence',
    });
    const tasks = company.sandbox.org.records('Task').map((row) => String(row['Tasuki_Key__c']));
    expect(tasks.filter((key) => key.includes(':answer:'))).toEqual([]);
  });

  /** The rep fills it in on the Lead. */
  function say(fields: Readonly<Record<string, string>>): void {
    const { org } = company.sandbox;
    org.touch('Lead', String(lead()['Id']), fields, { by: String(lead()['OwnerId']) });
  }

  function lead() {
    const found = company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL);
    if (found === undefined) throw new Error('The MQL has no Lead.');
    return found;
  }

  function inHubSpot() {
    return company.sandbox.portal.records('contacts').find(({ id }) => id === contact)?.properties;
  }

  async function settle(): Promise<void> {
    await company.later();
    await company.pass();
    await company.later();
    await company.pass();
  }
});
