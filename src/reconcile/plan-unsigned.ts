import type { AnyFacts, PersonFacts } from '../domain/people/person.ts';
import { addParts, NOTHING, type PlanContext, viewOf } from './context.ts';
import type { EntityPlan } from './entity-plan.ts';
import { planCloseDate } from './plan-close-date.ts';
import { isPersonAccount } from './plan-company.ts';
import { isOutside } from './plan-deal.ts';
import { planAmount } from './plan-deal-amount.ts';
import { planDealStage } from './plan-deal-stage.ts';
import { planMappedFields, planPersonFields } from './plan-fields.ts';
import { entityPlan, keptCreation, standingWork, updateOf } from './plan-frame.ts';
import { planPair } from './plan-pair.ts';
import { planScope } from './plan-scope.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * What is to be written while nobody has signed an agreement: what the lines of the mapping say, and nothing else. Nobody enters a stage,
 * is handed over or owes anything, no record and no tie is made, and nothing of ours is shown, for all of that follows from promises that
 * nobody has made. What was meant under an agreement and has not been sent is taken back.
 */
export function planUnsigned(facts: AnyFacts, context: PlanContext): EntityPlan {
  switch (facts.kind) {
    case 'person':
      return unsignedPerson(facts, context);
    case 'deal':
      return planPair(facts, context, (view) => ({
        part: isOutside(view, context)
          ? NOTHING
          : addParts([
              planMappedFields(view, context.policy.deal.fields, context),
              planDealStage(view, context),
              planAmount(view, context),
              planCloseDate(view, context),
            ]),
        ...NOTHING_BESIDE,
      }));
    case 'company':
      return planPair(facts, context, (view) => ({
        part: isPersonAccount(view) ? NOTHING : planMappedFields(view, context.policy.company.fields, context),
        ...NOTHING_BESIDE,
      }));
    // Nobody has agreed to review anything.
    case 'agreement':
      return planPair(facts, context, () => ({ part: NOTHING, ...NOTHING_BESIDE }));
  }
}

const NOTHING_BESIDE = { creation: null, others: [], open: [], over: [] } as const;

function unsignedPerson(facts: PersonFacts, context: PlanContext): EntityPlan {
  const view = viewOf(facts);
  const { within, move } = planScope(view, context);
  const work = standingWork(view);
  const part = within ? planPersonFields(view, context) : NOTHING;
  const drafts = [view.contact, view.record].flatMap((seen) =>
    seen === null ? [] : [updateOf(seen.record, part, NONE)],
  );
  const creating = keptCreation(
    null,
    work.open.find(({ kind, target }) => kind === 'create' && target.object === 'Lead'),
  );
  const plan = entityPlan(view, work, { drafts, creating, bases: part.agreed, open: part.open }, context);
  return move === undefined ? plan : { ...plan, scope: move };
}
