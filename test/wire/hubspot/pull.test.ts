import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvariantBroken, RemoteUnavailable } from '../../../src/errors/errors.ts';
import type { ChangePage, CursorState } from '../../../src/ports/crm.ts';
import { allPages, BASE, batch, FAMILIES, NOW, open, pathsOf, row, sent } from './wire.ts';

const MINUTE = 60_000;
const OVERLAP = 90_000;
const LISTED = 'limit=100&properties=email&properties=lastmodifieddate&properties=hs_merged_object_ids&archived=false';
const RESTING = { phase: 'window', from: NOW - OVERLAP };

const idsOf = (pages: readonly ChangePage[]) =>
  pages.flatMap(({ sightings }) => sightings.map(({ record }) => record.id));
const lastOf = (pages: readonly ChangePage[]) => pages.at(-1) as ChangePage;

type Filter = { readonly propertyName: string; readonly operator: string; readonly value: string };
type Question = {
  readonly limit: number;
  readonly sorts: unknown;
  readonly properties: string[];
  readonly after?: string;
  readonly filterGroups: { readonly filters: Filter[] }[];
};

/** A row's value as the search compares it. */
function number(record: ReturnType<typeof row>, name: string): number {
  return name === 'hs_object_id' ? Number(record.id) : Date.parse(record.properties['lastmodifieddate'] ?? '');
}

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('a pull of HubSpot contacts on the %s paths', (family) => {
  const { contacts } = pathsOf(family);
  const questions: Question[] = [];
  beforeEach(() => void questions.splice(0));

  /** A portal whose search really filters, sorts and cuts. `total` rows beyond the page are told by `paging`. */
  function portalWith(rows: () => readonly ReturnType<typeof row>[]): void {
    nock(BASE)
      .persist()
      .post(`${contacts}/search`)
      .reply(200, async (request: Request) => {
        const question = sent(await request.text()) as unknown as Question;
        questions.push(question);
        const holds = {
          GTE: (a: number, b: number) => a >= b,
          LTE: (a: number, b: number) => a <= b,
          GT: (a: number, b: number) => a > b,
        } as const;
        const filters = question.filterGroups[0]?.filters ?? [];
        const sortBy = (question.sorts as { propertyName: string }[])[0]?.propertyName ?? '';
        const found = rows()
          .filter((record) =>
            filters.every(({ propertyName, operator, value }) =>
              holds[operator as 'GT'](number(record, propertyName), Number(value)),
            ),
          )
          .toSorted((one, other) => number(one, sortBy) - number(other, sortBy));
        const more = found.length > question.limit ? { paging: { next: { after: String(question.limit) } } } : {};
        return { total: found.length, results: found.slice(0, question.limit), ...more };
      });
  }

  it('lists everything once, page by page, and covers the time up to its start less the overlap', async () => {
    nock(BASE)
      .get(`${contacts}?${LISTED}`)
      .reply(200, {
        results: [row('1', NOW - MINUTE, { email: 'a@example.co.jp' })],
        paging: { next: { after: '1' } },
      });
    nock(BASE)
      .get(`${contacts}?${LISTED.replace('limit=100', 'limit=100&after=1')}`)
      .reply(200, { results: [row('2', NOW - MINUTE)] });
    const { crm } = open(family);
    const pages = await allPages(crm, ['email']);
    expect(idsOf(pages)).toEqual(['1', '2']);
    expect(pages[0]?.sightings[0]).toEqual({
      record: { system: 'hubspot', object: 'contacts', id: '1' },
      values: { email: 'a@example.co.jp' },
      createdAt: Date.parse('2026-01-05'),
      modifiedAt: NOW - MINUTE,
      seenAt: NOW,
      deleted: false,
    });
    expect(pages.map(({ covers }) => covers)).toEqual([undefined, undefined, NOW - OVERLAP]);
    expect(crm.calls()).toEqual({ properties: 1, list: 2 });
  });

  it('takes a first load up again behind the last page that was stored, and then reads what changed since it began', async () => {
    nock(BASE)
      .get(`${contacts}?${LISTED.replace('limit=100', 'limit=100&after=1')}`)
      .reply(200, { results: [row('2', NOW)] });
    portalWith(() => [row('1', NOW + MINUTE), row('9', NOW - 2 * OVERLAP)]);
    const stored = { phase: 'load', startedAt: NOW, after: '1' };
    const pages = await allPages(open(family).crm, ['email'], stored, NOW + 5 * MINUTE);
    expect(idsOf(pages)).toEqual(['2', '1']);
    expect(lastOf(pages).covers).toBe(NOW + 5 * MINUTE - OVERLAP);
  });

  it('asks for what was modified since the last cover, oldest first, in one sort', async () => {
    portalWith(() => [row('2', NOW + 2), row('1', NOW + 1), row('3', NOW - OVERLAP - 1)]);
    const pages = await allPages(open(family).crm, ['email'], RESTING, NOW + MINUTE);
    expect(idsOf(pages)).toEqual(['1', '2']);
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({
      limit: 200,
      sorts: [{ propertyName: 'lastmodifieddate', direction: 'ASCENDING' }],
    });
    expect(lastOf(pages)).toEqual({
      sightings: [],
      cursor: { phase: 'window', from: NOW + MINUTE - OVERLAP },
      covers: NOW + MINUTE - OVERLAP,
    });
  });

  it('reaches back far enough to see a row that the index showed late', async () => {
    const late = row('1', NOW - 30_000);
    let shown = false;
    portalWith(() => (shown ? [late] : []));
    const { crm } = open(family);
    const first = await allPages(crm, ['email'], RESTING, NOW);
    shown = true;
    const second = await allPages(crm, ['email'], lastOf(first).cursor, NOW + MINUTE);
    expect([idsOf(first), idsOf(second)]).toEqual([[], ['1']]);
  });

  it('reads a row that was edited again after the pull began: its older edit must not look unread', async () => {
    portalWith(() => [row('1', NOW + MINUTE + 5_000)]);
    const pages = await allPages(open(family).crm, ['email'], RESTING, NOW + MINUTE);
    expect(idsOf(pages)).toEqual(['1']);
    expect(lastOf(pages).covers).toBe(NOW + MINUTE - OVERLAP);
  });

  it('reads on to now where it was broken off long ago, so that nothing looks read that is not', async () => {
    portalWith(() => [row('1', NOW + 5_000), row('2', NOW + 60 * MINUTE)]);
    const broken = { phase: 'window', from: NOW, until: NOW + 10_000 } as const;
    const pages = await allPages(open(family).crm, ['email'], broken, NOW + 61 * MINUTE);
    expect(idsOf(pages)).toEqual(['1', '2']);
    expect(lastOf(pages).covers).toBe(NOW + 61 * MINUTE - OVERLAP);
  });

  it('goes from page to page by time and never by offset, so it meets no limit of 10,000 rows', async () => {
    portalWith(() => Array.from({ length: 95 }, (_, index) => row(String(index + 1), NOW + index)));
    const pages = await allPages(open(family, { pull: { searchPage: 20 } }).crm, ['email'], RESTING, NOW + MINUTE);
    expect(idsOf(pages)).toEqual(Array.from({ length: 95 }, (_, index) => String(index + 1)));
    expect(questions.every(({ after }) => after === undefined)).toBe(true);
  });

  it('loses no row when one is edited while the pages are read', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => row(String(index + 1), NOW + index));
    portalWith(() => {
      if (questions.length === 2) rows.splice(4, 1, row('5', NOW + 30_000)); // between the first page and the second
      return rows;
    });
    const pages = await allPages(open(family, { pull: { searchPage: 20 } }).crm, ['email'], RESTING, NOW + MINUTE);
    expect(new Set(idsOf(pages)).size).toBe(60);
  });

  it('loses no row that stands a little out of order', async () => {
    // The index sorts by what it knew; two neighbours on either side of a page's end show newer times than their place.
    const rows = Array.from({ length: 30 }, (_, index) => row(String(index + 1), NOW + index));
    nock(BASE)
      .post(`${contacts}/search`)
      .reply(200, {
        total: 30,
        results: [...rows.slice(0, 9), row('10', NOW + 25)],
        paging: { next: { after: '10' } },
      });
    portalWith(() => rows);
    const pages = await allPages(open(family, { pull: { searchPage: 10 } }).crm, ['email'], RESTING, NOW + MINUTE);
    expect(new Set(idsOf(pages)).size).toBe(30);
  });

  it('tells rows of one and the same instant apart by id, and goes on behind it', async () => {
    const stamped = Array.from({ length: 47 }, (_, index) => row(String(1_000 + index), NOW + 7));
    portalWith(() => [row('1', NOW + 3), ...stamped, row('2', NOW + 9)]);
    const pages = await allPages(open(family, { pull: { searchPage: 10 } }).crm, ['email'], RESTING, NOW + MINUTE);
    const seen = idsOf(pages);
    expect(seen).toHaveLength(49);
    expect(new Set(seen).size).toBe(49);
    expect(questions.some(({ sorts }) => JSON.stringify(sorts).includes('hs_object_id'))).toBe(true);
  });

  it('can be taken up again behind any page', async () => {
    const stamped = Array.from({ length: 25 }, (_, index) => row(String(1_000 + index), NOW + 7));
    portalWith(() => [
      ...Array.from({ length: 25 }, (_, index) => row(String(index + 1), NOW + index - 10)),
      ...stamped,
    ]);
    const options = { pull: { searchPage: 10 } };
    const whole = await allPages(open(family, options).crm, ['email'], RESTING, NOW + MINUTE);
    for (const [index, page] of whole.entries()) {
      const cursor: CursorState = JSON.parse(JSON.stringify(page.cursor));
      const rest = await allPages(open(family, options).crm, ['email'], cursor, NOW + MINUTE);
      const seen = new Set([...idsOf(whole.slice(0, index + 1)), ...idsOf(rest)]);
      expect(seen.size).toBe(50);
    }
  });

  it('tells of records that a survivor has swallowed, since no list shows them any more', async () => {
    portalWith(() => [row('30', NOW + 1, { hs_merged_object_ids: '10;20', email: 'a@example.co.jp' })]);
    const [page] = await allPages(open(family).crm, ['email'], RESTING, NOW + MINUTE);
    expect(page?.sightings).toMatchObject([
      { record: { id: '30' }, deleted: false },
      { record: { id: '10' }, deleted: true, mergedInto: '30' },
      { record: { id: '20' }, deleted: true, mergedInto: '30' },
    ]);
  });

  it('goes on from a cursor of the days when it looked into the recycle bin itself', async () => {
    portalWith(() => [row('1', NOW + 1)]);
    const old = { ...RESTING, sweptAt: NOW, sweeping: { startedAt: NOW, after: '7' } };
    const pages = await allPages(open(family).crm, ['email'], old, NOW + 25 * 3_600_000);
    expect(idsOf(pages)).toEqual(['1']);
    expect(lastOf(pages).cursor).toEqual({ phase: 'window', from: NOW + 25 * 3_600_000 - OVERLAP });
  });

  it('reads values in a second call when their names are too many for a URL', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `a_property_with_a_long_name_${index}`);
    nock(BASE)
      .get(`${contacts}?limit=100&properties=lastmodifieddate&archived=false`)
      .reply(200, { results: [row('1', NOW - 1)] });
    nock(BASE)
      .post(
        `${contacts}/batch/read?archived=false`,
        (body) => ((sent(body)['properties'] ?? []) as string[]).length > 120,
      )
      .reply(200, batch([row('1', NOW - 1, { a_property_with_a_long_name_0: 'x' })]));
    const [page] = await allPages(open(family).crm, names);
    expect(page?.sightings[0]?.values).toMatchObject({
      a_property_with_a_long_name_0: 'x',
      a_property_with_a_long_name_119: null,
    });
  });

  it('stays inside the searches that a second allows', async () => {
    portalWith(() => Array.from({ length: 90 }, (_, index) => row(String(index + 1), NOW + index)));
    const { crm, pace } = open(family, { budget: { searchesPerSecond: 2 }, pull: { searchPage: 20 } });
    await allPages(crm, ['email'], RESTING, NOW + MINUTE);
    expect(pace.slept).toEqual(Array.from({ length: Math.ceil(questions.length / 2) - 1 }, () => 1_000));
  });

  it('stops with the page it has when HubSpot goes away, so that the cursor stays behind what was seen', async () => {
    nock(BASE)
      .get(`${contacts}?${LISTED}`)
      .reply(200, { results: [row('1', NOW)], paging: { next: { after: '1' } } });
    nock(BASE)
      .get(/after=1/)
      .times(4)
      .reply(503, {});
    const streams = [{ object: 'contacts', fields: ['email'], cursor: undefined }] as const;
    const pages = open(family).crm.changesSince(streams, NOW)[Symbol.asyncIterator]();
    await expect(pages.next()).resolves.toMatchObject({ value: { cursor: { phase: 'load', after: '1' } } });
    await expect(pages.next()).rejects.toThrow(RemoteUnavailable);
  });

  it('refuses a cursor that is not one of its own', async () => {
    await expect(allPages(open(family).crm, ['email'], { page: 3 })).rejects.toThrow(InvariantBroken);
  });
});
