import type { Link, Sighting } from '../domain/people/record.ts';

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
