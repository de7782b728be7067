import type { Condition, Found, Lookup, Question } from './condition.ts';
import { evaluate } from './evaluate.ts';

/** One thing that a condition asked for and found, or (`not`) that it asked not to find. */
export type Point =
  | { readonly asked: Question; readonly found: Found }
  | { readonly asked: Extract<Condition, { not: Condition }>; readonly found?: undefined };

/**
 * What speaks for somebody who meets a condition, point by point: of a choice only what holds, of the whole nothing that does not.
 * Empty where nothing of it holds.
 */
export function pointsOf(condition: Condition, lookup: Lookup): readonly Point[] {
  if ('all' in condition) return condition.all.flatMap((part) => pointsOf(part, lookup));
  if ('any' in condition) return condition.any.flatMap((part) => holding(part, lookup));
  if ('not' in condition) return evaluate(condition, lookup) === true ? [{ asked: condition }] : [];
  return evaluate(condition, lookup) === true ? [{ asked: condition, found: lookup(condition) }] : [];
}

function holding(part: Condition, lookup: Lookup): readonly Point[] {
  return evaluate(part, lookup) === true ? pointsOf(part, lookup) : [];
}
