import type { DeadlineEnd } from '../domain/agreement/agreement.ts';
import { fromLocal } from '../domain/calendar/local-time.ts';
import { type Proof, stampedAt } from '../domain/clocks/evidence.ts';
import { type Sighting } from '../domain/people/record.ts';
import { epochDay } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';
import { dealState } from './deal-state.ts';

type DealEnd = Extract<DeadlineEnd, { readonly deal: unknown }>;

const { salesforce: S } = DEAL_FIELDS;
const ASKED = { amount: S.amount, 'close-date': S.closeDate } as const;
const DAY_MINUTES = 24 * 60;

/**
 * Opportunities of this person that are as the deadline wants them: made after it began, or still open then. A HubSpot deal is none, and
 * one that only HubSpot ties to the person is. Where Salesforce stamps no instant (a field was filled, an opportunity closed), it was
 * no later than its last change.
 */
export function dealProofs(end: DealEnd, start: Instant, view: PersonView, context: PlanContext): readonly Proof[] {
  return view.facts.deals.flatMap(({ id, salesforce }) => {
    if (salesforce === null || salesforce.deleted || !isFilled(salesforce, end)) return [];
    const state = dealState({ id, hubspot: null, salesforce });
    const at = end.deal === 'open' ? openAt(salesforce, state, end, start) : closedAt(salesforce, state, end, context);
    return at === null ? [] : [stampedAt(at, `Opportunity:${salesforce.record.id}`)];
  });
}

function isFilled({ values }: Sighting, end: DealEnd): boolean {
  return end.with.every((name) => (values[ASKED[name]] ?? '') !== '');
}

type State = ReturnType<typeof dealState>;

/** One that is closed by now was open when it was made. */
function openAt({ createdAt, modifiedAt }: Sighting, state: State, end: DealEnd, start: Instant): Instant | null {
  if (state === null) return null;
  const since = end.with.length === 0 ? createdAt : Math.max(createdAt, modifiedAt);
  if (state === 'open') return Math.max(start, since);
  return createdAt >= start ? since : null;
}

/** The day that it bears, to its end: it may have been changed again, long after it was closed. */
function closedAt(
  { values, createdAt, modifiedAt }: Sighting,
  state: State,
  end: DealEnd,
  { policy }: PlanContext,
): Instant | null {
  if (state !== end.deal) return null;
  const day = values[S.closeDate];
  const isDay = typeof day === 'string' && epochDay(day) !== null;
  const dayEnds = isDay ? fromLocal(day, DAY_MINUTES, policy.calendar) - 1 : modifiedAt;
  return Math.max(createdAt, Math.min(modifiedAt, dayEnds));
}
