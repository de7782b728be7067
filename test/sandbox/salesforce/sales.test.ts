import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, HOUR_MS, NOW, startBench } from './support.ts';

const LATER = '2026-11-21T08:03:05.000+0000';
let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const DEAL = { Name: '基幹刷新', StageName: '提案', CloseDate: '2026-12-31' };
const deal = (fields: Record<string, unknown> = {}): Promise<string> =>
  bench.create('Opportunity', { ...DEAL, ...fields });
const contact = (fields: Record<string, unknown> = {}): Promise<string> =>
  bench.create('Contact', { LastName: '佐藤', ...fields });
const patch = (id: string, fields: Record<string, unknown>) =>
  bench.api('PATCH', `/sobjects/Opportunity/${id}`, fields);
const queryAll = async (soql: string): Promise<unknown[]> =>
  ((await bench.api('GET', `/queryAll?q=${encodeURIComponent(soql)}`)).body as { records: unknown[] }).records;

describe('an opportunity', () => {
  test('takes its chance, its forecast and whether it is over from the stage', async () => {
    const id = await deal({ Amount: 1_000_000 });
    expect(bench.row('Opportunity', id)).toMatchObject({
      Probability: 30,
      ForecastCategory: 'Pipeline',
      ForecastCategoryName: 'Pipeline',
      ExpectedRevenue: 300_000,
      IsClosed: false,
      IsWon: false,
      LastStageChangeDate: null,
    });
    bench.pass(HOUR_MS);
    await patch(id, { StageName: '失注', Loss_Reason__c: '価格' });
    expect(bench.row('Opportunity', id)).toMatchObject({
      Probability: 0,
      ForecastCategoryName: 'Omitted',
      IsClosed: true,
      IsWon: false,
      LastStageChangeDate: LATER,
      Loss_Reason__c: '価格',
    });
  });

  test('keeps a chance that is named with the stage, and loses it at the next stage', async () => {
    const id = await deal({ Probability: 45 });
    expect(bench.row('Opportunity', id)).toMatchObject({ Probability: 45 });
    await patch(id, { NextStep: '電話' });
    expect(bench.row('Opportunity', id)).toMatchObject({ Probability: 45, LastStageChangeDate: null });
    await patch(id, { StageName: '受注' });
    expect(bench.row('Opportunity', id)).toMatchObject({ Probability: 100, ForecastCategory: 'Closed', IsWon: true });
  });

  test('wants a name, a stage and a date, and takes a stage that no list knows', async () => {
    expect((await bench.api('POST', '/sobjects/Opportunity', { Amount: 1 })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name', 'StageName', 'CloseDate'] },
    ]);
    const id = await deal({ StageName: 'Prospecting' });
    expect(bench.row('Opportunity', id)).toMatchObject({ Probability: 0, IsClosed: false });
  });

  test('is not closed by hand, and its contact is named at the beginning only', async () => {
    const id = await deal({ ContactId: await contact() });
    const refusal = { status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] };
    expect(await patch(id, { IsWon: true })).toMatchObject(refusal);
    expect(await patch(id, { ContactId: await contact() })).toMatchObject(refusal);
  });

  test('counts how often it was put off into a later month', async () => {
    const id = await deal();
    for (const CloseDate of ['2026-12-20', '2027-01-10', '2027-02-01', '2027-01-31']) await patch(id, { CloseDate });
    expect(bench.row('Opportunity', id)).toMatchObject({ PushCount: 2 });
  });

  test('is stamped by the system, with its account, when a task about it is closed', async () => {
    const account = await bench.create('Account', { Name: '見本' });
    const id = await deal({ AccountId: account });
    bench.pass(HOUR_MS);
    const task = await bench.create('Task', { WhatId: id, ActivityDate: '2026-11-20', Status: '完了' });
    expect(bench.row('Task', task)).toMatchObject({ AccountId: account });
    const touched = { SystemModstamp: LATER, LastModifiedDate: NOW, LastActivityDate: '2026-11-20' };
    expect([bench.row('Opportunity', id), bench.row('Account', account)]).toMatchObject([touched, touched]);
  });

  test('may keep an owner who has left', async () => {
    const gone = bench.org.seedUser({ email: 'left@example.co.jp', lastName: '退職', firstName: '者', active: false });
    expect(bench.row('Opportunity', await deal({ OwnerId: gone }))).toMatchObject({ OwnerId: gone });
  });
});

describe('contact roles', () => {
  test('come by themselves for the contact that the opportunity names', async () => {
    const who = await contact();
    const id = await deal({ ContactId: who });
    expect(bench.org.records('OpportunityContactRole')).toMatchObject([
      { OpportunityId: id, ContactId: who, IsPrimary: true, Role: null },
    ]);
  });

  test('have one leader: the newest', async () => {
    const id = await deal({ ContactId: await contact() });
    const second = await contact();
    await bench.create('OpportunityContactRole', { OpportunityId: id, ContactId: second, IsPrimary: true });
    expect(await bench.rows('SELECT ContactId FROM OpportunityContactRole WHERE IsPrimary = true')).toEqual([
      { ContactId: second },
    ]);
    expect(bench.row('Opportunity', id)).toMatchObject({ ContactId: second });
  });

  test('stay with their opportunity', async () => {
    const [first, second] = [await deal(), await deal()];
    const role = await bench.create('OpportunityContactRole', { OpportunityId: first, ContactId: await contact() });
    expect(
      await bench.api('PATCH', `/sobjects/OpportunityContactRole/${role}`, { OpportunityId: second }),
    ).toMatchObject({ body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
  });

  test('leave no trace when they are deleted, but go to the bin with their opportunity and come back with it', async () => {
    const id = await deal({ ContactId: await contact() });
    const lost = await bench.create('OpportunityContactRole', { OpportunityId: id, ContactId: await contact() });
    await bench.api('DELETE', `/sobjects/OpportunityContactRole/${lost}`);
    expect(await queryAll('SELECT Id FROM OpportunityContactRole')).toHaveLength(1);
    bench.org.remove('Opportunity', id);
    expect(await queryAll('SELECT IsDeleted FROM OpportunityContactRole')).toMatchObject([{ IsDeleted: true }]);
    bench.org.undelete('Opportunity', id);
    expect(await bench.rows('SELECT IsPrimary FROM OpportunityContactRole')).toEqual([{ IsPrimary: true }]);
  });
});

describe('line items', () => {
  async function priced(price: number): Promise<string> {
    const [book] = bench.org.records('Pricebook2');
    const product = await bench.create('Product2', { Name: 'ライセンス' });
    return bench.create('PricebookEntry', { Pricebook2Id: book?.['Id'], Product2Id: product, UnitPrice: price });
  }
  const line = (id: string, entry: string, fields: Record<string, unknown>): Promise<string> =>
    bench.create('OpportunityLineItem', { OpportunityId: id, PricebookEntryId: entry, ...fields });

  test('own the amount: what is written there is dropped without a word, the rest is kept', async () => {
    const id = await deal({ Amount: 5 });
    const entry = await priced(100);
    await line(id, entry, { Quantity: 3, UnitPrice: 90 });
    await line(id, entry, { Quantity: 2, TotalPrice: 100 });
    expect(bench.row('Opportunity', id)).toMatchObject({
      Amount: 370,
      HasOpportunityLineItem: true,
      TotalOpportunityQuantity: 5,
      ExpectedRevenue: 111,
    });
    expect((await patch(id, { Amount: 1, NextStep: '訪問' })).status).toBe(204);
    expect(bench.row('Opportunity', id)).toMatchObject({ Amount: 370, NextStep: '訪問' });
  });

  test('give the amount back when the last of them goes', async () => {
    const id = await deal();
    const item = await line(id, await priced(100), { Quantity: 1, UnitPrice: 100 });
    await bench.api('DELETE', `/sobjects/OpportunityLineItem/${item}`);
    expect(bench.row('Opportunity', id)).toMatchObject({ Amount: 100, HasOpportunityLineItem: false });
    await patch(id, { Amount: 7 });
    expect(bench.row('Opportunity', id)).toMatchObject({ Amount: 7 });
  });

  test('want one price, and follow from it with quantity and discount', async () => {
    const id = await deal();
    const entry = await priced(100);
    const bad = { OpportunityId: id, PricebookEntryId: entry, Quantity: 1 };
    expect((await bench.api('POST', '/sobjects/OpportunityLineItem', bad)).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING' },
    ]);
    const item = await line(id, entry, { Quantity: 2, UnitPrice: 100, Discount: 10 });
    await bench.api('PATCH', `/sobjects/OpportunityLineItem/${item}`, { Quantity: 3 });
    expect(bench.row('OpportunityLineItem', item)).toMatchObject({ UnitPrice: 100, TotalPrice: 270, ListPrice: 100 });
    expect(bench.row('Opportunity', id)).toMatchObject({ Amount: 270 });
  });

  test('come from the price book of the deal, which the first of them chooses', async () => {
    const id = await deal();
    const entry = await priced(100);
    await line(id, entry, { Quantity: 1, UnitPrice: 100 });
    const [standard] = bench.org.records('Pricebook2');
    expect(bench.row('Opportunity', id)).toMatchObject({ Pricebook2Id: standard?.['Id'] });
    const Pricebook2Id = await bench.create('Pricebook2', { Name: '特価' });
    const { Product2Id } = bench.row('PricebookEntry', entry);
    const other = await bench.create('PricebookEntry', { Pricebook2Id, Product2Id, UnitPrice: 80 });
    const bad = { OpportunityId: id, PricebookEntryId: other, Quantity: 1, UnitPrice: 80 };
    expect((await bench.api('POST', '/sobjects/OpportunityLineItem', bad)).body).toMatchObject([
      { errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
    ]);
  });
});
