import { expect, test } from 'vitest';
import { type Opened, openPortal, START } from './open-portal.ts';

const PEOPLE = 100_000;

/** An account with one company for ten contacts, each contact associated with its main one. */
function crowd(): { opened: Opened; contacts: string[]; companies: string[] } {
  const opened = openPortal({ switches: { tenSecondlyLimit: 1_000, associationTenSecondlyLimit: 1_000 } });
  const contacts: string[] = [];
  const companies: string[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    if (index % 10 === 0) companies.push(opened.portal.seed('companies', {}, START));
    contacts.push(opened.portal.seed('contacts', { lastname: `L${index}` }, START));
    const company = { object: 'companies', id: companies.at(-1) ?? '' };
    opened.portal.associate({ object: 'contacts', id: contacts.at(-1) ?? '' }, company, { label: 'primary' });
  }
  return { opened, contacts, companies };
}

/** The better of three, since the machine may be busy with others. */
async function quickest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return Math.min(...times);
}

test('an account of 100,000 associated contacts answers at once, and two types for all share one set', {
  timeout: 60_000,
}, async () => {
  const { opened, contacts, companies } = crowd();
  const { call, portal } = opened;
  const inputs = contacts.slice(0, 1_000).map((id) => ({ id }));
  const read = () => call('POST', '/crm/v4/associations/contacts/companies/batch/read', { inputs });
  expect((await read()).body.results).toHaveLength(1_000);
  expect(await quickest(read)).toBeLessThan(250);
  const filters = [{ propertyName: 'associations.company', operator: 'EQ', value: companies[4_000] }];
  const find = () => opened.search({ filterGroups: [{ filters }] });
  expect((await find()).body.total).toBe(10);
  const list = () => call('GET', '/crm/v3/objects/contacts?limit=100&associations=companies');
  expect(await quickest(list)).toBeLessThan(250);
  const sets = contacts.map((id) => [...portal.links.from({ object: 'contacts', id }, 'companies').values()][0]);
  expect(new Set(sets).size).toBe(1);
});
