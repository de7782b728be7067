import { toLocal } from '../domain/calendar/local-time.ts';
import type { AnyFacts } from '../domain/people/person.ts';
import { withoutPastDays } from '../domain/people/turns.ts';
import { DAY_MS } from '../domain/values/instant.ts';
import type { PlanContext } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';
import { planCompany } from './plan-company.ts';
import { planDeal } from './plan-deal.ts';
import { planPerson, type Turns } from './plan-person.ts';
import { planReview } from './plan-review.ts';
import { planUnsigned } from './plan-unsigned.ts';

export type BatchPlan = { readonly plans: readonly EntityPlan[]; readonly rotation: Readonly<Record<string, number>> };

/** Plans a batch in the order given; each hand-off by round robin moves the team's turn on for the next person. */
export function planBatch(
  entities: readonly AnyFacts[],
  rotation: Readonly<Record<string, number>>,
  context: PlanContext,
): BatchPlan {
  const reached = withoutPastDays(rotation, yesterday(context));
  const turns: Turns = {
    of: (count) => reached[count] ?? 0,
    take: (count, next) => {
      reached[count] = next;
    },
  };
  return { plans: entities.map((facts) => planEntity(facts, turns, context)), rotation: reached };
}

/** Another office's day may still be on its way when ours is over. */
function yesterday({ now, policy }: PlanContext): string {
  return toLocal(now - DAY_MS, policy.calendar).day;
}

function planEntity(facts: AnyFacts, turns: Turns, context: PlanContext): EntityPlan {
  if (context.policy.agreedSince === null) return planUnsigned(facts, context);
  switch (facts.kind) {
    case 'person':
      return planPerson(facts, turns, context);
    case 'deal':
      return planDeal(facts, context);
    case 'company':
      return planCompany(facts, context);
    case 'agreement':
      return planReview(facts, context);
  }
}
