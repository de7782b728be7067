import { searchable } from '../values/reading.ts';
import type { Value } from '../values/value.ts';
import type { Condition, Question, Test } from './condition.ts';
import { conditionText } from './condition-text.ts';
import { lookBackMs } from './deeds.ts';

/**
 * Does whoever meets the one condition always meet the other? `false` where that cannot be told from the words alone: nothing is
 * claimed that is not certain.
 */
export function implies(one: Condition, other: Condition): boolean {
  if (conditionText(one) === conditionText(other)) return true;
  if ('all' in other) return other.all.every((part) => implies(one, part));
  if ('any' in one) return one.any.every((part) => implies(part, other));
  if ('all' in one && one.all.some((part) => implies(part, other))) return true;
  if ('any' in other) return other.any.some((part) => implies(one, part));
  if ('not' in one && 'not' in other) return implies(other.not, one.not);
  return isQuestion(one) && isQuestion(other) && asksForLess(one, other);
}

/** Can nobody ever meet both? */
export function excludes(one: Condition, other: Condition): boolean {
  if ('not' in other) return implies(one, other.not);
  if ('not' in one) return implies(other, one.not);
  if (!isQuestion(one) || !isQuestion(other) || !('test' in one) || !('test' in other)) return false;
  if (!isSameSubject(one, other)) return false;
  const [low, high] = 'atLeast' in one.test ? [one.test, other.test] : [other.test, one.test];
  if ('atLeast' in low && 'atMost' in high) return low.atLeast > high.atMost;
  const [values, others] = [valuesOf(one.test), valuesOf(other.test)];
  if (values !== null && others !== null) return values.every((value) => !others.includes(value));
  const [blank, filled] = 'blank' in one.test ? [one.test, other.test] : [other.test, one.test];
  return 'blank' in blank && blank.blank && !('blank' in filled && filled.blank);
}

function isQuestion(condition: Condition): condition is Question {
  return !('all' in condition || 'any' in condition || 'not' in condition);
}

function asksForLess(one: Question, other: Question): boolean {
  if (!('test' in one) || !('test' in other) || !isSubjectWithin(one, other)) return false;
  const [strict, lax] = [one.test, other.test];
  if ('atLeast' in strict && 'atLeast' in lax) return strict.atLeast >= lax.atLeast;
  if ('atMost' in strict && 'atMost' in lax) return isSameSubject(one, other) && strict.atMost <= lax.atMost;
  if ('blank' in lax && !lax.blank) return !('blank' in strict) || !strict.blank;
  const [values, others] = [valuesOf(strict), valuesOf(lax)];
  return values !== null && others !== null && values.every((value) => others.includes(value));
}

type Asked = Extract<Question, { readonly test: Test }>;

/** The same subject; of an action also one that is counted over a longer period, or for ever. */
function isSubjectWithin(one: Asked, other: Asked): boolean {
  if (!('action' in one) || !('action' in other)) return isSameSubject(one, other);
  if (one.action !== other.action) return false;
  if (other.within === undefined) return true;
  return one.within !== undefined && lookBackMs(one.within) <= lookBackMs(other.within);
}

function isSameSubject(one: Asked, other: Asked): boolean {
  return textOf(one) === textOf(other);
}

/** A question without its test. */
function textOf(question: Asked): string {
  return conditionText({ ...question, test: { blank: true } });
}

/** The values of which the field has to hold one; `null` where another test decides. */
function valuesOf(test: Test): readonly string[] | null {
  const values: readonly Value[] | null = 'is' in test ? [test.is] : 'isAny' in test ? test.isAny : null;
  return values === null ? null : values.map(searchable);
}
