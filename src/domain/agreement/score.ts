import { parseNumber } from '../values/reading.ts';
import type { ScoreRules } from './agreement.ts';
import type { Condition, Lookup, Test } from './condition.ts';
import { explain, unknownIn } from './evaluate.ts';

type ScoreLine = { readonly what: string; readonly points: number; readonly because: string };

/**
 * A person's points, and where they came from. A part that could not be read is `undefined`, and so is a total with such a part:
 * a zero would be a judgement on somebody we know nothing about.
 */
export type Score = {
  readonly total: number | undefined;
  readonly behaviour: number | undefined;
  readonly attribute: number | undefined;
  readonly lines: readonly ScoreLine[];
  /** Subjects that were never read, or hold something that is no number. */
  readonly unknown: readonly string[];
};

/**
 * Adds up behaviour and attributes.
 *
 * Each attribute rule gives its points once when its condition holds. An empty behaviour score is 0: HubSpot leaves the property
 * empty until a person has done something.
 */
export function scoreOf(rules: ScoreRules, lookup: Lookup): Score {
  const behaviour = behaviourOf(rules, lookup);
  const attribute = attributeOf(rules, lookup);
  const total =
    behaviour.points === undefined || attribute.points === undefined ? undefined : behaviour.points + attribute.points;
  return {
    total,
    behaviour: behaviour.points,
    attribute: attribute.points,
    lines: [...behaviour.lines, ...attribute.lines],
    unknown: [...new Set([...behaviour.unknown, ...attribute.unknown])],
  };
}

type Part = {
  readonly points: number | undefined;
  readonly lines: readonly ScoreLine[];
  readonly unknown: readonly string[];
};

function behaviourOf({ behaviour }: ScoreRules, lookup: Lookup): Part {
  if (behaviour === null) return { points: 0, lines: [], unknown: [] };
  const field = `hubspot.${behaviour.hubspot}`;
  const found = lookup({ field });
  const points = found === null ? 0 : found === undefined ? null : parseNumber(found);
  if (points === null) return { points: undefined, lines: [], unknown: [field] };
  return { points, lines: [{ what: 'behaviour', points, because: field }], unknown: [] };
}

function attributeOf({ attribute }: ScoreRules, lookup: Lookup): Part {
  const lines: ScoreLine[] = [];
  const unknown: string[] = [];
  for (const { when, points } of attribute) {
    const explained = explain(when, lookup);
    if (explained.truth === true) lines.push({ what: 'attribute', points, because: textOf(when) });
    if (explained.truth === 'unknown') unknown.push(...unknownIn(explained));
  }
  const sum = lines.reduce((total, { points }) => total + points, 0);
  return { points: unknown.length > 0 ? undefined : sum, lines, unknown };
}

/** By condition: rules stay as they are, and are told of every person who fits one. */
const TEXTS = new WeakMap<Condition, string>();

function textOf(condition: Condition): string {
  const text = TEXTS.get(condition) ?? conditionText(condition);
  TEXTS.set(condition, text);
  return text;
}

/** A condition in one line, as it stands in the agreement: `hubspot.jobtitle contains-any 部長, 課長`. */
function conditionText(condition: Condition): string {
  if ('all' in condition) return `all(${condition.all.map(conditionText).join('; ')})`;
  if ('any' in condition) return `any(${condition.any.map(conditionText).join('; ')})`;
  if ('not' in condition) return `not(${conditionText(condition.not)})`;
  if ('deal' in condition) return `deal ${condition.deal}`;
  const subject = 'score' in condition ? `score ${condition.score}` : condition.field;
  return `${subject} ${testText(condition.test)}`;
}

function testText(test: Test): string {
  if ('is' in test) return `is ${test.is}`;
  if ('isAny' in test) return `is-any ${test.isAny.join(', ')}`;
  if ('contains' in test) return `contains ${test.contains}`;
  if ('containsAny' in test) return `contains-any ${test.containsAny.join(', ')}`;
  if ('blank' in test) return `blank ${test.blank}`;
  return 'atLeast' in test ? `at-least ${test.atLeast}` : `at-most ${test.atMost}`;
}
