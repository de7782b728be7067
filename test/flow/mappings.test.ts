import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rehearse } from '../../src/cli/plan.ts';
import type { MappingsUse } from '../../src/cli/verb.ts';
import { loadMappings, restoreMappings } from '../../src/config/load.ts';
import { agreed } from '../../src/main/agreed.ts';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { putInForce } from '../../src/main/policy.ts';
import { openWorkshop, type WiredWorkshop } from '../../src/main/wire.ts';
import { aCompany, type Company } from '../support/company.ts';
import { signByBoth } from '../support/sign.ts';

/** An admin edits a file while people are already in step. */
describe('an edit of the mappings', () => {
  let folder: string;
  let company: Company;
  let edited: WiredWorkshop | null = null;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-mappings-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    company = await aCompany({ people: 40, mappings: folder });
    for (const { id } of company.sandbox.portal.records('contacts')) {
      company.sandbox.portal.touch('contacts', id, { mobilephone: '090-1111-2222' }, { source: 'CRM_UI', userId: 1 });
    }
    await company.later();
    await company.pass();
  });
  afterEach(async () => {
    await edited?.close();
    edited = null;
    await company.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  /** The worker started again on the edited files. */
  async function edit(
    file: string,
    change: (text: string) => string,
    use: MappingsUse = 'take-up',
  ): Promise<WiredWorkshop> {
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
    await company.shop.close();
    edited = await openWorkshop(company.options, 'inline', use);
    return edited;
  }

  test('a new field fills the records that are already there, though nobody has touched them since', async () => {
    const line =
      '    - { hubspot: mobilephone, salesforce: MobilePhone, policy: two-way, first: newest, conflict: newest, clears: keep, as: phone }\n';
    const shop = await edit('contact.yaml', (text) => text.replace('  fields:\n', `  fields:\n${line}`));
    const { changes } = await rehearse(shop.works);
    const filled = changes.filter(({ steps }) =>
      steps.flat().some(({ field, after }) => field === 'MobilePhone' && after === '090-1111-2222'),
    );
    expect(filled.length).toBeGreaterThan(10);
    expect(filled.every(({ steps }) => steps.flat().length === 1)).toBe(true);
    expect(filled.every(({ marks }) => marks.purpose === 'back-fill')).toBe(true);
  });

  test('is taken up by a worker that is running, once any process has put it in force', async () => {
    const before = company.shop;
    const titles = async () =>
      (await before.worksNow()).policy().person.fields.map(({ salesforce }) => salesforce['Lead']);
    expect(await titles()).toContain('Title');
    const path = join(folder, 'contact.yaml');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/^.*salesforce: Title.*\n/mu, ''));
    expect(await titles()).toContain('Title'); // an edit that nobody has taken up is nobody's
    const { ledger, clock } = before.works;
    await putInForce(
      await agreed(loadMappings(folder, 'ja'), ledger, clock.now()),
      restoreMappings((await ledger.configInForce('config'))!.text, 'ja'),
      ledger,
      clock.now(),
    );
    expect(await titles()).not.toContain('Title');
    const newer = (await ledger.configInForce('config'))!.text.replaceAll('two-way', 'three-way');
    await ledger.rememberConfig({
      kind: 'config',
      hash: 'of-a-newer-tasuki',
      label: '2030-01',
      text: newer,
      at: clock.now(),
    });
    expect(await titles()).not.toContain('Title'); // it goes on with what it can read
  });

  const lowered = (text: string) =>
    text.replace(/^version: .*$/mu, 'version: "2026-12"').replace('at-least: 80', 'at-least: 70');
  const threshold = ({ works }: WiredWorkshop) =>
    JSON.stringify(works.policy().agreement.stages.find(({ stage }) => stage === 'MQL')?.when);

  test('of the agreement is a proposal: the signed one stays in force beside the other edits, also after a restart', async () => {
    const agreement = join(folder, 'agreement.yaml');
    await writeFile(agreement, lowered(await readFile(agreement, 'utf8')));
    const shop = await edit('calendar.yaml', (text) => text.replace('09:00-18:00', '10:00-17:00'));
    expect([shop.works.policy().agreement.version, threshold(shop)]).toEqual([
      '2026-11',
      expect.stringContaining('80'),
    ]);
    expect(shop.works.policy().calendar).not.toEqual(company.shop.works.policy().calendar);
    await shop.close();
    edited = await openWorkshop(company.options, 'inline');
    expect([edited.works.policy().agreement.version, threshold(edited)]).toEqual([
      '2026-11',
      expect.stringContaining('80'),
    ]);
  });

  test('of the agreement is in force once both heads have signed it, and every replica obeys', async () => {
    const shop = await edit('agreement.yaml', lowered);
    await signAsBothHeads(shop, folder, 'test');
    expect([shop.works.policy().agreement.version, threshold(shop)]).toEqual([
      '2026-12',
      expect.stringContaining('70'),
    ]);
    expect((await shop.worksNow()).policy().agreement.version).toBe('2026-12');
    const { changes } = await rehearse(shop.works);
    expect(changes.some(({ kind, agreementVersion }) => kind === 'create' && agreementVersion === '2026-12')).toBe(
      true,
    );
  });

  test('of the agreement that one head alone has signed changes nothing yet', async () => {
    const shop = await edit('agreement.yaml', lowered);
    const { agreement, policy } = loadMappings(folder);
    const who = policy.agreement.roles['sales-head']!;
    const by = { role: 'sales-head', who, how: 'command line', user: 'test', at: shop.works.clock.now() } as const;
    await shop.works.ledger.signAgreement(agreement, by);
    await shop.refreshPolicy();
    expect(shop.works.policy().agreement.version).toBe('2026-11');
  });

  test('of the agreement that is signed for a later day is obeyed from that day on, without anybody doing anything', async () => {
    const shop = await edit('agreement.yaml', (text) => lowered(text).replace('2026-11-01', '2026-11-05'));
    await signByBoth(loadMappings(folder), shop.works.ledger, shop.works.clock.now());
    expect((await shop.worksNow()).policy().agreement.version).toBe('2026-11');
    company.sandbox.kernel.clock.advance(Date.parse('2026-11-05T00:00:01+09:00') - company.sandbox.kernel.clock.now());
    await shop.refreshClock();
    expect((await shop.worksNow()).policy().agreement.version).toBe('2026-12');
    expect((await shop.works.ledger.configInForce('agreement'))?.label).toBe('2026-12');
  });

  test('can be looked at: the plan is that of the edit, says what has not been read, and puts nothing in force', async () => {
    const line =
      '    - { hubspot: mobilephone, salesforce: MobilePhone, policy: two-way, first: newest, conflict: newest }\n';
    await writeFile(
      join(folder, 'contact.yaml'),
      (await readFile(join(folder, 'contact.yaml'), 'utf8')).replace('  fields:\n', `  fields:\n${line}`),
    );
    const before = await company.shop.works.ledger.configInForce('config');
    const agreement = join(folder, 'agreement.yaml');
    await writeFile(agreement, lowered(await readFile(agreement, 'utf8')));
    const { ledger, clock } = company.shop.works;
    await signByBoth(loadMappings(folder), ledger, clock.now());
    const { works, proposal } = await edit('agreement.yaml', (text) => `${text}# 署名済み\n`, 'look');
    expect(proposal?.unread).toEqual(
      expect.arrayContaining(['hubspot contacts.mobilephone', 'salesforce Lead.MobilePhone']),
    );
    const { changes } = await rehearse(works, proposal);
    expect(changes.some(({ agreementVersion }) => agreementVersion === '2026-12')).toBe(true);
    expect(await works.ledger.configInForce('config')).toEqual(before);
    expect((await works.ledger.configInForce('agreement'))?.label).toBe('2026-11');
  });

  test('does not touch what goes by the version in force, such as an undo', async () => {
    const { works, proposal } = await edit(
      'agreement.yaml',
      (text) => text.replace(/^version: .*$/mu, 'version: "2026-12"'),
      'in-force',
    );
    expect([works.policy().agreement.version, proposal]).toEqual(['2026-11', null]);
  });
});
