import { parseNumber, searchable } from '../values/reading.ts';
import type { Value } from '../values/value.ts';
import type { Duration } from './agreement.ts';
import type { Condition, Found, Lookup, Question, Range, Test, Truth } from './condition.ts';

/** A condition with what came of each of its parts: what `explain` prints. */
export type Explained =
  | { readonly kind: 'all' | 'any' | 'not'; readonly truth: Truth; readonly parts: readonly Explained[] }
  | {
      readonly kind: 'test';
      readonly truth: Truth;
      /** `hubspot.jobtitle`, `company.industry`, `score.total`, `action.download`, `bant.confirmed`; or `deal.open`, `answer.accepted`, tested for true. */
      readonly subject: string;
      readonly test: Test;
      /** Of an action: the period that it was counted over. */
      readonly within?: Duration;
      /** What was found; `undefined` when the subject was never read. */
      readonly found: Found;
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
  if ('deal' in condition) return tested(subjectOf(condition), HAS_ONE, lookup({ deal: condition.deal }));
  if ('answer' in condition) return tested(subjectOf(condition), HAS_ONE, lookup({ answer: condition.answer }));
  const told = tested(subjectOf(condition), condition.test, lookup(condition));
  return 'action' in condition && condition.within !== undefined ? { ...told, within: condition.within } : told;
}

/** What `{ deal: open }` asks for: that there is one. */
const HAS_ONE: Test = { is: true };

function subjectOf(question: Question): string {
  if ('deal' in question) return `deal.${question.deal}`;
  if ('answer' in question) return `answer.${question.answer}`;
  if ('score' in question) return `score.${question.score}`;
  if ('action' in question) return `action.${question.action}`;
  return 'bant' in question ? `bant.${question.bant}` : question.field;
}

function tested(subject: string, test: Test, found: Found): Extract<Explained, { kind: 'test' }> {
  const truth = found === undefined ? 'unknown' : isRange(found) ? reaches(found, test) : passes(found, test);
  return { kind: 'test', truth, subject, test, found };
}

export function isRange(found: Found): found is Range {
  return typeof found === 'object' && found !== null;
}

/** Of a number that is known in part: true or false only where what is not known makes no difference. */
function reaches({ least, most }: Range, test: Test): Truth {
  if ('atLeast' in test) return least >= test.atLeast ? true : most < test.atLeast ? false : 'unknown';
  if ('atMost' in test) return most <= test.atMost ? true : least > test.atMost ? false : 'unknown';
  return 'unknown';
}

/** The subjects that nobody could judge: never read, or no number where one was agreed on. */
export function unknownIn(explained: Explained): readonly string[] {
  if (explained.kind !== 'test') return explained.parts.flatMap(unknownIn);
  return explained.truth === 'unknown' ? [explained.subject] : [];
}

/** The fields a condition reads (`hubspot.jobtitle`, `company.industry`), so that pulls ask for them. Deals are read in any case. */
export function fieldsOf(condition: Condition): readonly string[] {
  return questionsIn(condition).flatMap((question) => ('field' in question ? [question.field] : []));
}

/** The questions that a condition is made of, at any depth; `denied`: it stands under an odd number of `not`. */
export function questionsIn(
  condition: Condition,
  denied = false,
): readonly (Question & { readonly denied: boolean })[] {
  if ('all' in condition) return condition.all.flatMap((part) => questionsIn(part, denied));
  if ('any' in condition) return condition.any.flatMap((part) => questionsIn(part, denied));
  if ('not' in condition) return questionsIn(condition.not, !denied);
  return [{ ...condition, denied }];
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
