import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../src/domain/agreement/agreement.ts';
import type { FieldMapping } from '../../../src/domain/people/mapping.ts';
import type { Neighbour } from '../../../src/domain/people/person.ts';
import { aDealRecord, anOpportunity, aSalesforceContact, SF_CONTACT_ID } from '../../support/deals.ts';
import {
  AGREEMENT,
  aContact,
  agreedOtherwise,
  aLead,
  aPerson,
  aPolicy,
  DEAL_MAPPING,
  FIELDS,
  LEAD_ID,
  linkTo,
  NOW,
  PERSON_MAPPING,
  tokyo,
} from '../../support/people.ts';
import { plan, quiet, settled, writes } from '../../support/settle.ts';

const DAY = 86_400_000;
const MINE = { id: 'deal-1', hubspot: aDealRecord(), salesforce: null } satisfies Neighbour;
const WON: Neighbour = {
  id: 'deal-2',
  hubspot: null,
  salesforce: anOpportunity({ IsClosed: true, IsWon: true, CloseDate: '2026-11-20' }),
};
const LOST: Neighbour = {
  id: 'deal-3',
  hubspot: null,
  salesforce: anOpportunity({ IsClosed: true, CloseDate: '2026-11-22', Loss_Reason__c: '価格' }),
};
const outcomes = { tasuki_deal_outcome: null, tasuki_deal_reason: null };
const asContact = () => [aContact({ ...outcomes, lifecyclestage: 'salesqualifiedlead' }), aSalesforceContact()];

const BY_DEAL: Agreement = {
  ...AGREEMENT,
  stages: [
    ...AGREEMENT.stages,
    { stage: 'opportunity', department: 'sales', when: { deal: 'open' } },
    { stage: 'customer', department: 'sales', when: { deal: 'won' } },
  ],
};

describe('somebody with a deal', () => {
  test('enters the stage opportunity while it is open, and customer when it is won', () => {
    const policy = aPolicy({ agreement: BY_DEAL });
    expect(plan(aPerson(asContact(), { deals: [MINE] }), { policy }).stages.at(-1)?.stage).toBe('opportunity');
    expect(plan(aPerson(asContact(), { deals: [WON] }), { policy }).stages.at(-1)?.stage).toBe('customer');
  });

  test('that was lost shows so in HubSpot, with the reason that sales gave', () => {
    const made = plan(aPerson(asContact(), { deals: [LOST] }));
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_deal_outcome: 'lost', tasuki_deal_reason: '価格' });
  });

  test('that was lost, and another that is open, shows the open one', () => {
    const made = plan(aPerson(asContact(), { deals: [LOST, MINE] }));
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_deal_outcome: 'open' });
    expect(writes(made)['hubspot:contacts']).not.toHaveProperty('tasuki_deal_reason');
  });

  test('won before another was lost shows the later end', () => {
    const made = plan(aPerson(asContact(), { deals: [LOST, WON] }));
    expect(writes(made)['hubspot:contacts']).toMatchObject({ tasuki_deal_outcome: 'lost' });
  });

  test('whose opportunity was made just now, and not read yet, shows how it stands in HubSpot', () => {
    const { IsClosed: _closed, IsWon: _won, ...written } = anOpportunity().values;
    const made = { ...MINE, salesforce: { ...anOpportunity(), values: written } };
    const shown = [aContact({ ...outcomes, tasuki_deal_outcome: 'open' }), aSalesforceContact()];
    expect(writes(plan(aPerson(shown, { deals: [made] })))['hubspot:contacts']).not.toHaveProperty(
      'tasuki_deal_outcome',
    );
  });

  test('none at all leaves the outcome alone', () => {
    expect(writes(plan(aPerson(asContact())))['hubspot:contacts']).not.toHaveProperty('tasuki_deal_outcome');
  });
});

describe('the company of a person', () => {
  const policy = agreedOtherwise({
    stages: [
      {
        stage: 'MQL',
        department: 'marketing',
        when: { field: 'company.numberofemployees', test: { atLeast: 100 } },
        handOff: { to: 'inside-sales' },
      },
    ],
  });
  const company = (rest: Partial<Neighbour>): Neighbour => ({
    id: 'company-1',
    hubspot: null,
    salesforce: null,
    ...rest,
  });
  const sized = (field: string, size: number | null) => aContact({}, { values: { [field]: size } });
  const stageWith = (rest: Partial<Neighbour> | null) => {
    const facts = aPerson([aContact({}, { createdAt: NOW - DAY })], {
      company: rest === null ? null : company(rest),
    });
    return plan(facts, { policy }).stages.at(-1)?.stage;
  };

  test('counts for a criterion by what HubSpot says of it, else by what Salesforce does', () => {
    const large = { ...sized('x', 0), values: { numberofemployees: 120 } };
    const record = { system: 'salesforce', object: 'Account', id: '001000000000001AAA' } as const;
    const account = { ...sized('x', 0), record, values: { NumberOfEmployees: 120 } };
    const unknown = { ...sized('x', 0), values: { numberofemployees: null } };
    expect(stageWith({ hubspot: large })).toBe('MQL');
    expect(stageWith({ hubspot: unknown, salesforce: account })).toBe('MQL');
  });

  test('that is too small, or is none at all, meets no criterion', () => {
    const small = { ...sized('x', 0), values: { numberofemployees: 12 } };
    expect(stageWith({ hubspot: small })).toBe('lead');
    expect(stageWith(null)).toBe('lead');
  });
});

describe('a person account', () => {
  test('keeps its name and address to itself, and that is said', () => {
    const shadow = aSalesforceContact({ IsPersonAccount: true, LastName: '佐藤', Phone: null });
    const made = plan(aPerson([aContact(), shadow]));
    expect(made.openFindings).toContainEqual(expect.objectContaining({ code: 'PERSON_ACCOUNT' }));
    expect(writes(made)['salesforce:Contact']?.['LastName']).toBeUndefined();
    expect(writes(made)['hubspot:contacts']?.['lastname']).toBeUndefined();
  });

  test.each([
    ['Salesforce', null, true, 'hubspot:contacts', 'hs_email_optout'],
    ['HubSpot', true, false, 'salesforce:Contact', 'HasOptedOutOfEmail'],
  ])('that has declined our mails in %s has declined them in both', (_, inHubSpot, inSalesforce, where, field) => {
    const consent: FieldMapping = {
      ...FIELDS[1]!,
      name: 'hs_email_optout',
      hubspot: 'hs_email_optout',
      salesforce: { Lead: 'HasOptedOutOfEmail', Contact: 'HasOptedOutOfEmail' },
      policy: 'stricter',
      kind: 'boolean',
    };
    const policy = aPolicy({ person: { ...PERSON_MAPPING, fields: [...FIELDS, consent] } });
    const shadow = aSalesforceContact({ IsPersonAccount: true, LastName: '佐藤', HasOptedOutOfEmail: inSalesforce });
    const made = plan(aPerson([aContact({ hs_email_optout: inHubSpot }), shadow]), { policy });
    expect(writes(made)[where]?.[field]).toBe(true);
    expect(writes(made)['salesforce:Contact']?.['LastName']).toBeUndefined();
    expect(made.openFindings).toContainEqual(expect.objectContaining({ code: 'PERSON_ACCOUNT' }));
  });
});

describe('a Lead that was converted', () => {
  const converted = () =>
    aLead({ IsConverted: true, ConvertedContactId: '003000000000001AAA', Email: 'old@example.co.jp' });

  test('says which Contact its person is now', () => {
    const made = plan(aPerson([aContact(), converted()]));
    expect(made.becomes).toEqual({ system: 'salesforce', object: 'Contact', id: '003000000000001AAA' });
    expect(made.endLinks).toMatchObject([{ role: 'converted' }]);
  });

  test('into the Contact that this person has already becomes nobody else', () => {
    const made = plan(aPerson([aContact(), converted(), aSalesforceContact()]));
    expect(made.becomes).toBeNull();
  });

  test('does not end a running deadline while the Contact is on its way', () => {
    const running = quiet(aPerson([aContact({ hubspotscore: 90 }, { createdAt: NOW - DAY })]));
    const lead = running.sightings.find(({ record }) => record.object === 'Lead')!;
    const gone = {
      ...running,
      version: running.version + 1,
      sightings: running.sightings.map((sighting) =>
        sighting === lead
          ? { ...lead, values: { ...lead.values, IsConverted: true, ConvertedContactId: '003000000000009AAA' } }
          : sighting,
      ),
    };
    expect(running.clocks.map(({ state }) => state)).toEqual(['running']);
    expect(plan(gone).clocks).toEqual([]);
  });
});

describe('two records that one system made one', () => {
  test('leave a duplicate in the other, which is said until it is gone', () => {
    const other = aLead({}, { record: { system: 'salesforce', object: 'Lead', id: '00Q000000000007AAA' } });
    const facts = aPerson([aContact(), aLead(), other], {
      links: [
        linkTo(aContact(), 'hubspot-501'),
        linkTo(aLead(), 'hubspot-501'),
        linkTo(other, 'hubspot-501', { role: 'duplicate', evidence: 'merge' }),
      ],
    });
    const finding = { code: 'RECORDS_BECAME_ONE', subject: 'salesforce:Lead:00Q000000000007AAA' };
    expect(plan(facts).openFindings).toContainEqual(expect.objectContaining(finding));
    const mended = {
      ...facts,
      findings: plan(facts).openFindings,
      sightings: facts.sightings.map((sighting) =>
        sighting.record.id === other.record.id ? { ...sighting, deleted: true } : sighting,
      ),
    };
    expect(plan(mended).closeFindings).toContainEqual(finding);
  });
});

describe('a Lead that is back from the recycle bin', () => {
  const back = aLead({}, { record: { system: 'salesforce', object: 'Lead', id: '00Q000000000008AAA' } });
  const beside = (deleted: boolean) =>
    aPerson([aContact(), aLead(), { ...back, deleted }], {
      links: [
        linkTo(aContact(), 'hubspot-501'),
        linkTo(aLead(), 'hubspot-501'),
        linkTo(back, 'hubspot-501', { role: 'former' }),
      ],
    });
  const finding = { code: 'RESTORED_BESIDE', subject: 'salesforce:Lead:00Q000000000008AAA' };

  test('finds its seat taken: nothing is written to it, and somebody is told until one of the two is gone', () => {
    const made = plan(beside(false));
    expect(made.openFindings).toContainEqual(expect.objectContaining(finding));
    expect(made.changes.filter(({ target }) => target.id === back.record.id)).toEqual([]);
    expect(plan({ ...beside(true), findings: made.openFindings }).closeFindings).toContainEqual(finding);
  });

  test('and in the bin it is nothing to speak of', () => {
    expect(plan(beside(true)).openFindings).not.toContainEqual(expect.objectContaining(finding));
  });
});

describe('a deal in HubSpot whose person is still a Lead', () => {
  const CONVERT = {
    name: 'convert',
    department: 'sales',
    who: 'owner',
    starts: { deal: 'waiting' },
    ends: { converted: true },
    within: { amount: 2, unit: 'business days' },
    lapse: { task: 'normal' },
  } as const;
  const policy = aPolicy({ agreement: { ...AGREEMENT, deadlines: [CONVERT] } });
  const waiting = () => quiet(aPerson([aContact(), aLead()], { deals: [MINE] }), { policy });

  test('obliges whoever owns the Lead, from the moment we know of it', () => {
    const [clock] = waiting().clocks;
    expect(clock).toMatchObject({
      kind: 'convert',
      state: 'running',
      startedAt: NOW,
      dueAt: tokyo('2026-11-26 18:00'),
    });
  });

  test('is one obligation, however often it is planned', () => {
    expect(waiting().clocks).toHaveLength(1);
    expect(plan(waiting(), { policy, now: NOW + DAY, coveredUntil: NOW + DAY }).clocks).toEqual([]);
  });

  test('that lapses gives one Task, which the conversion closes', () => {
    const later = NOW + 5 * DAY;
    const context = { policy, now: later, coveredUntil: later };
    const lapsed = settled(waiting(), plan(waiting(), context), later);
    expect(lapsed.clocks).toMatchObject([{ state: 'lapsed', task: { state: 'open' } }]);
    const contact = aSalesforceContact({}, { createdAt: later + DAY });
    const converted = {
      ...lapsed,
      version: lapsed.version + 1,
      links: [
        ...lapsed.links.map((link) =>
          link.record.id === LEAD_ID ? { ...link, role: 'converted' as const, until: later + DAY } : link,
        ),
        linkTo(contact, lapsed.id, { evidence: 'conversion' }),
      ],
      sightings: [...lapsed.sightings, contact],
    };
    const made = plan(converted, { ...context, now: later + 2 * DAY, coveredUntil: later + 2 * DAY });
    expect(made.clocks).toMatchObject([{ state: 'closed', metAt: later + DAY }]);
    expect(made.changes.filter(({ target }) => target.object === 'Task')).toMatchObject([{ kind: 'update' }]);
  });

  test.each([
    ['a Contact that was there', []],
    ['a Contact that was merged into one that was there', [{ role: 'merged' as const }]],
  ])('is met when its Lead was converted into %s, though we read that days later', (_, merged) => {
    const facts = waiting();
    const contact = aSalesforceContact({}, { createdAt: NOW - 100 * DAY });
    const [inTime, later] = [NOW + DAY, NOW + 5 * DAY];
    const into = aSalesforceContact(
      {},
      { record: { ...contact.record, id: merged.length === 0 ? contact.record.id : '003000000000009AAA' } },
    );
    const values = { IsConverted: true, ConvertedContactId: into.record.id };
    const converted = {
      ...facts,
      version: facts.version + 1,
      links: [
        ...facts.links.map((link) =>
          link.record.id === LEAD_ID ? { ...link, role: 'converted' as const, until: later } : link,
        ),
        linkTo(contact, facts.id, { evidence: 'conversion', since: later }),
        ...merged.map((link) => linkTo(into, facts.id, { ...link, evidence: 'conversion', since: later })),
      ],
      sightings: [
        ...facts.sightings.map((sighting) =>
          sighting.record.id === LEAD_ID
            ? { ...sighting, values: { ...sighting.values, ...values }, modifiedAt: inTime }
            : sighting,
        ),
        contact,
      ],
    };
    const made = plan(converted, { policy, now: later, coveredUntil: later });
    expect(made.clocks).toMatchObject([{ state: 'met', metAt: inTime }]);
    expect(made.changes.filter(({ target }) => target.object === 'Task')).toEqual([]);
  });

  test('is met when its Lead was converted in time, though the Contact was deleted before anybody looked', () => {
    const facts = waiting();
    const [inTime, later] = [NOW + DAY, NOW + 5 * DAY];
    const gone = aSalesforceContact({}, { createdAt: inTime, deleted: true });
    const values = { IsConverted: true, ConvertedContactId: gone.record.id };
    const converted = {
      ...facts,
      version: facts.version + 1,
      links: [
        ...facts.links.map((link) => (link.record.id === LEAD_ID ? { ...link, role: 'converted' as const } : link)),
        linkTo(gone, facts.id, { evidence: 'conversion', role: 'former' }),
      ],
      sightings: [
        ...facts.sightings.map((sighting) =>
          sighting.record.id === LEAD_ID
            ? { ...sighting, values: { ...sighting.values, ...values }, modifiedAt: inTime }
            : sighting,
        ),
        gone,
      ],
    };
    expect(plan(converted, { policy, now: later, coveredUntil: later }).clocks).toMatchObject([
      { state: 'met', metAt: inTime },
    ]);
  });

  test('is not called lapsed while the Contact that the Lead became has not been read', () => {
    const facts = waiting();
    const values = { IsConverted: true, ConvertedContactId: SF_CONTACT_ID };
    const converted = {
      ...facts,
      version: facts.version + 1,
      sightings: facts.sightings.map((sighting) =>
        sighting.record.id === LEAD_ID ? { ...sighting, values: { ...sighting.values, ...values } } : sighting,
      ),
    };
    const later = NOW + 5 * DAY;
    const made = plan(converted, { policy, now: later, coveredUntil: later });
    expect(made.clocks).toEqual([]);
    expect(made.changes.filter(({ target }) => target.object === 'Task')).toEqual([]);
  });

  test('that is gone, or whose opportunity exists by now, is owed no more', () => {
    const made = plan({ ...waiting(), deals: [] }, { policy });
    expect(made.clocks).toMatchObject([{ state: 'closed', closedBecause: 'deal-gone' }]);
  });

  test.each([
    ['from before the go-live line', { ...MINE, hubspot: aDealRecord({}, { createdAt: tokyo('2026-10-01 10:00') }) }],
    ['that is closed', { ...MINE, hubspot: aDealRecord({ hs_is_closed: true }) }],
    ['in a pipeline that is not mapped', { ...MINE, hubspot: aDealRecord({ pipeline: '8801', dealstage: '9902' }) }],
  ])('%s obliges nobody', (_, deal) => {
    expect(plan(aPerson([aContact(), aLead()], { deals: [deal] }), { policy }).clocks).toEqual([]);
  });

  test('obliges nobody where the mapping makes no opportunities', () => {
    const deal = { ...DEAL_MAPPING, create: { salesforce: false, hubspot: true } };
    const facts = aPerson([aContact(), aLead()], { deals: [MINE] });
    expect(plan(facts, { policy: { ...policy, deal } }).clocks).toEqual([]);
  });
});
