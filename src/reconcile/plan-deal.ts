import type { DealFacts } from '../domain/people/person.ts';
import { addParts, NOTHING, type PairView, type PlanContext } from './context.ts';
import { planDealCreation } from './deal-creation.ts';
import { DEAL_FIELDS } from './deal-fields.ts';
import { planDealPeople } from './deal-people.ts';
import { closes, readDealStage, readOpportunityStage } from './deal-stages.ts';
import { keyWrites } from './derived.ts';
import type { EntityPlan } from './entity-plan.ts';
import { planCloseDate } from './plan-close-date.ts';
import { planAmount } from './plan-deal-amount.ts';
import { planDealOwner } from './plan-deal-owner.ts';
import { planDealStage } from './plan-deal-stage.ts';
import { planMappedFields } from './plan-fields.ts';
import { planPair } from './plan-pair.ts';

/**
 * What is to be written for one deal, and why. A deal and an opportunity are the same piece of business seen from two sides: stage,
 * amount with currency, close date, owner and people are kept the same; the missing half is made where the rule says so.
 */
export function planDeal(facts: DealFacts, context: PlanContext): EntityPlan {
  return planPair(facts, context, (view) => {
    if (isOutside(view, context)) return { part: NOTHING, creation: null, others: [], open: [], over: [] };
    const creation = planDealCreation(facts, view, context);
    const people = planDealPeople(facts, view, context);
    const part = addParts([
      planMappedFields(view, context.policy.deal.fields, context),
      planDealStage(view, context),
      planAmount(view, context),
      planCloseDate(view, context),
      planDealOwner(view, context),
      people.part,
      keyWrites(view, creation.draft !== null),
    ]);
    return {
      part,
      creation: creation.draft,
      others: people.roles,
      open: creation.open,
      over: overAgain(view, context),
    };
  });
}

/** A pipeline that stands in no map is none of ours, on whichever side it is. */
export function isOutside(view: PairView, context: PlanContext): boolean {
  const { hubspot, salesforce } = view;
  const readings = [
    ...(hubspot === null ? [] : [readDealStage(hubspot, context)]),
    ...(salesforce === null ? [] : [readOpportunityStage(salesforce, hubspot, context)]),
  ];
  return readings.some(({ kind }) => kind === 'outside' || kind === 'unknown');
}

/** Closed again: nobody has to be told any more that it was opened. */
function overAgain({ hubspot, salesforce }: PairView, context: PlanContext): readonly 'DEAL_REOPENED'[] {
  const stage = salesforce?.values[DEAL_FIELDS.salesforce.stage];
  const isClosed = typeof stage === 'string' ? closes(stage, context) : hubspot?.values[DEAL_FIELDS.hubspot.isClosed];
  return isClosed === true ? ['DEAL_REOPENED'] : [];
}
