import type { Condition, Test } from '../../domain/agreement/condition.ts';
import type { WrittenCondition, WrittenTest } from '../grammar/condition-grammar.ts';
import { toDuration } from './to-duration.ts';

/** A condition in the domain's words. The grammar has made sure that there is exactly one subject, and one test where one is needed. */
export function toCondition(written: WrittenCondition): Condition {
  if (written.all !== undefined) return { all: written.all.map(toCondition) };
  if (written.any !== undefined) return { any: written.any.map(toCondition) };
  if (written.not !== undefined) return { not: toCondition(written.not) };
  if (written.deal !== undefined) return { deal: written.deal };
  if (written.answer !== undefined) return { answer: written.answer };
  const test = toTest(written);
  if (written.score !== undefined) return { score: written.score, test };
  if (written.bant !== undefined) return { bant: written.bant, test };
  if (written.action === undefined) return { field: written.field ?? '', test };
  const { action, within } = written;
  return { action, ...(within === undefined ? {} : { within: toDuration(within) }), test };
}

function toTest(written: WrittenTest): Test {
  if (written.is !== undefined) return { is: written.is };
  if (written['is-any'] !== undefined) return { isAny: written['is-any'] };
  if (written.contains !== undefined) return { contains: written.contains };
  if (written['contains-any'] !== undefined) return { containsAny: written['contains-any'] };
  if (written['at-least'] !== undefined) return { atLeast: written['at-least'] };
  if (written['at-most'] !== undefined) return { atMost: written['at-most'] };
  return { blank: written.blank ?? true };
}
