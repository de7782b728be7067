import type { Link, Sighting } from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { holdersOf, matchGroup, newcomers } from './match-groups.ts';
import { type Candidates, groupBy, isCandidate, joined, nameOf, withVerdicts } from './match-seats.ts';

/** Who is who among people, by the order link > key > conversion > e-mail. */
export function matchPeople(candidates: Candidates): readonly MatchVerdict[] {
  const leads = groupBy(candidates.records, contactOf);
  const { verdicts: converted, decided } = joinByConversion(leads, candidates);
  const known = withVerdicts(candidates, converted);
  const rest = candidates.left.filter(({ record }) => !decided.has(nameOf(record)));
  const addresses = (sighting: Sighting) => addressesOf(sighting, leads, candidates);
  const byEmail = groupByAddress(rest, addresses).flatMap((group) => {
    const shared = new Set(group.flatMap(addresses));
    const sharing = known.records.filter((sighting) => addresses(sighting).some((email) => shared.has(email)));
    return matchGroup(group, holdersOf(sharing, known.links), 'email', known);
  });
  const { links } = withVerdicts(known, byEmail);
  return [...candidates.byKey, ...converted, ...byEmail, ...remember(leads, links)];
}

/** The Contact that this record says it has become. A deleted Lead says nothing any more. */
function contactOf({ record, values, deleted }: Sighting): string | null {
  const contact = values['ConvertedContactId'];
  if (record.object !== 'Lead' || deleted || typeof contact !== 'string' || contact === '') return null;
  return nameOf({ system: 'salesforce', object: 'Contact', id: contact });
}

type Leads = ReadonlyMap<string, readonly Sighting[]>;
type ByConversion = { readonly verdicts: readonly MatchVerdict[]; readonly decided: ReadonlySet<string> };

/**
 * A Contact that nobody holds yet is whoever its Lead was, whatever the two e-mails say. Two people's Leads in one Contact are one person:
 * the Contact goes to the first, and the plan of the other says whom it has become. Where the Lead still has its seat the Contact waits.
 */
function joinByConversion(leads: Leads, candidates: Candidates): ByConversion {
  const decided = new Set<string>();
  const comers = new Map<string, Sighting[]>();
  for (const contact of candidates.left) {
    const name = nameOf(contact.record);
    const names = new Set((leads.get(name) ?? []).map(({ record }) => nameOf(record)));
    const owners = candidates.links.filter(({ record }) => names.has(nameOf(record)));
    // Who lost a Lead to the conversion comes before those who only had a duplicate of it.
    const [first] = [
      ...owners
        .filter(({ role }) => role !== 'duplicate')
        .map(({ entity }) => entity)
        .sort(),
      ...owners.map(({ entity }) => entity).sort(),
    ];
    if (first === undefined) continue;
    decided.add(name);
    comers.set(first, [...(comers.get(first) ?? []), contact]);
  }
  const verdicts = [...comers].flatMap(([entity, contacts]) => newcomers(entity, contacts, 'conversion', candidates));
  return { verdicts, decided };
}

/** A Contact answers to the address of the Lead that it was, too: that is where marketing may know it. */
function addressesOf(sighting: Sighting, leads: Leads, { identity }: Candidates): readonly string[] {
  const were = leads.get(nameOf(sighting.record)) ?? [];
  return [...new Set([sighting, ...were].flatMap((one) => identity(one).email ?? []))];
}

/** Records that share an address, directly or through each other; one without an address stands alone. */
function groupByAddress(
  records: readonly Sighting[],
  addressesOf: (sighting: Sighting) => readonly string[],
): readonly (readonly Sighting[])[] {
  let groups: readonly { readonly records: readonly Sighting[]; readonly addresses: readonly string[] }[] = [];
  for (const sighting of records) {
    const addresses = addressesOf(sighting);
    const near = groups.filter((group) => group.addresses.some((address) => addresses.includes(address)));
    const merged = {
      records: [...near.flatMap((group) => group.records), sighting],
      addresses: [...new Set([...near.flatMap((group) => group.addresses), ...addresses])],
    };
    groups = [...groups.filter((group) => !near.includes(group)), merged];
  }
  return groups.map((group) => group.records);
}

/** A Lead that had become a Contact before we first saw it is that person's history: what was done with it was done with them. */
function remember(leads: Leads, links: readonly Link[]): readonly MatchVerdict[] {
  const entityOf = new Map(links.map((link) => [nameOf(link.record), link.entity]));
  return [...leads].flatMap(([contact, were]) => {
    const entity = entityOf.get(contact);
    const unknown = were.filter((lead) => !isCandidate(lead) && !entityOf.has(nameOf(lead.record)));
    if (entity === undefined || unknown.length === 0) return [];
    return [joined(entity, unknown, 'conversion', { isNew: false, role: 'converted' })];
  });
}
