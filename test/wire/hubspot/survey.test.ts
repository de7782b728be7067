import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectName, Sighting } from '../../../src/domain/people/record.ts';
import type { Crm } from '../../../src/ports/crm.ts';
import { answerAssociations, linked } from './association-wire.ts';
import { BASE, FAMILIES, NOW, open, pathsOf, row } from './wire.ts';

const PLAIN = 'contact_to_company_unlabeled';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

async function surveyed(crm: Crm, object: ObjectName): Promise<readonly (readonly Sighting[])[]> {
  const pages: (readonly Sighting[])[] = [];
  for await (const page of crm.survey(object, NOW)) pages.push(page);
  return pages;
}

describe.each(FAMILIES)('a survey of HubSpot on the %s paths', (family) => {
  const { contacts, object } = pathsOf(family);

  /** So many rows in one listing, cut into pages of a hundred; `archived` chooses which. */
  function listing(path: string, archived: 'true' | 'false', rows: readonly object[]): Record<string, unknown>[] {
    const asked: Record<string, unknown>[] = [];
    nock(BASE)
      .persist()
      .get(path)
      .query((query) => query['archived'] === archived)
      .reply((request: Request) => {
        const query = Object.fromEntries(new URL(request.url).searchParams);
        asked.push(query);
        const start = Number(query['after'] ?? 0);
        const next = rows.length > start + 100 ? { paging: { next: { after: String(start + 100) } } } : {};
        return [200, { results: rows.slice(start, start + 100), ...next } as nock.ReplyBody];
      });
    return asked;
  }

  it('lists everybody with their ties and nothing else, and then what lies in the recycle bin', async () => {
    const companies = { results: [{ id: '30', type: PLAIN }] };
    const asked = listing(contacts, 'false', [
      { ...row('1', NOW, { email: 'a@example.co.jp' }), associations: { companies } },
      row('2', NOW),
    ]);
    listing(contacts, 'true', [{ ...row('8', NOW), archived: true, archivedAt: '2026-10-01T00:00:00Z' }]);
    const { crm } = open(family);
    const pages = await surveyed(crm, 'contacts');
    expect(pages).toMatchObject([
      [
        { record: { id: '1' }, deleted: false },
        { record: { id: '2' }, deleted: false },
      ],
      [{ record: { object: 'contacts', id: '8' }, deleted: true }],
    ]);
    expect(pages[0]?.map(({ values }) => values)).toEqual([
      { 'associations.companies': '30' },
      { 'associations.companies': null },
    ]);
    expect(asked[0]).toMatchObject({ associations: 'companies' });
    expect(crm.calls()).toEqual({ 'survey-list': 2 });
  });

  it('reads what the listing leaves open once for a thousand rows', async () => {
    const unclear = { companies: { results: ['8', '9'].map((id) => ({ id, type: PLAIN })) } };
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      ...row(String(index + 1), NOW),
      associations: unclear,
    }));
    listing(contacts, 'false', rows);
    listing(contacts, 'true', []);
    const asked = answerAssociations(family, ['contacts', 'companies'], (inputs) => ({
      results: inputs.map(({ id }) => ({ from: { id }, to: [linked(8, 279), linked(9, 1, 279)] })),
    }));
    const { crm } = open(family);
    const sightings = (await surveyed(crm, 'contacts')).flat();
    expect(new Set(sightings.map(({ values }) => values['associations.companies']))).toEqual(new Set(['9;8']));
    expect(sightings).toHaveLength(1_200);
    expect(asked.map(({ length }) => length)).toEqual([1_000, 200]);
    expect(crm.calls()).toEqual({ 'survey-list': 13, 'survey-associations': 2 });
  });

  it('tells of companies that another has swallowed, and asks for no associations where none are ties', async () => {
    const asked = listing(object('companies'), 'false', [row('30', NOW, { hs_merged_object_ids: '10;20' })]);
    listing(object('companies'), 'true', []);
    const [page] = await surveyed(open(family).crm, 'companies');
    expect(page).toMatchObject([
      { record: { id: '30' }, deleted: false, values: {} },
      { record: { id: '10' }, deleted: true, mergedInto: '30' },
      { record: { id: '20' }, deleted: true, mergedInto: '30' },
    ]);
    expect(asked[0]).not.toHaveProperty('associations');
  });
});
