import type { DealFacts, Neighbour, Participant } from '../../src/domain/people/person.ts';
import type { Base, Sighting } from '../../src/domain/people/record.ts';
import type { Instant, Value, Values } from '../../src/domain/values/value.ts';
import type { PlanContext } from '../../src/reconcile/context.ts';
import type { EntityPlan } from '../../src/reconcile/entity-plan.ts';
import { planDeal } from '../../src/reconcile/plan-deal.ts';
import { aContact, aContext, GO_LIVE, linkTo, NOW, tokyo } from './people.ts';

export const DEAL_ID = '9001';
export const OPPORTUNITY_ID = '006000000000001AAA';
export const ACCOUNT_ID = '001000000000001AAA';
export const SF_CONTACT_ID = '003000000000001AAA';
const SEEN = { createdAt: tokyo('2026-11-10 10:00'), modifiedAt: GO_LIVE, seenAt: NOW, deleted: false } as const;

export function aDealRecord(values: Values = {}, rest: Partial<Sighting> = {}): Sighting {
  return {
    record: { system: 'hubspot', object: 'deals', id: DEAL_ID },
    ...SEEN,
    ...rest,
    values: {
      dealname: 'みなと商事 新規導入',
      pipeline: 'default',
      dealstage: 'appointmentscheduled',
      amount: 1_200_000,
      deal_currency_code: 'JPY',
      closedate: '2026-12-25T00:00:00.000Z',
      hubspot_owner_id: '71',
      hs_is_closed: false,
      hs_is_closed_won: false,
      tasuki_key: null,
      'associations.contacts': '501',
      'associations.companies': null,
      ...values,
    },
  };
}

export function anOpportunity(values: Values = {}, rest: Partial<Sighting> = {}): Sighting {
  return {
    record: { system: 'salesforce', object: 'Opportunity', id: OPPORTUNITY_ID },
    ...SEEN,
    ...rest,
    values: {
      Name: 'みなと商事 新規導入',
      StageName: '初回訪問',
      RecordTypeId: null,
      Amount: 1_200_000,
      CloseDate: '2026-12-25',
      OwnerId: '005000000000001AAA',
      AccountId: ACCOUNT_ID,
      IsClosed: false,
      IsWon: false,
      HasOpportunityLineItem: false,
      Tasuki_Key__c: null,
      ...values,
    },
  };
}

export function aSalesforceContact(values: Values = {}, rest: Partial<Sighting> = {}): Sighting {
  return {
    record: { system: 'salesforce', object: 'Contact', id: SF_CONTACT_ID },
    ...SEEN,
    ...rest,
    values: { Email: 'taro.suzuki@example.co.jp', AccountId: ACCOUNT_ID, OwnerId: '005000000000002AAA', ...values },
  };
}

/** Somebody both systems know, tied to the deal where `tied` says. */
export function aParticipant(rest: Partial<Participant> = {}): Participant {
  return {
    id: 'hubspot-501',
    hubspot: aContact(),
    salesforce: aSalesforceContact(),
    tied: ['hubspot', 'salesforce'],
    primary: [],
    role: null,
    ...rest,
  };
}

export function aCompanyBeside(rest: Partial<Neighbour> = {}): Neighbour {
  return { id: 'company-hubspot-77', hubspot: null, salesforce: null, ...rest };
}

export function aDeal(sightings: readonly Sighting[], rest: Partial<DealFacts> = {}): DealFacts {
  const id = rest.id ?? `deal-hubspot-${DEAL_ID}`;
  return {
    kind: 'deal',
    id,
    version: 1,
    createdAt: GO_LIVE,
    links: sightings.map((sighting) => linkTo(sighting, id)),
    sightings,
    bases: [],
    open: [],
    findings: [],
    rivals: [],
    people: [aParticipant()],
    companies: [],
    ...rest,
  };
}

export function planned(facts: DealFacts, context: Partial<PlanContext> = {}): EntityPlan {
  return planDeal(facts, aContext(context));
}

/** Every write of a plan happens and is seen: what both sides hold afterwards, with the bases that remember it. */
function afterwards(facts: DealFacts, made: EntityPlan): DealFacts {
  const written = made.changes.filter(({ kind }) => kind === 'update');
  const bases = [...made.bases, ...made.changes.flatMap(({ basesAfter }) => basesAfter ?? [])];
  const known = new Map<string, Base>(
    [...facts.bases, ...bases].map((base) => [base.field, { ...base, provisional: null }]),
  );
  return {
    ...facts,
    version: facts.version + 1,
    bases: [...known.values()],
    sightings: facts.sightings.map((sighting) => {
      const values = written
        .filter(({ target }) => target.id === sighting.record.id)
        .flatMap(({ steps }) => steps.flat().map(({ field, after }): [string, Value] => [field, after]));
      return { ...sighting, values: { ...sighting.values, ...Object.fromEntries(values) } };
    }),
  };
}

/** Both sides as they rest beside each other, and then an edit on one of them. */
export function restedDeal(sightings: readonly Sighting[], rest: Partial<DealFacts> = {}): DealFacts {
  let facts = aDeal(sightings, rest);
  for (let pass = 0; pass < 5; pass += 1) facts = afterwards(facts, planned(facts));
  return facts;
}

export function dealEdited(facts: DealFacts, id: string, values: Values, at: Instant = NOW + 60_000): DealFacts {
  return {
    ...facts,
    version: facts.version + 1,
    sightings: facts.sightings.map((sighting) =>
      sighting.record.id === id
        ? { ...sighting, values: { ...sighting.values, ...values }, modifiedAt: at, seenAt: at }
        : sighting,
    ),
  };
}

/** What a plan writes: `salesforce:Opportunity` → its fields. */
export function written({ changes }: EntityPlan): Readonly<Record<string, Values>> {
  return Object.fromEntries(
    changes.map(({ target, steps }) => [
      `${target.system}:${target.object}`,
      Object.fromEntries(steps.flat().map(({ field, after }) => [field, after])),
    ]),
  );
}
