import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const contact = (): Promise<string> => bench.create('Contact', { LastName: '佐藤' });
const deal = (fields: Record<string, unknown>): Promise<string> =>
  bench.create('Opportunity', { Name: '基幹刷新', StageName: '提案', CloseDate: '2026-12-31', ...fields });
const patch = (id: string, fields: Record<string, unknown>) =>
  bench.api('PATCH', `/sobjects/Opportunity/${id}`, fields);

describe('history', () => {
  test('keeps a picture of each change of stage, amount and date, and the lines of the tracked fields', async () => {
    const id = await deal({ Amount: 100 });
    bench.pass(DAY_MS);
    await patch(id, { StageName: '交渉', Amount: 200 });
    await patch(id, { NextStep: '訪問' });
    expect(
      await bench.rows('SELECT StageName, Amount, PrevAmount FROM OpportunityHistory ORDER BY CreatedDate'),
    ).toEqual([
      { StageName: '提案', Amount: 100, PrevAmount: null },
      { StageName: '交渉', Amount: 200, PrevAmount: 100 },
    ]);
    const lines =
      'SELECT Field, OldValue, NewValue FROM OpportunityFieldHistory WHERE CreatedDate >= 2026-11-22T00:00:00Z';
    expect(await bench.rows(lines)).toEqual([
      { Field: 'StageName', OldValue: '提案', NewValue: '交渉' },
      { Field: 'Amount', OldValue: 100, NewValue: 200 },
    ]);
  });

  test('of an owner has a line with names and one with ids, and no stamp to pull by', async () => {
    const id = bench.lead();
    bench.org.touch('Lead', id, { OwnerId: bench.org.administratorId, Title: '部長' });
    expect(
      await bench.rows("SELECT LeadId, Field, DataType, OldValue, NewValue FROM LeadHistory WHERE Field != 'created'"),
    ).toEqual([
      { LeadId: id, Field: 'Owner', DataType: 'Text', OldValue: '連携 Tasuki', NewValue: '管理者 システム' },
      {
        LeadId: id,
        Field: 'Owner',
        DataType: 'EntityId',
        OldValue: bench.org.integrationUserId,
        NewValue: bench.org.administratorId,
      },
    ]);
    expect((await bench.query('SELECT SystemModstamp FROM LeadHistory')).body).toMatchObject([
      { errorCode: 'INVALID_FIELD' },
    ]);
  });

  test('is kept of the objects and fields that the administrator tracks', async () => {
    const id = await contact();
    bench.org.touch('Contact', id, { Title: '課長' });
    expect(bench.org.records('ContactHistory')).toHaveLength(0);
    bench.org.switches.trackedFields['Contact'] = ['Title'];
    bench.org.touch('Contact', id, { Title: '部長' });
    expect(bench.org.records('ContactHistory')).toMatchObject([{ Field: 'Title', OldValue: '課長', NewValue: '部長' }]);
  });

  test('tells its own kind in spite of the prefix that all field histories share', async () => {
    bench.lead();
    await deal({});
    const { body } = await bench.query('SELECT Id FROM OpportunityFieldHistory');
    expect(body).toMatchObject({ records: [{ attributes: { type: 'OpportunityFieldHistory' } }] });
  });

  test('is written by nobody', async () => {
    expect((await bench.api('POST', '/sobjects/LeadHistory', { LeadId: bench.lead() })).body).toMatchObject([
      { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
    ]);
  });
});
