import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerBatches, BASE, batch, FAMILIES, NOW, open, pathsOf, refusal, row } from './wire.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('HubSpot contacts read on the %s paths', (family) => {
  const { contacts } = pathsOf(family);
  const live = `${contacts}/batch/read?archived=false`;
  const binned = `${contacts}/batch/read?archived=true`;

  it('come a hundred to a call, whatever the order of the answer', async () => {
    const calls = answerBatches(live, (inputs) => ({
      status: 200,
      body: batch(inputs.toReversed().map(({ id }) => row(id, NOW))),
    }));
    const ids = Array.from({ length: 201 }, (_, index) => String(index + 1));
    const found = await open(family).crm.read('contacts', [...ids, '7'], ['email'], NOW);
    expect(found.map(({ record }) => record.id).toSorted()).toEqual(ids.toSorted());
    expect(calls.map(({ length }) => length)).toEqual([100, 100, 1]);
  });

  it('hold values of their described types, and null where there is none', async () => {
    const properties = {
      firstname: '',
      employees: '0.40000000000000002220446049250313',
      opted_out: 'false',
      founded: '1786320000000',
      last_visit: '2026-12-31T00:00:00Z',
      topics: 'price;rollout',
      hubspot_owner_id: '7001',
      associatedcompanyid: '9007199254740993',
      hs_object_id: '1',
    };
    answerBatches(live, () => ({ status: 200, body: batch([row('1', NOW, properties)]) }));
    const [contact] = await open(family).crm.read(
      'contacts',
      ['1'],
      [...Object.keys(properties), 'never_heard_of'],
      NOW,
    );
    expect(contact?.values).toEqual({
      firstname: null,
      employees: 0.4,
      opted_out: false,
      founded: '2026-08-10',
      last_visit: '2026-12-31T00:00:00.000Z',
      topics: 'price;rollout',
      hubspot_owner_id: '7001',
      associatedcompanyid: '9007199254740993',
      hs_object_id: '1',
      never_heard_of: null,
    });
  });

  it('take an instant as a count of milliseconds too, and keep what is no instant', async () => {
    answerBatches(live, () => ({
      status: 200,
      body: batch([row('1', NOW, { last_visit: '1762212973632', founded: 'someday', employees: 'many' })]),
    }));
    const [contact] = await open(family).crm.read('contacts', ['1'], ['last_visit', 'founded', 'employees'], NOW);
    expect(contact?.values).toEqual({ last_visit: '2025-11-03T23:36:13.632Z', founded: 'someday', employees: 'many' });
  });

  it('that are gone come back as deleted: archived, merged into another, or without a trace', async () => {
    nock(BASE)
      .post(live)
      .reply(
        207,
        batch(
          [row('1', NOW), row('50', NOW, { hs_merged_object_ids: '3;9' })],
          [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: '…', context: { ids: ['2', '3', '4', '5'] } }],
        ),
      );
    nock(BASE)
      .post(binned)
      .reply(207, batch([{ ...row('2', NOW, { email: 'gone@example.co.jp' }), archived: true }]));
    nock(BASE)
      .get(/contacts\/4\?/)
      .reply(200, row('60', NOW));
    nock(BASE)
      .get(/contacts\/5\?/)
      .reply(404, refusal('not-found'));
    const found = await open(family).crm.read('contacts', ['1', '2', '3', '4', '5'], ['email'], NOW);
    const byId = Object.fromEntries(found.map(({ record, deleted, mergedInto }) => [record.id, mergedInto ?? deleted]));
    expect(byId).toEqual({ '1': false, '2': true, '3': '50', '4': '60', '5': true });
  });

  it('are all gone when the whole batch is answered with 404', async () => {
    nock(BASE).post(live).reply(404, refusal('not-found'));
    nock(BASE).post(binned).reply(404, refusal('not-found'));
    nock(BASE)
      .get(/contacts\/1\?/)
      .reply(404, refusal('not-found'));
    await expect(open(family).crm.read('contacts', ['1'], ['email'], NOW)).resolves.toMatchObject([
      { record: { id: '1' }, deleted: true },
    ]);
  });

  it('are translated by types that are read once for all who ask at the same time, and again when that failed', async () => {
    const { crm } = open(family);
    nock.cleanAll();
    answerBatches(live, () => ({ status: 200, body: batch([row('1', NOW)]) }));
    const types = () => nock(BASE).get(`${pathsOf(family).properties}?archived=false`);
    const both = async () => {
      const ended = await Promise.allSettled(['1', '1'].map((id) => crm.read('contacts', [id], [], NOW)));
      return ended.map(({ status }) => status);
    };
    types().reply(403, refusal('missing-scope'));
    expect(await both()).toEqual(['rejected', 'rejected']);
    types().reply(200, { results: [] });
    expect(await both()).toEqual(['fulfilled', 'fulfilled']);
    expect(crm.calls()['properties']).toBe(2);
  });

  it('are found by a unique property from the store, not from the search index', async () => {
    const calls = answerBatches(live, () => ({ status: 207, body: batch([row('8', NOW, { member_no: 'm-8' })]) }));
    const { crm } = open(family);
    const found = await crm.findByKey('contacts', 'member_no', ['m-8', 'm-9'], ['member_no'], NOW);
    expect(found).toMatchObject([{ record: { id: '8' }, values: { member_no: 'm-8' } }]);
    expect(calls).toHaveLength(1);
    expect(crm.calls()).toEqual({ properties: 1, 'batch-read': 1 });
  });
});
