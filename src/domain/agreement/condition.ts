import type { Value } from '../values/value.ts';
import type { Duration } from './agreement.ts';

/**
 * The one grammar for conditions, wherever an admin writes one: `all`, `any`, `not`, or one subject with one test.
 * A subject is `{ score: total | behaviour | attribute }`; `{ field: hubspot.X | salesforce.X }`, or `person.X`, `company.X` (a mapped
 * field of the person or their company, by its name in contact.yaml or company.yaml); `{ action: X }`, counted, within a period or ever;
 * `{ bant: confirmed }`, how many of the four; `{ deal: open | won | lost }`: has the person such a deal? or `{ answer: accepted }`: has
 * sales taken the person on?
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Question;

/** A condition that asks about one thing. */
export type Question =
  | DealSubject
  | AnswerSubject
  | ((ScoreSubject | FieldSubject | ActionSubject | BantSubject) & { readonly test: Test });

type DealSubject = { readonly deal: 'open' | 'won' | 'lost' };
type AnswerSubject = { readonly answer: 'accepted' };
type ScoreSubject = { readonly score: 'total' | 'behaviour' | 'attribute' };
type FieldSubject = { readonly field: string };
type ActionSubject = { readonly action: string; readonly within?: Duration };
type BantSubject = { readonly bant: 'confirmed' };
export type Subject = DealSubject | AnswerSubject | ScoreSubject | FieldSubject | ActionSubject | BantSubject;

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

/** A number that is known in part: so many at least, and so many at most. */
export type Range = { readonly least: number; readonly most: number };

/** Reads what a subject holds; `undefined` means "never read", `null` means "read, and empty". */
export type Lookup = (subject: Subject) => Found;
export type Found = Value | Range | undefined;
