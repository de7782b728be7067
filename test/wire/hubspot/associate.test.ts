import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/domain/people/change.ts';
import type { Values } from '../../../src/domain/values/value.ts';
import { RateLimited } from '../../../src/errors/errors.ts';
import { answerPairs, bothWays, type PairInput } from './association-wire.ts';
import { answerBatches, BASE, batch, describeObject, FAMILIES, NOW, open, pathsOf, row } from './wire.ts';

const deal = (change: string, values: Values, id: string | null = null): Effect => ({
  change,
  kind: id === null ? 'create' : 'update',
  object: 'deals',
  id,
  key: id === null ? { field: 'tasuki_key', value: change } : null,
  values,
});
const done = (inputs: readonly PairInput[]) => ({ status: 200, body: batch(inputs.flatMap(bothWays)) });
const invalid = (id: string) => ({
  status: 'error',
  category: 'VALIDATION_ERROR',
  message: 'One or more associations are invalid',
  context: { INVALID_OBJECT_IDS: [`CONTACT=${id} is not valid`], objectId: [id] },
});
const DAILY = { status: 'error', message: 'You have reached your daily limit.', policyName: 'DAILY' };

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('associations, written with HubSpot deals on the %s paths', (family) => {
  const deals = pathsOf(family).object('deals');
  beforeEach(() => describeObject(family, 'deals'));
  /** Deals get the ids 901, 902 … in the order of their keys. */
  const upserts = () =>
    answerBatches(`${deals}/batch/upsert`, (inputs) => ({
      status: 200,
      body: batch(
        inputs.map((input, nth) => ({
          ...row(`${901 + nth}`, NOW, input.properties),
          objectWriteTraceId: input.objectWriteTraceId,
          new: true,
        })),
      ),
    }));
  const updates = () =>
    answerBatches(`${deals}/batch/update`, (inputs) => ({
      status: 200,
      body: batch(inputs.map(({ id, properties }) => row(id, NOW, properties))),
    }));

  it('go after the properties, one call for all deals and each object, and no word of them with the properties', async () => {
    const records = upserts();
    const people = answerPairs(family, ['deals', 'contacts'], done);
    const companies = answerPairs(family, ['deals', 'companies'], done);
    const { crm } = open(family);
    const outcomes = await crm.write([
      deal('a', { dealname: '一', 'associations.contacts': '5;7;5', 'associations.companies': '30' }),
      deal('b', { dealname: '二', 'associations.contacts': '6' }),
      deal('c', { dealname: '三', 'associations.contacts': null }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'written', change: 'a', record: { id: '901' }, created: true },
      { kind: 'written', change: 'b' },
      { kind: 'written', change: 'c' },
    ]);
    expect(records[0]?.map(({ properties }) => properties)).toEqual([
      { dealname: '一', tasuki_key: 'a' },
      { dealname: '二', tasuki_key: 'b' },
      { dealname: '三', tasuki_key: 'c' },
    ]);
    expect(people).toEqual([
      [
        { from: { id: '901' }, to: { id: '5' } },
        { from: { id: '901' }, to: { id: '7' } },
        { from: { id: '902' }, to: { id: '6' } },
      ],
    ]);
    expect(companies).toEqual([[{ from: { id: '901' }, to: { id: '30' } }]]);
    expect(crm.calls()).toEqual({ properties: 1, 'batch-upsert': 1, associate: 2 });
  });

  it('go alone where nothing else is to be written', async () => {
    answerPairs(family, ['deals', 'contacts'], done);
    const { crm } = open(family);
    const outcomes = await crm.write([deal('a', { 'associations.contacts': '5' }, '901')]);
    expect(outcomes).toEqual([
      { kind: 'written', change: 'a', record: { system: 'hubspot', object: 'deals', id: '901' }, created: false },
    ]);
    expect(crm.calls()).toEqual({ properties: 1, associate: 1 });
  });

  it('are refused one by one with HubSpot’s words, by a 207 and by a 400 for all, and the properties stay written', async () => {
    updates();
    for (const mode of ['207', '400']) {
      const calls = answerPairs(family, ['deals', 'contacts'], (inputs) => {
        const bad = inputs.filter(({ to }) => to.id === '6');
        const good = inputs.filter(({ to }) => to.id !== '6');
        if (bad.length === 0) return done(inputs);
        if (mode === '400') return { status: 400, body: invalid('6') };
        return { status: 207, body: batch(good.flatMap(bothWays), [invalid('6')]) };
      });
      const { crm } = open(family);
      const outcomes = await crm.write(
        ['5', '6', '7'].map((id, nth) => deal(id, { dealname: 'x', 'associations.contacts': id }, String(nth + 1))),
      );
      expect(outcomes.map((outcome) => [outcome.kind, 'except' in outcome])).toEqual([
        ['written', false],
        ['written', true],
        ['written', false],
      ]);
      expect(outcomes[1]).toMatchObject({
        change: '6',
        record: { id: '2' },
        except: {
          code: 'VALIDATION_ERROR',
          message: 'One or more associations are invalid',
          fields: ['associations.contacts'],
        },
      });
      expect(calls.map(({ length }) => length)).toEqual(mode === '207' ? [3] : [3, 2, 1]);
      nock.cleanAll();
      describeObject(family, 'deals');
      updates();
    }
  });

  it('are all named where several are refused, and refuse the write where it is nothing else', async () => {
    for (const object of ['contacts', 'companies'])
      answerPairs(family, ['deals', object], () => ({ status: 400, body: invalid('6') }));
    updates();
    nock(BASE)
      .post(`${deals}/batch/read?archived=false`)
      .reply(200, batch([row('902', NOW)]));
    const ties = { 'associations.contacts': '6', 'associations.companies': '6' };
    const fields = ['associations.contacts', 'associations.companies'];
    const { crm } = open(family);
    expect(await crm.write([deal('a', { dealname: 'x', ...ties }, '901')])).toMatchObject([{ except: { fields } }]);
    for (const object of ['contacts', 'companies'])
      answerPairs(family, ['deals', object], () => ({ status: 400, body: invalid('6') }));
    expect(await crm.write([deal('b', ties, '902')])).toMatchObject([{ kind: 'refused', fields }]);
  });

  it('find the bad one by halving where HubSpot does not name it', async () => {
    updates();
    answerPairs(family, ['deals', 'contacts'], (inputs) =>
      inputs.some(({ to }) => to.id === '6') ? { status: 400, body: { status: 'error', message: 'no' } } : done(inputs),
    );
    const effects = ['5', '6', '7', '8'].map((id) =>
      deal(id, { dealname: 'x', 'associations.contacts': id }, `9${id}`),
    );
    const outcomes = await open(family).crm.write(effects);
    expect(outcomes.map((outcome) => [outcome.change, 'except' in outcome])).toEqual([
      ['5', false],
      ['6', true],
      ['7', false],
      ['8', false],
    ]);
  });

  it('are unsure when the answer is lost, passes a pair over, or the allowance ends in between', async () => {
    for (const answer of [
      { status: 502, body: '<html>' },
      { status: 200, body: batch([]) },
      { status: 429, body: DAILY },
    ]) {
      updates();
      answerPairs(family, ['deals', 'contacts'], () => answer);
      const [outcome] = await open(family).crm.write([deal('a', { dealname: 'x', 'associations.contacts': '5' }, '1')]);
      expect(outcome).toMatchObject({ kind: 'unsure', change: 'a' });
      nock.cleanAll();
      describeObject(family, 'deals');
    }
  });

  it('are thrown back while nothing at all was written', async () => {
    answerPairs(family, ['deals', 'contacts'], () => ({ status: 429, body: DAILY }));
    await expect(open(family).crm.write([deal('a', { 'associations.contacts': '5' }, '1')])).rejects.toThrow(
      RateLimited,
    );
  });

  it('say that the deal has vanished where it is the deal that is missing', async () => {
    answerPairs(family, ['deals', 'contacts'], () => ({ status: 400, body: invalid('1') }));
    const binned = { ...row('1', NOW), archived: true };
    nock(BASE).post(`${deals}/batch/read?archived=false`).reply(207, batch([]));
    nock(BASE)
      .post(`${deals}/batch/read?archived=true`)
      .reply(200, batch([binned]));
    const outcomes = await open(family).crm.write([deal('a', { 'associations.contacts': '5' }, '1')]);
    expect(outcomes).toMatchObject([{ kind: 'vanished', change: 'a' }]);
  });

  it('are not made for a deal that was refused', async () => {
    answerBatches(`${deals}/batch/update`, () => ({
      status: 400,
      body: { status: 'error', category: 'VALIDATION_ERROR', message: 'no such stage' },
    }));
    const { crm } = open(family);
    const outcomes = await crm.write([deal('a', { dealstage: 'x', 'associations.contacts': '5' }, '1')]);
    expect(outcomes).toMatchObject([{ kind: 'refused', message: 'no such stage' }]);
    expect(crm.calls()['associate']).toBeUndefined();
  });

  it('of two deals whose ids mirror each other’s contacts are told apart', async () => {
    updates();
    const calls = answerPairs(family, ['deals', 'contacts'], (inputs) => {
      const good = inputs.filter(({ from }) => from.id === '5');
      return { status: 207, body: batch(good.flatMap(bothWays), good.length < inputs.length ? [invalid('5')] : []) };
    });
    const outcomes = await open(family).crm.write([
      deal('five', { dealname: 'x', 'associations.contacts': '7' }, '5'),
      deal('seven', { dealname: 'x', 'associations.contacts': '5' }, '7'),
    ]);
    expect(calls).toHaveLength(2);
    expect(outcomes.map((outcome) => [outcome.change, 'except' in outcome])).toEqual([
      ['five', false],
      ['seven', true],
    ]);
  });
});
