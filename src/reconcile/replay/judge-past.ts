import type { Stage } from '../../domain/agreement/agreement.ts';
import { type Explained, explain } from '../../domain/agreement/evaluate.ts';
import type { PersonPast } from '../../domain/people/past.ts';
import type { StageEntry } from '../../domain/people/person.ts';
import type { Instant } from '../../domain/values/value.ts';
import { type PersonView, type PlanContext, viewOf } from '../context.ts';
import { dealState } from '../deal-state.ts';
import { judgementOf } from '../judgement.ts';
import { gapsOf } from './gaps.ts';
import { type PromiseKept, promisesOf } from './promises.ts';
import { asOf, type Then, turnsOf } from './then.ts';
import { type Reached, walk } from './walk.ts';

/** The stages that a replay counts. */
export const COUNTED = ['MQL', 'SQL'] as const satisfies readonly Stage[];
export type Counted = (typeof COUNTED)[number];

/** From the first instant of a day to the first one after another. */
export type Period = { readonly from: Instant; readonly until: Instant };

/** The proposed agreement, and the one in force; `null`: none is. Each with everything else that it would be obeyed with. */
export type Agreements = { readonly proposed: PlanContext; readonly inForce: PlanContext | null };

/** One person under one agreement. */
export type Side = {
  /** Within the period, oldest first. */
  readonly reached: readonly Reached[];
  readonly promises: readonly PromiseKept[];
  readonly unknown: readonly string[];
};

/** A stage that a person would have under one of the two agreements only. */
export type Difference = {
  readonly stage: Counted;
  readonly at: Instant;
  /** What met the criterion under the one; `null` where it has none, or where somebody put the person there. */
  readonly met: Explained | null;
  /** The criterion of the other one at that very instant; `null` where it has none. */
  readonly unmet: Explained | null;
};

export type Judged = {
  readonly today: PersonView;
  readonly proposed: Side;
  readonly inForce: Side | null;
  /** Under the proposed one only, and under the one in force only. */
  readonly newly: readonly Difference[];
  readonly dropped: readonly Difference[];
  /** Under both, at another instant, one of which lies in the period. */
  readonly moved: readonly { readonly stage: Counted; readonly byMs: number }[];
  /** What is recorded, whatever either agreement says. */
  readonly happened: readonly StageEntry[];
  readonly deal: { readonly won: boolean; readonly open: boolean };
  /** Fields that they were judged with today's value of. */
  readonly gaps: readonly string[];
  /** Anything of the period is on record. */
  readonly isRecorded: boolean;
};

/** One person's past under both agreements, side by side. Nothing of it is a plan: nobody is written to. */
export function judgePast(past: PersonPast, { proposed, inForce }: Agreements, period: Period): Judged {
  const then = asOf(past);
  const today = viewOf(past.facts);
  const after = walk(past, then, proposed, period.until);
  const before = inForce === null ? null : walk(past, then, inForce, period.until);
  const isWithin = ({ at }: { readonly at: Instant }) => period.from <= at && at < period.until;
  const sideOf = ({ reached, unknown }: typeof after, context: PlanContext): Side => {
    const within = reached.filter(isWithin);
    return { reached: within, promises: promisesOf(within, today, context), unknown };
  };
  const only = (one: readonly Reached[], other: readonly Reached[], otherwise: PlanContext | null) =>
    COUNTED.flatMap((stage): readonly Difference[] => {
      const entry = one.find((reached) => reached.stage === stage && isWithin(reached));
      if (entry === undefined || other.some((reached) => reached.stage === stage)) return [];
      const { at, explained: met } = entry;
      return [{ stage, at, met, unmet: otherwise === null ? null : criterionAt(at, stage, then, otherwise) }];
    });
  const standing = before?.reached ?? [];
  return {
    today,
    proposed: sideOf(after, proposed),
    inForce: before === null || inForce === null ? null : sideOf(before, inForce),
    newly: only(after.reached, standing, inForce),
    dropped: only(standing, after.reached, proposed),
    moved: COUNTED.flatMap((stage) => {
      const [now, was] = [after.reached, standing].map((reached) => reached.find((entry) => entry.stage === stage));
      if (now === undefined || was === undefined || now.at === was.at) return [];
      return isWithin(now) || isWithin(was) ? [{ stage, byMs: now.at - was.at }] : [];
    }),
    happened: past.facts.stages.filter(isWithin),
    deal: dealsOf(past),
    gaps: gapsOf(past, proposed.policy, period.from),
    isRecorded: turnsOf(past).some((at) => isWithin({ at })) || past.facts.stages.some(isWithin),
  };
}

/** A stage's criterion under the other agreement, asked at the same instant. */
function criterionAt(at: Instant, stage: Stage, then: Then, context: PlanContext): Explained | null {
  const when = context.policy.agreement.stages.find((rule) => rule.stage === stage)?.when;
  return when === undefined ? null : explain(when, judgementOf(then(at), { ...context, now: at }).lookup);
}

function dealsOf({ facts }: PersonPast): Judged['deal'] {
  const states = facts.deals.map(dealState);
  return { won: states.includes('won'), open: states.includes('open') };
}
