import { describe, expect, test } from 'vitest';
import {
  aDeal,
  aDealRecord,
  anOpportunity,
  aParticipant,
  DEAL_ID,
  dealEdited,
  OPPORTUNITY_ID,
  planned,
  restedDeal,
  written,
} from '../../support/deals.ts';
import { aChange, aContact } from '../../support/people.ts';

const codes = ({ openFindings }: ReturnType<typeof planned>) => openFindings.map(({ code }) => code);
const pair = () => restedDeal([aDealRecord(), anOpportunity()]);

describe('a deal that both systems have', () => {
  test('comes to rest: with world and clock held still, nothing is planned', () => {
    const made = planned(pair());
    expect({ changes: made.changes, bases: made.bases, open: made.openFindings }).toEqual({
      changes: [],
      bases: [],
      open: [],
    });
  });

  test('bears our key on both sides, so that a lost ledger finds it again', () => {
    const made = planned(aDeal([aDealRecord(), anOpportunity()]));
    expect(written(made)).toMatchObject({
      'hubspot:deals': { tasuki_key: 'deal-hubspot-9001' },
      'salesforce:Opportunity': { Tasuki_Key__c: 'deal-hubspot-9001' },
    });
  });

  test('moved on by sales shows its new stage in HubSpot', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { StageName: '見積提示' }));
    expect(written(made)).toEqual({ 'hubspot:deals': { dealstage: 'contractsent' } });
    expect(made.changes[0]?.steps[0]?.[0]?.reason).toMatchObject({ code: 'deal-stage', detail: { stage: '見積提示' } });
  });

  test('moved on by marketing shows its new stage in Salesforce', () => {
    const made = planned(dealEdited(pair(), DEAL_ID, { dealstage: 'contractsent' }));
    expect(written(made)).toEqual({ 'salesforce:Opportunity': { StageName: '見積提示' } });
  });

  test('whose stage stands in no map keeps it, is said once per stage, and its amount still goes', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { StageName: '交渉', Amount: 900_000 }));
    expect(written(made)).toEqual({ 'hubspot:deals': { amount: 900_000 } });
    expect(made.openFindings).toMatchObject([
      { code: 'STAGE_NOT_MAPPED', subject: 'mappings/deal.yaml:10 salesforce:交渉' },
    ]);
  });

  test('in a pipeline that is not mapped is left alone', () => {
    const made = planned(aDeal([aDealRecord({ pipeline: '8801', dealstage: '9902', amount: 1 }), anOpportunity()]));
    expect({ changes: made.changes, open: made.openFindings }).toEqual({ changes: [], open: [] });
  });

  test('closed as won and opened again goes on, and both departments hear of it; closing it again ends the matter', () => {
    const won = restedDeal([
      aDealRecord({ dealstage: 'closedwon', hs_is_closed: true, hs_is_closed_won: true }),
      anOpportunity({ StageName: '受注', IsClosed: true, IsWon: true }),
    ]);
    const made = planned(dealEdited(won, OPPORTUNITY_ID, { StageName: '見積提示', IsClosed: false, IsWon: false }));
    expect(codes(made)).toEqual(['DEAL_REOPENED']);
    expect(written(made)).toEqual({ 'hubspot:deals': { dealstage: 'contractsent' } });
    const finding = made.openFindings[0]!;
    const again = planned({ ...won, findings: [finding] });
    expect(again.closeFindings).toEqual([{ code: 'DEAL_REOPENED', subject: finding.subject }]);
  });
});

describe('an amount', () => {
  test('travels with its currency as one value', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { Amount: 980_000 }));
    expect(written(made)).toEqual({ 'hubspot:deals': { amount: 980_000 } });
  });

  test('of yen has no decimals: a fraction that HubSpot keeps is no difference', () => {
    expect(planned(dealEdited(pair(), DEAL_ID, { amount: '1200000.40' })).changes).toEqual([]);
  });

  test('in a currency that an organisation with one currency does not have is said, and stays', () => {
    const made = planned(dealEdited(pair(), DEAL_ID, { amount: 10_000, deal_currency_code: 'USD' }));
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([
      { code: 'CURRENCY_NOT_KNOWN', detail: { currency: 'USD', system: 'salesforce' } },
    ]);
  });

  test('in a currency that HubSpot has goes there with it', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { Amount: 9_999.5, CurrencyIsoCode: 'USD' }));
    expect(written(made)).toEqual({ 'hubspot:deals': { amount: 9_999.5, deal_currency_code: 'USD' } });
  });

  test('that is the sum of products is sales’: an edit in HubSpot is set back and said', () => {
    const withProducts = restedDeal([aDealRecord(), anOpportunity({ HasOpportunityLineItem: true })]);
    const made = planned(dealEdited(withProducts, DEAL_ID, { amount: 1 }));
    expect(written(made)).toEqual({ 'hubspot:deals': { amount: 1_200_000 } });
    expect(codes(made)).toEqual(['AMOUNT_FROM_PRODUCTS']);
  });

  test('that grew with a product follows without a word: nobody edited it', () => {
    const withProducts = restedDeal([aDealRecord(), anOpportunity({ HasOpportunityLineItem: true })]);
    const made = planned(dealEdited(withProducts, OPPORTUNITY_ID, { Amount: 1_500_000 }));
    expect(written(made)).toEqual({ 'hubspot:deals': { amount: 1_500_000 } });
    expect(codes(made)).toEqual([]);
  });
});

describe('a close date', () => {
  test('picked on HubSpot’s screen is a day in the office’s zone', () => {
    // 2027-01-15 in Tokyo, though still the 14th in UTC.
    const made = planned(dealEdited(pair(), DEAL_ID, { closedate: '2027-01-14T16:30:00.000Z' }));
    expect(written(made)).toEqual({ 'salesforce:Opportunity': { CloseDate: '2027-01-15' } });
  });

  test('put off by sales is midnight UTC of that day in HubSpot', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { CloseDate: '2027-03-31' }));
    expect(written(made)).toEqual({ 'hubspot:deals': { closedate: '2027-03-31T00:00:00.000Z' } });
  });
});

describe('an owner', () => {
  test('whom sales changed is shown in HubSpot where they have a seat', () => {
    const others = restedDeal([aDealRecord({ hubspot_owner_id: '72' }), anOpportunity()]);
    expect(others.sightings[0]?.values['hubspot_owner_id']).toBe('71');
    const made = planned(dealEdited(others, DEAL_ID, { hubspot_owner_id: '72' }));
    expect(written(made)).toEqual({ 'hubspot:deals': { hubspot_owner_id: '71' } });
    expect(codes(made)).toEqual(['OWNER_EDIT_RESTORED']);
  });

  test('who has left keeps the opportunity, and that is said once for the owner', () => {
    const made = planned(dealEdited(pair(), OPPORTUNITY_ID, { OwnerId: '005000000000004AAA' }));
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([{ code: 'OWNER_INACTIVE', subject: 'salesforce:005000000000004AAA' }]);
  });
});

describe('people tied to a deal', () => {
  test('in Salesforce only are associated in HubSpot beside those who are', () => {
    const other = aParticipant({
      id: 'hubspot-502',
      hubspot: aContact({}, { record: { system: 'hubspot', object: 'contacts', id: '502' } }),
      tied: ['salesforce'],
    });
    const made = planned({ ...pair(), people: [aParticipant(), other] });
    expect(written(made)).toEqual({ 'hubspot:deals': { 'associations.contacts': '501;502' } });
  });

  test('are not remembered as tied where nothing is written: of a deal just made, nobody has read yet who is tied', () => {
    const { 'associations.contacts': _, ...read } = aDealRecord().values;
    const unread = aDeal([{ ...aDealRecord(), values: read }, anOpportunity()]);
    const made = planned({ ...unread, people: [aParticipant({ tied: ['salesforce'] })] });
    const bases = made.changes.flatMap(({ basesAfter }) => basesAfter ?? []).map(({ field }) => field);
    expect(Object.keys(written(made))).toContain('hubspot:deals');
    expect(bases.filter((field) => field.startsWith('participant:'))).toEqual([]);
  });

  test('whom one side dropped are neither put back nor dropped on the other, and a person is told', () => {
    const rested = pair();
    const dropped = { ...rested, people: [aParticipant({ tied: ['salesforce'] })] };
    const made = planned(dropped);
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([{ code: 'TIE_REMOVED', detail: { system: 'hubspot' } }]);
  });

  describe('by us, and not there', () => {
    const rested = pair();
    const bases = rested.bases.map((base) =>
      base.field.startsWith('participant:') ? { ...base, provisional: 'hubspot' as const } : base,
    );
    const tied = { ...rested, bases, people: [aParticipant({ tied: ['salesforce'] })] };
    const basesAfter = bases.filter(({ provisional }) => provisional !== null);

    test('are not missed while the write is on its way', () => {
      const made = planned({ ...tied, open: [aChange({ state: 'acknowledged', basesAfter })] });
      expect(codes(made)).toEqual([]);
    });

    test('are told of once it has come to nothing: somebody took them off before anybody looked', () => {
      expect(codes(planned(tied))).toEqual(['TIE_REMOVED']);
    });
  });
});
