import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, DAY_MS, START, startBench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  const at = { at: START };
  bench.org.seed(
    'Lead',
    { LastName: 'Abe', Company: "O'Neil & 100%", NumberOfEmployees: 5, DoNotCall: true, Email: 'Abe@example.co.jp' },
    at,
  );
  bench.org.seed('Lead', { LastName: 'Baba', Company: 'a\\b_c', NumberOfEmployees: 50 }, { at: START + 1000 });
  bench.org.seed(
    'Lead',
    { LastName: 'Chiba', Company: '見本', Title: '課長', Industry: '製造' },
    { at: START - 3 * DAY_MS },
  );
});

describe('conditions', () => {
  test.each([
    ["LastName = 'abe'", ['Abe']],
    ["LastName != 'abe'", ['Baba', 'Chiba']],
    ["Title != '課長'", ['Abe', 'Baba']],
    ['Title = null', ['Abe', 'Baba']],
    ['Title != null', ['Chiba']],
    ["LastName > 'b'", ['Baba', 'Chiba']],
    ['NumberOfEmployees >= 5 AND NumberOfEmployees < 50', ['Abe']],
    ['DoNotCall = true', ['Abe']],
    ["LastName LIKE '%b_'", ['Abe', 'Baba', 'Chiba']],
    ["LastName LIKE '_b_'", ['Abe']],
    ["Company LIKE '%100\\%'", ['Abe']],
    ["Company = 'O\\'Neil & 100%'", ['Abe']],
    ["Company = 'a\\\\b_c'", ['Baba']],
    ["LastName IN ('ABE', 'chiba')", ['Abe', 'Chiba']],
    ["LastName NOT IN ('abe')", ['Baba', 'Chiba']],
    ["(LastName = 'Abe' OR LastName = 'Baba') AND NumberOfEmployees > 5", ['Baba']],
    ["NOT LastName = 'Abe'", ['Baba', 'Chiba']],
    ["NOT (LastName = 'Abe' OR Title = '課長')", ['Baba']],
    ['CreatedDate = TODAY', ['Abe', 'Baba']],
    ['CreatedDate = LAST_N_DAYS:3', ['Abe', 'Baba', 'Chiba']],
    ['CreatedDate < TODAY', ['Chiba']],
    ['CreatedDate = N_DAYS_AGO:3', ['Chiba']],
    ['SystemModstamp = 2026-11-21T07:03:05Z', ['Abe']],
    ['SystemModstamp > 2026-11-21T16:03:05+09:00', ['Baba']],
    ["Email = 'abe@EXAMPLE.co.jp'", ['Abe']],
    ["Owner.Username = 'admin@example.co.jp'", ['Abe', 'Baba', 'Chiba']],
    ["OwnerId IN (SELECT Id FROM User WHERE IsActive = true AND Username LIKE 'admin%')", ['Abe', 'Baba', 'Chiba']],
    ['OwnerId NOT IN (SELECT Id FROM User WHERE IsActive = true)', []],
  ])('%s', async (where, names) => {
    const rows = await bench.rows(`SELECT LastName FROM Lead WHERE ${where} ORDER BY LastName`);
    expect(rows.map((row) => row['LastName'])).toEqual(names);
  });

  test('ids compare exactly, in either form', async () => {
    const [row] = await bench.rows("SELECT Id FROM Lead WHERE LastName = 'Abe'");
    const id = String(row?.['Id']);
    expect(await bench.rows(`SELECT LastName FROM Lead WHERE Id = '${id.slice(0, 15)}'`)).toEqual([
      { LastName: 'Abe' },
    ]);
    expect(await bench.rows(`SELECT LastName FROM Lead WHERE Id > '${id}' ORDER BY Id`)).toEqual([
      { LastName: 'Baba' },
      { LastName: 'Chiba' },
    ]);
  });
});

describe('order, limits and columns', () => {
  test.each([
    ['NumberOfEmployees', ['Chiba', 'Abe', 'Baba']],
    ['NumberOfEmployees DESC', ['Chiba', 'Baba', 'Abe']],
    ['NumberOfEmployees ASC NULLS LAST', ['Abe', 'Baba', 'Chiba']],
    ['Title NULLS LAST, LastName DESC', ['Chiba', 'Baba', 'Abe']],
    ['Owner.Name, LastName LIMIT 1 OFFSET 1', ['Baba']],
  ])('ORDER BY %s', async (order, names) => {
    const rows = await bench.rows(`SELECT LastName FROM Lead ORDER BY ${order}`);
    expect(rows.map((row) => row['LastName'])).toEqual(names);
  });

  test('parents come nested, an absent one as null, and alias and case of names do not matter', async () => {
    const contact = await bench.create('Contact', {
      LastName: '佐藤',
      AccountId: await bench.create('Account', { Name: '見本' }),
    });
    await bench.create('Task', { WhoId: contact, Subject: '電話' });
    await bench.create('Contact', { LastName: '鈴木' });
    expect(await bench.rows('SELECT c.account.name, c.LASTNAME FROM Contact c ORDER BY LastName DESC')).toMatchObject([
      { Account: null, LastName: '鈴木' },
      { Account: { attributes: { type: 'Account' }, Name: '見本' }, LastName: '佐藤' },
    ]);
    expect(await bench.rows('SELECT Who.Name, Who.Type, Account.Owner.Name FROM Task')).toMatchObject([
      {
        Who: { attributes: { type: 'Name' }, Name: '佐藤', Type: 'Contact' },
        Account: { Owner: { Name: '連携 Tasuki' } },
      },
    ]);
  });

  test('FIELDS(ALL) wants a limit of at most 200', async () => {
    expect((await bench.query('SELECT FIELDS(ALL) FROM Lead')).body).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
    expect((await bench.rows('SELECT FIELDS(ALL) FROM Lead LIMIT 200'))[0]).toHaveProperty('Company');
  });

  test('the lists of the org are Japanese and tell which values close, convert and are preset', async () => {
    expect(await bench.rows('SELECT ApiName FROM TaskStatus WHERE IsClosed = true')).toEqual([{ ApiName: '完了' }]);
    expect(await bench.rows('SELECT ApiName, IsConverted FROM LeadStatus WHERE IsDefault = true')).toEqual([
      { ApiName: '未対応', IsConverted: false },
    ]);
    expect(await bench.rows('SELECT Name, LanguageLocaleKey, TimeZoneSidKey FROM Organization')).toEqual([
      { Name: '株式会社たすき商事', LanguageLocaleKey: 'ja', TimeZoneSidKey: 'Asia/Tokyo' },
    ]);
  });
});

describe('refusals', () => {
  test('point at an unknown column', async () => {
    expect(await bench.query('SELECT Id,Foo FROM Lead')).toMatchObject({
      status: 400,
      body: [
        {
          errorCode: 'INVALID_FIELD',
          message:
            "\nSELECT Id,Foo FROM Lead\n          ^\nERROR at Row:1:Column:11\nNo such column 'Foo' on entity 'Lead'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
        },
      ],
    });
  });

  test.each([
    ['SELECT Id FROM Unicorn', 'INVALID_TYPE'],
    ['SELECT Id FORM Lead', 'MALFORMED_QUERY'],
    ['SELECT Id, Id FROM Lead', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead ALL ROWS', 'MALFORMED_QUERY'],
    ['SELECT Id FROM Lead FOR UPDATE', 'MALFORMED_QUERY'],
    ["SELECT Id FROM Lead WHERE Id = 'a' AND Name = 'b' OR Name = 'c'", 'MALFORMED_QUERY'],
    ["SELECT Id FROM Lead WHERE CreatedDate > '2026-11-21T00:00:00Z'", 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE CreatedDate > 2026-11-21', 'INVALID_FIELD'],
    ['SELECT Id FROM Task WHERE ActivityDate = 2026-11-21T00:00:00Z', 'INVALID_FIELD'],
    ['SELECT Id FROM Lead WHERE LastName = 1', 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE DoNotCall = 'true'", 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE Description = 'a'", 'INVALID_FIELD'],
    ['SELECT Boss.Name FROM Lead', 'INVALID_FIELD'],
    ["SELECT Id FROM Lead WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR'],
    ['SELECT Id FROM Lead LIMIT 1 OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'],
    ['SELECT Status, COUNT(Id) FROM Lead', 'MALFORMED_QUERY'],
  ])('%s is %s', async (soql, errorCode) => {
    expect(await bench.query(soql)).toMatchObject({ status: 400, body: [{ errorCode }] });
  });

  test.each([
    'SELECT convertCurrency(AnnualRevenue) FROM Lead',
    'SELECT Id FROM Lead WHERE CALENDAR_YEAR(CreatedDate) = 2026',
  ])('%s is not emulated and says so', async (soql) => {
    expect((await bench.query(soql)).status).toBe(501);
  });
});
