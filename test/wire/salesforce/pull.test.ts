import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectName } from '../../../src/domain/people/record.ts';
import type { ChangePage, CursorState, Stream } from '../../../src/ports/crm.ts';
import { collect, composites, data, describesLead, fixture, OUR_USER, refusal, rowsPage, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 21, 9, 0, 0, 400);
const MINUTE = 60_000;

type Raw = { Id: string; SystemModstamp: string; [field: string]: unknown };
type RawPage = { totalSize: number; done: boolean; records: Raw[] };
const leads = () => fixture<RawPage>('leads');

/** A row that is nothing but its place in the order. */
function row(tail: string, stamp: string): Raw {
  return { ...(leads().records[0] as Raw), Id: `00Q5g00000AAA${tail}`, SystemModstamp: `${stamp}.000+0000` };
}

/** Answers the queries in turn with these pages and keeps what was asked. */
function answers(org: nock.Scope, pages: readonly (readonly Raw[])[], done = true): string[] {
  const asked: string[] = [];
  const rest = [...pages];
  composites(org, pages.length, (soql) => {
    asked.push(soql);
    return rowsPage(rest.shift() ?? [], done);
  });
  return asked;
}

const of = (object: ObjectName, fields: readonly string[], cursor?: CursorState): readonly Stream[] => [
  { object, fields, cursor },
];

const conditionOf = (soql: string | undefined) => / WHERE (.*) ORDER BY /.exec(soql ?? '')?.[1];

test('the first load starts at the beginning, in the order of the key', async () => {
  const { crm, org } = wire();
  describesLead(org);
  const asked = answers(org, [leads().records]);
  await collect(crm.changesSince(of('Lead', ['LastName', 'Email']), NOW));
  expect(asked).toEqual([
    'SELECT Id, CreatedDate, SystemModstamp, IsDeleted, MasterRecordId, LastModifiedById, LastName, Email FROM Lead ' +
      'ORDER BY SystemModstamp, Id LIMIT 2000',
  ]);
});

test('rows become sightings: values by type, 18-character ids, instants in UTC, our own edits marked', async () => {
  const { crm, org } = wire();
  describesLead(org);
  answers(org, [leads().records]);
  const fields = ['LastName', 'Email', 'NumberOfEmployees', 'HasOptedOutOfEmail', 'OwnerId', 'Tasuki_Next_Due__c'];
  const [page] = await collect(crm.changesSince(of('Lead', fields), NOW));
  expect(page?.sightings[0]).toEqual({
    record: { system: 'salesforce', object: 'Lead', id: '00Q5g00000AAAAAEA5' },
    values: {
      LastName: '佐藤',
      Email: null,
      NumberOfEmployees: 120,
      HasOptedOutOfEmail: false,
      OwnerId: '0055g000004RepaAAC',
      Tasuki_Next_Due__c: '2026-11-25T09:00:00.000Z',
    },
    createdAt: Date.UTC(2026, 10, 2, 0, 30),
    modifiedAt: Date.UTC(2026, 10, 20, 1, 2, 3),
    seenAt: NOW,
    deleted: false,
    movedBy: 'us',
  });
  expect(OUR_USER).toBe('0055g000004TasuAAC');
});

test('a merged record is a deleted sighting that names its winner', async () => {
  const { crm, org } = wire();
  describesLead(org);
  answers(org, [leads().records]);
  const [page] = await collect(crm.changesSince(of('Lead', ['LastName']), NOW));
  expect(page?.sightings[1]).toMatchObject({ deleted: true, mergedInto: '00Q5g00000AAAAAEA5', movedBy: 'person' });
});

test('a converted Lead tells the Contact it became, and its date stays a date', async () => {
  const { crm, org } = wire();
  describesLead(org);
  answers(org, [leads().records]);
  const fields = ['IsConverted', 'ConvertedContactId', 'ConvertedDate'];
  const [page] = await collect(crm.changesSince(of('Lead', fields), NOW));
  expect(page?.sightings[2]?.values).toEqual({
    IsConverted: true,
    ConvertedContactId: '0035g00000ContaAAB',
    ConvertedDate: '2026-11-19',
  });
});

test('a full page goes on behind its last row, also when all rows share one stamp', async () => {
  const { crm, org } = wire({ pageSize: 2 });
  describesLead(org);
  const stamp = '2026-11-20T01:02:03';
  const asked = answers(org, [[row('01', stamp), row('02', stamp)], [row('03', stamp), row('04', stamp)], []]);
  const pages = await collect(crm.changesSince(of('Lead', []), NOW));
  const behind = (id: string) => `SystemModstamp >= ${stamp}Z AND (SystemModstamp > ${stamp}Z OR Id > '${id}')`;
  expect(asked.map(conditionOf)).toEqual([undefined, behind('00Q5g00000AAA02EAH'), behind('00Q5g00000AAA04EAH')]);
  expect(pages.flatMap(({ sightings }) => sightings)).toHaveLength(4);
  expect(pages.map(({ covers }) => covers)).toEqual([undefined, undefined, NOW - 10 * MINUTE]);
});

test('a page that is short only because its rows are wide is not taken for the last', async () => {
  const { crm, org } = wire({ pageSize: 5 });
  describesLead(org);
  answers(org, [[row('01', '2026-11-20T01:02:03')]], false);
  answers(org, [[row('02', '2026-11-20T01:02:04')]]);
  const pages = await collect(crm.changesSince(of('Lead', []), NOW));
  expect(pages.flatMap(({ sightings }) => sightings)).toHaveLength(2);
});

test('the next pull reads the overlap again, since a transaction may show its rows long after their stamp', async () => {
  const { crm, org } = wire({ overlapMs: 15 * MINUTE });
  describesLead(org);
  const asked = answers(org, [[], []]);
  const [first] = await collect(crm.changesSince(of('Lead', []), NOW));
  await collect(crm.changesSince(of('Lead', [], first?.cursor), NOW + MINUTE));
  expect(conditionOf(asked[1])).toBe('SystemModstamp >= 2026-11-21T08:45:00Z');
});

test('a row that was edited again after the pull began is read all the same: its older edit must not look unread', async () => {
  const { crm, org } = wire();
  describesLead(org);
  const asked = answers(org, [[], [row('01', '2026-11-21T09:01:02')]]);
  const [first] = await collect(crm.changesSince(of('Lead', []), NOW));
  const [second] = await collect(crm.changesSince(of('Lead', [], first?.cursor), NOW + MINUTE));
  expect(asked[1]).not.toContain('<=');
  expect(second?.sightings).toHaveLength(1);
  expect(second?.covers).toBe(NOW + MINUTE - 10 * MINUTE);
});

test('a pull that was cut off goes on where its last stored page ended, and covers only what it did when it began', async () => {
  const { crm, org } = wire({ pageSize: 1 });
  describesLead(org);
  const asked = answers(org, [[row('01', '2026-11-20T01:02:03')], []]);
  let stored: ChangePage | undefined;
  for await (const page of crm.changesSince(of('Lead', []), NOW)) {
    stored = page;
    break;
  }
  const cursor = JSON.parse(JSON.stringify(stored?.cursor));
  const pages = await collect(crm.changesSince(of('Lead', [], cursor), NOW + 60 * MINUTE));
  expect(conditionOf(asked[1])).toContain("OR Id > '00Q5g00000AAA01EAH'");
  expect(pages.at(-1)?.covers).toBe(NOW - 10 * MINUTE);
});

test('a field that our user cannot see is reported once and left out, and the rest is read', async () => {
  const invisible: string[] = [];
  const { crm, org } = wire({ onInvisibleField: (object, field) => invisible.push(`${object}.${field}`) });
  describesLead(org);
  const asked = answers(org, [leads().records, leads().records]);
  const [page] = await collect(crm.changesSince(of('Lead', ['Secret__c', 'LastName', 'Address']), NOW));
  await collect(crm.changesSince(of('Lead', ['Secret__c', 'LastName']), NOW));
  expect(invisible).toEqual(['Lead.Secret__c', 'Lead.Address']);
  expect(page?.sightings[0]?.values).toEqual({ LastName: '佐藤' });
  expect(asked[0]).not.toContain('Secret__c');
});

test('a field that was hidden since we looked costs one more look, not the pull', async () => {
  const invisible: string[] = [];
  const { crm, org } = wire({ onInvisibleField: (_, field) => invisible.push(field) });
  describesLead(org);
  composites(org, 1, () => ({
    status: 400,
    body: refusal('INVALID_FIELD', "No such column 'Title' on entity 'Lead'."),
  }));
  const described = fixture<{ fields: { name: string }[] }>('describe-lead');
  const fewer = { ...described, fields: described.fields.filter(({ name }) => name !== 'Title') };
  org.get(data('/sobjects/Lead/describe')).reply(200, fewer);
  answers(org, [leads().records]);
  const [page] = await collect(crm.changesSince(of('Lead', ['Title', 'LastName']), NOW));
  expect(invisible).toEqual(['Title']);
  expect(Object.keys(page?.sightings[0]?.values ?? {})).toEqual(['LastName']);
});

test('an object without a system stamp for our user cannot be paged, and says which right is missing', async () => {
  const { crm, org } = wire();
  org.get(data('/sobjects/Lead/describe')).reply(200, { fields: [] });
  await expect(collect(crm.changesSince(of('Lead', []), NOW))).rejects.toMatchObject({
    code: 'SYNC_CREDENTIALS_REJECTED',
    message: expect.stringContaining('Lead.Id'),
  });
});
