import { beforeEach, describe, expect, test } from 'vitest';
import { to18 } from '../../../src/sandbox/salesforce/ids.ts';
import { type Bench, DAY_MS, defineKey, NOW, QUIET, START, startBench, V68 } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('ids and stamps', () => {
  test('the three extra characters of an id tell where its capitals are', () => {
    expect(to18('00D5g000001Tasu')).toBe('00D5g000001TasuEAC');
    expect(to18('001xx000003DGb1')).toBe('001xx000003DGb1AAG');
    expect(to18('ABCDEabcdeAAAAA')).toBe('ABCDEabcdeAAAAA5A5');
    expect(to18('00D5g000001TasuAAA')).toBeUndefined();
  });

  test.each([
    ['Lead', '00Q', { LastName: 'a', Company: 'b' }],
    ['Contact', '003', { LastName: 'a' }],
    ['Account', '001', { Name: 'a' }],
    ['Task', '00T', {}],
    ['Opportunity', '006', { Name: 'a', StageName: '提案', CloseDate: '2026-12-31' }],
    ['Campaign', '701', { Name: 'a' }],
    ['EmailMessage', '02s', {}],
    ['Event', '00U', { StartDateTime: '2026-11-24T01:00:00Z', EndDateTime: '2026-11-24T02:00:00Z' }],
  ])('a new %s has an 18-character id that begins with %s', async (type, prefix, fields) => {
    const id = await bench.create(type, fields);
    expect(id).toHaveLength(18);
    expect(id.startsWith(prefix)).toBe(true);
    expect(to18(id)).toBe(id);
  });

  test('a record is found by the short form of its id too', async () => {
    const id = bench.lead();
    expect((await bench.api('GET', `/sobjects/Lead/${id.slice(0, 15)}`)).body).toMatchObject({ Id: id });
  });

  test('stamps are whole seconds of the one clock', async () => {
    const id = await bench.create('Lead', { LastName: 'a', Company: 'b' });
    expect(bench.row('Lead', id)).toMatchObject({
      CreatedDate: NOW,
      LastModifiedDate: NOW,
      SystemModstamp: NOW,
      CreatedById: bench.org.integrationUserId,
    });
    bench.pass(DAY_MS);
    await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: '課長' }, QUIET);
    expect(bench.row('Lead', id)).toMatchObject({ CreatedDate: NOW, SystemModstamp: '2026-11-22T07:03:05.000+0000' });
  });
});

describe('one record', () => {
  test('is created, read, changed and deleted', async () => {
    const made = await bench.api(
      'POST',
      '/sobjects/Lead',
      { LastName: '山田', FirstName: '太郎', Company: '見本' },
      QUIET,
    );
    const { id } = made.body as { id: string };
    expect(made).toMatchObject({
      status: 201,
      body: { id, success: true, errors: [] },
      headers: { location: `${V68}/sobjects/Lead/${id}` },
    });
    const read = await bench.api('GET', `/sobjects/Lead/${id}?fields=Name,Status`);
    expect(read.body).toEqual({
      attributes: { type: 'Lead', url: `${V68}/sobjects/Lead/${id}` },
      Name: '山田 太郎',
      Status: '未対応',
      Id: id,
    });
    expect(await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: '' }, QUIET)).toMatchObject({
      status: 204,
      body: '',
    });
    expect((await bench.api('DELETE', `/sobjects/Lead/${id}`)).status).toBe(204);
    expect(await bench.api('DELETE', `/sobjects/Lead/${id}`)).toMatchObject({
      status: 404,
      body: [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }],
    });
  });

  test('that never was is not found', async () => {
    const id = to18('00Q5g0000009999') as string;
    expect(await bench.api('GET', `/sobjects/Lead/${id}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND' }],
    });
    expect((await bench.api('GET', '/sobjects/Unicorn/x')).status).toBe(404);
  });

  test('a body that is no JSON is refused as such', async () => {
    expect(await bench.api('POST', '/sobjects/Lead', '{"LastName":')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
  });

  test('an update that the caller knows to be stale is refused with 412', async () => {
    const id = bench.lead();
    bench.pass(DAY_MS);
    bench.org.touch('Lead', id, { Title: '部長' });
    const since = { 'if-unmodified-since': new Date(START).toUTCString(), ...QUIET };
    expect((await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: '課長' }, since)).status).toBe(412);
    const later = { 'if-modified-since': new Date(START + 2 * DAY_MS).toUTCString() };
    expect((await bench.api('GET', `/sobjects/Lead/${id}`, undefined, later)).status).toBe(304);
  });
});

describe('upsert by external id', () => {
  const path = '/sobjects/Lead/Key__c/k%2F1';
  const fields = { LastName: '山田', Company: '見本' };
  beforeEach(() => defineKey(bench));

  test('creates with 201 and then updates with 200', async () => {
    const first = await bench.api('PATCH', path, fields, QUIET);
    const { id } = first.body as { id: string };
    expect(first).toMatchObject({ status: 201, body: { id, success: true, errors: [], created: true } });
    expect(bench.row('Lead', id)).toMatchObject({ Key__c: 'k/1' });
    expect(await bench.api('PATCH', path, fields, QUIET)).toMatchObject({ status: 200, body: { id, created: false } });
    expect((await bench.api('GET', path)).body).toMatchObject({ Id: id });
  });

  test('creates nothing where the caller asks for updates only', async () => {
    expect((await bench.api('PATCH', `${path}?updateOnly=true`, fields, QUIET)).status).toBe(404);
    expect(bench.org.records('Lead')).toHaveLength(0);
  });

  test('refuses the key or an id inside the body, and a key that is not one', async () => {
    expect((await bench.api('PATCH', path, { ...fields, Key__c: 'k' })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect((await bench.api('PATCH', path, { ...fields, Id: bench.lead() })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
    expect(await bench.api('PATCH', '/sobjects/Lead/LastName/x', fields)).toMatchObject({
      status: 404,
      body: [
        { message: 'Provided external ID field does not exist or is not accessible: LastName', errorCode: 'NOT_FOUND' },
      ],
    });
  });

  test('chooses nobody where several records hold a key that is not unique', async () => {
    bench.org.reset();
    bench.login();
    defineKey(bench, 'Lead', { unique: false });
    const ids = [bench.lead({ Key__c: 'k/1' }), bench.lead({ Key__c: 'k/1' })];
    expect(await bench.api('PATCH', path, fields)).toMatchObject({
      status: 300,
      body: ids.map((id) => `${V68}/sobjects/Lead/${id}`),
    });
  });
});
