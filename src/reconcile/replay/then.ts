import type { PastValue, PersonPast } from '../../domain/people/past.ts';
import type { Neighbour, PersonFacts, StageEntry } from '../../domain/people/person.ts';
import { type RecordRef, recordName, type Sighting } from '../../domain/people/record.ts';
import type { Instant, Value } from '../../domain/values/value.ts';
import { type PersonView, viewOf } from '../context.ts';
import { DEAL_FIELDS } from '../deal-fields.ts';
import { closedAt, dealState } from '../deal-state.ts';

/** What was known of one person at an instant, in the form in which the live judgement is told of today. */
export type Then = (at: Instant) => PersonView;

/** What each field was known to hold, oldest first; `[]` where only today's value is known. */
export type ValuesOf = (record: RecordRef, field: string) => readonly PastValue[];

export function valuesIn({ values }: Pick<PersonPast, 'values'>): ValuesOf {
  const byField = Map.groupBy(values, ({ record, field }) => `${recordName(record)} ${field}`);
  return (record, field) => byField.get(`${recordName(record)} ${field}`) ?? [];
}

/**
 * A person as they were known at any instant of the past.
 *
 * Records are there from the day they were made, activities from when they were entered. A field holds what the ledger remembers of
 * that instant. Before its first memory: what an edit replaced nobody knows, so it is unknown; what a sighting showed had stood there
 * for we know not how long, and is taken to have been so. Ties to a company and to deals have no history: they are today's.
 */
export function asOf({ facts, values }: PersonPast): Then {
  const today = viewOf(facts);
  const byRecord = Map.groupBy(values, ({ record }) => recordName(record));
  const then = (sighting: Sighting | null, at: Instant) =>
    sighting === null || sighting.createdAt > at
      ? null
      : rewound(sighting, byRecord.get(recordName(sighting.record)) ?? [], at);
  const pair = <One extends Neighbour>(one: One, at: Instant): One => ({
    ...one,
    hubspot: then(one.hubspot, at),
    salesforce: then(one.salesforce, at),
  });
  return (at) => {
    const contact = then(today.contact, at);
    const record = then(recordAt(today, at), at);
    return {
      ...today,
      hubspot: contact,
      salesforce: record,
      contact,
      record,
      facts: {
        ...facts,
        activities: facts.activities.filter(({ loggedAt }) => loggedAt <= at),
        company: facts.company === null ? null : pair(facts.company, at),
        deals: facts.deals.filter((deal) => madeAt(deal) <= at).map((deal) => unclosed(pair(deal, at), at)),
      },
    };
  };
}

/** Today's record in Salesforce, or the Lead that it was before it was converted. */
function recordAt({ record, facts }: PersonView, at: Instant): Sighting | null {
  if (record === null || record.createdAt <= at) return record;
  const before = facts.sightings.filter((one) => isEarlierSelf(one) && one.createdAt <= at);
  return before.toSorted((one, other) => other.createdAt - one.createdAt)[0] ?? null;
}

function isEarlierSelf({ record, deleted }: Sighting): boolean {
  return record.system === 'salesforce' && !deleted;
}

/** The record with each field as it stood then. */
function rewound(sighting: Sighting, values: readonly PastValue[], at: Instant): Sighting {
  if (values.length === 0) return sighting;
  const fields = Map.groupBy(values, ({ field }) => field);
  const known: Record<string, Value> = { ...sighting.values };
  for (const [field, told] of fields) {
    const value = valueAt(told, at);
    if (value === undefined) delete known[field];
    else known[field] = value;
  }
  return { ...sighting, values: known };
}

function valueAt(told: readonly PastValue[], at: Instant): Value | undefined {
  const last = told.findLast(({ from }) => from <= at);
  if (last !== undefined) return last.value;
  const [first] = told;
  return first?.isEdit === false ? first.value : undefined;
}

/** When a deal was first made, in either system. */
function madeAt({ hubspot, salesforce }: Neighbour): Instant {
  return Math.min(hubspot?.createdAt ?? Number.POSITIVE_INFINITY, salesforce?.createdAt ?? Number.POSITIVE_INFINITY);
}

/** A deal that closed later was open then. */
function unclosed(deal: Neighbour, at: Instant): Neighbour {
  const state = dealState(deal);
  if (state === null || state === 'open' || closedAt(deal) <= at) return deal;
  return { ...deal, hubspot: reopened(deal.hubspot), salesforce: reopened(deal.salesforce) };
}

function reopened(sighting: Sighting | null): Sighting | null {
  if (sighting === null) return null;
  return { ...sighting, values: { ...sighting.values, ...OPEN[sighting.record.system] } };
}

const { hubspot: H, salesforce: S } = DEAL_FIELDS;
const OPEN = {
  hubspot: { [H.isClosed]: false, [H.isWon]: false },
  salesforce: { [S.isClosed]: false, [S.isWon]: false },
} as const;

/** Not decided by a criterion: what a rule decides, the go-live line included, names the score that it decided by. */
export function isSaid({ by, evidence }: StageEntry): boolean {
  return by !== 'rule' && !Object.hasOwn(evidence, 'total');
}

/** The instants at which anything about this person changed since they are known, oldest first. */
export function turnsOf({ facts, values }: PersonPast): readonly Instant[] {
  const own = facts.sightings.map(({ createdAt }) => createdAt);
  // Before that there was nobody whom a missing record could make a lead of.
  const born = own.length === 0 ? facts.createdAt : Math.min(...own);
  const records = [...own, ...around(facts).map(({ createdAt }) => createdAt)];
  const deeds = facts.activities.map(({ at, loggedAt }) => Math.max(at, loggedAt));
  const entered = facts.activities.map(({ loggedAt }) => loggedAt);
  const told = values.map(({ from }) => from);
  const closed = facts.deals.map(closedAt);
  const stages = facts.stages.filter(isSaid).map(({ at }) => at);
  const all = [...records, ...deeds, ...entered, ...told, ...closed, ...stages];
  return [...new Set([born, ...all.filter((at) => at > born)])].toSorted((one, other) => one - other);
}

function around({ company, deals }: PersonFacts): readonly Sighting[] {
  return [company, ...deals].flatMap((one) => [one?.hubspot ?? [], one?.salesforce ?? []]).flat();
}
