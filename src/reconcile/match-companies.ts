import { recordName, type Sighting, SYSTEMS, type System } from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { alone, holdersOf, matchGroup } from './match-groups.ts';
import { type Candidates, groupBy, seat, settled } from './match-seats.ts';

/**
 * Who is who among companies, by the order link > key > native id > domain > name.
 *
 * A name is weak evidence: it joins two records only where nothing speaks against it, and two different domains do. Those are held and
 * reported, for either one of the domains is wrong or there are two companies of that name; both happen every day.
 */
export function matchCompanies(candidates: Candidates): readonly MatchVerdict[] {
  const { verdicts: byDomain, decided } = matchByDomain(candidates);
  const known = settled(candidates, byDomain, decided);
  const rest = known.left;
  const name = (sighting: Sighting) => candidates.identity(sighting).name;
  const namesakes = groupBy(candidates.records, name);
  const byName = [...groupBy(rest, name)].flatMap(([said, group]) => matchByName(group, namesakes.get(said)!, known));
  const nameless = rest.filter((sighting) => name(sighting) === null).map((one) => alone(one, 'company'));
  return [...known.said, ...byName, ...nameless];
}

type ByDomain = { readonly verdicts: readonly MatchVerdict[]; readonly decided: readonly Sighting[] };

/** Whoever is the only one with its domain is left to its name: the other side may have no domain. */
function matchByDomain(candidates: Candidates): ByDomain {
  const domain = (sighting: Sighting) => candidates.identity(sighting).domain;
  const sharing = groupBy(candidates.records, domain);
  const groups = [...groupBy(candidates.left, domain)].flatMap(([said, group]) => {
    const holders = holdersOf(sharing.get(said)!, candidates.links);
    return holders.length === 0 && group.length === 1 ? [] : [{ group, holders }];
  });
  return {
    verdicts: groups.flatMap(({ group, holders }) => matchGroup(group, holders, 'domain', candidates)),
    decided: groups.flatMap(({ group }) => group),
  };
}

/** Free records of one name, which share their domain with nobody. */
function matchByName(
  group: readonly Sighting[],
  namesakes: readonly Sighting[],
  candidates: Candidates,
): readonly MatchVerdict[] {
  const holders = knownCompanies(namesakes, candidates);
  const apart = new Set(group.filter((one) => standsApart(one, group, holders, candidates)));
  const separate = [...apart].map((one) => alone(one, 'company'));
  const rest = group.filter((one) => !apart.has(one));
  if (rest.length === 0) return separate;
  const against = holders.length === 1 ? holders.flatMap(({ records }) => records) : [];
  if (holders.length < 2 && isContested(rest, against, candidates)) {
    return [...separate, { kind: 'held', records: rest, because: 'domains-differ', against }];
  }
  const entities = holders.map(({ entity }) => entity);
  return [...separate, ...matchGroup(rest, entities, 'name', candidates)];
}

/** A known company of that name: its live records, and the systems in which it has one that is not on its way out. */
type Known = { readonly entity: string; readonly records: readonly Sighting[]; readonly taken: readonly System[] };

function knownCompanies(
  namesakes: readonly Sighting[],
  { records, links, seats, ending }: Candidates,
): readonly Known[] {
  const entities = new Set(holdersOf(namesakes, links));
  if (entities.size === 0) return [];
  const holder = new Map(
    links.flatMap((link) => (link.role === 'current' ? [[recordName(link.record), link.entity]] : [])),
  );
  const theirs = groupBy(records, ({ record, deleted }) => (deleted ? null : (holder.get(recordName(record)) ?? null)));
  return [...entities].map((entity) => ({
    entity,
    records: theirs.get(entity) ?? [],
    taken: SYSTEMS.filter((system) => seats.has(seat(entity, system)) && !ending.has(seat(entity, system))),
  }));
}

/** Has one of these a domain, and a record of the other system another? Those that share one were decided by it. */
function isContested(rest: readonly Sighting[], against: readonly Sighting[], { identity }: Candidates): boolean {
  const told = (one: Sighting) => identity(one).domain !== null;
  const systems = new Set([...rest, ...against].filter(told).map(({ record }) => record.system));
  return rest.some(told) && systems.size > 1;
}

/**
 * A company of its own, whatever its name: by its domain it is none of the namesakes on its own side, and on the other side nobody is
 * without a partner who could be meant.
 */
function standsApart(
  one: Sighting,
  group: readonly Sighting[],
  holders: readonly Known[],
  { identity }: Candidates,
): boolean {
  const { system } = one.record;
  const told = (other: Sighting) => identity(other).domain !== null;
  const isTold = group.length === 1 || group.every((other) => other.record.system === system && told(other));
  return isTold && holders.every(({ records, taken }) => taken.includes(system) && told(one) && records.some(told));
}
