import type { Neighbour } from '../domain/people/person.ts';
import { parseInstant } from '../domain/values/instant.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import type { PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';

export type DealState = 'open' | 'won' | 'lost';

const { hubspot: H, salesforce: S } = DEAL_FIELDS;

/** How a deal stands: by Salesforce's word where it was read (an opportunity that was made just now was not), else by HubSpot's; `null` when neither was. */
export function dealState({ hubspot, salesforce }: Neighbour): DealState | null {
  const inSalesforce = stateOf(salesforce?.values[S.isClosed], salesforce?.values[S.isWon]);
  return inSalesforce ?? stateOf(hubspot?.values[H.isClosed], hubspot?.values[H.isWon]);
}

function stateOf(closed: Value | undefined, won: Value | undefined): DealState | null {
  if (isTrue(won)) return 'won';
  if (isTrue(closed)) return 'lost';
  // HubSpot leaves the property of a deal that was never closed empty.
  return closed === undefined ? null : 'open';
}

/** Some of HubSpot's truths are numbers or words, by the type of the property. */
function isTrue(value: Value | undefined): boolean {
  return value === true || value === 'true' || value === 1;
}

export type Outcome = { readonly deal: string; readonly state: DealState; readonly reason: string | null };

/** The deal that says most about a person now: an open one, else the one that closed last, with the reason that was given. */
export function lastOutcome(deals: readonly Neighbour[], context: PlanContext): Outcome | null {
  const told = deals.flatMap((deal) => {
    const state = dealState(deal);
    return state === null ? [] : [{ deal, state, at: closedAt(deal) }];
  });
  const newestFirst = told.toSorted((one, other) => other.at - one.at || (one.deal.id < other.deal.id ? -1 : 1));
  const last = newestFirst.find(({ state }) => state === 'open') ?? newestFirst[0];
  if (last === undefined) return null;
  const { deal, state } = last;
  return { deal: deal.id, state, reason: state === 'open' ? null : reasonOf(deal, state, context) };
}

/** The day it closed or is to close, as far as a system names one; else when it was made. */
export function closedAt({ hubspot, salesforce }: Neighbour): Instant {
  const day = salesforce?.values[S.closeDate] ?? hubspot?.values[H.closeDate];
  const at = typeof day === 'string' ? parseInstant(day.includes('T') ? day : `${day}T00:00Z`) : null;
  return at ?? salesforce?.createdAt ?? hubspot?.createdAt ?? 0;
}

function reasonOf({ hubspot, salesforce }: Neighbour, state: 'won' | 'lost', { policy }: PlanContext): string | null {
  const fields = policy.deal.reasons[state];
  if (fields === null) return null;
  const reason = salesforce?.values[fields.salesforce] ?? hubspot?.values[fields.hubspot] ?? null;
  return reason === null || reason === '' ? null : String(reason);
}
