import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, defineKey, HOUR_MS, NOW, startBench } from './support.ts';

const LATER = '2026-11-21T08:03:05.000+0000';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('a task', () => {
  test('takes its status, priority and kind from the Japanese lists', async () => {
    const id = await bench.create('Task', { Subject: '電話' });
    expect(bench.row('Task', id)).toMatchObject({
      Status: '未着手',
      Priority: '中',
      TaskSubtype: 'Task',
      IsClosed: false,
      IsHighPriority: false,
      CompletedDateTime: null,
    });
  });

  test('is closed and dated by its status, and opened again by it', async () => {
    const id = await bench.create('Task', { Priority: '高' });
    await bench.api('PATCH', `/sobjects/Task/${id}`, { Status: '完了' });
    expect(bench.row('Task', id)).toMatchObject({ IsClosed: true, IsHighPriority: true, CompletedDateTime: NOW });
    bench.pass(HOUR_MS);
    await bench.api('PATCH', `/sobjects/Task/${id}`, { Subject: '再送' });
    expect(bench.row('Task', id)).toMatchObject({ CompletedDateTime: NOW });
    await bench.api('PATCH', `/sobjects/Task/${id}`, { Status: '進行中' });
    expect(bench.row('Task', id)).toMatchObject({ IsClosed: false, CompletedDateTime: null });
  });

  test('keeps the kind that it was created with, and its closing is not written by hand', async () => {
    const id = await bench.create('Task', { TaskSubtype: 'Call' });
    const refusal = { status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] };
    expect(await bench.api('PATCH', `/sobjects/Task/${id}`, { TaskSubtype: 'Email' })).toMatchObject(refusal);
    expect(await bench.api('PATCH', `/sobjects/Task/${id}`, { IsClosed: true })).toMatchObject(refusal);
    expect(bench.row('Task', id)).toMatchObject({ TaskSubtype: 'Call', IsClosed: false });
  });

  test('of a lead has no other relation', async () => {
    const account = await bench.create('Account', { Name: '見本' });
    expect(await bench.api('POST', '/sobjects/Task', { WhoId: bench.lead(), WhatId: account })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }],
    });
  });

  test('of a contact belongs to the contact’s account', async () => {
    const account = await bench.create('Account', { Name: '見本' });
    const contact = await bench.create('Contact', { LastName: '佐藤', AccountId: account });
    const id = await bench.create('Task', { WhoId: contact });
    expect(bench.row('Task', id)).toMatchObject({ AccountId: account });
  });

  test('is upserted by a key of Activity, which no event may hold at the same time', async () => {
    defineKey(bench, 'Activity');
    const { status, body } = await bench.api('PATCH', '/sobjects/Task/Key__c/k1', { Subject: '電話' });
    expect({ status, body }).toMatchObject({ status: 201, body: { created: true } });
    expect((await bench.api('PATCH', '/sobjects/Task/Key__c/k1', { Status: '完了' })).body).toMatchObject({
      created: false,
    });
    const event = { StartDateTime: '2026-11-24T01:00:00Z', DurationInMinutes: 30, Key__c: 'k1' };
    expect((await bench.api('POST', '/sobjects/Event', event)).body).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);
  });
});

describe('an event', () => {
  test('works out its end, its day and its duration', async () => {
    const id = await bench.create('Event', { StartDateTime: '2026-11-24T16:00:00+00:00', DurationInMinutes: 60 });
    expect(bench.row('Event', id)).toMatchObject({
      EndDateTime: '2026-11-24T17:00:00.000+0000',
      ActivityDateTime: '2026-11-24T16:00:00.000+0000',
      ActivityDate: '2026-11-25',
    });
  });

  test('without a time is refused', async () => {
    expect((await bench.api('POST', '/sobjects/Event', { Subject: '訪問' })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['StartDateTime'] },
    ]);
  });
});

describe('the person that an activity hangs on', () => {
  test('is stamped by the system when a task is logged, and not as an edit', async () => {
    const lead = bench.lead();
    bench.pass(HOUR_MS);
    await bench.create('Task', { WhoId: lead, ActivityDate: '2026-11-21' });
    expect(bench.row('Lead', lead)).toMatchObject({
      SystemModstamp: LATER,
      LastModifiedDate: NOW,
      LastActivityDate: null,
    });
  });

  test('gets the day of a task once it is closed, and never an earlier one', async () => {
    const lead = bench.lead();
    const id = await bench.create('Task', { WhoId: lead, ActivityDate: '2026-11-20' });
    await bench.api('PATCH', `/sobjects/Task/${id}`, { Status: '完了' });
    expect(bench.row('Lead', lead)).toMatchObject({ LastActivityDate: '2026-11-20' });
    await bench.create('Task', { WhoId: lead, ActivityDate: '2026-11-10', Status: '完了' });
    expect(bench.row('Lead', lead)).toMatchObject({ LastActivityDate: '2026-11-20' });
  });

  test('is stamped on both sides when a task moves from one to the other', async () => {
    const [from, to] = [bench.lead(), bench.lead()];
    const id = await bench.create('Task', { WhoId: from });
    bench.pass(HOUR_MS);
    await bench.api('PATCH', `/sobjects/Task/${id}`, { WhoId: to });
    expect([bench.row('Lead', from), bench.row('Lead', to)]).toMatchObject([
      { SystemModstamp: LATER },
      { SystemModstamp: LATER },
    ]);
  });

  test('can be stamped by the system alone', () => {
    const lead = bench.lead();
    bench.pass(HOUR_MS);
    bench.org.systemTouch('Lead', lead);
    expect(bench.row('Lead', lead)).toMatchObject({ SystemModstamp: LATER, LastModifiedDate: NOW });
  });
});

test('a closed task of more than a year ago is archived: query misses it, queryAll does not', async () => {
  await bench.create('Task', { Status: '完了', ActivityDate: '2026-11-20' });
  await bench.create('Task', { Status: '未着手', ActivityDate: '2026-11-20' });
  bench.pass(366 * DAY_MS);
  expect(await bench.rows('SELECT IsClosed FROM Task')).toEqual([{ IsClosed: false }]);
  const all = await bench.api('GET', `/queryAll?q=${encodeURIComponent('SELECT IsArchived FROM Task')}`);
  expect(all.body).toMatchObject({ totalSize: 2 });
});
