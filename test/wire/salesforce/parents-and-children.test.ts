import nock from 'nock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObjectName } from '../../../src/domain/people/record.ts';
import type { Stream } from '../../../src/ports/crm.ts';
import { collect, composites, data, describes, refusal, rowsPage, soqlIn, wire } from './org.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const NOW = Date.UTC(2026, 10, 21, 9);
const STAMPS = { CreatedDate: '2026-11-19T00:00:00.000+0000', SystemModstamp: '2026-11-20T01:02:03.000+0000' };
const LEAD = '00Q5g00000AAAAAEA5';
const CONTACT = '0035g00000ContaAAB';
const OTHER_CONTACT = '0035g00000ContbAAB';
const COLLEAGUE = '0055g000004RepaAAC';
const MAIL = '02s5g00000AAAAAAA5';
const CHILDREN = { childRelationships: [{ relationshipName: null }, { relationshipName: 'EmailMessageRelations' }] };

const one = (object: ObjectName, fields: readonly string[]): readonly Stream[] => [
  { object, fields, cursor: undefined },
];
const campaignId = { name: 'CampaignId', type: 'reference', relationshipName: 'Campaign', referenceTo: ['Campaign'] };
const relation = (RelationId: string | null, RelationType: string) => ({ RelationId, RelationType });
const mail = (children: unknown) => ({ Id: MAIL, IsDeleted: false, ...STAMPS, EmailMessageRelations: children });

test('a history is paged by the day it was written, since its rows carry no other stamp and no mark of deletion', async () => {
  const { crm, org } = wire({ pageSize: 1 });
  describes(org, 'LeadHistory', [
    { name: 'LeadId', type: 'reference' },
    { name: 'NewValue', type: 'anyType' },
  ]);
  const row = { Id: '0175g00000AAAAA', CreatedDate: STAMPS.CreatedDate, LeadId: '00Q5g00000AAAAA', NewValue: '対応中' };
  let first = true;
  const calls = composites(org, 2, () => {
    const page = rowsPage(first ? [row] : []);
    first = false;
    return page;
  });
  const pages = await collect(crm.changesSince(one('LeadHistory', ['LeadId', 'NewValue']), NOW));
  expect(calls.map(([part]) => soqlIn(part))).toEqual([
    'SELECT Id, CreatedDate, LeadId, NewValue FROM LeadHistory ORDER BY CreatedDate, Id LIMIT 1',
    "SELECT Id, CreatedDate, LeadId, NewValue FROM LeadHistory WHERE CreatedDate >= 2026-11-19T00:00:00Z AND (CreatedDate > 2026-11-19T00:00:00Z OR Id > '0175g00000AAAAAAA5') ORDER BY CreatedDate, Id LIMIT 1",
  ]);
  expect(pages[0]?.sightings[0]).toMatchObject({
    values: { LeadId: LEAD, NewValue: '対応中' },
    createdAt: Date.UTC(2026, 10, 19),
    modifiedAt: Date.UTC(2026, 10, 19),
    deleted: false,
  });
});

test('a field of the parent is read with the row, also when the row has no parent', async () => {
  const { crm, org } = wire();
  describes(org, 'CampaignMember', ['Status', campaignId]);
  describes(org, 'Campaign', ['Name', { name: 'Type', type: 'picklist' }]);
  const member = { Id: '00v5g00000AAAAAEA5', IsDeleted: false, ...STAMPS, Status: '参加' };
  const calls = composites(org, 1, () =>
    rowsPage([
      { ...member, Campaign: { attributes: { type: 'Campaign' }, Name: '製造業セミナー', Type: 'Webinar' } },
      { ...member, Id: '00v5g00000AAAABEA5', Campaign: null },
    ]),
  );
  const fields = ['Status', 'Campaign.Name', 'Campaign.Type'];
  const [page] = await collect(crm.changesSince(one('CampaignMember', fields), NOW));
  expect(soqlIn(calls[0]?.[0])).toContain(', Status, Campaign.Name, Campaign.Type FROM CampaignMember ORDER');
  expect(page?.sightings.map(({ values }) => values)).toEqual([
    { Status: '参加', 'Campaign.Name': '製造業セミナー', 'Campaign.Type': 'Webinar' },
    { Status: '参加', 'Campaign.Name': null, 'Campaign.Type': null },
  ]);
});

test('fields of a parent that our user may not see are reported and left out, and so are those of no parent', async () => {
  const invisible: string[] = [];
  const { crm, org } = wire({ onInvisibleField: (_, field) => invisible.push(field) });
  const owner = { name: 'OwnerId', type: 'reference', relationshipName: 'Owner', referenceTo: ['Group', 'User'] };
  describes(org, 'CampaignMember', ['Status', campaignId, owner]);
  org
    .get(data('/sobjects/Campaign/describe'))
    .reply(404, refusal('NOT_FOUND', 'The requested resource does not exist'));
  const calls = composites(org, 1, () => rowsPage([]));
  await collect(
    crm.changesSince(
      one('CampaignMember', ['Status', 'Campaign.Name', 'Nobody.Name', 'Owner.Name', 'Recipients']),
      NOW,
    ),
  );
  expect(invisible).toEqual(['Campaign.Name', 'Nobody.Name', 'Owner.Name', 'Recipients']);
  expect(soqlIn(calls[0]?.[0])).toContain('IsDeleted, Status FROM CampaignMember');
});

test('a mail tells the Leads and Contacts it came from and went to, and no colleague and no stranger', async () => {
  const { crm, org } = wire();
  describes(org, 'EmailMessage', ['Subject'], CHILDREN);
  const people = [
    relation(OTHER_CONTACT, 'CcAddress'),
    relation(COLLEAGUE, 'FromAddress'),
    relation(CONTACT.slice(0, 15), 'ToAddress'),
    relation(null, 'ToAddress'),
    relation(LEAD, 'FromAddress'),
    relation(CONTACT, 'BccAddress'),
    relation('0035g00000ContzAAB', 'OtherAddress'),
  ];
  const calls = composites(org, 1, () =>
    rowsPage([
      mail({ totalSize: 7, done: true, records: people }),
      mail(null),
      mail({ totalSize: 1, done: true, records: [relation(COLLEAGUE, 'ToAddress')] }),
    ]),
  );
  const [page] = await collect(crm.changesSince(one('EmailMessage', ['Recipients']), NOW));
  expect(soqlIn(calls[0]?.[0])).toMatch(
    /^SELECT Id, CreatedDate, SystemModstamp, IsDeleted, \(SELECT RelationId, RelationType FROM EmailMessageRelations\) FROM EmailMessage ORDER/,
  );
  expect(page?.sightings.map(({ values }) => values['Recipients'])).toEqual([
    [LEAD, CONTACT, OTHER_CONTACT].join(';'),
    null,
    null,
  ]);
});

test('people of a mail that our user may not see are reported and left out', async () => {
  const invisible: string[] = [];
  const { crm, org } = wire({ onInvisibleField: (_, field) => invisible.push(field) });
  describes(org, 'EmailMessage', ['Subject']);
  const calls = composites(org, 1, () => rowsPage([]));
  await collect(crm.changesSince(one('EmailMessage', ['Subject', 'Recipients']), NOW));
  expect(invisible).toEqual(['Recipients']);
  expect(soqlIn(calls[0]?.[0])).not.toContain('EmailMessageRelations');
});

test('a mail to very many people is followed to the last of them', async () => {
  const { crm, org } = wire();
  describes(org, 'EmailMessage', [], CHILDREN);
  const nextRecordsUrl = data('/query/01g5g00000-200');
  composites(org, 1, () =>
    rowsPage([mail({ totalSize: 2, done: false, nextRecordsUrl, records: [relation(LEAD, 'ToAddress')] })]),
  );
  org.get(nextRecordsUrl).reply(200, rowsPage([relation(CONTACT, 'ToAddress')]).body);
  const [page] = await collect(crm.changesSince(one('EmailMessage', ['Recipients']), NOW));
  expect(page?.sightings[0]?.values).toEqual({ Recipients: [CONTACT, LEAD].join(';') });
});

test('a mail is read by its id with its people, by a query, which is the only call that knows them', async () => {
  const { crm, org } = wire();
  describes(org, 'EmailMessage', ['Subject'], CHILDREN);
  org
    .get(data('/queryAll'))
    .query(({ q }) => String(q).includes(`EmailMessageRelations) FROM EmailMessage WHERE Id IN ('${MAIL}', `))
    .reply(200, rowsPage([mail({ done: true, records: [relation(LEAD, 'ToAddress')] })]).body);
  const found = await crm.read('EmailMessage', [MAIL, '02s5g00000AAAAB'], ['Recipients'], NOW);
  expect(found.map(({ deleted, values }) => [deleted, values])).toEqual([
    [false, { Recipients: LEAD }],
    [true, {}],
  ]);
});
