import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamPage } from '../../../src/ports/crm.ts';
import { answerAssociations, linked, none } from './association-wire.ts';
import { answerBatches, BASE, batch, describeObject, FAMILIES, NOW, open, pathsOf, row } from './wire.ts';

const MINUTE = 60_000;
const RESTING = { phase: 'window', from: NOW - MINUTE };
const COMPANIES = 'associations.companies';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('associations, read as values of HubSpot records on the %s paths', (family) => {
  const { contacts, object } = pathsOf(family);
  const live = `${contacts}/batch/read?archived=false`;
  const valuesOf = async (ids: readonly string[]) => {
    answerBatches(live, (inputs) => ({ status: 200, body: batch(inputs.map(({ id }) => row(id, NOW))) }));
    const { crm } = open(family);
    const found = await crm.read('contacts', ids, ['email', COMPANIES], NOW);
    const values = Object.fromEntries(found.map(({ record, values }) => [record.id, values[COMPANIES]]));
    return { values, calls: crm.calls(), found };
  };

  it('are ids, the main company first and the others ascending by number, and null where there are none', async () => {
    answerAssociations(family, ['contacts', 'companies'], () => ({
      results: [
        { from: { id: '1' }, to: [linked(900, 279), linked(88, 279), linked(1000, 1, 279), linked(7, 279)] },
        { from: { id: '2' }, to: [linked(5, 279)] },
      ],
      errors: [none('3')],
    }));
    const { values, calls } = await valuesOf(['1', '2', '3']);
    expect(values).toEqual({ '1': '1000;7;88;900', '2': '5', '3': null });
    expect(calls).toEqual({ properties: 1, 'batch-read': 1, associations: 1 });
  });

  it('are none for whom a shortened list of errors does not name, and not told where another error stands', async () => {
    answerAssociations(family, ['contacts', 'companies'], (inputs) =>
      inputs.length === 3
        ? { results: [], errors: [none('1')] }
        : { results: [], errors: [none('8'), { status: 'error', category: 'VALIDATION_ERROR', message: 'no' }] },
    );
    expect((await valuesOf(['1', '2', '3'])).values).toEqual({ '1': null, '2': null, '3': null });
    const { found } = await valuesOf(['8', '9']);
    expect(found.map(({ record, values }) => [record.id, COMPANIES in values])).toEqual([
      ['8', true],
      ['9', false],
    ]);
  });

  it('are none for everybody when HubSpot answers the whole question with 404', async () => {
    nock(BASE)
      .post(`${pathsOf(family).associations('contacts', 'companies')}/read`)
      .reply(404, none('1') as nock.ReplyBody);
    expect((await valuesOf(['1', '2'])).values).toEqual({ '1': null, '2': null });
  });

  it('are read to the end where one record has more than a page of them', async () => {
    const asked = answerAssociations(family, ['contacts', 'companies'], ([first]) =>
      first?.after === undefined
        ? {
            results: [
              { from: { id: '1' }, to: [linked(3, 279)], paging: { next: { after: 'Mw' } } },
              { from: { id: '2' }, to: [linked(9, 279)] },
            ],
          }
        : { results: [{ from: { id: '1' }, to: [linked(2, 279), linked(4, 1, 279)] }] },
    );
    expect((await valuesOf(['1', '2'])).values).toEqual({ '1': '4;2;3', '2': '9' });
    expect(asked).toEqual([[{ id: '1' }, { id: '2' }], [{ id: '1', after: 'Mw' }]]);
  });

  it('cost one call for a thousand records, though their values come a hundred to a call', async () => {
    const asked = answerAssociations(family, ['contacts', 'companies'], (inputs) => ({
      results: inputs.map(({ id }) => ({ from: { id }, to: [linked(5, 279)] })),
    }));
    const { calls } = await valuesOf(Array.from({ length: 1_001 }, (_, index) => String(index + 1)));
    expect(asked.map(({ length }) => length)).toEqual([1_000, 1]);
    expect(calls).toEqual({ properties: 1, 'batch-read': 11, associations: 2 });
  });

  it('are not read when nobody asks for them', async () => {
    answerBatches(live, () => ({ status: 200, body: batch([row('1', NOW)]) }));
    const { crm } = open(family);
    await crm.read('contacts', ['1'], ['email'], NOW);
    expect(crm.calls()).toEqual({ properties: 1, 'batch-read': 1 });
  });

  it('come with a first load out of its listing, and are read only where it leaves the main company open', async () => {
    const to = (...results: readonly (readonly [string, string])[]) => ({
      associations: { companies: { results: results.map(([id, type]) => ({ id, type })) } },
    });
    const [main, plain] = ['contact_to_company', 'contact_to_company_unlabeled'] as const;
    const more = { results: [{ id: '6', type: plain }], paging: { next: { after: '7' } } };
    nock(BASE)
      .get(contacts)
      .query((query) => query['associations'] === 'companies' && query['archived'] === 'false')
      .reply(200, {
        results: [
          row('1', NOW),
          { ...row('2', NOW), ...to(['30', plain]) },
          { ...row('3', NOW), ...to(['8', plain], ['9', plain], ['9', main]) },
          { ...row('4', NOW), ...to(['8', plain], ['9', plain]) },
          { ...row('5', NOW), associations: { companies: more } },
        ],
      });
    const asked = answerAssociations(family, ['contacts', 'companies'], () => ({
      results: [
        { from: { id: '4' }, to: [linked(9, 1, 279), linked(8, 279)] },
        { from: { id: '5' }, to: [linked(6, 279), linked(7, 279)] },
      ],
    }));
    const { crm } = open(family);
    const pages: StreamPage[] = [];
    const streams = [{ object: 'contacts', fields: [COMPANIES], cursor: undefined }] as const;
    for await (const page of crm.changesSince(streams, NOW)) pages.push(page);
    expect(pages[0]?.sightings.map(({ values }) => values[COMPANIES])).toEqual([null, '30', '9;8', '9;8', '6;7']);
    expect(asked).toEqual([[{ id: '4' }, { id: '5' }]]);
    expect(crm.calls()).toEqual({ properties: 1, list: 1, associations: 1 });
  });

  it('of a deal are its people, of whom none is the main one, and its companies', async () => {
    describeObject(family, 'deals');
    nock(BASE)
      .post(`${object('deals')}/search`)
      .reply(200, { total: 1, results: [row('70', NOW - 1)] });
    answerAssociations(family, ['deals', 'contacts'], () => ({
      results: [{ from: { id: '70' }, to: [linked(12, 3), linked(4, 3)] }],
    }));
    answerAssociations(family, ['deals', 'companies'], () => ({
      results: [{ from: { id: '70' }, to: [linked(2, 341), linked(9, 5, 341)] }],
    }));
    const { crm } = open(family);
    const pages: StreamPage[] = [];
    const fields = ['dealname', 'associations.contacts', COMPANIES];
    for await (const page of crm.changesSince([{ object: 'deals', fields, cursor: RESTING }], NOW)) pages.push(page);
    expect(pages[0]?.sightings[0]?.values).toEqual({
      dealname: null,
      'associations.contacts': '4;12',
      'associations.companies': '9;2',
    });
  });

  it('cost nothing when nothing changed: an idle pass is one search per object', async () => {
    const objects = ['companies', 'contacts', 'deals', 'calls'] as const;
    for (const each of objects) {
      describeObject(family, each);
      nock(BASE)
        .persist()
        .post(`${object(each)}/search`)
        .reply(200, { total: 0, results: [] });
      nock(BASE).get(object(each)).query({ limit: 1 }).reply(200, { results: [] });
    }
    nock(BASE).get(pathsOf(family).pipelines).reply(200, { results: [] });
    const { crm } = open(family);
    for (const each of objects) await crm.describe(each);
    const before = crm.calls();
    const streams = objects.map((each) => ({ object: each, fields: ['associations.contacts'], cursor: RESTING }));
    const pages: StreamPage[] = [];
    for await (const page of crm.changesSince(streams, NOW)) pages.push(page);
    expect(crm.calls()).toEqual({ ...before, search: 4 });
    expect(pages.map((page) => [page.object, page.covers === undefined])).toEqual(objects.map((each) => [each, false]));
  });
});
