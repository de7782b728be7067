import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { to18 } from '../../src/connectors/salesforce/ids.ts';
import type { Effect } from '../../src/domain/people/change.ts';
import { OBJECTS, type ObjectName, type Sighting } from '../../src/domain/people/record.ts';
import type { Values } from '../../src/domain/values/value.ts';
import type { Crm, CursorState, Stream, StreamPage } from '../../src/ports/crm.ts';
import { emulator, KEY } from './emulated-salesforce.ts';

const MINUTE = 60_000;
const ALL = OBJECTS.salesforce;

let world: Awaited<ReturnType<typeof emulator>>;
let crm: Crm;
let rep: string;

beforeAll(async () => {
  world = await emulator();
});
afterAll(async () => {
  await world.close();
});
beforeEach(() => {
  world.kernel.faults.clear();
  world.org.reset();
  rep = world.org.seedUser({ email: 'mori@example.co.jp', lastName: '森', firstName: '花子' });
  crm = world.open();
});

const now = () => world.kernel.clock.now();
const seed = (object: string, values: Values = {}) => world.org.seed(object, values, { at: now() - MINUTE, by: rep });
const seedAccount = (values: Values = {}) => seed('Account', { Name: '例示株式会社', OwnerId: rep, ...values });
const seedContact = (values: Values = {}) => seed('Contact', { LastName: '佐藤', OwnerId: rep, ...values });
const seedLead = (values: Values = {}) => seed('Lead', { LastName: '佐藤', Company: '例示', OwnerId: rep, ...values });
const DEAL = { Name: '例示株式会社 新規', StageName: '初回訪問', CloseDate: '2026-12-31' };
const seedDeal = (values: Values = {}) => seed('Opportunity', { ...DEAL, OwnerId: rep, ...values });

const create = (object: ObjectName, key: string, values: Values): Effect => ({
  change: `c-${key}`,
  kind: 'create',
  object,
  id: null,
  key: { field: KEY.name, value: key },
  values,
});
const update = (object: ObjectName, id: string, values: Values): Effect => ({
  change: `u-${id}`,
  kind: 'update',
  object,
  id,
  key: null,
  values,
});

const asked = (fields: Partial<Record<ObjectName, readonly string[]>>): Stream[] =>
  Object.entries(fields).map(([object, names]) => ({ object: object as ObjectName, fields: names, cursor: undefined }));

async function pull(streams: readonly Stream[], from: Crm = crm) {
  const pages: StreamPage[] = [];
  for await (const page of from.changesSince(streams, now())) pages.push(page);
  const of = (object: ObjectName): readonly Sighting[] =>
    pages.filter((page) => page.object === object).flatMap(({ sightings }) => sightings);
  return { pages, of };
}
async function survey(object: ObjectName): Promise<readonly Sighting[]> {
  const all: Sighting[] = [];
  for await (const page of crm.survey(object, now())) all.push(...page);
  return all;
}
const idsOf = (sightings: readonly Sighting[]) => sightings.map(({ record }) => record.id);
const spentBetween = (before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(after)
      .map(([kind, sum]) => [kind, sum - (before[kind] ?? 0)] as const)
      .filter(([, sum]) => sum > 0),
  );

it('reads a sale with everything that belongs to it: the conversion, the deal, its people, what was changed', async () => {
  const lead = seedLead({ Status: '未対応' });
  world.org.touch('Lead', lead, { Status: '対応中' }, { by: rep });
  const { accountId, contactId, opportunityId } = world.org.convertLead(lead, { by: rep, opportunity: DEAL });
  world.org.touch('Opportunity', opportunityId ?? '', { StageName: '提案', Amount: 1_200_000 }, { by: rep });
  const { of } = await pull(
    asked({
      Account: ['Name'],
      Contact: ['AccountId'],
      Lead: ['IsConverted', 'ConvertedContactId', 'ConvertedAccountId', 'ConvertedOpportunityId'],
      Opportunity: ['StageName', 'AccountId', 'Amount', 'IsClosed', 'RecordTypeId'],
      OpportunityContactRole: ['OpportunityId', 'ContactId', 'IsPrimary'],
      LeadHistory: ['LeadId', 'Field', 'OldValue', 'NewValue'],
      OpportunityFieldHistory: ['OpportunityId', 'Field', 'NewValue'],
    }),
  );
  expect(of('Lead').map(({ values }) => values)).toEqual([
    {
      IsConverted: true,
      ConvertedContactId: contactId,
      ConvertedAccountId: accountId,
      ConvertedOpportunityId: opportunityId,
    },
  ]);
  expect(of('Contact').map(({ values }) => values)).toEqual([{ AccountId: accountId }]);
  expect(idsOf(of('Account'))).toEqual([accountId]);
  expect(of('Opportunity')[0]?.values).toMatchObject({
    StageName: '提案',
    AccountId: accountId,
    Amount: 1_200_000,
    IsClosed: false,
    RecordTypeId: expect.stringMatching(/^012/),
  });
  expect(of('OpportunityContactRole').map(({ values }) => values)).toEqual([
    { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: true },
  ]);
  expect(of('LeadHistory').map(({ values }) => values)).toContainEqual({
    LeadId: lead,
    Field: 'Status',
    OldValue: '未対応',
    NewValue: '対応中',
  });
  expect(of('OpportunityFieldHistory').map(({ values }) => values)).toContainEqual({
    OpportunityId: opportunityId,
    Field: 'Amount',
    NewValue: 1_200_000,
  });
});

it('shows who took part in a campaign by its name, and whom a mail reached', async () => {
  const [lead, contact] = [seedLead({ Email: 'sato@example.co.jp' }), seedContact()];
  const campaign = seed('Campaign', { Name: '製造業セミナー', Type: 'セミナー' });
  const member = seed('CampaignMember', { CampaignId: campaign, LeadId: lead });
  const mail = seed('EmailMessage', { Subject: 'ご案内', Status: '3', ToAddress: 'sato@example.co.jp' });
  const reached = (id: string, type: string) =>
    seed('EmailMessageRelation', { EmailMessageId: mail, RelationId: id, RelationType: type });
  reached(rep, 'FromAddress');
  reached(contact, 'CcAddress');
  reached(lead, 'ToAddress');
  const fields = { CampaignMember: ['LeadId', 'Campaign.Name', 'Campaign.Type'], EmailMessage: ['Recipients'] };
  const { of } = await pull(asked(fields));
  expect(of('CampaignMember').map(({ record, values }) => [record.id, values])).toEqual([
    [member, { LeadId: lead, 'Campaign.Name': '製造業セミナー', 'Campaign.Type': 'セミナー' }],
  ]);
  expect(of('EmailMessage').map(({ values }) => values)).toEqual([{ Recipients: `${lead};${contact}` }]);
  expect((await crm.read('EmailMessage', [mail], ['Recipients'], now()))[0]?.values).toEqual({
    Recipients: `${lead};${contact}`,
  });
});

it.each([2_000, 20_000])(
  'an idle pull of every object costs the same three calls at %i Leads',
  async (count) => {
    const at = now() - 60 * MINUTE;
    for (let i = 0; i < count; i += 1)
      world.org.seed('Lead', { LastName: '佐藤', Company: '例示', OwnerId: rep }, { at: at + i, by: rep });
    const quick = world.open({ pageSize: 2_000, timeouts: { headersMs: 60_000, totalMs: 60_000 } });
    const first = await pull(
      ALL.map((object) => ({ object, fields: [], cursor: undefined })),
      quick,
    );
    expect(first.of('Lead')).toHaveLength(count);
    world.kernel.clock.advance(30 * MINUTE); // not so long that a token expires
    const cursorOf = (object: ObjectName): CursorState | undefined =>
      first.pages.findLast((page) => page.object === object)?.cursor;
    const before = quick.calls();
    const idle = await pull(
      ALL.map((object) => ({ object, fields: [], cursor: cursorOf(object) })),
      quick,
    );
    expect(spentBetween(before, quick.calls())).toEqual({ 'composite-query': Math.ceil(ALL.length / 5) });
    expect(idle.pages.map(({ covers }) => covers)).toEqual(ALL.map(() => now() - 10 * MINUTE));
  },
  120_000,
);

it('pages through twenty thousand rows of one second', async () => {
  const at = now() - 60 * MINUTE;
  const ids = Array.from({ length: 20_000 }, () =>
    world.org.seed('Lead', { LastName: '佐藤', Company: '例示', OwnerId: rep }, { at, by: rep }),
  );
  const quick = world.open({ pageSize: 2_000, timeouts: { headersMs: 60_000, totalMs: 60_000 } });
  const { of } = await pull(asked({ Lead: [] }), quick);
  expect(new Set(idsOf(of('Lead')))).toEqual(new Set(ids));
  expect(of('Lead')).toHaveLength(ids.length);
}, 120_000);

it('finds by the sweep that a contact role was removed, which no pull shows', async () => {
  const contact = seedContact();
  const deal = seedDeal();
  const roles = Array.from({ length: 12 }, () =>
    seed('OpportunityContactRole', { OpportunityId: deal, ContactId: contact, Role: '決裁者' }),
  );
  const [removed = '', ...kept] = roles;
  world.org.remove('OpportunityContactRole', removed, { by: rep });
  expect(idsOf((await pull(asked({ OpportunityContactRole: [] }))).of('OpportunityContactRole'))).not.toContain(
    removed,
  );
  const listed = await survey('OpportunityContactRole');
  expect(idsOf(listed).toSorted()).toEqual(kept.toSorted());
  expect(listed[0]?.values).toEqual({ OpportunityId: deal, ContactId: contact, Role: '決裁者', IsPrimary: false });
  const found = await crm.read('OpportunityContactRole', roles.slice(0, 2), [], now());
  expect(found.find(({ record }) => record.id === removed)?.deleted).toBe(true);
});

it('makes an opportunity once with its first contact, and further people by keys of their own', async () => {
  const account = seedAccount();
  const [first, second] = [seedContact({ AccountId: account }), seedContact({ AccountId: account })];
  expect(await crm.ensureFields('Opportunity', [KEY])).toEqual([KEY.name]);
  expect(await crm.ensureFields('OpportunityContactRole', [KEY])).toEqual([KEY.name]);
  const deal = create('Opportunity', 'deal-1', { ...DEAL, OwnerId: rep, AccountId: account, ContactId: first });
  const [made] = await crm.write([deal]);
  const [again] = await crm.write([deal]);
  expect([made, again]).toMatchObject([
    { kind: 'written', created: true },
    { kind: 'written', created: false },
  ]);
  const id = made?.kind === 'written' ? made.record.id : '';
  const role = create('OpportunityContactRole', 'role-1', { OpportunityId: id, ContactId: second, Role: '決裁者' });
  expect(await crm.write([role])).toMatchObject([{ kind: 'written', created: true }]);
  expect(await crm.write([role])).toMatchObject([{ kind: 'written', created: false }]);
  const roles = (await survey('OpportunityContactRole')).map(({ values }) => values);
  expect(new Map(roles.map((each) => [each['ContactId'], each['IsPrimary']]))).toEqual(
    new Map([
      [first, true],
      [second, false],
    ]),
  );
  expect(roles).toHaveLength(2);
  const [found] = await crm.findByKey('Opportunity', KEY.name, ['deal-1'], ['AccountId', 'StageName'], now());
  expect(found).toMatchObject({ record: { id }, values: { AccountId: account, StageName: '初回訪問' } });
});

it('follows an Account that was merged away', async () => {
  const [winner, loser] = [seedAccount(), seedAccount()];
  world.org.merge('Account', { winner, loser }, { by: rep });
  const { of } = await pull(asked({ Account: [] }));
  expect(of('Account').find(({ record }) => record.id === loser)).toMatchObject({ deleted: true, mergedInto: winner });
  expect(await crm.write([update('Account', loser, { Website: 'https://example.co.jp' })])).toMatchObject([
    { kind: 'vanished', mergedInto: winner },
  ]);
});

it('refuses to write a converted Lead, which has neither vanished nor been merged', async () => {
  const lead = seedLead();
  world.org.convertLead(lead, { by: rep });
  expect(await crm.write([update('Lead', lead, { Title: '部長' })])).toMatchObject([
    { kind: 'refused', code: 'CANNOT_UPDATE_CONVERTED_LEAD' },
  ]);
});

it('refuses a deal of an unknown record type, or of a customer who is gone, in the words of Salesforce', async () => {
  await crm.ensureFields('Opportunity', [KEY]);
  const gone = seedAccount();
  world.org.remove('Account', gone, { by: rep });
  const outcomes = await crm.write([
    create('Opportunity', 'd1', { ...DEAL, RecordTypeId: to18('0125g000000None') }),
    create('Opportunity', 'd2', { ...DEAL, AccountId: gone }),
    create('Opportunity', 'd3', DEAL),
  ]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused', 'written']);
  expect(outcomes[0]).toMatchObject({ code: 'INVALID_CROSS_REFERENCE_KEY' });
  expect(outcomes.slice(0, 2).every((outcome) => outcome.kind === 'refused' && outcome.message !== '')).toBe(true);
});

it('describes stages, record types and formulas, and a currency only where there are several', async () => {
  const field = async (object: ObjectName, name: string) =>
    (await crm.describe(object))?.fields.find((each) => each.name === name);
  const stages = (await field('Opportunity', 'StageName'))?.options ?? [];
  expect(stages.filter(({ closed }) => closed === true).map(({ value }) => value)).toEqual(['受注', '失注']);
  const types = (await field('Opportunity', 'RecordTypeId'))?.options ?? [];
  expect(types.map(({ label, active }) => [label, active])).toEqual([
    ['New_Business', true],
    ['Existing_Business', true],
  ]);
  expect(await field('Contact', 'Account_Tier__c')).toMatchObject({ calculated: true, writable: false });
  expect(await field('Account', 'Tier__c')).not.toHaveProperty('calculated');
  expect(await field('Opportunity', 'CurrencyIsoCode')).toBeUndefined();
  world.org.switches.multiCurrency = true;
  expect((await field('Opportunity', 'CurrencyIsoCode'))?.options?.map(({ value }) => value)).toContain('JPY');
});

it('reads what it may, and says of the rest that it is not to be seen', async () => {
  const lead = seedLead();
  // Salesforce answers like this about an object without the right to read it.
  const hidden = { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' };
  for (const object of ['CampaignMember', 'Campaign'])
    world.kernel.faults.add({
      system: 'salesforce',
      path: `/sobjects/${object}/describe`,
      times: Infinity,
      fault: { kind: 'status', status: 404, body: [hidden] },
    });
  expect(await crm.describe('CampaignMember')).toBeNull();
  const { pages, of } = await pull(asked({ CampaignMember: ['Campaign.Name'], Lead: [] }));
  expect(pages.map(({ object }) => object)).toEqual(['Lead']);
  expect(idsOf(of('Lead'))).toEqual([lead]);
});
