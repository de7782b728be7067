import type { ScoreRules } from './agreement.ts';
import type { Range } from './condition.ts';

/** The lowest and the highest points that anybody can have under these rules, by part. */
export function possibleScores(rules: ScoreRules): Readonly<Record<'total' | 'behaviour' | 'attribute', Range>> {
  const behaviour = possibleBehaviour(rules.behaviour);
  const attribute = sumOf(rules.attribute.map(({ points }) => points));
  const total = { least: behaviour.least + attribute.least, most: behaviour.most + attribute.most };
  return { total, behaviour, attribute };
}

/** HubSpot's own score may be anything. */
function possibleBehaviour(rules: ScoreRules['behaviour']): Range {
  if (rules === null) return { least: 0, most: 0 };
  if ('hubspot' in rules) return { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  return sumOf(rules.map(({ points, atMost = Number.POSITIVE_INFINITY }) => Math.sign(points) * atMost));
}

function sumOf(points: readonly number[]): Range {
  return {
    least: points.reduce((sum, each) => sum + Math.min(each || 0, 0), 0),
    most: points.reduce((sum, each) => sum + Math.max(each || 0, 0), 0),
  };
}
