import { type Link, recordName, type Sighting, type System } from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { matchGroup, newcomers } from './match-groups.ts';
import { type Candidates, type Choose, groupBy, isCandidate, seat, settled } from './match-seats.ts';

/** A live HubSpot record, and the live Salesforce record that HubSpot's own integration wrote down on it. */
type Pair = { readonly hubspot: Sighting; readonly salesforce: Sighting };

/**
 * Follows the ids that HubSpot's own Salesforce integration left. Such an id is copied with a cloned record, and outlives an integration
 * that was switched off: so one that leads to somebody who has another record already is not followed, but told.
 */
export function matchByNative(candidates: Candidates, choose: Choose | null): Candidates {
  const pairs = pairsAmong(candidates);
  if (pairs.length === 0) return candidates;
  const apart = pairs.filter((pair) => areApart(pair, candidates)).map(doubt);
  const named = takeInNamed(pairs, settled(candidates, apart, []));
  const naming = takeInNaming(pairs, named);
  return joinStrangers(pairs, naming, choose);
}

function pairsAmong({ records, identity }: Candidates): readonly Pair[] {
  const byName = new Map(records.map((sighting) => [recordName(sighting.record), sighting]));
  const target = (named: Sighting | undefined): Sighting | undefined => {
    const contact = named?.values['ConvertedContactId'];
    if (named === undefined || isCandidate(named) || typeof contact !== 'string') return named;
    return byName.get(recordName({ system: 'salesforce', object: 'Contact', id: contact }));
  };
  return records.filter(isCandidate).flatMap((hubspot) => {
    const named = identity(hubspot).natives.map((record) => target(byName.get(recordName(record))));
    const salesforce = named.find((sighting) => sighting !== undefined && isCandidate(sighting));
    return salesforce === undefined ? [] : [{ hubspot, salesforce }];
  });
}

/** Both are somebody's, and not the same one's. */
function areApart({ hubspot, salesforce }: Pair, candidates: Candidates): boolean {
  const [one, other] = [linkOf(hubspot, candidates), linkOf(salesforce, candidates)];
  return one?.role === 'current' && other?.role === 'current' && one.entity !== other.entity;
}

/** Salesforce records that are nobody's, named by a HubSpot record that is somebody's. */
function takeInNamed(pairs: readonly Pair[], candidates: Candidates): Candidates {
  const open = pairs.filter(
    ({ hubspot, salesforce }) => isFree(salesforce, candidates) && linkOf(hubspot, candidates)?.role === 'current',
  );
  return [...byTarget(open)].reduce((known, [target, naming]) => {
    const entities = [...new Set(naming.map(({ hubspot }) => linkOf(hubspot, candidates)!.entity))];
    const [entity] = entities;
    if (entities.length > 1 || isTaken(entity!, 'salesforce', known)) return settled(known, naming.map(doubt), []);
    return settled(known, newcomers(entity!, [target], 'native', known), [target]);
  }, candidates);
}

/** HubSpot records that are nobody's, and name a Salesforce record that is somebody's. */
function takeInNaming(pairs: readonly Pair[], candidates: Candidates): Candidates {
  const open = pairs.filter(({ hubspot, salesforce }) => {
    return isFree(hubspot, candidates) && linkOf(salesforce, candidates) !== undefined;
  });
  const entities = [...new Set(open.map(({ salesforce }) => linkOf(salesforce, candidates)!.entity))];
  return entities.reduce((known, entity) => {
    const naming = open.filter(({ salesforce }) => linkOf(salesforce, candidates)!.entity === entity);
    if (isTaken(entity, 'hubspot', known)) return settled(known, naming.map(doubt), []);
    const comers = naming.map(({ hubspot }) => hubspot);
    return settled(known, newcomers(entity, comers, 'native', known), comers);
  }, candidates);
}

function joinStrangers(pairs: readonly Pair[], candidates: Candidates, choose: Choose | null): Candidates {
  const open = pairs.filter(({ hubspot, salesforce }) => isFree(hubspot, candidates) && isFree(salesforce, candidates));
  return [...byTarget(open)].reduce((known, [target, naming]) => {
    const group = [...naming.map(({ hubspot }) => hubspot), target];
    return settled(known, matchGroup(group, [], 'native', { ...known, choose }), group);
  }, candidates);
}

function byTarget(pairs: readonly Pair[]): ReadonlyMap<Sighting, readonly Pair[]> {
  const targets = groupBy(
    pairs.map(({ salesforce }) => salesforce),
    ({ record }) => recordName(record),
  );
  return new Map(
    [...targets.values()].map(([target]) => [target!, pairs.filter(({ salesforce }) => salesforce === target)]),
  );
}

function linkOf({ record }: Sighting, { links }: Candidates): Link | undefined {
  return links.find((link) => recordName(link.record) === recordName(record));
}

function isFree(sighting: Sighting, { left }: Candidates): boolean {
  return left.includes(sighting);
}

/** A seat whose holder is on its way out is not taken: whoever comes waits for it. */
function isTaken(entity: string, system: System, { seats, ending }: Candidates): boolean {
  return seats.has(seat(entity, system)) && !ending.has(seat(entity, system));
}

function doubt({ hubspot, salesforce }: Pair): MatchVerdict {
  return { kind: 'doubted', records: [hubspot, salesforce], because: 'native-id-differs' };
}
