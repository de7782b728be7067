import { toLocal } from '../domain/calendar/local-time.ts';
import type { Finding } from '../domain/people/person.ts';
import type { System } from '../domain/people/record.ts';
import { formatInstant, parseInstant } from '../domain/values/instant.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type PairView, type Part, type PlanContext, subjectOf } from './context.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { agreedPart, type Compound, carriedPart, judgeCompound } from './merge-pair.ts';

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
  const verdict = judgeCompound(compound, view, { hubspot, salesforce });
  if (verdict.kind === 'unchanged') return NOTHING;
  if (verdict.kind === 'agreed') return agreedPart(compound, context);
  if (verdict.kind === 'conflict') return { ...NOTHING, open: [conflict(compound, verdict.first, view, rule.at)] };
  const to: System = verdict.from === 'hubspot' ? 'salesforce' : 'hubspot';
  const day = compound[verdict.from];
  const write = { field: FIELD[to], before: held[to], after: to === 'hubspot' ? closeInstant(day) : day };
  const detail = { from: verdict.from, lost: verdict.why === 'conflict-settled' ? compound[to] : null, rule: rule.at };
  return carriedPart(compound, to, day, [write], { code: verdict.why, detail }, context);
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

function conflict({ hubspot, salesforce }: Compound, first: boolean, view: PairView, rule: string): Finding {
  const { facts } = view;
  return {
    code: 'CONFLICT',
    subject: `${view.hubspot === null ? facts.id : subjectOf(view.hubspot.record)} ${DEAL_BASE.closeDate}`,
    entity: facts.id,
    detail: {
      field: FIELD.hubspot,
      hubspot,
      salesforce,
      first,
      salesforceRecord: view.salesforce?.record.id ?? null,
      rule,
    },
  };
}
