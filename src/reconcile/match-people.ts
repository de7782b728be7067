import type { MatchingRule } from '../domain/people/mapping.ts';
import { nameOfPerson } from '../domain/people/person-name.ts';
import { type Link, recordName, type Sighting } from '../domain/people/record.ts';
import { isSharedMailbox } from '../domain/people/shared-mailbox.ts';
import type { MatchVerdict } from './match.ts';
import { chosenAmong, type Standings } from './match-choice.ts';
import { holdersOf, matchGroup, newcomers } from './match-groups.ts';
import { uniteHalves } from './match-halves.ts';
import { matchByNative } from './match-native.ts';
import { type Candidates, type Choose, groupBy, isCandidate, joined, settled } from './match-seats.ts';

/** Who is who among people, by the order link > key > conversion > native id > e-mail. */
export function matchPeople(
  candidates: Candidates,
  matching: MatchingRule,
  standings: Standings,
): readonly MatchVerdict[] {
  const leads = groupBy(candidates.records, contactOf);
  const choose: Choose | null = matching.several === 'rule' ? (alike) => chosenAmong(alike, standings) : null;
  const { verdicts: converted, decided } = joinByConversion(leads, candidates);
  const known = matchByNative(settled(candidates, converted, decided), choose);
  const addresses = (sighting: Sighting) => addressesOf(sighting, leads, candidates, matching);
  const holders = (group: readonly Sighting[]) => {
    const shared = new Set(group.flatMap(addresses));
    const sharing = known.records.filter((sighting) => addresses(sighting).some((email) => shared.has(email)));
    return holdersOf(sharing, known.links);
  };
  const byEmail = aroundOneHolder(groupByAddress(known.left, addresses), holders).flatMap((group) => {
    const choosing = { ...known, choose: haveOneInCommon(group, addresses) ? choose : null };
    return matchGroup(group, holders(group), 'email', choosing);
  });
  const matched = settled(known, byEmail, []);
  const alike = (halves: readonly Sighting[]) =>
    groupByAddress(halves, addresses).filter((group) => haveOneInCommon(group, addresses));
  return [...matched.said, ...remember(leads, matched.links), ...uniteHalves(alike, { ...matched, choose })];
}

/** Records that hang together only through each other may be people who know each other: among those nobody is chosen. */
function haveOneInCommon(group: readonly Sighting[], addresses: (sighting: Sighting) => readonly string[]): boolean {
  const [first = [], ...others] = group.map(addresses);
  return first.some((address) => others.every((those) => those.includes(address)));
}

/** The Contact that this record says it has become. A deleted Lead says nothing any more. */
function contactOf({ record, values, deleted }: Sighting): string | null {
  const contact = values['ConvertedContactId'];
  if (record.object !== 'Lead' || deleted || typeof contact !== 'string' || contact === '') return null;
  return recordName({ system: 'salesforce', object: 'Contact', id: contact });
}

type Leads = ReadonlyMap<string, readonly Sighting[]>;
type ByConversion = { readonly verdicts: readonly MatchVerdict[]; readonly decided: readonly Sighting[] };

/**
 * A Contact that nobody holds yet is whoever its Lead was, whatever the two e-mails say. Two people's Leads in one Contact are one person:
 * the Contact goes to the first, and the plan of the other says whom it has become. Where the Lead still has its seat the Contact waits.
 */
function joinByConversion(leads: Leads, candidates: Candidates): ByConversion {
  const decided: Sighting[] = [];
  const comers = new Map<string, Sighting[]>();
  for (const contact of candidates.left) {
    const name = recordName(contact.record);
    const names = new Set((leads.get(name) ?? []).map(({ record }) => recordName(record)));
    const owners = candidates.links.filter(({ record }) => names.has(recordName(record)));
    // Who lost a Lead to the conversion comes before those who only had a duplicate of it.
    const [first] = [
      ...owners
        .filter(({ role }) => role !== 'duplicate')
        .map(({ entity }) => entity)
        .sort(),
      ...owners.map(({ entity }) => entity).sort(),
    ];
    if (first === undefined) continue;
    decided.push(contact);
    comers.set(first, [...(comers.get(first) ?? []), contact]);
  }
  const verdicts = [...comers].flatMap(([entity, contacts]) => newcomers(entity, contacts, 'conversion', candidates));
  return { verdicts, decided };
}

/** A Contact answers to the address of the Lead that it was, too: that is where marketing may know it. */
function addressesOf(
  sighting: Sighting,
  leads: Leads,
  { identity }: Candidates,
  { sharedMailboxes }: MatchingRule,
): readonly string[] {
  const were = leads.get(recordName(sighting.record)) ?? [];
  const all = [sighting, ...were].flatMap((one) => {
    const { email, otherEmails } = identity(one);
    return (email === null ? otherEmails : [email, ...otherEmails]).flatMap((address) =>
      isSharedMailbox(address, sharedMailboxes) ? withName(address, one) : [address],
    );
  });
  return [...new Set(all)];
}

/** Behind a mailbox that several people read the address is half a name; without the other half it says nothing. */
function withName(address: string, sighting: Sighting): readonly string[] {
  const name = nameOfPerson(sighting);
  return name === null ? [] : [`${address} ${name}`];
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

/** Groups that one and the same known person holds are one group, or each of them would take that person's empty seat. */
function aroundOneHolder(
  groups: readonly (readonly Sighting[])[],
  holders: (group: readonly Sighting[]) => readonly string[],
): readonly (readonly Sighting[])[] {
  const byHolder = new Map<string, readonly Sighting[]>();
  const others: (readonly Sighting[])[] = [];
  for (const group of groups) {
    const [holder, ...further] = holders(group);
    if (holder === undefined || further.length > 0) others.push(group);
    else byHolder.set(holder, [...(byHolder.get(holder) ?? []), ...group]);
  }
  return [...others, ...byHolder.values()];
}

/** A Lead that had become a Contact before we first saw it is that person's history: what was done with it was done with them. */
function remember(leads: Leads, links: readonly Link[]): readonly MatchVerdict[] {
  const entityOf = new Map(links.map((link) => [recordName(link.record), link.entity]));
  return [...leads].flatMap(([contact, were]) => {
    const entity = entityOf.get(contact);
    const unknown = were.filter((lead) => !isCandidate(lead) && !entityOf.has(recordName(lead.record)));
    if (entity === undefined || unknown.length === 0) return [];
    return [joined(entity, unknown, 'conversion', { isNew: false, role: 'converted' })];
  });
}
