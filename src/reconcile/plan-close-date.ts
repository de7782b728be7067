import { toLocal } from '../domain/calendar/local-time.ts';
import { formatInstant, parseInstant } from '../domain/values/instant.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { type Carrying, type Compound, carriedPart, mergeCompound } from './merge-pair.ts';

const FIELD = { hubspot: DEAL_FIELDS.hubspot.closeDate, salesforce: DEAL_FIELDS.salesforce.closeDate } as const;

/** Keeps the day on which a deal is expected to close the same on both sides. */
export function planCloseDate(view: PairView, context: PlanContext): Part {
  const rule = context.policy.deal.closeDate;
  const { hubspot, salesforce } = view;
  if (hubspot === null || salesforce === null) return NOTHING;
  const { [FIELD.hubspot]: closedAt } = hubspot.values;
  const { [FIELD.salesforce]: closesOn } = salesforce.values;
  if (closedAt === undefined || closesOn === undefined) return NOTHING;
  const held = { hubspot: closedAt, salesforce: closesOn };
  const compound: Compound = {
    name: DEAL_BASE.closeDate,
    hubspot: closeDay(held.hubspot, context),
    salesforce: held.salesforce,
    rule,
  };
  const { at } = rule;
  const said = { field: FIELD.hubspot, hubspot: compound.hubspot, salesforce: compound.salesforce };
  const carry: Carrying['carry'] = (from, to, why) => {
    const day = compound[from];
    const write = { field: FIELD[to], before: held[to], after: to === 'hubspot' ? closeInstant(day) : day };
    const detail = { from, lost: why === 'conflict-settled' ? compound[to] : null, rule: at };
    return carriedPart(compound, to, day, [write], { code: why, detail }, context);
  };
  return mergeCompound(compound, view, { hubspot, salesforce }, { said, at, carry }, context);
}

/**
 * HubSpot keeps an instant where Salesforce keeps a day. A day that was written over the API reads back as midnight UTC, whatever the
 * portal's zone; an instant that somebody picked on the screen is a day in the calendar's zone.
 */
export function closeDay(value: Value, { policy }: PlanContext): Value {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) return value === '' ? null : value;
  const [day, time] = formatInstant(instant).split('T');
  return time === '00:00:00.000Z' ? (day ?? null) : toLocal(instant, policy.calendar).day;
}

/** A day as HubSpot takes it. */
export function closeInstant(day: Value): Value {
  return typeof day === 'string' ? `${day}T00:00:00.000Z` : day;
}
