import { canonicalEmail } from '../domain/values/canonical.ts';
import type { Link, RecordRef, Sighting, System } from '../domain/people/record.ts';

/**
 * Records that could be one human being: all that share a canonical e-mail or our key, directly or through each other, with the
 * links they already have. Complete: whoever shares an e-mail with a member is a member.
 */
export type Neighbourhood = {
  readonly records: readonly Sighting[];
  readonly links: readonly Link[];
};

/** What becomes of a neighbourhood's records. */
export type MatchVerdict =
  /** These records are one person: `person` is an existing id or a new one. */
  | {
      readonly kind: 'person';
      readonly person: string;
      readonly isNew: boolean;
      readonly links: readonly Omit<Link, 'person'>[];
      /** Look-alikes that could not be told apart: they stay nobody's, and nothing is created for this person meanwhile. */
      readonly rivals: readonly Sighting[];
    }
  /** Left alone: nobody's, until something in the neighbourhood changes. */
  | { readonly kind: 'held'; readonly records: readonly Sighting[]; readonly because: 'several-candidates' | 'key-held-twice' };

/**
 * Says who is who in one neighbourhood, by the order link > key > e-mail, and guesses nothing.
 *
 * A record that is linked stays linked: a link never flips by itself. One free record per side is one person; several on one
 * side cannot be told apart, so they are held and reported, and the person on the other side is told of these rivals so that
 * no further record is made for it. Converted Leads and deleted records are history, never candidates.
 */
export function matchRecords({ records, links }: Neighbourhood): readonly MatchVerdict[] {
  const linkOf = new Map(links.map((link) => [nameOf(link.record), link]));
  const free = records.filter((sighting) => isCandidate(sighting) && !linkOf.has(nameOf(sighting.record)));
  const byKey = joinByKey(free, links);
  const left = free.filter((sighting) => !byKey.taken.has(nameOf(sighting.record)));
  return [...byKey.verdicts, ...groupByEmail(left).flatMap((group) => matchByEmail(group, records, links, byKey.seats))];
}

/** A person's id is the first record it was known by, so that two planners that meet it at once make one person. */
export function personIdFrom({ system, id }: RecordRef): string {
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

export function emailOf({ record, values }: Sighting): string | null {
  const email = record.system === 'hubspot' ? values['email'] : values['Email'];
  return typeof email === 'string' ? canonicalEmail(email) : null;
}

/** `person:system` → taken: at most one current record per person and system. */
type Seats = Set<string>;

function joinByKey(free: readonly Sighting[], links: readonly Link[]) {
  const seats: Seats = new Set(links.filter(({ role }) => role === 'current').map((link) => seat(link.person, link.record.system)));
  const known = new Set(links.map(({ person }) => person));
  const taken = new Set<string>();
  const verdicts: MatchVerdict[] = [];
  for (const sighting of free) {
    const key = keyOf(sighting);
    if (key === null) continue;
    taken.add(nameOf(sighting.record));
    if (seats.has(seat(key, sighting.record.system))) {
      verdicts.push({ kind: 'held', records: [sighting], because: 'key-held-twice' });
      continue;
    }
    seats.add(seat(key, sighting.record.system));
    verdicts.push(personVerdict(key, !known.has(key), [sighting], 'key', []));
    known.add(key);
  }
  return { verdicts, taken, seats };
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
  seats: Seats,
): readonly MatchVerdict[] {
  const people = peopleWith(emailOf(group[0]!), records, links);
  const sides = { hubspot: on('hubspot', group), salesforce: on('salesforce', group) };
  if (people.length > 1) return [{ kind: 'held', records: group, because: 'several-candidates' }];
  if (people.length === 0) return strangers(sides);
  return newcomers(people[0]!, sides, seats);
}

/** Who already holds this address, through a current link. */
function peopleWith(email: string | null, records: readonly Sighting[], links: readonly Link[]): readonly string[] {
  if (email === null) return [];
  const holders = new Set(records.filter((sighting) => !sighting.deleted && emailOf(sighting) === email).map(({ record }) => nameOf(record)));
  return [...new Set(links.filter(({ role, record }) => role === 'current' && holders.has(nameOf(record))).map(({ person }) => person))];
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
function newcomers(person: string, sides: Sides, seats: Seats): readonly MatchVerdict[] {
  return (['hubspot', 'salesforce'] as const).flatMap((system): readonly MatchVerdict[] => {
    const candidates = sides[system];
    if (candidates.length === 0) return [];
    if (seats.has(seat(person, system))) {
      const links = candidates.map(({ record, seenAt }) => ({ record, role: 'duplicate' as const, since: seenAt, evidence: 'email' as const }));
      return [{ kind: 'person', person, isNew: false, links, rivals: [] }];
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
): MatchVerdict {
  const links = members.map(({ record, seenAt }) => ({ record, role: 'current' as const, since: seenAt, evidence }));
  return { kind: 'person', person, isNew, links, rivals };
}
