import { type Identity, identityOf } from '../domain/people/identity.ts';
import {
  type EntityKind,
  type Link,
  type LinkEvidence,
  type RecordRef,
  recordName,
  type Sighting,
  SYSTEMS,
  type System,
} from '../domain/people/record.ts';
import type { MatchVerdict, Neighbourhood } from './match.ts';

type JoinedVerdict = Extract<MatchVerdict, { kind: 'joined' }>;

/** `entity:system` → taken: at most one current record per entity and system. */
export type Seats = ReadonlySet<string>;

/** What a kind's own rules go on with, once links and keys have said what they know. */
export type Candidates = {
  readonly kind: EntityKind;
  /** In one order, whatever the order of a page was. */
  readonly records: readonly Sighting[];
  /** What each record says of itself; a name is read once, however often it is compared. */
  readonly identity: (sighting: Sighting) => Identity;
  /** Records that are nobody's yet and bear no key. */
  readonly left: readonly Sighting[];
  /** The known links and those that the keys make: whoever is found by key is somebody for the addresses and names that follow. */
  readonly links: readonly Link[];
  readonly seats: Seats;
  /** Seats whose holder is deleted or converted, which the entity's next plan says. */
  readonly ending: ReadonlySet<string>;
  /** What is decided already. */
  readonly said: readonly MatchVerdict[];
  /** Which of several alike on one side stands for all; `null` where that is not to be decided. */
  readonly choose: Choose | null;
};

/** `null`: not even by the rule. */
export type Choose = (alike: readonly Sighting[]) => Sighting | null;

/** Sets aside who is linked or gone, and seats who bears our key. */
export function candidatesIn({ kind, records: asTheyCame, links }: Neighbourhood): Candidates {
  const records = asTheyCame.toSorted((one, other) => (recordName(one.record) < recordName(other.record) ? -1 : 1));
  const identities = new Map(records.map((sighting) => [sighting, identityOf(sighting)]));
  const identity = (sighting: Sighting) => identities.get(sighting) ?? identityOf(sighting);
  const linked = new Set(links.map((link) => recordName(link.record)));
  const free = records.filter((sighting) => isCandidate(sighting) && !linked.has(recordName(sighting.record)));
  const seats = new Set(links.filter(({ role }) => role === 'current').map(seatOf));
  const start = { kind, records, identity, links, seats, ending: endingSeats(records, links), said: [], choose: null };
  const byKey = joinByKey(free, start);
  const left = free.filter((sighting) => identity(sighting).key === null);
  return settled({ ...start, left }, byKey, []);
}

/** The same candidates once these verdicts are said, and these records are decided, be it that they wait for a seat. */
export function settled(
  candidates: Candidates,
  verdicts: readonly MatchVerdict[],
  decided: readonly Sighting[],
): Candidates {
  const over = new Set(decided);
  const left = candidates.left.filter((sighting) => !over.has(sighting));
  return { ...withVerdicts(candidates, verdicts), left, said: [...candidates.said, ...verdicts] };
}

/** The same candidates, once these verdicts hold. */
function withVerdicts(candidates: Candidates, verdicts: readonly MatchVerdict[]): Candidates {
  const made = verdicts.flatMap((verdict) =>
    verdict.kind === 'joined' ? verdict.links.map((link) => ({ ...link, entity: verdict.entity })) : [],
  );
  const taken = made.filter(({ role }) => role === 'current').map(seatOf);
  return { ...candidates, links: [...candidates.links, ...made], seats: new Set([...candidates.seats, ...taken]) };
}

/** An entity's id is the first record it was known by, so that two planners that meet it at once make one. */
export function entityIdFrom(kind: EntityKind, { system, id }: RecordRef): string {
  return kind === 'person' ? `${system}-${id}` : `${kind}-${system}-${id}`;
}

/** Converted Leads and deleted records are history. */
export function isCandidate({ deleted, values }: Sighting): boolean {
  return !deleted && values['IsConverted'] !== true;
}

export function seat(entity: string, system: System): string {
  return `${entity}:${system}`;
}

function seatOf({ entity, record }: Pick<Link, 'entity' | 'record'>): string {
  return seat(entity, record.system);
}

/**
 * Seats whose holder is on its way out. Until the entity's next plan says so nobody is let in, and nobody turned away: a replacement
 * that came before that plan would be a duplicate for good. The end of the link calls for them again.
 */
function endingSeats(records: readonly Sighting[], links: readonly Link[]): ReadonlySet<string> {
  const gone = new Set(records.filter((sighting) => !isCandidate(sighting)).map(({ record }) => recordName(record)));
  const ending = links.filter(({ role, record }) => role === 'current' && gone.has(recordName(record)));
  return new Set(ending.map(seatOf));
}

/** One free record of a side that bears an entity's key takes the empty seat. A key on two of them was cloned: which is the copy is not guessed. */
function joinByKey(
  free: readonly Sighting[],
  { identity, links, seats, ending }: Pick<Candidates, 'identity' | 'links' | 'seats' | 'ending'>,
): readonly MatchVerdict[] {
  const known = new Set(links.map(({ entity }) => entity));
  return [...groupBy(free, (sighting) => identity(sighting).key)].flatMap(([entity, bearers]) => {
    const sides = SYSTEMS.map((system) => ({ system, found: on(system, bearers) })).filter(
      ({ system, found }) => found.length > 0 && !ending.has(seat(entity, system)),
    );
    const fits = ({ system, found }: (typeof sides)[number]) => found.length === 1 && !seats.has(seat(entity, system));
    const members = sides.filter(fits).flatMap(({ found }) => found);
    const held = sides
      .filter((side) => !fits(side))
      .map(({ found }): MatchVerdict => ({ kind: 'held', records: found, because: 'key-held-twice' }));
    return members.length === 0 ? held : [...held, joined(entity, members, 'key', { isNew: !known.has(entity) })];
  });
}

/** Records by what they say; those that say nothing are left out. */
export function groupBy(
  records: readonly Sighting[],
  say: (sighting: Sighting) => string | null,
): ReadonlyMap<string, readonly Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of records) {
    const said = say(sighting);
    if (said === null) continue;
    const group = groups.get(said);
    if (group === undefined) groups.set(said, [sighting]);
    else group.push(sighting);
  }
  return groups;
}

export function on(system: System, group: readonly Sighting[]): readonly Sighting[] {
  return group.filter(({ record }) => record.system === system);
}

export function joined(
  entity: string,
  members: readonly Sighting[],
  evidence: LinkEvidence,
  { isNew, role = 'current', rivals = [] }: { isNew: boolean; role?: Link['role']; rivals?: readonly Sighting[] },
): JoinedVerdict {
  const links = members.map(({ record, seenAt }) => ({ record, role, since: seenAt, evidence }));
  return { kind: 'joined', entity, isNew, links, rivals };
}
