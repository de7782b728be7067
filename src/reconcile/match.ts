import type { Finding } from '../domain/people/person.ts';
import {
  type EntityKind,
  type Link,
  type RecordRef,
  type Sighting,
  SYSTEMS,
  type System,
} from '../domain/people/record.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';

/**
 * Records of one kind that could be one human being (deal, company): all that share a canonical e-mail, a domain, a normalised name or
 * our key, or that became one another, directly or through each other, with the links they already have. Complete: whoever shares one
 * with a member is a member.
 */
export type Neighbourhood = {
  readonly kind: EntityKind;
  readonly records: readonly Sighting[];
  readonly links: readonly Link[];
};

/** What becomes of a neighbourhood's records. */
export type MatchVerdict =
  /** These records are one person (deal, company): `entity` is an existing id or a new one. */
  | {
      readonly kind: 'joined';
      readonly entity: string;
      readonly isNew: boolean;
      readonly links: readonly Omit<Link, 'entity'>[];
      /** Look-alikes that could not be told apart: they stay nobody's, and nothing is created for this person meanwhile. */
      readonly rivals: readonly Sighting[];
    }
  /** Left alone: nobody's, until something in the neighbourhood changes. */
  | {
      readonly kind: 'held';
      readonly records: readonly Sighting[];
      readonly because: 'several-candidates' | 'key-held-twice' | 'domains-differ';
    };

/**
 * Says who is who in one neighbourhood, by the order link > key > e-mail, and guesses nothing.
 *
 * A record that is linked stays linked: a link never flips by itself. One free record per side is one person; several on one
 * side cannot be told apart, so they are held and reported, and the person on the other side is told of these rivals so that
 * no further record is made for it. Converted Leads and deleted records are history, never candidates.
 */
export function matchRecords({ records: asTheyCame, links }: Neighbourhood): readonly MatchVerdict[] {
  const records = asTheyCame.toSorted((one, other) => (nameOf(one.record) < nameOf(other.record) ? -1 : 1)); // verdicts do not depend on the order of a page
  const linked = new Set(links.map((link) => nameOf(link.record)));
  const free = records.filter((sighting) => isCandidate(sighting) && !linked.has(nameOf(sighting.record)));
  const ending = endingSeats(records, links);
  const byKey = joinByKey(free, links, ending);
  const left = free.filter((sighting) => keyOf(sighting) === null);
  return [
    ...byKey.verdicts,
    ...groupByEmail(left).flatMap((group) => matchByEmail(group, records, byKey.links, { ...byKey, ending })),
  ];
}

/** A person's id is the first record it was known by, so that two planners that meet it at once make one person. */
function personIdFrom({ system, id }: RecordRef): string {
  return `${system}-${id}`;
}

export function nameOf({ system, object, id }: RecordRef): string {
  return `${system}:${object}:${id}`;
}

function isCandidate({ deleted, values }: Sighting): boolean {
  return !deleted && values['IsConverted'] !== true;
}

function keyOf({ record, values }: Sighting): string | null {
  const key = record.system === 'hubspot' ? values['tasuki_key'] : values['Tasuki_Key__c'];
  return typeof key === 'string' && key !== '' ? key : null;
}

function emailOf({ record, values }: Sighting): string | null {
  const email = record.system === 'hubspot' ? values['email'] : values['Email'];
  return typeof email === 'string' ? canonicalEmail(email) : null;
}

/** `person:system` → taken: at most one current record per person and system. */
type Seats = Set<string>;

/**
 * Seats whose holder is deleted or converted, which the person's next plan says. Until then nobody is let in, and nobody turned away:
 * a replacement that came before that plan would be a duplicate for good. The end of the link calls for them again.
 */
function endingSeats(records: readonly Sighting[], links: readonly Link[]): ReadonlySet<string> {
  const gone = new Set(records.filter((sighting) => !isCandidate(sighting)).map(({ record }) => nameOf(record)));
  const ending = links.filter(({ role, record }) => role === 'current' && gone.has(nameOf(record)));
  return new Set(ending.map(({ entity, record }) => seat(entity, record.system)));
}

/** `links` are the known ones and those that the keys make: whoever is found by key is somebody for the e-mails that follow. */
type ByKey = { readonly verdicts: readonly MatchVerdict[]; readonly links: readonly Link[]; readonly seats: Seats };

/** One free record of a side that bears a person's key takes the empty seat. A key on two of them was cloned: which is the copy is not guessed. */
function joinByKey(free: readonly Sighting[], links: readonly Link[], ending: ReadonlySet<string>): ByKey {
  const seats: Seats = new Set(
    links.filter(({ role }) => role === 'current').map((link) => seat(link.entity, link.record.system)),
  );
  const known = new Set(links.map(({ entity }) => entity));
  const verdicts: MatchVerdict[] = [];
  const made: Link[] = [];
  for (const [person, bearers] of groupByKey(free)) {
    const members: Sighting[] = [];
    for (const system of SYSTEMS) {
      const ofSide = ending.has(seat(person, system)) ? [] : on(system, bearers);
      if (ofSide.length === 1 && !seats.has(seat(person, system))) members.push(...ofSide);
      else if (ofSide.length > 0) verdicts.push({ kind: 'held', records: ofSide, because: 'key-held-twice' });
    }
    if (members.length === 0) continue;
    const verdict = personVerdict(person, !known.has(person), members, 'key', []);
    verdicts.push(verdict);
    made.push(...verdict.links.map((link) => ({ ...link, entity: person })));
    for (const { record } of members) seats.add(seat(person, record.system));
  }
  return { verdicts, links: [...links, ...made], seats };
}

type Taken = { readonly seats: Seats; readonly ending: ReadonlySet<string> };

function groupByKey(free: readonly Sighting[]): ReadonlyMap<string, readonly Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of free) {
    const key = keyOf(sighting);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  return groups;
}

function seat(person: string, system: System): string {
  return `${person}:${system}`;
}

function groupByEmail(free: readonly Sighting[]): readonly (readonly Sighting[])[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of free) {
    const group = emailOf(sighting) ?? nameOf(sighting.record); // without an address a record stands alone
    groups.set(group, [...(groups.get(group) ?? []), sighting]);
  }
  return [...groups.values()];
}

function matchByEmail(
  group: readonly Sighting[],
  records: readonly Sighting[],
  links: readonly Link[],
  taken: Taken,
): readonly MatchVerdict[] {
  const people = peopleWith(emailOf(group[0]!), records, links);
  const sides = { hubspot: on('hubspot', group), salesforce: on('salesforce', group) };
  if (people.length > 1) return [{ kind: 'held', records: group, because: 'several-candidates' }];
  if (people.length === 0) return strangers(sides);
  return newcomers(people[0]!, sides, taken);
}

/** Who already holds this address, through a current link. */
function peopleWith(email: string | null, records: readonly Sighting[], links: readonly Link[]): readonly string[] {
  if (email === null) return [];
  const holders = new Set(
    records.filter((sighting) => !sighting.deleted && emailOf(sighting) === email).map(({ record }) => nameOf(record)),
  );
  return [
    ...new Set(
      links.filter(({ role, record }) => role === 'current' && holders.has(nameOf(record))).map(({ entity }) => entity),
    ),
  ];
}

type Sides = Record<System, readonly Sighting[]>;

function on(system: System, group: readonly Sighting[]): readonly Sighting[] {
  return group.filter(({ record }) => record.system === system);
}

function strangers({ hubspot, salesforce }: Sides): readonly MatchVerdict[] {
  const [contact, ...otherContacts] = hubspot;
  if (otherContacts.length > 0 || (contact === undefined && salesforce.length > 1)) {
    return [{ kind: 'held', records: [...hubspot, ...salesforce], because: 'several-candidates' }];
  }
  if (contact === undefined) return [personVerdict(personIdFrom(salesforce[0]!.record), true, salesforce, 'alone', [])];
  if (salesforce.length > 1) {
    return [
      personVerdict(personIdFrom(contact.record), true, [contact], 'alone', salesforce),
      { kind: 'held', records: salesforce, because: 'several-candidates' },
    ];
  }
  const evidence = salesforce.length === 1 ? 'email' : 'alone';
  return [personVerdict(personIdFrom(contact.record), true, [contact, ...salesforce], evidence, [])];
}

/** Free records that share their address with one known person: the empty seat takes a single one; further ones are duplicates. */
function newcomers(person: string, sides: Sides, { seats, ending }: Taken): readonly MatchVerdict[] {
  return SYSTEMS.flatMap((system): readonly MatchVerdict[] => {
    const candidates = sides[system];
    if (candidates.length === 0 || ending.has(seat(person, system))) return [];
    if (seats.has(seat(person, system))) {
      const links = candidates.map(({ record, seenAt }) => ({
        record,
        role: 'duplicate' as const,
        since: seenAt,
        evidence: 'email' as const,
      }));
      return [{ kind: 'joined', entity: person, isNew: false, links, rivals: [] }];
    }
    if (candidates.length === 1) return [personVerdict(person, false, candidates, 'email', [])];
    return [
      personVerdict(person, false, [], 'email', candidates),
      { kind: 'held', records: candidates, because: 'several-candidates' },
    ];
  });
}

function personVerdict(
  person: string,
  isNew: boolean,
  members: readonly Sighting[],
  evidence: Link['evidence'],
  rivals: readonly Sighting[],
): Extract<MatchVerdict, { kind: 'joined' }> {
  const links = members.map(({ record, seenAt }) => ({ record, role: 'current' as const, since: seenAt, evidence }));
  return { kind: 'joined', entity: person, isNew, links, rivals };
}

/** What a person has to be told of records that were left alone. The smallest name stands for the group, so that it is told once. */
export function heldFinding(verdict: MatchVerdict): readonly Finding[] {
  if (verdict.kind !== 'held') return [];
  const names = verdict.records.map(({ record }) => nameOf(record)).sort();
  const code = verdict.because === 'key-held-twice' ? 'KEY_HELD_TWICE' : 'MATCH_AMBIGUOUS';
  return [{ code, subject: names[0] ?? '', detail: { records: names.join(' '), count: names.length } }];
}
