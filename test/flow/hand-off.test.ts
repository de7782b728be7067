import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { briefTold } from '../../src/cli/explain-brief.ts';
import { aCompany, type Company, HOUR } from '../support/company.ts';

const FIELD_SALES = `teams:
  field-sales:
    members: [yuki.nakamura@example.co.jp, daisuke.kobayashi@example.co.jp]
    manager: ken.takahashi@example.co.jp
    assign: round-robin
    capacity: 20 per day
`;
const DEADLINES = `deadlines:
  hand-over:
    { department: marketing, starts: { criteria-met: MQL }, ends: { handed-off: inside-sales }, within: 24 hours }
  fs-accepts:
    { department: sales, starts: { entered: SQL }, ends: { handed-off: field-sales }, within: 1 business day }
`;

/** A person's way from marketing to inside sales, and from there to field sales. */
describe('a hand-off', () => {
  let folder: string;
  let company: Company;
  let contact: string;
  const EMAIL = 'kisaragi@example.co.jp';

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-mappings-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    await edit('agreement.yaml', [
      ['hand-off: { to: inside-sales }', 'hand-off: { to: inside-sales, brief: true }'],
      ['SQL: { department: sales }', 'SQL: { department: sales, hand-off: { to: field-sales, brief: true } }'],
      ['deadlines:\n', DEADLINES],
    ]);
    await edit('owners.yaml', [['teams:\n', FIELD_SALES]]);
    company = await aCompany({ people: 5, frozen: true, mappings: folder });
    const { portal, kernel } = company.sandbox;
    const properties = { email: EMAIL, lastname: '如月', company: '如月商店', leadscore: '10' };
    contact = portal.seed('contacts', properties, kernel.clock.now());
    await settle();
    portal.touch('contacts', contact, { leadscore: '95' }, { source: 'CALCULATED' });
    await settle();
  });
  afterEach(async () => {
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('from marketing to inside sales, with a brief, keeps the time of marketing', async () => {
    expect(String(lead()['Tasuki_Brief__c'])).toMatch(/^【引き渡しメモ】MQL /u);
    expect(String(lead()['Tasuki_Brief__c'])).toContain('・合計スコアが 80 点以上(95)');
    expect(await clock('hand-over')).toMatchObject({ state: 'met', evidence: 'hand-off:MQL' });
    expect(await clock('first-contact')).toMatchObject({ state: 'running' });
  });

  test('from inside sales to field sales at SQL, with a brief, and the deadline for it is met', async () => {
    const before = String(lead()['OwnerId']);
    moveToSql();
    await settle();
    const owner = company.sandbox.org.records('User').find((user) => user['Id'] === lead()['OwnerId']);
    expect(['yuki.nakamura@example.co.jp', 'daisuke.kobayashi@example.co.jp']).toContain(owner?.['Email']);
    expect(String(lead()['OwnerId'])).not.toBe(before);
    expect(String(lead()['Tasuki_Brief__c'])).toMatch(/^【引き渡しメモ】SQL [^\n]+\n引き渡し: インサイドセールス/u);
    // In a frozen world the worker's clock goes on by itself and back again, so the next look at the person tells.
    company.sandbox.portal.touch('contacts', contact, { phone: '03-1111-2222' }, { source: 'CRM_UI' });
    await settle();
    expect(await clock('fs-accepts')).toMatchObject({ state: 'met', evidence: 'hand-off:SQL' });
    const shown = company.sandbox.portal.records('contacts').find(({ id }) => id === contact);
    expect(shown?.properties['tasuki_sales_owner']).toBe(owner?.['Name']);
    expect((await company.pass()).planned).toBe(0);
  });

  test('leaves a rep’s words in the brief alone until the next one, and explain tells how much there was to tell', async () => {
    const words = `${String(lead()['Tasuki_Brief__c'])}\n電話済み。来週また。`;
    company.sandbox.org.touch(
      'Lead',
      String(lead()['Id']),
      { Tasuki_Brief__c: words },
      { by: String(lead()['OwnerId']) },
    );
    await settle();
    expect(lead()['Tasuki_Brief__c']).toBe(words);
    const { ledger } = company.shop.works;
    const facts = await ledger.person(contact);
    const told = briefTold(facts!, await ledger.history(facts!.id));
    expect(told).toMatchObject({ stage: 'MQL', sections: 7, now: words });
    expect(told?.filled).toBe(2);
    moveToSql();
    await settle();
    expect(String(lead()['Tasuki_Brief__c'])).not.toContain('電話済み');
  });

  async function edit(file: string, lines: readonly (readonly [string, string])[]): Promise<void> {
    const path = join(folder, file);
    const before = await readFile(path, 'utf8');
    await writeFile(
      path,
      lines.reduce((text, [from, to]) => text.replace(from, () => to), before),
    );
  }

  function moveToSql(): void {
    company.sandbox.portal.touch('contacts', contact, { lifecyclestage: 'salesqualifiedlead' }, { source: 'CRM_UI' });
  }

  function lead() {
    const found = company.sandbox.org.records('Lead').find((row) => row['Email'] === EMAIL);
    if (found === undefined) throw new Error('The MQL has no Lead.');
    return found;
  }

  async function clock(name: string) {
    const facts = await company.shop.works.ledger.person(contact);
    return facts?.clocks.find(({ kind }) => kind === name);
  }

  async function settle(): Promise<void> {
    for (let pass = 0; pass < 3; pass += 1) {
      await company.later(HOUR / 4);
      await company.pass();
    }
  }
});
