import type { PersonFacts } from '../domain/people/person.ts';
import type { PlanContext } from './context.ts';
import type { PersonPlan } from './person-plan.ts';
import { planPerson, type Turns } from './plan-person.ts';

export type BatchPlan = { readonly plans: readonly PersonPlan[]; readonly rotation: Readonly<Record<string, number>> };

/** Plans a batch in the order given; each hand-off by round robin moves the team's turn on for the next person. */
export function planBatch(
  people: readonly PersonFacts[],
  rotation: Readonly<Record<string, number>>,
  context: PlanContext,
): BatchPlan {
  const reached: Record<string, number> = { ...rotation };
  const turns: Turns = {
    of: (team) => reached[team] ?? 0,
    take: (team, next) => {
      reached[team] = next;
    },
  };
  const plans = people.map((facts) => planPerson(facts, turns, context));
  return { plans, rotation: reached };
}
