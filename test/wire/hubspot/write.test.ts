import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Effect, Outcome } from '../../../src/domain/people/change.ts';
import { InvariantBroken, RateLimited, RemoteUnavailable } from '../../../src/errors/errors.ts';
import { answers, cutInMidBody, neverAnswers, TroubleServer } from '../http/trouble-server.ts';
import {
  answerBatches,
  BASE,
  batch,
  create,
  FAMILIES,
  fixture,
  type Input,
  NOW,
  open,
  pathsOf,
  refusal,
  row,
  sent,
  update,
} from './wire.ts';

const done = (inputs: readonly Input[]) => ({
  status: 200,
  body: batch(inputs.map(({ id, properties }) => row(id, NOW, properties))),
});
const refused = (name: string, status = 400) => ({ status, body: refusal(name) });
const kinds = (outcomes: readonly Outcome[]) => Object.fromEntries(outcomes.map(({ change, kind }) => [change, kind]));
const many = (count: number, values: (index: number) => Effect['values']) =>
  Array.from({ length: count }, (_, index) => update(String(index + 1), values(index)));

const byEmail = (body: unknown) => sent(body)['idProperty'] === 'email';
const bare = (name: string): Effect => ({ ...create(name, { email: `${name}@example.co.jp` }), key: null });

beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

describe.each(FAMILIES)('writes to HubSpot contacts on the %s paths', (family) => {
  const { contacts } = pathsOf(family);
  const updates = `${contacts}/batch/update`;
  const upserts = `${contacts}/batch/upsert`;

  it('carry a hundred records in one call, each with its outcome', async () => {
    const calls = answerBatches(updates, done);
    const { crm } = open(family);
    const outcomes = await crm.write(many(100, () => ({ firstname: '花子' })));
    expect(calls).toHaveLength(1);
    expect(outcomes).toHaveLength(100);
    expect(outcomes[41]).toEqual({
      kind: 'written',
      change: 'change-42',
      record: { system: 'hubspot', object: 'contacts', id: '42' },
      created: false,
      stampedAt: NOW,
    });
    expect(crm.calls()).toEqual({ properties: 1, 'batch-update': 1 });
  });

  it('say values in HubSpot’s words: an empty one clears, and nothing is appended to a multi-select', async () => {
    const calls = answerBatches(updates, done);
    await open(family).crm.write([
      update('1', {
        firstname: null,
        employees: 1e21,
        opted_out: true,
        topics: ';price;rollout',
        email: ';odd@example.co.jp',
      }),
    ]);
    expect(calls[0]?.[0]?.properties).toEqual({
      firstname: '',
      employees: '1000000000000000000000',
      opted_out: 'true',
      topics: 'price;rollout',
      email: ';odd@example.co.jp',
    });
  });

  it('create by upsert on our key, so that a repeat finds the first one', async () => {
    const calls = answerBatches(upserts, (inputs) => ({
      status: 201,
      body: batch(inputs.map((input, index) => ({ ...row(`90${index}`, NOW, input.properties), new: index === 0 }))),
    }));
    const outcomes = await open(family).crm.write([
      create('k-1', { email: 'a@example.co.jp' }),
      create('k-2', { email: 'b@example.co.jp' }),
    ]);
    expect(calls[0]?.[0]).toMatchObject({
      id: 'k-1',
      idProperty: 'tasuki_key',
      properties: { tasuki_key: 'k-1', email: 'a@example.co.jp' },
    });
    expect(outcomes).toMatchObject([
      { kind: 'written', change: 'change-k-1', record: { id: '900' }, created: true },
      { kind: 'written', change: 'change-k-2', record: { id: '901' }, created: false },
    ]);
  });

  it('create without a key under a trace id, by which errors are told apart', async () => {
    const calls = answerBatches(`${contacts}/batch/create`, (inputs) => ({
      status: 207,
      body: batch(
        [{ ...row('31', NOW), objectWriteTraceId: inputs[1]?.objectWriteTraceId }],
        [
          {
            status: 'error',
            category: 'CONFLICT',
            message: 'Contact already exists. Existing ID: 77',
            context: { objectWriteTraceId: [inputs[0]?.objectWriteTraceId], existingId: ['77'] },
          },
        ],
      ),
    }));
    const outcomes = await open(family).crm.write([bare('a'), bare('b')]);
    expect(calls).toHaveLength(1);
    expect(outcomes).toMatchObject([
      { kind: 'refused', change: 'change-a', code: 'CONFLICT', fields: ['email'], holder: { id: '77' } },
      { kind: 'written', change: 'change-b', record: { id: '31' }, created: true },
    ]);
  });

  it('join answers by id, not by position', async () => {
    answerBatches(updates, (inputs) => ({
      status: 200,
      body: batch(inputs.toReversed().map(({ id }) => row(id, NOW))),
    }));
    const outcomes = await open(family).crm.write([update('1', { firstname: 'a' }), update('2', { firstname: 'b' })]);
    expect(outcomes).toMatchObject([
      { change: 'change-1', record: { id: '1' } },
      { change: 'change-2', record: { id: '2' } },
    ]);
  });

  it('find the one record of a 207 that is gone, also when the answer calls itself 200', async () => {
    for (const status of [207, 200]) {
      answerBatches(updates, () => ({
        status,
        body: batch(
          [row('1', NOW)],
          [
            {
              status: 'error',
              category: 'OBJECT_NOT_FOUND',
              message: 'Could not get some CONTACT objects.',
              context: { ids: ['2', '3'] },
            },
          ],
        ),
      }));
      nock(BASE)
        .post(`${contacts}/batch/read?archived=false`)
        .reply(207, batch([row('40', NOW, { hs_merged_object_ids: '3' })]));
      nock(BASE)
        .post(`${contacts}/batch/read?archived=true`)
        .reply(200, batch([{ ...row('2', NOW), archived: true }]));
      nock(BASE)
        .get(/contacts\/3\?/)
        .reply(200, row('40', NOW));
      const outcomes = await open(family).crm.write([update('1', {}), update('2', {}), update('3', {})]);
      expect(outcomes).toMatchObject([
        { kind: 'written', change: 'change-1' },
        { kind: 'vanished', change: 'change-2' },
        { kind: 'vanished', change: 'change-3', mergedInto: '40' },
      ]);
      nock.cleanAll();
    }
  });

  it('look up records that a success passes over in silence: merged away, or there and nobody knows', async () => {
    answerBatches(updates, () => ({ status: 200, body: batch([]) }));
    nock(BASE)
      .post(`${contacts}/batch/read?archived=false`)
      .reply(200, batch([row('1', NOW)]));
    nock(BASE).post(`${contacts}/batch/read?archived=true`).reply(200, batch([]));
    nock(BASE)
      .get(/contacts\/2\?/)
      .reply(200, row('40', NOW));
    const outcomes = await open(family).crm.write([update('1', { firstname: 'a' }), update('2', { firstname: 'b' })]);
    expect(outcomes).toMatchObject([
      { kind: 'unsure', change: 'change-1' },
      { kind: 'vanished', change: 'change-2', mergedInto: '40' },
    ]);
  });

  it('are unsure of what they cannot look up, instead of failing after the fact', async () => {
    answerBatches(updates, () => ({ status: 200, body: batch([]) }));
    nock(BASE).post(`${contacts}/batch/read?archived=false`).times(4).reply(503, {});
    await expect(open(family).crm.write([update('1', {})])).resolves.toMatchObject([{ kind: 'unsure' }]);
  });

  it('refuse the one bad record of a hundred, and write the others', async () => {
    const calls = answerBatches(updates, (inputs) =>
      inputs.some(({ properties }) => properties['industry_kind'] === 'FISHING')
        ? refused('invalid-option')
        : done(inputs),
    );
    const outcomes = await open(family).crm.write(
      many(100, (index) => ({ industry_kind: index === 57 ? 'FISHING' : 'MANUFACTURING' })),
    );
    expect(outcomes.filter(({ kind }) => kind !== 'written')).toMatchObject([
      { kind: 'refused', change: 'change-58', code: 'INVALID_OPTION', fields: ['industry_kind'] },
    ]);
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it('find a bad record that HubSpot does not point at by halving', async () => {
    nock(BASE).post(`${contacts}/batch/read?archived=false`).reply(200, batch([]));
    const calls = answerBatches(updates, (inputs) =>
      inputs.some(({ id }) => id === '58') ? refused('contact-exists-somewhere', 409) : done(inputs),
    );
    const outcomes = await open(family).crm.write(many(100, (index) => ({ email: `p${index}@example.co.jp` })));
    expect(outcomes.filter(({ kind }) => kind !== 'written')).toMatchObject([
      { kind: 'refused', change: 'change-58', code: 'CONFLICT', fields: ['email'] },
    ]);
    expect(calls.length).toBeLessThanOrEqual(15);
  });

  it('refuse everyone who sends a property that does not exist, in one more call', async () => {
    const calls = answerBatches(updates, (inputs) =>
      inputs.some(({ properties }) => 'shoe_size' in properties) ? refused('unknown-property') : done(inputs),
    );
    const outcomes = await open(family).crm.write(
      many(10, (index) => (index < 4 ? { shoe_size: 24, firstname: 'a' } : { firstname: 'b' })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(4);
    expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(6);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['in a conflict', 'contact-exists', 409, '6001'],
    ['in the middle of a sentence', 'held-mail-on-update', 400, '555'],
  ])('name the record that already holds an e-mail, when HubSpot tells it %s', async (_, name, status, id) => {
    answerBatches(updates, () => refused(name, status));
    const outcomes = await open(family).crm.write([update('102', { email: 'taken@example.co.jp' })]);
    const holder = { system: 'hubspot', object: 'contacts', id };
    expect(outcomes).toMatchObject([{ kind: 'refused', code: 'CONFLICT', fields: ['email'], holder }]);
  });

  it('look the holder up by its e-mail when HubSpot does not name it', async () => {
    answerBatches(updates, () => refused('contact-exists-somewhere', 409));
    nock(BASE)
      .post(`${contacts}/batch/read?archived=false`, byEmail)
      .reply(200, batch([row('555', NOW)]));
    const outcomes = await open(family).crm.write([update('102', { email: 'taken@example.co.jp' })]);
    expect(outcomes).toMatchObject([{ kind: 'refused', code: 'CONFLICT', holder: { id: '555' } }]);
  });

  it('are refused without naming the holder when the look-up fails', async () => {
    answerBatches(updates, () => refused('contact-exists-somewhere', 409));
    nock(BASE).post(`${contacts}/batch/read?archived=false`).times(4).reply(503, {});
    const outcomes = await open(family).crm.write([update('102', { email: 'taken@example.co.jp' })]);
    expect(outcomes).toMatchObject([{ kind: 'refused', code: 'CONFLICT' }]);
    expect(outcomes[0]).not.toHaveProperty('holder');
  });

  it('leave the second change of a record, or of a key, for the next batch', async () => {
    const calls = answerBatches(updates, done);
    const outcomes = await open(family).crm.write([
      update('1', { firstname: 'a' }),
      { ...update('1', { firstname: 'b' }), change: 'later' },
    ]);
    expect(calls[0]).toHaveLength(1);
    expect(kinds(outcomes)).toEqual({ 'change-1': 'written', later: 'deferred' });
  });

  it.each([
    ['a 500', 500, { status: 'error' }],
    ['a 502 of HTML', 502, '<html></html>'],
    ['a 504 without a body', 504, ''],
    ['a 408', 408, ''],
    ['a success cut short', 200, '{"status":"COMPLETE","resul'],
    ['a success without a body', 200, ''],
    ['a success without a list', 200, { status: 'COMPLETE' }],
  ])('are unsure after %s, and not repeated', async (_, status, body) => {
    const calls = answerBatches(updates, () => ({ status, body }));
    await expect(open(family).crm.write([update('1', {}), update('2', {})])).resolves.toMatchObject([
      { kind: 'unsure', change: 'change-1' },
      { kind: 'unsure', change: 'change-2' },
    ]);
    expect(calls).toHaveLength(1);
  });

  it('wait for a locked record, and are deferred when it stays locked', async () => {
    answerBatches(updates, (inputs, call) => (call < 3 ? refused('locked', 423) : done(inputs)));
    const { crm, pace } = open(family);
    await expect(crm.write([update('1', {})])).resolves.toMatchObject([{ kind: 'written' }]);
    expect(pace.slept).toEqual([2_000, 4_000]);
    nock.cleanAll();
    answerBatches(updates, () => refused('locked', 423));
    await expect(open(family).crm.write([update('1', {})])).resolves.toMatchObject([{ kind: 'deferred' }]);
  });

  it('are thrown back whole while nothing was written, and deferred one by one after that', async () => {
    answerBatches(updates, () => refused('daily', 429));
    await expect(open(family).crm.write([update('1', {})])).rejects.toThrow(RateLimited);
    nock.cleanAll();
    answerBatches(updates, (inputs, call) =>
      call === 1 ? refused('contact-exists-somewhere', 409) : call === 2 ? done(inputs) : refused('daily', 429),
    );
    const outcomes = await open(family).crm.write(many(4, () => ({ email: 'x@example.co.jp' })));
    expect(kinds(outcomes)).toEqual({
      'change-1': 'written',
      'change-2': 'written',
      'change-3': 'deferred',
      'change-4': 'deferred',
    });
  });

  it('pass on, as a warning without the value, that HubSpot changed a value', async () => {
    const warning = {
      category: 'PROPERTY_VALUE_NORMALIZED',
      message: '…',
      context: { propertyName: ['founded'], rawValue: ['secret'] },
    };
    answerBatches(updates, (inputs) => ({
      status: 200,
      body: batch(inputs.map(({ id }) => ({ ...row(id, NOW), warnings: [warning] }))),
    }));
    const { crm, logged } = open(family);
    await crm.write([update('1', { founded: '2020-01-01' })]);
    expect(logged).toEqual([
      {
        message: 'hubspot changed a value',
        fields: { call: 'batch-update', category: 'PROPERTY_VALUE_NORMALIZED', property: ['founded'] },
      },
    ]);
  });

  it('refuse a batch of several kinds or of more than a hundred, which is our bug', async () => {
    const { crm } = open(family);
    await expect(crm.write([update('1', {}), create('k', {})])).rejects.toThrow(InvariantBroken);
    await expect(crm.write(many(101, () => ({})))).rejects.toThrow(InvariantBroken);
    await expect(crm.write([])).resolves.toEqual([]);
  });
});

describe('writes over a bad line', () => {
  const QUICK = { headersMs: 150, totalMs: 400 };
  const properties = answers(200, fixture('properties'));

  it('are unsure when the answer is cut, or does not come', async () => {
    for (const trouble of [cutInMidBody, neverAnswers]) {
      const server = new TroubleServer(properties, trouble);
      const { crm } = open('v3', { baseUrl: await server.open(), timeouts: QUICK });
      await expect(crm.write([update('1', {})])).resolves.toMatchObject([{ kind: 'unsure' }]);
      expect(server.requests).toHaveLength(2);
      await server.close();
    }
  });

  it('are thrown back when nobody listens, since nothing can have left', async () => {
    const server = new TroubleServer(properties);
    const baseUrl = await server.open();
    const { crm } = open('v3', { baseUrl, timeouts: QUICK });
    await crm.describe('contacts');
    await server.close();
    await expect(crm.write([update('1', {})])).rejects.toThrow(RemoteUnavailable);
  });
});
