import { nameOfPerson } from '../domain/people/person-name.ts';
import { recordName, type Sighting } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';

/** What tells one record of a person from another of the same side. */
export type Standing = {
  /** An open deal or opportunity hangs on it. */
  readonly openDeal: boolean;
  /** When something was last done with it, by anybody. */
  readonly newestActivity: Instant | null;
};

/** Standings by record name; whoever is missing has nothing to show. */
export type Standings = ReadonlyMap<string, Standing>;

const NOTHING_TO_SHOW: Standing = { openDeal: false, newestActivity: null };

/**
 * The one of several records of a person that stands for them, by the order written in SPEC.md: an open opportunity, a Contact before
 * a Lead, the newest activity, the oldest record. `null` where their names differ: then they may be people who share an address.
 */
export function chosenAmong(records: readonly Sighting[], standings: Standings): Sighting | null {
  const names = new Set(records.flatMap((sighting) => nameOfPerson(sighting) ?? []));
  if (names.size > 1) return null;
  return records.toSorted((one, other) => compare(one, other, standings))[0] ?? null;
}

function compare(one: Sighting, other: Sighting, standings: Standings): number {
  const standingOf = ({ record }: Sighting) => standings.get(recordName(record)) ?? NOTHING_TO_SHOW;
  const [a, b] = [standingOf(one), standingOf(other)];
  return (
    Number(b.openDeal) - Number(a.openDeal) ||
    Number(isContact(other)) - Number(isContact(one)) ||
    (b.newestActivity ?? 0) - (a.newestActivity ?? 0) ||
    one.createdAt - other.createdAt ||
    byId(one.record.id, other.record.id)
  );
}

function isContact({ record }: Sighting): boolean {
  return record.object === 'Contact';
}

/** Ids are handed out in order: HubSpot's numbers grow longer, Salesforce's are of one length. */
function byId(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : 1;
}
