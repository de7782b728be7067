import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, defineKey, HOUR_MS, QUIET, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('conversion', () => {
  test('leaves a read-only lead that names its account and contact', async () => {
    const id = bench.lead({ LastName: '山田', Company: '株式会社見本', Email: 'yamada@example.co.jp' });
    bench.pass(10 * HOUR_MS);
    const { accountId, contactId } = bench.org.convertLead(id);
    expect(bench.row('Lead', id)).toMatchObject({
      IsConverted: true,
      ConvertedDate: '2026-11-22',
      ConvertedAccountId: accountId,
      ConvertedContactId: contactId,
    });
    expect(bench.row('Contact', contactId)).toMatchObject({
      Name: '山田',
      Email: 'yamada@example.co.jp',
      AccountId: accountId,
    });
    expect((await bench.api('PATCH', `/sobjects/Lead/${id}`, { Title: 'a' }, QUIET)).body).toMatchObject([
      { errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' },
    ]);
    expect(() => bench.org.convertLead(id)).toThrow('cannot reference converted lead');
  });

  test('takes the activities of the lead to the contact', async () => {
    const id = bench.lead();
    const task = await bench.create('Task', { WhoId: id });
    const { contactId, accountId } = bench.org.convertLead(id);
    expect(bench.row('Task', task)).toMatchObject({ WhoId: contactId, AccountId: accountId });
  });
});

describe('merge', () => {
  test('bins the loser with a pointer to the winner, for 15 days', async () => {
    const [winner, loser] = [bench.lead(), bench.lead()];
    const task = await bench.create('Task', { WhoId: loser });
    bench.org.merge('Lead', { winner, loser });
    const soql = encodeURIComponent(
      'SELECT Id, MasterRecordId FROM Lead WHERE IsDeleted = true AND MasterRecordId != null',
    );
    const lost = () => bench.api('GET', `/queryAll?q=${soql}`);
    expect((await lost()).body).toMatchObject({ records: [{ Id: loser, MasterRecordId: winner }] });
    expect(bench.row('Task', task)).toMatchObject({ WhoId: winner, IsDeleted: false });
    bench.pass(16 * DAY_MS);
    expect((await lost()).body).toMatchObject({ totalSize: 0 });
  });
});

describe('undelete', () => {
  test('brings a record back, and it outlives the purge of its first deletion', async () => {
    const id = bench.lead();
    bench.org.remove('Lead', id);
    bench.org.undelete('Lead', id);
    bench.pass(16 * DAY_MS);
    expect(await bench.rows('SELECT Id FROM Lead')).toEqual([{ Id: id }]);
  });

  test('starts the 15 days anew for a record that is deleted a second time', async () => {
    const id = bench.lead();
    bench.org.remove('Lead', id);
    bench.org.undelete('Lead', id);
    bench.pass(10 * DAY_MS);
    bench.org.remove('Lead', id);
    bench.pass(6 * DAY_MS);
    const all = await bench.api('GET', `/queryAll?q=${encodeURIComponent('SELECT Id FROM Lead')}`);
    expect(all.body).toMatchObject({ totalSize: 1 });
  });

  test('fails while another record holds its key', () => {
    defineKey(bench);
    const id = bench.lead({ Key__c: 'k' });
    bench.org.remove('Lead', id);
    bench.lead({ Key__c: 'k' });
    expect(() => bench.org.undelete('Lead', id)).toThrow('DUPLICATE_VALUE');
  });
});
