import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signAsBothHeads } from '../../src/main/demo-sign.ts';
import { aCompany, type Company, HOUR } from '../support/company.ts';

/** A company that has switched Tasuki on before its two heads have agreed on anything. */
describe('while nobody has signed the agreement', () => {
  let company: Company;
  beforeAll(async () => {
    company = await aCompany({ people: 40, signed: false });
    await company.later();
    await company.pass();
  });
  afterAll(() => company.close());

  const contacts = () => company.sandbox.portal.records('contacts').map(({ properties }) => properties);
  const leads = () => company.sandbox.org.records('Lead');
  const ledger = () => company.shop.works.ledger;
  const isTold = async () => (await ledger().findings()).some(({ code }) => code === 'AGREEMENT_UNSIGNED');
  function promising(email: string): string {
    const { portal, kernel } = company.sandbox;
    return portal.seed(
      'contacts',
      { email, lastname: '期待', company: '期待商会', leadscore: '95' },
      kernel.clock.now(),
    );
  }
  async function nextPass(): Promise<void> {
    await company.later(HOUR);
    await company.pass();
  }

  test('people are kept in step field by field; nobody has a stage, and no record is made', async () => {
    const before = leads().length;
    const { people, stages, clocks, tasks, changes } = await ledger().counts();
    expect(people).toBeGreaterThan(30);
    expect({ stages, clocks, tasks }).toEqual({ stages: {}, clocks: {}, tasks: { opened: 0, closed: 0 } });
    expect((changes['acknowledged'] ?? 0) + (changes['confirmed'] ?? 0)).toBeGreaterThan(0);
    const shown = contacts().flatMap((values) => Object.entries(values).filter(([name]) => name.startsWith('tasuki_')));
    expect(shown.filter(([, value]) => value !== null && value !== '')).toEqual([]);
    expect(leads().filter((row) => row['Tasuki_Key__c'] || row['Tasuki_Stage__c'])).toEqual([]);
    promising('hayai@example.co.jp');
    await nextPass();
    expect(leads()).toHaveLength(before);
    expect(await isTold()).toBe(true);
  });

  test('a second pass plans nothing', async () => {
    await company.later();
    expect((await company.pass()).planned).toBe(0);
  });

  test('once both have signed, whoever was there before is history, and whoever comes from then on is handed over', async () => {
    await signAsBothHeads(company.shop, company.options.mappings, 'test');
    await nextPass();
    const early = await ledger().person('hayai@example.co.jp');
    expect(early?.stages.map(({ stage, by }) => `${stage} ${by}`)).toEqual(['lead history', 'MQL history']);
    expect((await ledger().counts()).clocks).toEqual({});
    expect(await isTold()).toBe(false);
    promising('osoi@example.co.jp');
    await nextPass();
    await nextPass();
    const late = await ledger().person('osoi@example.co.jp');
    expect(late?.stages.map(({ stage, by, agreementVersion }) => `${stage} ${by} ${agreementVersion}`)).toEqual([
      'lead history 2026-11',
      'MQL rule 2026-11',
    ]);
    expect(late?.clocks).toMatchObject([{ kind: 'first-contact', state: 'running' }]);
  });
});
