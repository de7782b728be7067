import type { Instant } from '../values/value.ts';
import type { BehaviourRule } from './agreement.ts';
import { type Deed, type DeedsOf, lookBackMs, within } from './deeds.ts';

/** What one rule gave, deed by deed. `uncapped`: what it would have given without its cap. */
export type ActionLine = {
  readonly what: 'action';
  readonly action: string;
  readonly points: number;
  readonly deeds: readonly (Deed & { readonly points: number })[];
  readonly uncapped?: number;
};

export type Behaviour = {
  /** `undefined`: an action could not be read, and a sum without it would be a judgement on what we do not know. */
  readonly points: number | undefined;
  readonly lines: readonly ActionLine[];
  /** `action.download`: could not be read. */
  readonly unknown: readonly string[];
};

/** The points that a person's deeds give now, rule by rule; a rule that gives nothing has no line. */
export function behaviourScore(rules: readonly BehaviourRule[], deedsOf: DeedsOf, now: Instant): Behaviour {
  const hidden = rules.flatMap(({ action }) => (deedsOf(action).isWhole ? [] : `action.${action}`));
  const lines = rules.flatMap((rule) => lineOf(rule, deedsOf, now));
  const sum = lines.reduce((total, { points }) => total + points, 0);
  return { points: hidden.length > 0 ? undefined : sum, lines, unknown: [...new Set(hidden)] };
}

function lineOf(rule: BehaviourRule, deedsOf: DeedsOf, now: Instant): readonly ActionLine[] {
  const { action, atMost } = rule;
  const counted = within(deedsOf(action).done, rule.within, now);
  if (counted.length === 0) return [];
  const deeds = counted.map((deed) => ({ at: deed.at, what: deed.what, points: pointsNow(rule, deed, now) }));
  const uncapped = deeds.reduce((total, { points }) => total + points, 0);
  const points = atMost === undefined ? uncapped : Math.sign(uncapped) * Math.min(Math.abs(uncapped), atMost);
  return [{ what: 'action', action, points, deeds, ...(points === uncapped ? {} : { uncapped }) }];
}

/**
 * What one deed is worth by now: half after each period, in whole points and towards zero, so that everybody can work it out by head
 * and it comes to an end.
 *
 *     pointsNow({ action: 'download', points: 15, halvesEvery: days(30) }, { at: seventyDaysAgo, … }, now)  // => 3
 */
function pointsNow({ points, halvesEvery }: BehaviourRule, { at }: Deed, now: Instant): number {
  const halvings = halvesEvery === undefined ? 0 : Math.floor((now - at) / lookBackMs(halvesEvery));
  return halvings === 0 ? points : Math.trunc(points / 2 ** halvings) || 0;
}

/** Instants after now at which a deed that is done leaves a rule's period, or is worth less. */
export function turningPoints(rule: BehaviourRule, deedsOf: DeedsOf, now: Instant): readonly Instant[] {
  return within(deedsOf(rule.action).done, rule.within, now).flatMap((deed) => {
    const leaves = rule.within === undefined ? [] : [deed.at + lookBackMs(rule.within)];
    if (rule.halvesEvery === undefined || pointsNow(rule, deed, now) === 0) return leaves;
    const period = lookBackMs(rule.halvesEvery);
    return [...leaves, deed.at + (Math.floor((now - deed.at) / period) + 1) * period];
  });
}
