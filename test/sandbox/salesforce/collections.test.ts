import { beforeEach, describe, expect, test } from 'vitest';
import { to18 } from '../../../src/sandbox/salesforce/ids.ts';
import { type Bench, defineKey, keyField, QUIET, startBench, V68 } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const lead = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  attributes: { type: 'Lead' },
  LastName: '山田',
  Company: '見本',
  ...fields,
});
const BAD = { Company: null };
const ROLLED_BACK = [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: expect.any(String), fields: [] }];

describe('create', () => {
  test('answers each record in its place, with statusCode for the bad one', async () => {
    const { status, body } = await bench.api('POST', '/composite/sobjects', {
      allOrNone: false,
      records: [lead(), lead(BAD), lead()],
    });
    expect(status).toBe(200);
    expect(body).toEqual([
      { id: expect.stringMatching(/^00Q/), success: true, errors: [] },
      {
        success: false,
        errors: [
          {
            statusCode: 'REQUIRED_FIELD_MISSING',
            message: 'Required fields are missing: [Company]',
            fields: ['Company'],
          },
        ],
      },
      { id: expect.stringMatching(/^00Q/), success: true, errors: [] },
    ]);
    expect(bench.org.records('Lead')).toHaveLength(2);
  });

  test('rolls the innocent back where all or none is asked for', async () => {
    const { body } = await bench.api('POST', '/composite/sobjects', { allOrNone: true, records: [lead(), lead(BAD)] });
    expect(body).toMatchObject([
      { success: false, errors: ROLLED_BACK },
      { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect((body as object[])[0]).not.toHaveProperty('id');
    expect(bench.org.records('Lead')).toHaveLength(0);
  });

  test('mixes kinds of records, in at most ten runs of one kind', async () => {
    const contact = { attributes: { type: 'Contact' }, LastName: '佐藤' };
    expect((await bench.api('POST', '/composite/sobjects', { records: [lead(), contact] })).body).toMatchObject([
      { success: true },
      { success: true },
    ]);
    const striped = Array.from({ length: 11 }, (_, index) => (index % 2 === 0 ? lead() : contact));
    expect((await bench.api('POST', '/composite/sobjects', { records: striped })).status).toBe(400);
  });

  test('takes 200 records and not one more', async () => {
    const records = Array.from({ length: 201 }, () => lead());
    expect(await bench.api('POST', '/composite/sobjects', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }],
    });
    expect((await bench.api('POST', '/composite/sobjects', { records: records.slice(1) })).status).toBe(200);
  });

  test('of a record without a type is malformed as a whole', async () => {
    expect((await bench.api('POST', '/composite/sobjects', { records: [lead(), { LastName: 'a' }] })).status).toBe(400);
    expect(bench.org.records('Lead')).toHaveLength(0);
  });
});

describe('update', () => {
  test('goes by id in either spelling and tells what became of each', async () => {
    const [one, two, gone] = [bench.lead(), bench.lead(), bench.lead()];
    bench.org.remove('Lead', gone);
    const records = [
      { attributes: { type: 'Lead' }, id: one, Title: '課長' },
      { attributes: { type: 'Lead' }, Id: two.slice(0, 15), Title: '部長' },
      { attributes: { type: 'Lead' }, id: gone, Title: '係長' },
      { attributes: { type: 'Lead' }, id: to18('00Q5g0000009999'), Title: '主任' },
    ];
    const { body } = await bench.api('PATCH', '/composite/sobjects', { records }, QUIET);
    expect(body).toMatchObject([
      { id: one, success: true },
      { id: two, success: true },
      { id: gone, success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] },
      { success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] },
    ]);
    expect(bench.row('Lead', two)).toMatchObject({ Title: '部長' });
  });

  test('that is rolled back still names the innocent records', async () => {
    const [one, two] = [bench.lead(), bench.lead()];
    const records = [
      { attributes: { type: 'Lead' }, id: one, Title: '課長' },
      { attributes: { type: 'Lead' }, id: two, Status: 'Open' },
    ];
    const { body } = await bench.api('PATCH', '/composite/sobjects', { allOrNone: true, records }, QUIET);
    expect(body).toMatchObject([
      { id: one, success: false, errors: ROLLED_BACK },
      { id: two, success: false },
    ]);
    expect(bench.row('Lead', one)).toMatchObject({ Title: null });
  });
});

describe('upsert', () => {
  const path = '/composite/sobjects/Lead/Key__c';
  beforeEach(() => defineKey(bench));

  test('creates and updates by key and says which', async () => {
    const known = bench.lead({ Key__c: 'k1' });
    const { body } = await bench.api(
      'PATCH',
      path,
      { records: [lead({ Key__c: 'k1', Title: '課長' }), lead({ Key__c: 'k2' })] },
      QUIET,
    );
    expect(body).toMatchObject([
      { id: known, success: true, created: false },
      { success: true, created: true, errors: [] },
    ]);
    expect(bench.row('Lead', known)).toMatchObject({ Title: '課長' });
  });

  test('fails both records that name one key', async () => {
    const { body } = await bench.api('PATCH', path, {
      records: [lead({ Key__c: 'k1' }), lead({ Key__c: 'K1' }), lead({ Key__c: 'k2' })],
    });
    expect(body).toMatchObject([
      { success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] },
      { success: false },
      { success: true },
    ]);
    expect(bench.org.records('Lead')).toHaveLength(1);
  });

  test('of two hundred records, sent twice, makes none of them twice', async () => {
    const records = Array.from({ length: 200 }, (_, index) =>
      lead({ Key__c: `k${index}`, Email: `p${index}@example.co.jp` }),
    );
    await bench.api('PATCH', path, { records }, QUIET);
    const { body } = await bench.api('PATCH', path, { records }, QUIET);
    expect((body as { created: boolean }[]).every(({ created }) => !created)).toBe(true);
  });
});

test('delete removes by ids and reports the ones that are gone', async () => {
  const [one, two] = [bench.lead(), bench.lead()];
  bench.org.remove('Lead', two);
  const { body } = await bench.api('DELETE', `/composite/sobjects?ids=${one},${two}&allOrNone=false`);
  expect(body).toMatchObject([
    { id: one, success: true },
    { id: two, success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] },
  ]);
});

describe('retrieve', () => {
  test('leaves an empty slot for what is not there', async () => {
    const [one, two] = [bench.lead({ Title: '課長' }), bench.lead()];
    bench.org.remove('Lead', two);
    const { status, body } = await bench.api('POST', '/composite/sobjects/Lead', {
      ids: [two, one, 'x'],
      fields: ['Title'],
    });
    expect(status).toBe(200);
    expect(body).toEqual([
      null,
      { attributes: { type: 'Lead', url: `${V68}/sobjects/Lead/${one}` }, Title: '課長', Id: one },
      null,
    ]);
    expect((await bench.api('GET', `/composite/sobjects/Lead?ids=${one}&fields=Title,Name`)).body).toMatchObject([
      { Name: '山田' },
    ]);
  });

  test('fails as a whole for one field that is not readable, and beyond 2,000 ids', async () => {
    bench.org.defineField('Lead', { ...keyField(), name: 'Hidden__c' });
    expect(
      (await bench.api('POST', '/composite/sobjects/Lead', { ids: [bench.lead()], fields: ['Title', 'Hidden__c'] }))
        .status,
    ).toBe(400);
    const ids = Array.from({ length: 2001 }, () => bench.org.integrationUserId);
    expect((await bench.api('POST', '/composite/sobjects/Lead', { ids, fields: ['Id'] })).status).toBe(400);
  });
});
