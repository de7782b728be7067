import { describe, expect, test } from 'vitest';
import {
  ACCOUNT_ID,
  aCompanyBeside,
  aDeal,
  aDealRecord,
  anOpportunity,
  aParticipant,
  aSalesforceContact,
  OPPORTUNITY_ID,
  planned,
  SF_CONTACT_ID,
  written,
} from '../../support/deals.ts';
import { aContact, aLead, aPolicy, DEAL_MAPPING } from '../../support/people.ts';

const codes = ({ openFindings }: ReturnType<typeof planned>) => openFindings.map(({ code }) => code);

describe('a deal that only HubSpot has', () => {
  const alone = (rest: Parameters<typeof aDeal>[1] = {}) => aDeal([aDealRecord()], rest);
  const tied = { tied: ['hubspot'] } as const;

  test('becomes an opportunity of the account and the contact, upserted by our key', () => {
    const made = planned(alone({ people: [aParticipant(tied)] }));
    expect(written(made)).toEqual({
      'salesforce:Opportunity': {
        Name: 'みなと商事 新規導入',
        StageName: '初回訪問',
        CloseDate: '2026-12-25',
        Amount: 1_200_000,
        AccountId: ACCOUNT_ID,
        ContactId: SF_CONTACT_ID,
        OwnerId: '005000000000001AAA',
      },
      'hubspot:deals': { tasuki_key: 'deal-hubspot-9001' },
    });
    expect(made.changes[0]).toMatchObject({
      kind: 'create',
      key: { field: 'Tasuki_Key__c', value: 'deal-hubspot-9001' },
      readBack: true,
    });
  });

  test('without a close date gets one that does not travel back as if somebody had typed it', () => {
    const made = planned(aDeal([aDealRecord({ closedate: null })], { people: [aParticipant(tied)] }));
    expect(written(made)['salesforce:Opportunity']).toMatchObject({ CloseDate: '2027-02-22' });
    expect(made.changes[0]?.basesAfter).toContainEqual(
      expect.objectContaining({ field: 'close-date', hubspot: null, salesforce: '2027-02-22' }),
    );
  });

  test('whose person is still a Lead waits for the conversion, which is sales’ to do', () => {
    const made = planned(alone({ people: [aParticipant({ ...tied, salesforce: aLead() })] }));
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([
      { code: 'DEAL_NEEDS_CONVERSION', subject: 'hubspot:deals:9001', detail: { lead: '00Q000000000001AAA' } },
    ]);
  });

  test('whose person has been converted since is made, and the finding is closed', () => {
    const before = planned(alone({ people: [aParticipant({ ...tied, salesforce: aLead() })] })).openFindings;
    const made = planned(alone({ people: [aParticipant(tied)], findings: before }));
    expect(made.changes.map(({ kind }) => kind)).toEqual(['create', 'update']);
    expect(made.closeFindings).toEqual([{ code: 'DEAL_NEEDS_CONVERSION', subject: 'hubspot:deals:9001' }]);
  });

  test.each([
    ['nobody', [], 'no-person'],
    ['somebody who is not in Salesforce', [aParticipant({ ...tied, salesforce: null })], 'not-in-salesforce'],
    [
      'a contact without an account',
      [aParticipant({ ...tied, salesforce: aSalesforceContact({ AccountId: null }) })],
      'no-account',
    ],
  ] as const)('with %s makes none and says why', (_, people, because) => {
    const made = planned(alone({ people }));
    expect(made.changes).toEqual([]);
    expect(made.openFindings).toMatchObject([{ code: 'DEAL_NEEDS_CONTACT', detail: { because } }]);
  });

  test('with three contacts takes the first who can be a contact role; the others get theirs once it is there', () => {
    const second = aParticipant({
      id: 'hubspot-502',
      ...tied,
      salesforce: aSalesforceContact(
        {},
        { record: { system: 'salesforce', object: 'Contact', id: '003000000000002AAA' } },
      ),
    });
    const lead = aParticipant({ id: 'hubspot-503', ...tied, salesforce: aLead() });
    const people = [lead, aParticipant(tied), second];
    const made = planned(alone({ people }));
    expect(written(made)['salesforce:Opportunity']).toMatchObject({ ContactId: SF_CONTACT_ID });
    const both = aDeal([aDealRecord(), anOpportunity()], { people });
    const roles = planned(both).changes.filter(({ target }) => target.object === 'OpportunityContactRole');
    expect(roles.map(({ key }) => key?.value)).toEqual([
      'deal-hubspot-9001:hubspot-501',
      'deal-hubspot-9001:hubspot-502',
    ]);
  });

  test('whose opportunity somebody deleted is not made again', () => {
    const gone = anOpportunity({}, { deleted: true });
    const made = planned(aDeal([aDealRecord(), gone]));
    expect(made.changes).toEqual([]);
    expect(codes(made)).toEqual(['RECORD_DELETED']);
    expect(made.endLinks).toMatchObject([{ role: 'former' }]);
  });

  test('and was refused as an opportunity is not sent again until something of it changes', () => {
    const [creation] = planned(alone({ people: [aParticipant(tied)] })).changes;
    const wanted = Object.fromEntries(creation!.steps.flat().map(({ field, after }) => [field, after]));
    const refusal = {
      code: 'WRITE_REFUSED',
      subject: 'salesforce:Opportunity:(deal-hubspot-9001)',
      detail: { fields: '', wanted: JSON.stringify(wanted) },
    } as const;
    const refused = alone({ people: [aParticipant(tied)], findings: [refusal] });
    const made = planned(refused);
    expect(made.changes.map(({ kind }) => kind)).toEqual(['update']);
    expect(made.closeFindings).toEqual([]);
    const corrected = planned({ ...refused, sightings: [aDealRecord({ dealname: 'みなと商事 更新' })] });
    expect(corrected.changes.map(({ kind }) => kind)).toEqual(['create', 'update']);
    expect(corrected.closeFindings).toEqual([{ code: 'WRITE_REFUSED', subject: refusal.subject }]);
  });

  test('is left alone where the mapping makes none', () => {
    const policy = aPolicy({ deal: { ...DEAL_MAPPING, create: { salesforce: false, hubspot: false } } });
    const made = planned(alone({ people: [aParticipant(tied)] }), { policy });
    expect({ changes: made.changes, open: made.openFindings }).toEqual({ changes: [], open: [] });
  });
});

describe('an opportunity that only Salesforce has', () => {
  const alone = (rest: Parameters<typeof aDeal>[1] = {}, values = {}) =>
    aDeal([anOpportunity(values)], { id: `deal-salesforce-${OPPORTUNITY_ID}`, ...rest });
  const tied = { tied: ['salesforce'] } as const;

  test('becomes a deal of its contacts and company, upserted by our key', () => {
    const company = aCompanyBeside({
      hubspot: aContact({}, { record: { system: 'hubspot', object: 'companies', id: '77' } }),
    });
    const made = planned(alone({ people: [aParticipant(tied)], companies: [company] }));
    expect(written(made)).toEqual({
      'hubspot:deals': {
        dealname: 'みなと商事 新規導入',
        pipeline: 'default',
        dealstage: 'appointmentscheduled',
        closedate: '2026-12-25T00:00:00.000Z',
        amount: 1_200_000,
        deal_currency_code: 'JPY',
        hubspot_owner_id: '71',
        'associations.contacts': '501',
        'associations.companies': '77',
      },
      'salesforce:Opportunity': { Tasuki_Key__c: `deal-salesforce-${OPPORTUNITY_ID}` },
    });
  });

  test('with five contact roles is a deal of all five', () => {
    const people = [1, 2, 3, 4, 5].map((nth) =>
      aParticipant({
        ...tied,
        id: `hubspot-${nth}`,
        hubspot: aContact({}, { record: { system: 'hubspot', object: 'contacts', id: String(nth) } }),
      }),
    );
    expect(written(planned(alone({ people })))['hubspot:deals']).toMatchObject({
      'associations.contacts': '1;2;3;4;5',
    });
  });

  test('without an account is a deal without a company', () => {
    const made = planned(alone({ people: [aParticipant(tied)] }, { AccountId: null }));
    expect(written(made)['hubspot:deals']).not.toHaveProperty('associations.companies');
    expect(made.changes.map(({ kind }) => kind)).toEqual(['create', 'update']);
  });

  test('of nobody whom marketing knows stays sales’ own business', () => {
    const made = planned(alone({ people: [aParticipant({ ...tied, hubspot: null })] }));
    expect({ changes: made.changes, open: made.openFindings }).toEqual({ changes: [], open: [] });
  });
});
