import { parseNumber } from '../values/reading.ts';
import type { ScoreRules } from './agreement.ts';
import type { ActionLine, Behaviour } from './behaviour.ts';
import type { Condition, Lookup } from './condition.ts';
import { conditionText } from './condition-text.ts';
import { explain, isRange, unknownIn } from './evaluate.ts';

/** Where points came from: HubSpot's score, an attribute, or an action with its deeds. */
export type ScoreLine =
  | { readonly what: 'behaviour' | 'attribute'; readonly points: number; readonly because: string }
  | ActionLine;

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

/** What the agreement's own behaviour rules give; asked for only where it has some. */
type BehaviourNow = (rules: Extract<ScoreRules['behaviour'], readonly unknown[]>) => Behaviour;

/**
 * Adds up behaviour and attributes.
 *
 * Each attribute rule gives its points once when its condition holds. An empty behaviour score is 0: HubSpot leaves the property
 * empty until a person has done something.
 */
export function scoreOf(rules: ScoreRules, lookup: Lookup, behaviourNow: BehaviourNow = () => NO_BEHAVIOUR): Score {
  const behaviour = behaviourOf(rules, lookup, behaviourNow);
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

const NO_BEHAVIOUR: Behaviour = { points: 0, lines: [], unknown: [] };

function behaviourOf({ behaviour }: ScoreRules, lookup: Lookup, behaviourNow: BehaviourNow): Part {
  if (behaviour === null) return NO_BEHAVIOUR;
  if (!('hubspot' in behaviour)) return behaviourNow(behaviour);
  const field = `hubspot.${behaviour.hubspot}`;
  const found = lookup({ field });
  const points = found === null ? 0 : found === undefined || isRange(found) ? null : parseNumber(found);
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
