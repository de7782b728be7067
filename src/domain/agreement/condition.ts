import type { Value } from '../values/value.ts';

/**
 * The one grammar for conditions, wherever an admin writes one: `all`, `any`, `not`, or one subject with one test.
 * A subject is `{ score: total | behaviour | attribute }`, `{ field: hubspot.X | salesforce.X | company.X }` (the person's company, by the
 * name in company.yaml), or `{ deal: open | won | lost }`: has the person such a deal?
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly deal: 'open' | 'won' | 'lost' }
  | { readonly score: 'total' | 'behaviour' | 'attribute'; readonly test: Test }
  | { readonly field: string; readonly test: Test };

export type Test =
  | { readonly is: Value }
  | { readonly isAny: readonly Value[] }
  | { readonly contains: string }
  | { readonly containsAny: readonly string[] }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly blank: boolean };

/** What cannot be evaluated is `unknown`, never false in silence. */
export type Truth = true | false | 'unknown';

/** Reads a subject's value; `undefined` means "never read", `null` means "read, and empty". */
export type Lookup = (
  subject: { field: string } | { score: 'total' | 'behaviour' | 'attribute' } | { deal: 'open' | 'won' | 'lost' },
) => Value | undefined;
