import { identityOf } from '../domain/people/identity.ts';
import type { Finding } from '../domain/people/person.ts';
import type { EntityKind, Link, Sighting } from '../domain/people/record.ts';
import { matchCompanies } from './match-companies.ts';
import { alone } from './match-groups.ts';
import { matchPeople } from './match-people.ts';
import { candidatesIn, nameOf } from './match-seats.ts';

export { nameOf } from './match-seats.ts';

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
      /** Look-alikes that could not be told apart: they stay nobody's, and nothing is created for this entity meanwhile. */
      readonly rivals: readonly Sighting[];
    }
  /** Left alone: nobody's, until something in the neighbourhood changes. */
  | {
      readonly kind: 'held';
      readonly records: readonly Sighting[];
      readonly because: 'several-candidates' | 'key-held-twice' | 'domains-differ';
      /** Records that are somebody's, and speak against these. */
      readonly against?: readonly Sighting[];
    };

/**
 * Says who is who in one neighbourhood, and guesses nothing: by link, then by key, then by what each kind of entity has to show (people:
 * conversion, e-mail; companies: domain, name; deals: nothing, for two deals may be alike in everything).
 *
 * A record that is linked stays linked: a link never flips by itself. One free record per side is one entity; several on one
 * side cannot be told apart, so they are held and reported, and the entity on the other side is told of these rivals so that
 * no further record is made for it. Converted Leads and deleted records are history, never candidates.
 */
export function matchRecords(neighbourhood: Neighbourhood): readonly MatchVerdict[] {
  const candidates = candidatesIn(neighbourhood);
  switch (neighbourhood.kind) {
    case 'person':
      return matchPeople(candidates);
    case 'company':
      return matchCompanies(candidates);
    case 'deal':
      return [...candidates.byKey, ...candidates.left.map((sighting) => alone(sighting, 'deal'))];
  }
}

const HELD_CODES = {
  'several-candidates': 'MATCH_AMBIGUOUS',
  'key-held-twice': 'KEY_HELD_TWICE',
  'domains-differ': 'COMPANY_NAMES_DIFFER',
} as const;

/** What a person has to be told of records that were left alone. The smallest name stands for the group, so that it is told once. */
export function heldFinding(verdict: MatchVerdict): readonly Finding[] {
  if (verdict.kind !== 'held') return [];
  const { because, records, against = [] } = verdict;
  const involved = [...records, ...against].toSorted((one, other) =>
    nameOf(one.record) < nameOf(other.record) ? -1 : 1,
  );
  const names = involved.map(({ record }) => nameOf(record));
  const domains = [...new Set(involved.flatMap((sighting) => identityOf(sighting).domain ?? []))];
  return [
    {
      code: HELD_CODES[because],
      subject: names[0] ?? '',
      detail: {
        records: names.join(' '),
        count: names.length,
        ...(because === 'domains-differ' ? { domains: domains.join(' ') } : {}),
      },
    },
  ];
}
