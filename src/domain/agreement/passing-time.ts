import type { Instant } from '../values/value.ts';
import type { Agreement, BehaviourRule, Duration, Stage } from './agreement.ts';
import { turningPoints } from './behaviour.ts';
import type { Condition } from './condition.ts';
import { type DeedsOf, lookBackMs, within } from './deeds.ts';
import { questionsIn } from './evaluate.ts';

/** What of a stage's condition time alone can turn from false to true. */
type Watch = {
  readonly stage: Stage;
  /** All actions that it depends on: a deed dated ahead counts once its instant has come. */
  readonly actions: readonly string[];
  /** Counts whose fall may meet it: `at-most`, or `at-least` under a `not`. */
  readonly falling: readonly { readonly action: string; readonly within: Duration }[];
  /** Rules whose points may come nearer to it by growing old: points given where few are asked for, points taken off where many are. */
  readonly fading: readonly BehaviourRule[];
};

/** By agreement: the same for everybody. */
const WATCHES = new WeakMap<Agreement, readonly Watch[]>();

/**
 * The next instant at which a person may meet the condition of one of these stages though nothing about them is changed; `null` when
 * only an event can do that.
 *
 * A stage that was entered is not left again because points expire, so most agreements ask for nobody to be woken: a count or a score
 * that only has to be high enough falls as time passes. What may come true by waiting is an `at-most`, a `not`, points that
 * are taken off, and a deed that is dated ahead.
 */
export function nextTurn(
  agreement: Agreement,
  isAhead: (stage: Stage) => boolean,
  deedsOf: DeedsOf,
  now: Instant,
): Instant | null {
  if (agreement.actions === undefined) return null;
  const watches = WATCHES.get(agreement) ?? watchesIn(agreement);
  WATCHES.set(agreement, watches);
  const instants = watches.filter(({ stage }) => isAhead(stage)).flatMap((watch) => turnsOf(watch, deedsOf, now));
  return instants.length === 0 ? null : Math.min(...instants);
}

function turnsOf({ actions, falling, fading }: Watch, deedsOf: DeedsOf, now: Instant): readonly Instant[] {
  return [
    ...actions.flatMap((action) => deedsOf(action).ahead[0]?.at ?? []),
    ...falling.flatMap(({ action, within: period }) =>
      within(deedsOf(action).done, period, now)
        .slice(0, 1)
        .map(({ at }) => at + lookBackMs(period)),
    ),
    ...fading.flatMap((rule) => turningPoints(rule, deedsOf, now)),
  ];
}

function watchesIn({ stages, score }: Agreement): readonly Watch[] {
  const { behaviour } = score;
  const rules = behaviour === null || 'hubspot' in behaviour ? [] : behaviour;
  return stages.flatMap(({ stage, when }) => (when === undefined ? [] : [{ stage, ...watchOf(when, rules) }]));
}

function watchOf(when: Condition, rules: readonly BehaviourRule[]): Omit<Watch, 'stage'> {
  const questions = questionsIn(when);
  const ofActions = questions.filter((question) => 'action' in question);
  const ofScore = questions.filter((question) => 'score' in question && question.score !== 'attribute');
  const asksForFew = ({ test, denied }: { readonly test: object; readonly denied: boolean }) =>
    'atMost' in test !== denied;
  const fading = ofScore.flatMap((question) =>
    'test' in question ? rules.filter(({ points }) => points > 0 === asksForFew(question)) : [],
  );
  const scored = ofScore.length > 0 ? rules.map(({ action }) => action) : [];
  return {
    actions: [...new Set([...ofActions.map(({ action }) => action), ...scored])],
    falling: ofActions.flatMap((question) =>
      question.within !== undefined && asksForFew(question)
        ? [{ action: question.action, within: question.within }]
        : [],
    ),
    fading: [...new Set(fading)].filter((rule) => rule.within !== undefined || rule.halvesEvery !== undefined),
  };
}
