import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, START, startBench } from './support.ts';

type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: { LastName: string }[] };

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

function fill(count: number): void {
  for (let index = 0; index < count; index++) {
    bench.org.seed(
      'Lead',
      { LastName: `L${String(index).padStart(5, '0')}`, Company: '見本' },
      { at: START + index * 1000 },
    );
  }
}

async function page(soql: string, headers?: Record<string, string>): Promise<Page> {
  const { status, body } = await bench.query(soql, headers);
  expect(status).toBe(200);
  return body as Page;
}

describe('pages', () => {
  test('hold 2,000 rows and name the next one', async () => {
    fill(2001);
    const first = await page('SELECT LastName FROM Lead ORDER BY LastName');
    expect(first).toMatchObject({
      totalSize: 2001,
      done: false,
      nextRecordsUrl: expect.stringMatching(/\/services\/data\/v68\.0\/query\/01g\w{15}-2000$/),
    });
    expect(first.records).toHaveLength(2000);
    const second = (await bench.http('GET', first.nextRecordsUrl as string)).body as Page;
    expect(second).toMatchObject({ totalSize: 2001, done: true, records: [{ LastName: 'L02000' }] });
    expect(second).not.toHaveProperty('nextRecordsUrl');
  });

  test('may be asked for smaller, down to 200, and wide rows make them smaller still', async () => {
    fill(500);
    expect((await page('SELECT LastName FROM Lead', { 'sforce-query-options': 'batchSize=250' })).records).toHaveLength(
      250,
    );
    expect((await page('SELECT LastName FROM Lead', { 'sforce-query-options': 'batchSize=1' })).records).toHaveLength(
      200,
    );
    bench.org.switches.queryPageCap = 50;
    expect((await page('SELECT LastName FROM Lead')).records).toHaveLength(50);
  });

  test('show the moment of the query, however often they are read and whatever changes meanwhile', async () => {
    fill(300);
    const first = await page('SELECT Id, LastName FROM Lead ORDER BY LastName', {
      'sforce-query-options': 'batchSize=200',
    });
    const [row] = await bench.rows("SELECT Id FROM Lead WHERE LastName = 'L00200'");
    bench.org.touch('Lead', String(row?.['Id']), { LastName: '変更後' });
    bench.org.remove('Lead', String((await bench.rows("SELECT Id FROM Lead WHERE LastName = 'L00201'"))[0]?.['Id']));
    for (let reading = 1; reading <= 2; reading++) {
      const next = (await bench.http('GET', first.nextRecordsUrl as string)).body as Page;
      expect(next.records).toHaveLength(100);
      expect(next.records.slice(0, 2)).toMatchObject([{ LastName: 'L00200' }, { LastName: 'L00201' }]);
    }
  });

  test('stay open for two days, then their locator is invalid', async () => {
    fill(201);
    const first = await page('SELECT LastName FROM Lead', { 'sforce-query-options': 'batchSize=200' });
    bench.pass(2 * DAY_MS - 60_000);
    expect((await bench.http('GET', first.nextRecordsUrl as string)).status).toBe(200);
    bench.pass(120_000);
    expect(await bench.http('GET', first.nextRecordsUrl as string)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }],
    });
  });

  test('of queryAll go on under /query/ and still hold deleted rows', async () => {
    fill(201);
    for (const row of bench.org.records('Lead')) bench.org.remove('Lead', String(row['Id']));
    const soql = encodeURIComponent('SELECT IsDeleted FROM Lead');
    const { body } = await bench.api('GET', `/queryAll?q=${soql}`, undefined, {
      'sforce-query-options': 'batchSize=200',
    });
    const next = (body as Page).nextRecordsUrl as string;
    expect(next).toContain('/v68.0/query/');
    expect((await bench.http('GET', next)).body).toMatchObject({ records: [{ IsDeleted: true }] });
  });
});

describe('counting', () => {
  test('count() gives a total and no records', async () => {
    fill(3);
    expect((await bench.query('SELECT count() FROM Lead')).body).toEqual({ totalSize: 3, done: true, records: [] });
  });

  test('aggregates come as AggregateResult with expr0 or their alias', async () => {
    fill(3);
    bench.lead({ LastName: 'X', Status: '対応中', NumberOfEmployees: 10 });
    const { body } = await bench.query(
      'SELECT Status, COUNT(Id), MAX(NumberOfEmployees) most FROM Lead GROUP BY Status',
    );
    expect(body).toEqual({
      totalSize: 2,
      done: true,
      records: [
        { attributes: { type: 'AggregateResult' }, Status: '未対応', expr0: 3, most: null },
        { attributes: { type: 'AggregateResult' }, Status: '対応中', expr0: 1, most: 10 },
      ],
    });
  });
});

test('a keyset pull reads every row once, many of them with one stamp', async () => {
  for (let index = 0; index < 4500; index++) {
    bench.org.seed('Lead', { LastName: `L${index}`, Company: '見本' }, { at: START + Math.floor(index / 3000) * 1000 });
  }
  const seen = new Set<string>();
  let [stamp, id] = ['2026-11-21T00:00:00Z', ''];
  for (let pages = 0; pages < 5; pages++) {
    const after = `SystemModstamp > ${stamp} OR Id > '${id}'`;
    const rows = await bench.rows(
      `SELECT Id, SystemModstamp FROM Lead WHERE SystemModstamp >= ${stamp} AND (${after}) ORDER BY SystemModstamp, Id LIMIT 2000`,
    );
    for (const row of rows) seen.add(String(row['Id']));
    const last = rows.at(-1);
    if (last === undefined) break;
    [stamp, id] = [String(last['SystemModstamp']).replace('+0000', 'Z'), String(last['Id'])];
  }
  expect(seen.size).toBe(4500);
});
