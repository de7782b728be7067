import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const SENT = {
  Subject: 'お見積の件',
  FromAddress: 'is@example.co.jp',
  ToAddress: 'sato@example.co.jp',
  Status: '3',
  MessageDate: '2026-11-20T16:00:00Z',
};
const relate = (mail: string, RelationId: string, RelationType = 'ToAddress'): Promise<string> =>
  bench.create('EmailMessageRelation', { EmailMessageId: mail, RelationId, RelationType });
const taskOf = (mail: string) => bench.row('Task', String(bench.row('EmailMessage', mail)['ActivityId']));

describe('a sent mail', () => {
  test('gets a closed task of its own, which the first person whom it reached hangs on', async () => {
    const contact = await bench.create('Contact', { LastName: '佐藤', Email: 'sato@example.co.jp' });
    const mail = await bench.create('EmailMessage', SENT);
    await relate(mail, bench.org.integrationUserId, 'FromAddress');
    const relation = await relate(mail, contact);
    expect(taskOf(mail)).toMatchObject({
      Subject: 'メール: お見積の件',
      TaskSubtype: 'Email',
      IsClosed: true,
      ActivityDate: '2026-11-21',
      WhoId: contact,
    });
    expect(bench.row('EmailMessageRelation', relation)).toMatchObject({
      RelationAddress: 'sato@example.co.jp',
      RelationObjectType: 'Contact',
    });
    expect(bench.row('Contact', contact)).toMatchObject({ LastActivityDate: '2026-11-21' });
  });

  test('gets none where the org has that off, nor while it is a draft', async () => {
    const draft = await bench.create('EmailMessage', { ...SENT, Status: '5' });
    expect(bench.row('EmailMessage', draft)).toMatchObject({ ActivityId: null });
    bench.org.switches.mailTasks = false;
    await bench.create('EmailMessage', SENT);
    expect(bench.org.records('Task')).toHaveLength(0);
  });

  test('gets its task when the draft is sent, and about the deal that it names', async () => {
    const deal = await bench.create('Opportunity', { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31' });
    const draft = await bench.create('EmailMessage', { ...SENT, RelatedToId: deal, Status: '5' });
    expect((await bench.api('PATCH', `/sobjects/EmailMessage/${draft}`, { Status: '3' })).status).toBe(204);
    await relate(draft, bench.lead());
    // A task of a lead has no other relation, so the deal keeps it.
    expect(taskOf(draft)).toMatchObject({ WhatId: deal, WhoId: null });
  });

  test('is not rewritten: only its visibility may change, and new to read', async () => {
    const mail = await bench.create('EmailMessage', { ...SENT, Status: '0', Incoming: true });
    const patch = (fields: object) => bench.api('PATCH', `/sobjects/EmailMessage/${mail}`, fields);
    expect(await patch({ Subject: '別件' })).toMatchObject({
      status: 403,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
    });
    expect((await patch({ Status: '2' })).status).toBe(403);
    expect((await patch({ IsExternallyVisible: true, Status: '1' })).status).toBe(204);
  });
});

describe('a received mail', () => {
  test('hangs on its sender', async () => {
    const lead = bench.lead({ Email: 'yamada@example.co.jp' });
    const mail = await bench.create('EmailMessage', { ...SENT, Incoming: true, Status: '1' });
    await relate(mail, bench.lead());
    await relate(mail, lead, 'FromAddress');
    expect(taskOf(mail)).toMatchObject({ WhoId: lead });
  });

  test('goes to the bin with the relations that tell whom it reached', async () => {
    const mail = await bench.create('EmailMessage', SENT);
    await bench.create('EmailMessageRelation', {
      EmailMessageId: mail,
      RelationAddress: 'unknown@example.co.jp',
      RelationType: 'CcAddress',
    });
    bench.org.remove('EmailMessage', mail);
    expect(bench.org.records('EmailMessageRelation')).toMatchObject([{ RelationId: null, IsDeleted: true }]);
  });
});
