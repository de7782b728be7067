import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, HOUR_MS, NOW, QUIET, startBench } from './support.ts';

const LATER = '2026-11-21T08:03:05.000+0000';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const window = 'start=2026-11-21T07:00:00%2B00:00&end=2026-11-21T09:30:00%2B00:00';

describe('a transaction that stays open', () => {
  test('shows its rows only at the end, with the stamp of when it wrote them', async () => {
    const id = bench.lead();
    bench.pass(HOUR_MS);
    bench.org.switches.holdTransaction = true;
    bench.org.touch('Lead', id, { Title: '課長' });
    const made = bench.org.seed('Lead', { LastName: '鈴木', Company: '見本' }, { at: bench.kernel.clock.now() });
    bench.pass(HOUR_MS);
    expect(await bench.rows('SELECT Title, SystemModstamp FROM Lead')).toEqual([{ Title: null, SystemModstamp: NOW }]);
    expect((await bench.api('GET', `/sobjects/Lead/${made}`)).status).toBe(404);
    bench.org.switches.holdTransaction = false;
    expect(await bench.rows('SELECT Title, SystemModstamp FROM Lead ORDER BY Id')).toEqual([
      { Title: '課長', SystemModstamp: LATER },
      { Title: null, SystemModstamp: LATER },
    ]);
  });

  test('locks its rows, and getUpdated covers nothing beyond its beginning', async () => {
    const id = bench.lead();
    bench.pass(HOUR_MS);
    bench.org.switches.holdTransaction = true;
    bench.org.touch('Lead', id, { Title: '課長' });
    bench.pass(HOUR_MS);
    expect((await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: 'a' }, QUIET)).body).toMatchObject([
      { errorCode: 'UNABLE_TO_LOCK_ROW' },
    ]);
    expect((await bench.api('POST', '/sobjects/Task', { WhoId: id })).body).toMatchObject([
      { errorCode: 'UNABLE_TO_LOCK_ROW' },
    ]);
    expect(bench.org.records('Task')).toHaveLength(0);
    expect((await bench.api('GET', `/sobjects/Lead/updated?${window}`)).body).toMatchObject({
      latestDateCovered: '2026-11-21T08:03:00.000+0000',
    });
  });
});

describe('the bin', () => {
  test('hides a deleted record from query and shows it to queryAll until 15 days have passed', async () => {
    const id = bench.lead();
    await bench.api('DELETE', `/sobjects/Lead/${id}`);
    const all = `/queryAll?q=${encodeURIComponent('SELECT Id, IsDeleted FROM Lead')}`;
    expect(await bench.rows('SELECT Id FROM Lead')).toEqual([]);
    expect((await bench.api('GET', all)).body).toMatchObject({ totalSize: 1, records: [{ Id: id, IsDeleted: true }] });
    expect((await bench.api('GET', `/sobjects/Lead/${id}`)).status).toBe(404);
    bench.pass(15 * DAY_MS + 1000);
    expect((await bench.api('GET', all)).body).toMatchObject({ totalSize: 0 });
  });

  test('takes the activities of a lead along', async () => {
    const id = bench.lead();
    const task = await bench.create('Task', { WhoId: id });
    bench.org.remove('Lead', id);
    expect(bench.row('Task', task)).toMatchObject({ IsDeleted: true });
  });
});

describe('replication', () => {
  test('lists what was stamped and what was deleted in a window, minute by minute', async () => {
    const [kept, gone] = [bench.lead(), bench.lead()];
    bench.org.remove('Lead', gone);
    bench.pass(2 * HOUR_MS);
    expect((await bench.api('GET', `/sobjects/Lead/updated?${window}`)).body).toEqual({
      ids: [kept],
      latestDateCovered: '2026-11-21T09:03:00.000+0000',
    });
    expect((await bench.api('GET', `/sobjects/Lead/deleted?${window}`)).body).toMatchObject({
      deletedRecords: [{ id: gone, deletedDate: NOW }],
    });
    const past = 'start=2026-11-21T07:04:00%2B00:00&end=2026-11-21T08:00:00%2B00:00';
    expect((await bench.api('GET', `/sobjects/Lead/updated?${past}`)).body).toMatchObject({ ids: [] });
  });

  test.each([
    ['updated', 'start=2026-11-21T08:00:00Z&end=2026-11-21T07:00:00Z'],
    ['updated', 'start=2026-10-01T07:00:00Z&end=2026-11-21T07:00:00Z'],
    ['deleted', 'start=2026-11-01T07:00:00Z&end=2026-11-21T07:00:00Z'],
    ['deleted', 'start=2026-11-21T07:00:00Z&end=2026-11-21T07:00:30Z'],
  ])('%s refuses a window that is inside out, too old or too short', async (kind, query) => {
    expect(await bench.api('GET', `/sobjects/Lead/${kind}?${query}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_REPLICATION_DATE' }],
    });
  });
});

describe('a clock that is off', () => {
  test.each([5 * 60_000, -5 * 60_000])('by %i ms dates stamps and answers alike', async (off) => {
    bench.org.switches.clockAheadMs = off;
    const at = new Date(Math.floor((bench.kernel.clock.now() + off) / 1_000) * 1_000);
    const made = await bench.create('Lead', { LastName: '鈴木', Company: '見本' });
    const answer = await bench.api('GET', `/sobjects/Lead/${made}`);
    expect(answer.body).toMatchObject({ SystemModstamp: at.toISOString().replace('Z', '+0000') });
    expect(answer.headers['date']).toBe(at.toUTCString());
  });
});
