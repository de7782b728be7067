import { parseNumber, searchable } from '../values/reading.ts';
import type { Value } from '../values/value.ts';
import type { Condition, Lookup, Test, Truth } from './condition.ts';

/** A condition with what came of each of its parts: what `explain` prints. */
export type Explained =
  | { readonly kind: 'all' | 'any' | 'not'; readonly truth: Truth; readonly parts: readonly Explained[] }
  | {
      readonly kind: 'test';
      readonly truth: Truth;
      /** `hubspot.jobtitle`, `company.industry`, `score.total`, or `deal.open`, which is tested for true. */
      readonly subject: string;
      readonly test: Test;
      /** What was found; `undefined` when the subject was never read. */
      readonly found: Value | undefined;
    };

/**
 * Is the condition met?
 *
 * Three answers, because "we have not read it yet" must not count against a person: `all` is false as soon as one part is,
 * `any` true as soon as one is, and otherwise one unknown part makes the whole unknown. Read and empty is known: it equals
 * nothing, contains nothing and reaches no number.
 *
 *     evaluate({ score: 'total', test: { atLeast: 80 } }, () => undefined)  // => 'unknown'
 */
export function evaluate(condition: Condition, lookup: Lookup): Truth {
  return explain(condition, lookup).truth;
}

/** The same answer with its reasons, part by part. */
export function explain(condition: Condition, lookup: Lookup): Explained {
  if ('all' in condition) {
    const parts = condition.all.map((part) => explain(part, lookup));
    return { kind: 'all', truth: allOf(parts), parts };
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => explain(part, lookup));
    return { kind: 'any', truth: anyOf(parts), parts };
  }
  if ('not' in condition) {
    const part = explain(condition.not, lookup);
    return { kind: 'not', truth: opposite(part.truth), parts: [part] };
  }
  if ('deal' in condition) return tested(`deal.${condition.deal}`, HAS_ONE, lookup({ deal: condition.deal }));
  if ('score' in condition)
    return tested(`score.${condition.score}`, condition.test, lookup({ score: condition.score }));
  return tested(condition.field, condition.test, lookup({ field: condition.field }));
}

/** What `{ deal: open }` asks for: that there is one. */
const HAS_ONE: Test = { is: true };

function tested(subject: string, test: Test, found: Value | undefined): Explained {
  return { kind: 'test', truth: found === undefined ? 'unknown' : passes(found, test), subject, test, found };
}

/** The subjects that nobody could judge: never read, or no number where one was agreed on. */
export function unknownIn(explained: Explained): readonly string[] {
  if (explained.kind !== 'test') return explained.parts.flatMap(unknownIn);
  return explained.truth === 'unknown' ? [explained.subject] : [];
}

/** The fields a condition reads (`hubspot.jobtitle`, `company.industry`), so that pulls ask for them. Deals are read in any case. */
export function fieldsOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  return 'field' in condition ? [condition.field] : [];
}

function passes(found: Value, test: Test): Truth {
  if ('blank' in test) return (found === null || found === '') === test.blank;
  if ('is' in test) return alike(found, test.is);
  if ('isAny' in test) return test.isAny.some((wanted) => alike(found, wanted));
  if (found === null) return false;
  if ('contains' in test) return searchable(found).includes(searchable(test.contains));
  if ('containsAny' in test) {
    const text = searchable(found);
    return searchableParts(test.containsAny).some((part) => text.includes(part));
  }
  const number = parseNumber(found);
  // A number was agreed on and a word stands there: nobody can say whether that is enough.
  if (number === null) return 'unknown';
  return 'atLeast' in test ? number >= test.atLeast : number <= test.atMost;
}

/** Rules are read for every person, and stay as they are. */
const PARTS = new WeakMap<readonly string[], readonly string[]>();

function searchableParts(parts: readonly string[]): readonly string[] {
  const known = PARTS.get(parts) ?? parts.map(searchable);
  PARTS.set(parts, known);
  return known;
}

/** Equal to a reader: width and case aside, and whether a system says `true` or `"true"`. */
function alike(found: Value, wanted: Value): boolean {
  if (found === wanted) return true;
  if (found === null || wanted === null) return false;
  return searchable(found) === searchable(wanted);
}

function allOf(parts: readonly Explained[]): Truth {
  if (parts.some(({ truth }) => truth === false)) return false;
  return parts.every(({ truth }) => truth === true) ? true : 'unknown';
}

function anyOf(parts: readonly Explained[]): Truth {
  if (parts.some(({ truth }) => truth === true)) return true;
  return parts.every(({ truth }) => truth === false) ? false : 'unknown';
}

function opposite(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : !truth;
}
