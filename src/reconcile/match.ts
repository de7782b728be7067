import { identityOf } from '../domain/people/identity.ts';
import type { MatchingRule } from '../domain/people/mapping.ts';
import type { Finding, FindingCode } from '../domain/people/person.ts';
import {
  type EntityKind,
  type Link,
  type LinkEvidence,
  type RecordRef,
  recordName,
  type Sighting,
} from '../domain/people/record.ts';
import type { Standings } from './match-choice.ts';
import { matchCompanies } from './match-companies.ts';
import { alone } from './match-groups.ts';
import { matchByNative } from './match-native.ts';
import { matchPeople } from './match-people.ts';
import { candidatesIn } from './match-seats.ts';

/**
 * Records of one kind that could be one human being (deal, company): all that share a canonical e-mail, a domain, a normalised name or
 * our key, or that became one another, directly or through each other, with the links they already have. Complete: whoever shares one
 * with a member is a member.
 */
export type Neighbourhood = {
  readonly kind: EntityKind;
  readonly records: readonly Sighting[];
  readonly links: readonly Link[];
  /** Of people of whom one side has several records; nobody else needs them. */
  readonly standings?: Standings;
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
  /** Two people (deals, companies) are one: `entity` goes into `into`, whose record is `record`. */
  | {
      readonly kind: 'united';
      readonly entity: string;
      readonly into: string;
      readonly record: RecordRef;
      readonly evidence: LinkEvidence;
    }
  /** Left alone: nobody's, until something in the neighbourhood changes. */
  | {
      readonly kind: 'held';
      readonly records: readonly Sighting[];
      readonly because: 'several-candidates' | 'key-held-twice' | 'domains-differ';
      /** Records that are somebody's, and speak against these. */
      readonly against?: readonly Sighting[];
    }
  /** A HubSpot record and the Salesforce record that HubSpot's own integration says it is: two entities, and they stay so. */
  | { readonly kind: 'doubted'; readonly records: readonly Sighting[]; readonly because: 'native-id-differs' };

/**
 * Says who is who in one neighbourhood, and guesses nothing: by link, then by key, then by what each kind of entity has to show (people:
 * conversion, native id, e-mail; companies: native id, domain, name; deals: native id alone, for two deals may be alike in everything).
 *
 * A record that is linked stays linked: a link never flips by itself. People of whom each system knows one half, and who come to bear one
 * address later, are united. One free record per side is one entity. Of several on one side the admin's rule chooses one (see
 * `chosenAmong`) and the others are its duplicates; where it cannot, or is not to, they are held and reported, and the entity on the
 * other side is told of these rivals so that no further record is made for it. Converted Leads and deleted records are history, never
 * candidates.
 */
export function matchRecords(neighbourhood: Neighbourhood, matching: MatchingRule): readonly MatchVerdict[] {
  const candidates = candidatesIn(neighbourhood);
  switch (neighbourhood.kind) {
    case 'person':
      return matchPeople(candidates, matching, neighbourhood.standings ?? new Map());
    case 'company':
      return matchCompanies(matchByNative(candidates, null));
    case 'deal': {
      const { said, left } = matchByNative(candidates, null);
      return [...said, ...left.map((sighting) => alone(sighting, 'deal'))];
    }
  }
}

const HELD_CODES = {
  'several-candidates': 'MATCH_AMBIGUOUS',
  'key-held-twice': 'KEY_HELD_TWICE',
  'domains-differ': 'COMPANY_NAMES_DIFFER',
  'native-id-differs': 'NATIVE_ID_DIFFERS',
} as const;

/** The findings that say so; the ledger has them of records that may be nobody's yet. */
export const LIKENESS_CODES: readonly FindingCode[] = Object.values(HELD_CODES);

/** What a person has to be told of records that were left alone, or apart. The smallest name stands for the group, so that it is told once. */
export function heldFinding(verdict: MatchVerdict): readonly Finding[] {
  if (verdict.kind === 'joined' || verdict.kind === 'united') return [];
  const { because, records } = verdict;
  const against = (verdict.kind === 'held' ? verdict.against : undefined) ?? [];
  const involved = [...records, ...against].toSorted((one, other) =>
    recordName(one.record) < recordName(other.record) ? -1 : 1,
  );
  const names = involved.map(({ record }) => recordName(record));
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
