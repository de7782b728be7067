import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../support/company.ts';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';
const FORM = '5d1f6a0e-6c1b-4a52-9a59-3f1f0c9f7d11';
const PAGE = 'https://www.example.co.jp/whitepaper?email=kisaragi@example.co.jp';

/** What people do is told by HubSpot, counted by the agreement, and moves them on. */
describe('an agreement that counts what people do', () => {
  let folder: string;
  let sale: Sale;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-actions-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
    await cp(join('mappings', 'examples', 'agreement.minimal.yaml'), join(folder, 'agreement.yaml'));
  });
  afterEach(async () => {
    await sale.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('makes an MQL of whoever downloads twice, and hands them over', async () => {
    await open();
    const contact = sale.contact(EMAIL);
    await download();
    expect(await stagesOf(contact)).toEqual(['lead history']);
    await download();
    expect(await stagesOf(contact)).toEqual(['lead history', 'MQL rule']);
    expect((await person(contact))?.stages.at(-1)?.evidence).toMatchObject({ 'action.download': 2 });
    expect(sale.rows('Lead').map((row) => row['Email'])).toEqual([EMAIL]);
  });

  test('does not know what our token may not see, says so, and counts it once it may', async () => {
    await open();
    const { switches } = sale.company.sandbox.portal;
    switches.missingScopes = ['forms'];
    const contact = sale.contact(EMAIL);
    await download();
    await download();
    expect(await stagesOf(contact)).toEqual(['lead history']);
    expect(await sale.codes()).toEqual(expect.arrayContaining(['CRITERIA_UNKNOWN', 'OBJECT_NOT_VISIBLE']));
    switches.missingScopes = [];
    await sale.nextDay();
    await sale.settle();
    expect(await stagesOf(contact)).toEqual(['lead history', 'MQL rule']);
    expect((await sale.codes()).filter((code) => code === 'CRITERIA_UNKNOWN' || code === 'OBJECT_NOT_VISIBLE')).toEqual(
      [],
    );
  });

  test('looks again at whoever meets it by waiting, though nothing is heard of them', async () => {
    await edit(
      '{ action: download, at-least: 2, within: 90 days }',
      '{ not: { action: download, at-least: 1, within: 7 days } }',
    );
    await open();
    const contact = sale.contact(EMAIL);
    await download();
    expect(await stagesOf(contact)).toEqual(['lead history']);
    await sale.company.later(6 * DAY);
    await sale.settle();
    expect(await stagesOf(contact)).toEqual(['lead history']);
    await sale.nextDay();
    await sale.settle();
    expect(await stagesOf(contact)).toEqual(['lead history', 'MQL rule']);
  });

  async function open() {
    sale = await aSale({ mappings: folder });
    sale.company.sandbox.portal.forms.define({ guid: FORM, name: 'ホワイトペーパー' }, sale.kernelNow() - DAY);
    await sale.settle();
  }

  async function edit(from: string, to: string) {
    const file = join(folder, 'agreement.yaml');
    const text = await readFile(file, 'utf8');
    expect(text).toContain(from);
    await writeFile(file, text.replace(from, to));
  }

  async function download() {
    sale.company.sandbox.portal.submitForm({ guid: FORM, email: EMAIL, pageUrl: PAGE });
    await sale.settle();
  }

  function person(contact: string) {
    return sale.company.shop.works.ledger.person(contact);
  }

  async function stagesOf(contact: string) {
    return (await person(contact))?.stages.map(({ stage, by }) => `${stage} ${by}`);
  }
});
