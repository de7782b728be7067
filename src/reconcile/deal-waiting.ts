import type { PersonView, PlanContext } from './context.ts';
import { readDealStage } from './deal-stages.ts';
import { dealState } from './deal-state.ts';

/**
 * Deals that marketing (or a rep in HubSpot) opened for somebody who is still a Lead. No opportunity can be made for a Lead, and
 * converting one is a decision of sales that Tasuki never takes: so it is an obligation of whoever owns the Lead. Deals from before
 * the go-live line are history and oblige nobody.
 */
export function dealsAwaitingConversion({ facts, record }: PersonView, context: PlanContext): readonly string[] {
  if (record?.record.object !== 'Lead' || !context.policy.deal.create.salesforce) return [];
  return facts.deals
    .filter(({ hubspot, salesforce }) => hubspot !== null && salesforce === null && hubspot.createdAt >= context.goLive)
    .filter((deal) => dealState(deal) === 'open' && readDealStage(deal.hubspot!, context).kind === 'mapped')
    .map(({ id }) => id);
}
