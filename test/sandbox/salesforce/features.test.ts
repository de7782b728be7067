import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, HOUR_MS, NOW, startBench } from './support.ts';

const LATER = '2026-11-21T08:03:05.000+0000';
type Described = { name: string; nillable: boolean };

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});

const typeId = (developerName: string): string =>
  String(bench.org.records('RecordType').find((row) => row['DeveloperName'] === developerName)?.['Id']);
const described = async (object: string): Promise<Described[]> =>
  ((await bench.api('GET', `/sobjects/${object}/describe`)).body as { fields: Described[] }).fields;
const names = async (object: string): Promise<string[]> => (await described(object)).map(({ name }) => name);

describe('record types', () => {
  const DEAL = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31' };

  test('are listed in describe with the one that comes by itself', async () => {
    const { body } = await bench.api('GET', '/sobjects/Opportunity/describe');
    expect(body).toMatchObject({
      recordTypeInfos: [
        {
          developerName: 'New_Business',
          name: '新規商談',
          active: true,
          defaultRecordTypeMapping: true,
          master: false,
        },
        { developerName: 'Existing_Business', defaultRecordTypeMapping: false },
        { developerName: 'Master', master: true, defaultRecordTypeMapping: false },
      ],
    });
    expect((await bench.api('GET', '/sobjects/Contact/describe')).body).toMatchObject({
      recordTypeInfos: [{ developerName: 'Master', defaultRecordTypeMapping: true }],
    });
    const id = await bench.create('Opportunity', DEAL);
    expect(bench.row('Opportunity', id)).toMatchObject({ RecordTypeId: typeId('New_Business') });
  });

  test('that are unknown, switched off or of another object are refused alike', async () => {
    bench.org.touch('RecordType', typeId('Existing_Business'), { IsActive: false });
    const bad = ['0125g000000ABCD', typeId('Existing_Business'), typeId('Corporate_Lead')];
    for (const RecordTypeId of bad) {
      expect(await bench.api('POST', '/sobjects/Opportunity', { ...DEAL, RecordTypeId })).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: ['RecordTypeId'] }],
      });
    }
  });
});

describe('several currencies', () => {
  test('are not there until the org asks for them', async () => {
    const lead = bench.lead();
    expect(await names('Opportunity')).not.toContain('CurrencyIsoCode');
    expect((await bench.query('SELECT IsoCode FROM CurrencyType')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect((await bench.query('SELECT CurrencyIsoCode FROM Lead')).status).toBe(400);
    bench.org.switches.multiCurrency = true;
    expect(await names('Opportunity')).toContain('CurrencyIsoCode');
    expect(await bench.rows('SELECT IsoCode, DecimalPlaces FROM CurrencyType WHERE IsCorporate = true')).toEqual([
      { IsoCode: 'JPY', DecimalPlaces: 0 },
    ]);
    expect(bench.row('Lead', lead)).toMatchObject({ CurrencyIsoCode: 'JPY', SystemModstamp: NOW });
  });

  test('are chosen from the list, and lines speak the currency of their deal', async () => {
    bench.org.switches.multiCurrency = true;
    const deal = { Name: '刷新', StageName: '提案', CloseDate: '2026-12-31' };
    const bad = await bench.api('POST', '/sobjects/Opportunity', { ...deal, CurrencyIsoCode: 'XXX' });
    expect(bad.body).toMatchObject([{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]);
    const id = await bench.create('Opportunity', { ...deal, CurrencyIsoCode: 'USD' });
    const product = await bench.create('Product2', { Name: 'ライセンス' });
    const [book] = bench.org.records('Pricebook2');
    const price = { Pricebook2Id: book?.['Id'], Product2Id: product, UnitPrice: 100, CurrencyIsoCode: 'USD' };
    const entry = await bench.create('PricebookEntry', price);
    const line = { OpportunityId: id, PricebookEntryId: entry, Quantity: 1, UnitPrice: 90 };
    expect(bench.row('OpportunityLineItem', await bench.create('OpportunityLineItem', line))).toMatchObject({
      CurrencyIsoCode: 'USD',
    });
  });

  test('are gone after a reset', async () => {
    bench.org.switches.multiCurrency = true;
    await names('Opportunity');
    bench.org.reset();
    bench.login();
    expect(await names('Opportunity')).not.toContain('CurrencyIsoCode');
    bench.org.switches.multiCurrency = true;
    expect(await names('Opportunity')).toContain('CurrencyIsoCode');
  });
});

describe('person accounts', () => {
  beforeEach(async () => {
    expect(await names('Account')).not.toContain('IsPersonAccount');
    bench.org.switches.personAccounts = true;
    await names('Account');
  });
  const person = (fields: Record<string, unknown> = {}): Promise<string> =>
    bench.create('Account', { RecordTypeId: typeId('PersonAccount'), LastName: '山田', FirstName: '花子', ...fields });
  const contactOf = (account: string): string => String(bench.row('Account', account)['PersonContactId']);

  test('are an account and a contact with one face', async () => {
    const id = await person({ PersonEmail: 'hanako@example.co.jp', Phone: '03-1234-5678' });
    expect(bench.row('Account', id)).toMatchObject({ Name: '山田 花子', IsPersonAccount: true });
    expect(bench.row('Contact', contactOf(id))).toMatchObject({
      Name: '山田 花子',
      Email: 'hanako@example.co.jp',
      Phone: '03-1234-5678',
      AccountId: id,
      IsPersonAccount: true,
    });
    expect(await bench.rows('SELECT Name FROM RecordType WHERE IsPersonType = true')).toEqual([{ Name: '個人取引先' }]);
  });

  test('are written and stamped on both sides, whichever is saved', async () => {
    const id = await person();
    const contact = contactOf(id);
    bench.pass(HOUR_MS);
    await bench.api('PATCH', `/sobjects/Account/${id}`, { Industry: '製造', PersonTitle: '部長' });
    expect(bench.row('Contact', contact)).toMatchObject({
      Title: '部長',
      LastModifiedDate: LATER,
      SystemModstamp: LATER,
    });
    bench.pass(HOUR_MS);
    await bench.api('PATCH', `/sobjects/Contact/${contact}`, { LastName: '鈴木', Email: 'suzuki@example.co.jp' });
    expect(bench.row('Account', id)).toMatchObject({
      Name: '鈴木 花子',
      PersonEmail: 'suzuki@example.co.jp',
      LastModifiedDate: '2026-11-21T09:03:05.000+0000',
    });
  });

  test('have no name of their own, and companies have no fields of persons', async () => {
    const id = await person();
    const refusal = { status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] };
    expect(await bench.api('PATCH', `/sobjects/Account/${id}`, { Name: '別名' })).toMatchObject(refusal);
    const company = { Name: '株式会社見本', PersonEmail: 'a@example.co.jp' };
    expect(await bench.api('POST', '/sobjects/Account', company)).toMatchObject(refusal);
    expect((await bench.api('POST', '/sobjects/Account', { Name: '株式会社見本' })).status).toBe(201);
  });

  test('keep their contact: it is neither moved nor deleted by itself', async () => {
    const contact = contactOf(await person());
    const other = await bench.create('Account', { Name: '株式会社見本' });
    expect((await bench.api('PATCH', `/sobjects/Contact/${contact}`, { AccountId: other })).body).toMatchObject([
      { errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['AccountId'] },
    ]);
    expect((await bench.api('DELETE', `/sobjects/Contact/${contact}`)).status).toBe(403);
  });

  test('are what a lead without a company becomes', async () => {
    expect((await described('Lead')).find(({ name }) => name === 'Company')).toMatchObject({ nillable: true });
    const lead = await bench.create('Lead', { LastName: '田中', Email: 'tanaka@example.co.jp' });
    const { accountId, contactId } = bench.org.convertLead(lead, { opportunity: null });
    expect(bench.row('Account', accountId)).toMatchObject({ Name: '田中', PersonContactId: contactId });
    expect(bench.row('Contact', contactId)).toMatchObject({ Email: 'tanaka@example.co.jp', IsPersonAccount: true });
  });
});

describe('a formula', () => {
  test('shows what the parent holds, moves no stamp and is written by nobody', async () => {
    const account = await bench.create('Account', { Name: '見本', Tier__c: 'B' });
    const contact = await bench.create('Contact', { LastName: '佐藤', AccountId: account });
    bench.pass(HOUR_MS);
    await bench.api('PATCH', `/sobjects/Account/${account}`, { Tier__c: 'A' });
    const soql =
      "SELECT Account_Tier__c, SystemModstamp FROM Contact WHERE Account_Tier__c = 'A' ORDER BY Account_Tier__c";
    expect(await bench.rows(soql)).toEqual([{ Account_Tier__c: 'A', SystemModstamp: NOW }]);
    expect((await bench.api('GET', `/sobjects/Contact/${contact}?fields=Account_Tier__c`)).body).toMatchObject({
      Account_Tier__c: 'A',
    });
    expect((await described('Contact')).find(({ name }) => name === 'Account_Tier__c')).toMatchObject({
      calculated: true,
      createable: false,
      updateable: false,
    });
    expect((await bench.api('PATCH', `/sobjects/Contact/${contact}`, { Account_Tier__c: 'C' })).status).toBe(400);
  });
});
