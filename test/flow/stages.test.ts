import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR } from '../support/company.ts';
import { aSale, type Sale } from '../support/sale.ts';

const EMAIL = 'kisaragi@example.co.jp';

/** HubSpot moves lifecycle stages by itself, and takes none back. */
describe('a lifecycle stage that HubSpot moves by itself', () => {
  let folder: string;
  let sale: Sale;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'tasuki-stages-')), 'mappings');
    await cp('mappings', folder, { recursive: true });
  });
  afterEach(async () => {
    await sale.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  test('with a deal moves the person on; with the company it is told, and left as it is', async () => {
    await open();
    const [buyer, colleague] = [colleagueOf('buyer@example.co.jp'), colleagueOf(EMAIL)];
    await sale.settle();
    sale.company.sandbox.portal.switches.dealsPromoteLifecycle = true;
    sale.deal({ pipeline: 'default', dealstage: 'contractsent' }, [buyer.contact]);
    sale.edit('hubspot', 'companies', colleague.company, { lifecyclestage: 'customer' });
    await sale.settle();
    expect(await stagesOf(buyer.contact)).toEqual(['lead history', 'opportunity deal']);
    expect([await stagesOf(colleague.contact), shown(colleague.contact)]).toEqual([['lead history'], 'customer']);
    expect(await told(colleague.contact)).toMatchObject([
      { code: 'LIFECYCLE_AHEAD', detail: { by: 'company', shown: 'customer', stage: 'lead' } },
    ]);
    sale.edit('hubspot', 'contacts', colleague.contact, { lifecyclestage: '' });
    sale.edit('hubspot', 'contacts', colleague.contact, { lifecyclestage: 'lead' });
    await sale.settle();
    expect(await told(colleague.contact)).toEqual([]);
  });

  test('is taken back where the agreement says so, in two steps that a crash in between does not leave half done', async () => {
    await reset();
    await open();
    const { contact, company } = colleagueOf(EMAIL);
    await sale.settle();
    sale.edit('hubspot', 'companies', company, { lifecyclestage: 'customer' });
    await sale.company.later();
    // The process dies between emptying and setting: the second write never leaves.
    const crm = sale.company.shop.works.crm.hubspot;
    const { write } = crm;
    crm.write = async (effects) => {
      if (effects.some(({ values }) => values['lifecyclestage'] === 'lead')) throw new Error('power cut');
      return write.call(crm, effects);
    };
    await expect(sale.company.pass()).rejects.toThrow('power cut');
    expect(shown(contact)).toBe('');
    crm.write = write;
    await sale.company.later(HOUR);
    await sale.settle();
    expect([shown(contact), await stagesOf(contact), await told(contact)]).toEqual(['lead', ['lead history'], []]);
    await expect(history(contact)).resolves.toEqual(['lead person', 'customer company', ' us', 'lead us']);
  });

  /** Somebody whose main company takes them along, once it moves. */
  function colleagueOf(email: string) {
    const { portal } = sale.company.sandbox;
    const company = portal.seed('companies', { name: email, domain: email.replace('@', '.') }, sale.kernelNow());
    const contact = sale.contact(email, { lifecyclestage: 'lead' });
    portal.associate({ object: 'contacts', id: contact }, { object: 'companies', id: company }, { label: 'primary' });
    return { contact, company };
  }

  async function reset(): Promise<void> {
    const agreement = join(folder, 'agreement.yaml');
    const text = await readFile(agreement, 'utf8');
    await writeFile(agreement, text.replace('reset_lifecycle: false', 'reset_lifecycle: true'));
  }

  async function open(): Promise<void> {
    sale = await aSale({ mappings: folder });
    sale.company.sandbox.portal.switches.companiesPromoteLifecycle = true;
  }

  function shown(contact: string): string {
    const record = sale.company.sandbox.portal.records('contacts').find(({ id }) => id === contact);
    return record?.properties['lifecyclestage'] ?? '';
  }

  async function person(contact: string) {
    return (await sale.company.shop.works.ledger.person(`contacts:${contact}`))!;
  }

  async function stagesOf(contact: string) {
    return (await person(contact)).stages.map(({ stage, by }) => `${stage} ${by}`);
  }

  async function told(contact: string) {
    return (await person(contact)).findings.filter(({ code }) => code === 'LIFECYCLE_AHEAD');
  }

  async function history(contact: string) {
    const moves = await sale.company.shop.works.crm.hubspot.history('contacts', [contact], ['lifecyclestage']);
    return moves.map(({ value, by }) => `${value ?? ''} ${by}`).reverse();
  }
});
