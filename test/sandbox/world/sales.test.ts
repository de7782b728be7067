import { describe, expect, test } from 'vitest';
import { aWorld, type Held, NOW } from './a-world.ts';
import { bareName } from './company-writings.ts';

/** Of 300 people, enough have a sale for every plot to be told. */
const { portal, org, of } = aWorld();
const DAY = 86_400_000;

const byId = (object: string): Map<string, Held> => new Map(of(object).map((held) => [held.id, held]));
const links = portal.associations();
const linked = (from: { object: string; id: string }, object: string): string[] => [
  ...new Set(
    links
      .filter(({ from: one, to }) => one.object === from.object && one.id === from.id && to.object === object)
      .map(({ to }) => to.id),
  ),
];
const opportunities = of('Opportunity');
const roles = of('OpportunityContactRole');
const rolesOf = ({ id }: Held): Held[] => roles.filter(({ fields }) => fields['OpportunityId'] === id);
const contacts = of('contacts');
const contactOf = (address: unknown): Held | undefined => contacts.find(({ fields }) => fields['email'] === address);

describe('a sale that was won', () => {
  const [won] = opportunities.filter(
    ({ fields }) => fields['StageName'] === '受注' && rolesOf({ id: String(fields['Id']) } as Held).length === 1,
  );
  const person = byId('Contact').get(String(won?.fields['ContactId']));
  const lead = of('Lead').find(({ fields }) => fields['ConvertedOpportunityId'] === won?.id);
  const contact = contactOf(person?.fields['Email']);

  test('began with a form, went on with a seminar, and every step is dated after the one before', () => {
    const history = of('OpportunityFieldHistory')
      .filter(({ fields }) => fields['OpportunityId'] === won?.id && fields['Field'] === 'StageName')
      .map(({ fields, at }) => [fields['NewValue'], at] as const);
    expect(history.map(([stage]) => stage)).toEqual(['提案', '見積提示', '交渉', '受注']);
    const attended = portal.events.list().flatMap((event) => portal.events.participationsIn(event));
    const seminar = attended.find(({ contactId, state }) => contactId === contact?.id && state === 'ATTENDED');
    const calls = of('Task').filter(({ fields }) => fields['WhoId'] === person?.id && fields['TaskSubtype'] === 'Call');
    const steps = [
      Date.parse(String(contact?.fields['first_conversion_date'])),
      Date.parse(String(contact?.fields['recent_conversion_date'])),
      seminar?.occurredAt,
      Date.parse(String(contact?.fields['hs_v2_date_entered_marketingqualifiedlead'])),
      lead?.at,
      calls[0]?.at,
      person?.at,
      ...history.map(([, at]) => at),
    ].map(Number);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.every((at) => at < NOW)).toBe(true);
  });

  test('is the work of reps, and closed on the day on which it was won', () => {
    expect(won?.fields['LastModifiedById']).toBe(won?.fields['OwnerId']);
    const stages = of('OpportunityFieldHistory').filter(({ fields }) => fields['OpportunityId'] === won?.id);
    const last = stages.findLast(({ fields }) => fields['NewValue'] === '受注');
    expect(won?.fields['CloseDate']).toBe(new Date((last?.at ?? 0) + 9 * 3_600_000).toISOString().slice(0, 10));
    expect(byId('Account').get(String(won?.fields['AccountId']))?.fields['Type']).toBe('顧客');
  });

  test('leaves a Lead that is converted into that Contact, with its mail and campaign', () => {
    expect(lead?.fields).toMatchObject({ IsConverted: true, ConvertedContactId: person?.id });
    const mails = of('EmailMessageRelation').filter(({ fields }) => fields['RelationId'] === lead?.id);
    expect(mails).toHaveLength(1);
    const mail = byId('EmailMessage').get(String(mails[0]?.fields['EmailMessageId']));
    expect(byId('Task').get(String(mail?.fields['ActivityId']))?.fields['TaskSubtype']).toBe('Email');
    const member = of('CampaignMember').find(({ fields }) => fields['ContactId'] === person?.id);
    expect(member?.fields).toMatchObject({ LeadId: lead?.id, HasResponded: true });
  });
});

describe('the ways a sale may go', () => {
  test('won, lost with a reason, still open, and stalled: its close date has passed without a word', () => {
    const stages = new Set(opportunities.map(({ fields }) => fields['StageName']));
    expect(stages).toEqual(new Set(['初回訪問', '提案', '見積提示', '受注', '失注']));
    const lost = opportunities.filter(({ fields }) => fields['StageName'] === '失注');
    expect(lost.every(({ fields }) => typeof fields['Loss_Reason__c'] === 'string')).toBe(true);
    const today = new Date(NOW).toISOString().slice(0, 10);
    const stalled = opportunities.filter(
      ({ fields }) =>
        fields['IsClosed'] === false &&
        String(fields['CloseDate']) < today &&
        Date.parse(String(fields['SystemModstamp'])) < NOW - 60 * DAY,
    );
    expect(stalled.length).toBeGreaterThan(0);
  });

  test('an opportunity has one contact, five, or neither contact nor account', () => {
    const counted = opportunities.map((each) => rolesOf(each).length);
    expect(new Set(counted)).toEqual(new Set([0, 1, 5]));
    const hasty = opportunities.filter((each) => rolesOf(each).length === 0);
    expect(hasty.every(({ fields }) => fields['AccountId'] === null)).toBe(true);
    expect(opportunities.flatMap(rolesOf).filter(({ fields }) => fields['IsPrimary'] === true)).toHaveLength(
      opportunities.length - hasty.length,
    );
  });

  test('lines of products add up to the amount', () => {
    const [sold] = opportunities.filter(({ fields }) => fields['HasOpportunityLineItem'] === true);
    const lines = of('OpportunityLineItem').filter(({ fields }) => fields['OpportunityId'] === sold?.id);
    const sum = lines.reduce((total, { fields }) => total + Number(fields['TotalPrice']), 0);
    expect([lines.length, sold?.fields['Amount']]).toEqual([2, sum]);
  });

  test('HubSpot has deals of its own: of a Lead, of three contacts, and one that was won there', () => {
    const deals = of('deals').map((deal) => ({ deal, people: linked({ object: 'deals', id: deal.id }, 'contacts') }));
    expect(deals.some(({ people }) => people.length === 3)).toBe(true);
    const leads = new Map(of('Lead').map((lead) => [lead.fields['Email'], lead]));
    const ofLead = deals.filter(({ people }) =>
      people.some((id) => leads.get(byId('contacts').get(id)?.fields['email'])?.fields['IsConverted'] === false),
    );
    expect(ofLead.length).toBeGreaterThan(0);
    const won = deals.find(({ deal }) => deal.fields['hs_is_closed_won'] === 'true');
    expect(won?.deal.fields).toMatchObject({ dealstage: 'closedwon', closed_won_reason: expect.any(String) as string });
    const seats = new Set(portal.owners.list({ email: undefined, archived: false }).map(({ id }) => id));
    expect(deals.every(({ deal }) => seats.has(String(deal.fields['hubspot_owner_id'])))).toBe(true);
    const [meeting] = of('meetings');
    expect(linked({ object: 'meetings', id: meeting?.id ?? '' }, 'deals')).toHaveLength(1);
  });
});

describe('what goes wrong in real companies', () => {
  test('one company is written in five ways', () => {
    const writings = new Map<string, Set<string>>();
    for (const { fields } of [...of('Lead'), ...of('companies')]) {
      const name = String(fields['Company'] ?? fields['name']);
      const bare = bareName(name);
      writings.set(bare, (writings.get(bare) ?? new Set()).add(name));
    }
    expect(Math.max(...[...writings.values()].map(({ size }) => size))).toBeGreaterThanOrEqual(5);
  });

  test('a contact without a company, in both systems', () => {
    const alone = of('Contact').filter(({ fields }) => fields['AccountId'] === null);
    const known = alone.map(({ fields }) => contactOf(fields['Email'])).filter((contact) => contact !== undefined);
    expect(known).toHaveLength(1);
    expect(linked({ object: 'contacts', id: known[0]?.id ?? '' }, 'companies')).toEqual([]);
  });

  test('a customer is entered as a new Lead, at a fair', () => {
    const customers = new Set(of('Contact').map(({ fields }) => fields['Email']));
    const again = of('Lead').filter(
      ({ fields }) =>
        fields['IsConverted'] === false && fields['LeadSource'] === '展示会' && customers.has(fields['Email']),
    );
    expect(again.length).toBeGreaterThan(0);
  });

  test('somebody with two addresses was merged, in HubSpot and in Salesforce', () => {
    const survivors = contacts.filter(({ fields }) => Boolean(fields['hs_merged_object_ids']));
    expect(survivors.length).toBeGreaterThan(0);
    const losers = of('Contact').filter(({ fields }) => fields['MasterRecordId'] !== null);
    const masters = losers.map(({ fields }) => byId('Contact').get(String(fields['MasterRecordId']))?.fields['Email']);
    expect(masters).toEqual(survivors.map(({ fields }) => fields['email']));
  });

  test('stamps never run backwards: nothing was changed before it was made', () => {
    for (const object of ['Lead', 'Contact', 'Account', 'Opportunity']) {
      for (const { fields } of of(object)) {
        expect(String(fields['SystemModstamp']) >= String(fields['CreatedDate'])).toBe(true);
        expect(Date.parse(String(fields['SystemModstamp']))).toBeLessThan(NOW);
      }
    }
  });
});

test('a large world has as many stories as it has room for, and a small one is none the worse', () => {
  const shares = [8, 60].map((people) => aWorld(people).of('Opportunity').length);
  expect(shares[0]).toBeLessThanOrEqual(2);
  expect(shares[1]).toBeGreaterThanOrEqual(3);
  expect(org.records('Opportunity').length).toBeGreaterThan(10);
});
