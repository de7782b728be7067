import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/sandbox/hubspot/refusal.ts';
import { loadFiles } from '../../../src/sandbox/load/load-files.ts';
import { readLoadPlan } from '../../../src/sandbox/load/read-load-plan.ts';
import type { LoadReport } from '../../../src/sandbox/load/report.ts';
import { notebook, type Written } from '../world/notebook.ts';

const NOW = Date.parse('2018-06-01T00:00:00Z');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
});

afterEach(() => rm(folder, { recursive: true }));

type Loaded = LoadReport & { of: (object: string) => Written[]; reasons: string[] };

async function load(files: Record<string, string | Buffer>, plan: string): Promise<Loaded> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(join(folder, 'load.yaml'), plan);
  const book = notebook();
  const report = loadFiles(book.fillers, await readLoadPlan({ folder }), NOW);
  const reasons = report.bad.map(({ file, line, reason }) => `${file.replace(`${folder}/`, '')}:${line}: ${reason}`);
  return { ...report, of: (object) => book.of(object), reasons };
}

const contacts = (fields: string, more = ''): string => `
zone: America/Sao_Paulo
files: { people: { path: people.csv, key: id } }
${more}
records:
  - into: hubspot.contacts
    from: people
    at: day
    fields: ${fields}
`;

const filtered = (where: string): string =>
  contacts("{ email: '{id}' }").replace('at: day', `at: day\n    where: ${where}`);

describe('rows that cannot be used', () => {
  test('each is named by file, line and reason, and the rest is loaded', async () => {
    const { reasons, loaded, rows } = await load(
      {
        'people.csv': [
          'id,day,score,kind',
          '1,2018-05-01,"1,200",a',
          ',2018-05-01,1,a',
          '3,2018-02-30,1,a',
          '4,2018-05-01,1,a,too,many',
          '5,2018-05-01,many,a',
          '',
          '6,2018-05-01,1,z',
          '1,2018-05-01,1,a',
          '8,,1,a',
          '9,2018-06-02,1,a',
          '10,01.05.2018,1,a',
          '11,2018-05-01,2,b',
        ].join('\n'),
      },
      contacts(
        '{ leadscore: { column: score, as: number }, industry: { column: kind, map: kinds } }',
        'maps: { kinds: { a: RETAIL, b: BANKING } }',
      ),
    );
    expect(reasons).toEqual([
      'people.csv:3: its key "id" is empty',
      'people.csv:5: it has 6 columns, the header has 4',
      'people.csv:9: its key id = "1" stands on line 2 already',
      'people.csv:4: "2018-02-30" is no date of the calendar',
      'people.csv:6: score = "many" is no number',
      'people.csv:8: kind = "z" has no place in the map "kinds"',
      'people.csv:10: day is empty',
      "people.csv:11: it is of 2018-06-02T03:00:00.000Z, after the clock's start",
      'people.csv:12: "01.05.2018" is no date as YYYY-MM-DD or YYYY-MM-DD HH:mm:ss',
    ]);
    expect(loaded).toEqual({ 'hubspot.contacts': 2 });
    expect(rows).toEqual({ people: 11 });
  });

  test('a row with line breaks in quotes is named by the line on which it begins, and so is the one after it', async () => {
    const { reasons } = await load(
      { 'people.csv': 'id,day\r\n"1\r\nb",soon\r\n2,never\r\n' },
      contacts("{ email: '{id}' }"),
    );
    expect(reasons).toEqual([
      'people.csv:2: "soon" is no date as YYYY-MM-DD or YYYY-MM-DD HH:mm:ss',
      'people.csv:4: "never" is no date as YYYY-MM-DD or YYYY-MM-DD HH:mm:ss',
    ]);
  });

  test('what the CRM itself refuses is a bad row with its words; a fault of the sandbox is not', async () => {
    await writeFile(join(folder, 'people.csv'), 'id,day\n1,2018-05-01\n2,2018-05-01\n');
    await writeFile(join(folder, 'load.yaml'), contacts("{ email: '{id}@example.com' }"));
    const plan = await readLoadPlan({ folder });
    const refusing = notebook().fillers;
    refusing.portal.seed = (_object, { email }) => {
      if (email === '1@example.com') throw new Refusal(409, { message: 'Contact already exists' });
      return '2';
    };
    const report = loadFiles(refusing, plan, NOW);
    expect(report.bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: hubspot.contacts refused it: Contact already exists',
    ]);
    expect(report.loaded).toEqual({ 'hubspot.contacts': 1 });
    refusing.portal.seed = () => {
      throw new TypeError('our own slip');
    };
    expect(() => loadFiles(refusing, plan, NOW)).toThrow('our own slip');
  });

  test('a stray quote is a sign like any other', async () => {
    const { reasons, of } = await load(
      { 'people.csv': 'id,day\n1,2018-05-01\n2"x",2018-05-01\n3,2018-05-01\n' },
      contacts("{ email: '{id}' }"),
    );
    expect(reasons).toEqual([]);
    expect(of('contacts').map(({ fields }) => fields['email'])).toEqual(['1', '2"x"', '3']);
  });

  test('a quote that never closes is named, and the rows before it are loaded', async () => {
    const { reasons, of, rows } = await load(
      { 'people.csv': 'id,day\n1,2018-05-01\n2,"2018-05-01\n3,2018-05-01\n' },
      contacts("{ email: '{id}' }"),
    );
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^people\.csv:4: the row cannot be read: Quote Not Closed/);
    expect(of('contacts').map(({ fields }) => fields['email'])).toEqual(['1']);
    expect(rows).toEqual({ people: 2 });
  });
});

describe('what a column becomes', () => {
  test('a bare date and a naive time are wall clocks in the zone, an offset speaks for itself', async () => {
    const { of } = await load(
      { 'people.csv': 'id,day\n1,2018-05-01\n2,2018-05-01 19:58:54\n3,2018-05-01T19:58:54+09:00\n4,2018-01-15\n' },
      contacts(
        '{ closedate: { column: day, as: datetime, time: "09:30" }, day: { column: day, as: date, zone: Asia/Tokyo } }',
      ),
    );
    expect(of('contacts').map(({ at }) => new Date(at).toISOString())).toEqual([
      '2018-05-01T03:00:00.000Z',
      '2018-05-01T22:58:54.000Z',
      '2018-05-01T10:58:54.000Z',
      // Summer time in São Paulo: two hours behind UTC, not three.
      '2018-01-15T02:00:00.000Z',
    ]);
    expect(of('contacts').map(({ fields }) => [fields['closedate'], fields['day']])).toEqual([
      ['2018-05-01T12:30:00.000Z', '2018-05-01'],
      ['2018-05-01T22:58:54.000Z', '2018-05-01'],
      ['2018-05-01T10:58:54.000Z', '2018-05-01'],
      ['2018-01-15T11:30:00.000Z', '2018-01-15'],
    ]);
  });

  test('dates in another writing are read with a format', async () => {
    const { of, reasons } = await load(
      { 'people.csv': 'id,day\n1,2018/5/1 9:05\n2,2018-05-01\n' },
      contacts("{ email: '{id}' }").replace(
        'at: day',
        "at: { column: day, format: 'YYYY/MM/DD HH:mm', zone: Asia/Tokyo }",
      ),
    );
    expect(of('contacts').map(({ at }) => new Date(at).toISOString())).toEqual(['2018-05-01T00:05:00.000Z']);
    expect(reasons).toEqual(['people.csv:3: "2018-05-01" is no date as YYYY/MM/DD HH:mm']);
  });

  test('templates, alternatives, defaults and maps; an empty value leaves the field out', async () => {
    const { of } = await load(
      { 'people.csv': 'id,day,origin,city\nabcdef,2018-05-01,web,\nghijkl,2018-05-01,,Osaka\n' },
      contacts(
        `{ email: '{id:3}@example.com', city: { column: city, default: 東京 }, state: { column: city },
           hs_analytics_source: { column: origin, map: source },
           leadscore: [{ when: { origin: { empty: true } }, value: 70 }, 90] }`,
        "maps: { source: { web: DIRECT_TRAFFIC, '*': OFFLINE } }",
      ),
    );
    expect(of('contacts').map(({ fields }) => fields)).toEqual([
      { email: 'abc@example.com', city: '東京', hs_analytics_source: 'DIRECT_TRAFFIC', leadscore: '90' },
      { email: 'ghi@example.com', city: 'Osaka', state: 'Osaka', hs_analytics_source: 'OFFLINE', leadscore: '70' },
    ]);
  });

  test('only the rows that the filter wants are loaded, and the others are no bad rows', async () => {
    const files = { 'people.csv': 'id,day,origin\n1,2018-05-01,a\n2,2018-05-01,b\n3,2018-05-01,\n' };
    const ids = async (where: string): Promise<unknown[]> =>
      (await load(files, filtered(where))).of('contacts').map(({ fields }) => fields['email']);
    expect(await ids('{ origin: a }')).toEqual(['1']);
    expect(await ids('{ origin: [a, b], id: { not: 1 } }')).toEqual(['2']);
    expect(await ids('{ origin: { not: [a] } }')).toEqual(['2', '3']);
    expect(await ids('{ origin: { empty: false } }')).toEqual(['1', '2']);
    expect((await load(files, filtered('{ origin: zzz }'))).bad).toEqual([]);
  });

  test('a file in Shift_JIS with semicolons is read as its author meant it', async () => {
    const shiftJis = Buffer.concat([
      Buffer.from('id;day;name\n1;2018-05-01;'),
      Buffer.from([0x8d, 0xb2, 0x93, 0xa1]),
      Buffer.from('\n'),
    ]);
    const { of } = await load(
      { 'people.csv': shiftJis },
      contacts('{ lastname: { column: name } }').replace('key: id', "key: id, encoding: shift_jis, delimiter: ';'"),
    );
    expect(of('contacts')[0]?.fields).toEqual({ lastname: '佐藤' });
  });
});

test('the mark that spreadsheets put before a file is no part of the first column', async () => {
  const { of } = await load({ 'people.csv': '\uFEFFid,day\n1,2018-05-01\n' }, contacts("{ email: '{id}' }"));
  expect(of('contacts')[0]?.fields).toEqual({ email: '1' });
});

describe('people, joins and references', () => {
  const files = {
    'people.csv': 'id,day\n1,2018-05-01\n2,2018-05-01\n',
    'won.csv': 'id,rep,caller,day\n2,r1,c1,2018-05-03 10:00:00\n9,c1,c1,2018-05-03 10:00:00\n',
  };
  const plan = `
staff: default
files:
  people: { path: people.csv, key: id }
  won: { path: won.csv, key: id }
users:
  rep: { column: won.rep, email: '{value}@example.com', hubspot: false }
  caller: { column: won.caller, email: '{value}@example.com', title: 架電 }
  again: { column: won.caller, email: '{value}@example.com', hubspot: false, salesforce: false }
records:
  - into: hubspot.contacts
    from: people
    join: { won: id }
    at: day
    fields:
      email: '{id}@example.com'
      hubspot_owner_id: { column: won.caller, user: caller }
  - into: salesforce.Lead
    name: leads
    from: people
    join: { won: id }
    where: { won.id: { empty: false } }
    at: day
    fields:
      LastName: { generate: last-name, from: id }
      Company: { generate: company, from: id }
      OwnerId: { column: won.rep, user: rep }
  - into: salesforce.Task
    from: won
    at: day
    fields: { WhoId: { column: id, record: leads }, OwnerId: { queue: IS_Queue } }
`;

  test('distinct values of a column become people, once per address, with the seats that the plan gives', async () => {
    const { of } = await load(files, plan);
    const made = (object: string): string[] =>
      of(object)
        .map(({ fields }) => String(fields['email']))
        .filter((email) => email.endsWith('@example.com'));
    expect(made('owner')).toEqual(['c1@example.com']);
    expect(made('User').sort()).toEqual(['c1@example.com', 'r1@example.com']);
    expect(of('User').find(({ fields }) => fields['email'] === 'c1@example.com')?.fields).toMatchObject({
      title: '架電',
    });
  });

  test('the default staff and its queue are there too', async () => {
    const { of } = await load(files, plan);
    expect(of('User').map(({ fields }) => fields['email'])).toContain('mio.tanaka@example.co.jp');
    expect(of('Queue')).toHaveLength(1);
    expect(of('Task')[0]?.fields['OwnerId']).toBe(of('Queue')[0]?.id);
  });

  test('a joined row gives its columns, a missing one leaves them empty', async () => {
    const { of } = await load(files, plan);
    const owner = of('owner').find(({ fields }) => fields['email'] === 'c1@example.com');
    expect(of('contacts').map(({ fields }) => fields['hubspot_owner_id'])).toEqual([undefined, owner?.id]);
    const rep = of('User').find(({ fields }) => fields['email'] === 'r1@example.com');
    expect(of('Lead').map(({ fields }) => fields['OwnerId'])).toEqual([rep?.id]);
  });

  test('a record refers to an earlier one by its key; a key that was not loaded makes a bad row', async () => {
    const { of, reasons } = await load(files, plan);
    expect(of('Task').map(({ fields }) => fields['WhoId'])).toEqual(of('Lead').map(({ id }) => id));
    expect(reasons).toEqual(['won.csv:3: id = "9" was not loaded with "leads"']);
  });

  test('invented names depend on their key alone', async () => {
    const [first, again] = [await load(files, plan), await load(files, plan)];
    expect(first.of('Lead')[0]?.fields).toMatchObject({ LastName: expect.any(String) as string });
    expect(again.of('Lead').map(({ fields }) => fields)).toEqual(first.of('Lead').map(({ fields }) => fields));
  });
});

describe('records that belong together', () => {
  const plan = (sets: string): string => `
files:
  people: { path: people.csv, key: id }
  deals: { path: deals.csv, key: id }
users: { rep: { column: deals.rep, email: '{value}@example.com', hubspot: false } }
records:
${sets}`;
  const files = {
    'people.csv': 'id,company\n1,東和製作所\n2,東和製作所\n3,\n4,日進精機\n',
    'deals.csv': 'id,people,company,rep\nd1,1; 2,東和製作所,taro\nd2,9,東和製作所,taro\nd3,,日進精機,\n',
  };
  const HUBSPOT = `
  - { into: hubspot.companies, name: companies, from: people, by: company, fields: { name: { column: company } } }
  - into: hubspot.contacts
    name: people
    from: people
    fields: { email: '{id}@example.com' }
    associate: [{ record: companies, column: company, label: primary }]
  - into: hubspot.deals
    from: deals
    fields: { dealname: '{id}' }
    associate: [{ record: people, column: people, separator: ';' }, { record: companies, column: company }]
`;

  test('rows that share a key make one record, and associations find it by that key', async () => {
    const { of, loaded } = await load(files, plan(HUBSPOT));
    expect(of('companies').map(({ fields }) => fields['name'])).toEqual(['東和製作所', '日進精機']);
    expect(loaded).toEqual({ 'hubspot.companies': 2, 'hubspot.contacts': 4, 'hubspot.deals': 2 });
    const [first, second] = of('contacts');
    const [towa, nisshin] = of('companies');
    const [deal, lonely] = of('deals');
    const ends = of('association').map(({ fields: { from, to, label } }) => [from, to, label]);
    expect(ends).toEqual([
      [{ object: 'contacts', id: first?.id }, { object: 'companies', id: towa?.id }, 'primary'],
      [{ object: 'contacts', id: second?.id }, { object: 'companies', id: towa?.id }, 'primary'],
      [{ object: 'contacts', id: of('contacts')[3]?.id }, { object: 'companies', id: nisshin?.id }, 'primary'],
      [{ object: 'deals', id: deal?.id }, { object: 'contacts', id: first?.id }, undefined],
      [{ object: 'deals', id: deal?.id }, { object: 'contacts', id: second?.id }, undefined],
      [{ object: 'deals', id: deal?.id }, { object: 'companies', id: towa?.id }, undefined],
      [{ object: 'deals', id: lonely?.id }, { object: 'companies', id: nisshin?.id }, undefined],
    ]);
  });

  test('an association with what was not loaded makes a bad row before anything is made of it', async () => {
    const { reasons, of } = await load(files, plan(HUBSPOT));
    expect(reasons).toEqual(['deals.csv:3: people = "9" was not loaded with "people"']);
    expect(of('deals')).toHaveLength(2);
  });

  test('a record whose association is refused goes to the bin, and its row is a bad one', async () => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await writeFile(join(folder, 'load.yaml'), plan(HUBSPOT));
    const book = notebook();
    book.fillers.portal.associate = () => {
      throw new Refusal(400, { message: 'There is no label "primary"' });
    };
    const report = loadFiles(book.fillers, await readLoadPlan({ folder }), NOW);
    expect(report.loaded['hubspot.contacts']).toBe(1);
    expect(book.of('archived').map(({ fields }) => fields['object'])).toEqual([
      'contacts',
      'contacts',
      'contacts',
      'deals',
    ]);
  });

  test('a record of Salesforce names its author and points at others by fields', async () => {
    const { of } = await load(
      files,
      plan(`
  - { into: salesforce.Account, name: accounts, from: deals, by: company, fields: { Name: { column: company } } }
  - into: salesforce.Opportunity
    from: deals
    author: { column: rep, user: rep }
    fields: { Name: '{id}', AccountId: { column: company, record: accounts } }
`),
    );
    const [towa, nisshin] = of('Account');
    const [rep] = of('User');
    expect(of('Opportunity').map(({ fields, by }) => [fields['AccountId'], by])).toEqual([
      [towa?.id, rep?.id],
      [towa?.id, rep?.id],
      [nisshin?.id, undefined],
    ]);
  });
});
