import {
  type EntityKind,
  type Link,
  type LinkEvidence,
  recordName,
  type Sighting,
  SYSTEMS,
} from '../domain/people/record.ts';
import type { MatchVerdict } from './match.ts';
import { type Candidates, entityIdFrom, joined, on, seat } from './match-seats.ts';

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
  return holder === undefined ? strangers(group, evidence, candidates) : newcomers(holder, group, evidence, candidates);
}

/** The entities that have one of these records, through a current link. */
export function holdersOf(records: readonly Sighting[], links: readonly Link[]): readonly string[] {
  const names = new Set(records.filter(({ deleted }) => !deleted).map(({ record }) => recordName(record)));
  return [
    ...new Set(
      links
        .filter(({ role, record }) => role === 'current' && names.has(recordName(record)))
        .map(({ entity }) => entity),
    ),
  ];
}

/** A record that is an entity by itself. */
export function alone(sighting: Sighting, kind: EntityKind, rivals: readonly Sighting[] = []): MatchVerdict {
  return joined(entityIdFrom(kind, sighting.record), [sighting], 'alone', { isNew: true, rivals });
}

/** One record per side is one entity; several on a side are one where the rule tells which of them stands for it, and else held. */
function strangers(
  group: readonly Sighting[],
  evidence: LinkEvidence,
  { kind, choose }: Pick<Candidates, 'kind' | 'choose'>,
): readonly MatchVerdict[] {
  const [hubspot, salesforce] = [on('hubspot', group), on('salesforce', group)];
  const ours = theOne(hubspot, choose);
  const theirs = theOne(salesforce, choose);
  if (ours === null || (hubspot.length === 0 && theirs === null)) {
    return [{ kind: 'held', records: group, because: 'several-candidates' }];
  }
  if (theirs === null) {
    return [alone(ours!, kind, salesforce), { kind: 'held', records: salesforce, because: 'several-candidates' }];
  }
  const members = [ours, theirs].filter((sighting) => sighting !== undefined);
  const others = group.filter((sighting) => !members.includes(sighting));
  const entity = entityIdFrom(kind, members[0]!.record);
  const first = members.length === 1 ? alone(members[0]!, kind) : joined(entity, members, evidence, { isNew: true });
  return others.length === 0 ? [first] : [first, joined(entity, others, evidence, AS_DUPLICATES)];
}

const AS_DUPLICATES = { isNew: false, role: 'duplicate' } as const;

/** The record that stands for all of one side: the only one, or the chosen one. `undefined` where there is none, `null` where nobody can tell. */
export function theOne(alike: readonly Sighting[], choose: Candidates['choose']): Sighting | undefined | null {
  if (alike.length < 2) return alike[0];
  return choose === null ? null : choose(alike);
}

/** Free records beside one known entity: the empty seat takes one of them; where it is taken, further ones are duplicates. */
export function newcomers(
  entity: string,
  group: readonly Sighting[],
  evidence: LinkEvidence,
  { seats, ending, choose }: Pick<Candidates, 'seats' | 'ending' | 'choose'>,
): readonly MatchVerdict[] {
  return SYSTEMS.flatMap((system): readonly MatchVerdict[] => {
    const found = on(system, group);
    if (found.length === 0 || ending.has(seat(entity, system))) return [];
    const isTaken = seats.has(seat(entity, system));
    if (isTaken) return [joined(entity, found, evidence, AS_DUPLICATES)];
    const one = theOne(found, choose);
    if (one === null || one === undefined) {
      return [
        joined(entity, [], evidence, { isNew: false, rivals: found }),
        { kind: 'held', records: found, because: 'several-candidates' },
      ];
    }
    const others = found.filter((sighting) => sighting !== one);
    const seated = joined(entity, [one], evidence, { isNew: false });
    return others.length === 0 ? [seated] : [seated, joined(entity, others, evidence, AS_DUPLICATES)];
  });
}
