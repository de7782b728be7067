import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LoadPlanInvalid } from '../../../src/sandbox/load/plan-invalid.ts';
import { readLoadPlan } from '../../../src/sandbox/load/read-load-plan.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
  await writeFile(join(folder, 'people.csv'), 'id,mail,source\n1,a@example.com,web\n');
  await writeFile(join(folder, 'won.csv'), 'id,rep\n1,r1\n');
});

afterEach(() => rm(folder, { recursive: true }));

async function problems(plan: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'load.yaml'), plan);
  const error: unknown = await readLoadPlan({ folder }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LoadPlanInvalid);
  return (error as LoadPlanInvalid).problems.map((problem) => problem.replace(`${folder}/`, ''));
}

const FILES = `files:
  people: { path: people.csv, key: id }
  won: { path: won.csv, key: id }
`;

describe('a plan that cannot be followed', () => {
  test('a slip of YAML is named with its line and column', async () => {
    expect((await problems('files: { people: [\n'))[0]).toMatch(/^load\.yaml:2:1: /);
  });

  test('a setting that does not exist and one of the wrong kind are named where they stand', async () => {
    expect(
      await problems(`${FILES}zone: Asia/Edo
records:
  - into: hubspot.contacts
    from: people
    wher: {}
    fields:
      email: { column: mail, nonsense: 1 }
`),
    ).toEqual([
      'load.yaml:4:1: zone: wants a time zone such as Asia/Tokyo',
      'load.yaml:10:30: records.0.fields.email.nonsense: there is no such setting here',
      'load.yaml:8:5: records.0.wher: there is no such setting here',
    ]);
  });

  test('a clock without an offset would mean another instant on every machine', async () => {
    expect(
      await problems(
        `clock: 2018-06-01T09:00\n${FILES}records: [{ into: hubspot.contacts, from: people, fields: {} }]\n`,
      ),
    ).toEqual(['load.yaml:1:1: clock: wants an instant with its offset, such as 2018-06-01T09:00+09:00']);
  });

  test('names that nothing answers to are all told at once, with what there is', async () => {
    expect(
      await problems(`${FILES}users:
  rep: { column: won.seller, email: '{value}@example.com' }
records:
  - into: hubspot.contacts
    from: people
    join: { won: id, lost: id }
    at: born
    where: { origin: web }
    fields:
      email: '{mial}'
      hs_analytics_source: { column: source, map: sources }
      hubspot_owner_id: { column: won.rep, user: reps }
      phone: { staff: mio.tanaka@example.co.jp }
      company: { column: id, record: companies }
`),
    ).toEqual([
      'load.yaml:5:10: users.rep.column: there is no column "seller"; there are: id, rep',
      'load.yaml:9:22: records.0.join.lost: there is no file "lost"; there are: people, won',
      'load.yaml:10:5: records.0.at: there is no column "born"; there are: id, mail, source, won.id, won.rep',
      'load.yaml:11:14: records.0.where.origin: there is no column "origin"; there are: id, mail, source, won.id, won.rep',
      'load.yaml:13:7: records.0.fields.email: there is no column "mial"; there are: id, mail, source, won.id, won.rep',
      'load.yaml:14:46: records.0.fields.hs_analytics_source.map: there is no map "sources"; there are: none',
      'load.yaml:15:44: records.0.fields.hubspot_owner_id.user: there is no set of users "reps"; there are: rep',
      'load.yaml:16:7: records.0.fields.phone: names one of the default staff; that needs "staff: default"',
      'load.yaml:17:30: records.0.fields.company.record: there is no earlier set of records in the same system "companies"; there are: none',
    ]);
  });

  test('a field says where its value comes from exactly once', async () => {
    const [problem] = await problems(
      `${FILES}records: [{ into: hubspot.contacts, from: people, fields: { email: { column: mail, value: x } } }]\n`,
    );
    expect(problem).toBe(
      'load.yaml:4:61: records.0.fields.email: wants exactly one of value, column, generate, staff, queue; it has value, column',
    );
  });

  test('records refer within their own system, and each system in its own way', async () => {
    expect(
      await problems(`${FILES}
records:
  - { into: hubspot.contacts, name: people, from: people, by: mail, fields: {} }
  - into: salesforce.Contact
    from: people
    author: { column: rep, user: reps }
    fields: { AccountId: { column: id, record: people } }
    associate: [{ record: people, column: id }]
  - into: hubspot.deals
    from: people
    by: email
    author: { column: id, user: reps }
    fields: {}
    associate: [{ record: persons, column: number }]
`),
    ).toEqual([
      'load.yaml:9:15: records.1.author.column: there is no column "rep"; there are: id, mail, source',
      'load.yaml:9:28: records.1.author.user: there is no set of users "reps"; there are: none',
      'load.yaml:11:17: records.1.associate.0: Salesforce associates by fields, such as AccountId',
      'load.yaml:10:40: records.1.fields.AccountId.record: there is no earlier set of records in the same system "people"; there are: none',
      'load.yaml:14:5: records.2.by: there is no column "email"; there are: id, mail, source',
      'load.yaml:15:27: records.2.author.user: there is no set of users "reps"; there are: none',
      'load.yaml:15:5: records.2.author: HubSpot shows what is loaded as an import, without author',
      'load.yaml:17:36: records.2.associate.0.column: there is no column "number"; there are: id, mail, source',
      'load.yaml:17:19: records.2.associate.0.record: there is no earlier set of HubSpot records "persons"; there are: people',
    ]);
  });

  test('a file that is not there is named where the plan speaks of it', async () => {
    const [problem] = await problems(
      'files:\n  people: { path: persons.csv }\nrecords: [{ into: hubspot.contacts, from: people, fields: {} }]\n',
    );
    expect(problem).toMatch(/^load\.yaml:2:13: files\.people\.path: the file cannot be read \(ENOENT/);
  });

  test('a plan that is not there is named', async () => {
    await expect(readLoadPlan({ folder, plan: join(folder, 'other.yaml') })).rejects.toThrow(
      /other\.yaml: cannot be read/,
    );
  });
});
