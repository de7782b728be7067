import { type EntityKind, type Link, type LinkEvidence, type Sighting, SYSTEMS } from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { type Candidates, entityIdFrom, joined, nameOf, on, seat } from './match-seats.ts';

/**
 * What becomes of free records that say the same of themselves (`evidence`), given who is known to say so too: two known ones say
 * nothing about a third record, one takes them in, and without any the records are an entity among themselves.
 */
export function matchGroup(
  group: readonly Sighting[],
  holders: readonly string[],
  evidence: LinkEvidence,
  candidates: Candidates,
): readonly MatchVerdict[] {
  const [holder, ...others] = holders;
  if (others.length > 0) return [{ kind: 'held', records: group, because: 'several-candidates' }];
  return holder === undefined
    ? strangers(group, evidence, candidates.kind)
    : newcomers(holder, group, evidence, candidates);
}

/** The entities that have one of these records, through a current link. */
export function holdersOf(records: readonly Sighting[], links: readonly Link[]): readonly string[] {
  const names = new Set(records.filter(({ deleted }) => !deleted).map(({ record }) => nameOf(record)));
  return [
    ...new Set(
      links.filter(({ role, record }) => role === 'current' && names.has(nameOf(record))).map(({ entity }) => entity),
    ),
  ];
}

/** A record that is an entity by itself. */
export function alone(sighting: Sighting, kind: EntityKind, rivals: readonly Sighting[] = []): MatchVerdict {
  return joined(entityIdFrom(kind, sighting.record), [sighting], 'alone', { isNew: true, rivals });
}

/** One record per side is one entity; several on a side cannot be told apart. */
function strangers(group: readonly Sighting[], evidence: LinkEvidence, kind: EntityKind): readonly MatchVerdict[] {
  const salesforce = on('salesforce', group);
  const [ours, ...others] = on('hubspot', group);
  if (others.length > 0 || (ours === undefined && salesforce.length > 1)) {
    return [{ kind: 'held', records: group, because: 'several-candidates' }];
  }
  if (salesforce.length > 1) {
    return [alone(ours!, kind, salesforce), { kind: 'held', records: salesforce, because: 'several-candidates' }];
  }
  if (group.length === 1) return [alone(group[0]!, kind)];
  return [joined(entityIdFrom(kind, ours!.record), [ours!, ...salesforce], evidence, { isNew: true })];
}

/** Free records beside one known entity: the empty seat takes a single one; where it is taken, further ones are duplicates. */
export function newcomers(
  entity: string,
  group: readonly Sighting[],
  evidence: LinkEvidence,
  { seats, ending }: Pick<Candidates, 'seats' | 'ending'>,
): readonly MatchVerdict[] {
  return SYSTEMS.flatMap((system): readonly MatchVerdict[] => {
    const found = on(system, group);
    if (found.length === 0 || ending.has(seat(entity, system))) return [];
    const isTaken = seats.has(seat(entity, system));
    if (isTaken) return [joined(entity, found, evidence, { isNew: false, role: 'duplicate' })];
    if (found.length === 1) return [joined(entity, found, evidence, { isNew: false })];
    return [
      joined(entity, [], evidence, { isNew: false, rivals: found }),
      { kind: 'held', records: found, because: 'several-candidates' },
    ];
  });
}
