import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

describe('two requests below one account', () => {
  const write = (account: string) => bench.api('POST', '/sobjects/Contact', { LastName: '佐藤', AccountId: account });

  test('collide while both are open, where the org is that strict', async () => {
    const [one, other] = [await bench.create('Account', { Name: '甲' }), await bench.create('Account', { Name: '乙' })];
    expect((await Promise.all([write(one), write(one)])).map(({ status }) => status)).toEqual([201, 201]);
    bench.org.switches.accountLocks = true;
    const answers = await Promise.all([write(one), write(other), write(one)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 400]);
    expect(answers[2]?.body).toMatchObject([{ errorCode: 'UNABLE_TO_LOCK_ROW' }]);
    expect((await write(one)).status).toBe(201);
  });

  test('collide over the deal of the account as well, and not within one request', async () => {
    const account = await bench.create('Account', { Name: '甲' });
    const deal = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31', AccountId: account };
    const opportunity = await bench.create('Opportunity', deal);
    const contact = await bench.create('Contact', { LastName: '佐藤', AccountId: account });
    bench.org.switches.accountLocks = true;
    const role = { OpportunityId: opportunity, ContactId: contact };
    const answers = await Promise.all([bench.api('POST', '/sobjects/OpportunityContactRole', role), write(account)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 400]);
    const records = [1, 2].map(() => ({ attributes: { type: 'Contact' }, LastName: '鈴木', AccountId: account }));
    expect((await bench.api('POST', '/composite/sobjects', { records })).body).toMatchObject([
      { success: true },
      { success: true },
    ]);
  });
});
