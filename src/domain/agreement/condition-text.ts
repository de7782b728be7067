import type { Condition, Question, Test } from './condition.ts';

/** A condition in one line, as it stands in the agreement: `hubspot.jobtitle contains-any 部長, 課長`. */
export function conditionText(condition: Condition): string {
  if ('all' in condition) return `all(${condition.all.map(conditionText).join('; ')})`;
  if ('any' in condition) return `any(${condition.any.map(conditionText).join('; ')})`;
  if ('not' in condition) return `not(${conditionText(condition.not)})`;
  if ('deal' in condition) return `deal ${condition.deal}`;
  if ('answer' in condition) return `answer ${condition.answer}`;
  return `${subjectText(condition)} ${testText(condition.test)}`;
}

function subjectText(question: Extract<Question, { readonly test: Test }>): string {
  if ('score' in question) return `score ${question.score}`;
  if ('bant' in question) return `bant ${question.bant}`;
  if ('field' in question) return question.field;
  const { action, within } = question;
  return within === undefined ? `action ${action}` : `action ${action} within ${within.amount} ${within.unit}`;
}

function testText(test: Test): string {
  if ('is' in test) return `is ${test.is}`;
  if ('isAny' in test) return `is-any ${test.isAny.join(', ')}`;
  if ('contains' in test) return `contains ${test.contains}`;
  if ('containsAny' in test) return `contains-any ${test.containsAny.join(', ')}`;
  if ('blank' in test) return `blank ${test.blank}`;
  return 'atLeast' in test ? `at-least ${test.atLeast}` : `at-most ${test.atMost}`;
}
