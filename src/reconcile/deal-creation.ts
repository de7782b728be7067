import { toLocal } from '../domain/calendar/local-time.ts';
import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { DealFacts, Finding, Participant } from '../domain/people/person.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import { ASSOCIATED } from '../domain/people/tie.ts';
import type { Value } from '../domain/values/value.ts';
import type { PairView, PlanContext } from './context.ts';
import { baseFor } from './copy-fields.ts';
import { contactFor, needOf } from './deal-contact.ts';
import { type Making, mappedFields, moneyPart, withName } from './deal-copy.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { tieBase } from './deal-people.ts';
import { readDealStage, readOpportunityStage } from './deal-stages.ts';
import { OWN_FIELDS } from './derived.ts';
import { seatOf, userBehindSeat, userOrQueue } from './owner.ts';
import { closeDay, closeInstant } from './plan-close-date.ts';
import { unmapped, writesTo } from './plan-deal-stage.ts';
import type { Draft } from './settle-drafts.ts';

/** The missing half of a deal, or what keeps it from being made. */
export type DealCreation = { readonly draft: Draft | null; readonly open: readonly Finding[] };

const NOTHING_TO_MAKE: DealCreation = { draft: null, open: [] };
/** Salesforce wants a close date where HubSpot may have none: this far ahead until somebody says better. */
const CLOSES_WITHIN_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Does the rule call for the deal's other half now, and what would it hold? */
export function planDealCreation(facts: DealFacts, view: PairView, context: PlanContext): DealCreation {
  const { create } = context.policy.deal;
  if (facts.rivals.length > 0) return NOTHING_TO_MAKE;
  const reason: Reason = { code: 'deal-created', detail: { from: view.hubspot === null ? 'salesforce' : 'hubspot' } };
  const making = { facts, view, context, reason };
  if (view.salesforce === null && view.hubspot !== null && create.salesforce && !view.lost.salesforce)
    return makeOpportunity(view.hubspot, making);
  if (view.hubspot === null && view.salesforce !== null && create.hubspot && !view.lost.hubspot)
    return makeDeal(view.salesforce, making);
  return NOTHING_TO_MAKE;
}

function makeOpportunity(deal: Sighting, making: Making): DealCreation {
  const { facts, view, context, reason } = making;
  const stage = readDealStage(deal, context);
  if (stage.kind !== 'mapped') return { draft: null, open: unmapped('hubspot', stage) };
  const contact = contactFor(facts);
  if (contact.kind === 'waits') return { draft: null, open: [needOf(contact, deal, facts)] };
  const S = DEAL_FIELDS.salesforce;
  const goal = stage.pair;
  const mapped = mappedFields(deal, making);
  const money = moneyPart('salesforce', deal, making);
  const closes = closeDay(deal.values[DEAL_FIELDS.hubspot.closeDate] ?? null, context);
  const standIn = toLocal(context.now + CLOSES_WITHIN_DAYS * DAY_MS, context.policy.calendar).day;
  const said = (field: string, after: Value): FieldChange => ({ field, after, reason });
  const fields = [
    ...withName(mapped.fields, S.name, deal.values[DEAL_FIELDS.hubspot.name], making),
    ...writesTo('salesforce', goal, {}).map(({ field, after }) => said(field, after)),
    said(S.closeDate, closes ?? standIn),
    ...money.fields,
    said(S.account, contact.account),
    said(S.contact, contact.person.salesforce!.record.id),
    ...ownerOfOpportunity(deal, contact.person, making),
  ];
  const bases: Base[] = [
    ...mapped.bases,
    ...money.bases,
    baseFor(DEAL_BASE.stage, goal.canonical, 'salesforce', context),
    { ...baseFor(DEAL_BASE.closeDate, closes ?? standIn, 'salesforce', context), hubspot: closes },
    tieBase(contact.person, 'salesforce', context),
  ];
  return {
    draft: draftOf('salesforce', view, fields, bases),
    open: [...mapped.open, ...money.open],
  };
}

function makeDeal(opportunity: Sighting, making: Making): DealCreation {
  const { facts, view, context, reason } = making;
  const people = facts.people.filter(({ hubspot, tied }) => hubspot !== null && tied.includes('salesforce'));
  // Nobody whom marketing knows: sales' own business, until one of its contacts is.
  if (people.length === 0) return NOTHING_TO_MAKE;
  const stage = readOpportunityStage(opportunity, null, context);
  if (stage.kind !== 'mapped') return { draft: null, open: unmapped('salesforce', stage) };
  const H = DEAL_FIELDS.hubspot;
  const goal = stage.pair;
  const mapped = mappedFields(opportunity, making);
  const money = moneyPart('hubspot', opportunity, making);
  const day = opportunity.values[DEAL_FIELDS.salesforce.closeDate] ?? null;
  const said = (field: string, after: Value): FieldChange => ({ field, after, reason });
  const companies = facts.companies.flatMap(({ hubspot }) => hubspot?.record.id ?? []);
  const owner = context.directory.byId.salesforce.get(String(opportunity.values['OwnerId'] ?? ''));
  const seat = owner === undefined ? null : seatOf(owner, context.directory, context.policy.owners);
  const fields = [
    ...withName(mapped.fields, H.name, opportunity.values[DEAL_FIELDS.salesforce.name], making),
    ...writesTo('hubspot', goal, {}).map(({ field, after }) => said(field, after)),
    ...(day === null ? [] : [said(H.closeDate, closeInstant(day))]),
    ...money.fields,
    ...(seat === null ? [] : [said(H.owner, seat.id)]),
    said(ASSOCIATED.contacts, people.map((person) => person.hubspot!.record.id).join(';')),
    ...(companies.length === 0 ? [] : [said(ASSOCIATED.companies, companies.join(';'))]),
  ];
  const bases = [
    ...mapped.bases,
    ...money.bases,
    baseFor(DEAL_BASE.stage, goal.canonical, 'hubspot', context),
    baseFor(DEAL_BASE.closeDate, day, 'hubspot', context),
    ...people.map((person) => tieBase(person, 'hubspot', context)),
  ];
  return { draft: draftOf('hubspot', view, fields, bases), open: [...mapped.open, ...money.open] };
}

function draftOf(to: System, { facts }: PairView, fields: readonly FieldChange[], basesAfter: readonly Base[]): Draft {
  const target =
    to === 'hubspot'
      ? ({ system: 'hubspot', object: 'deals', id: null } as const)
      : ({ system: 'salesforce', object: 'Opportunity', id: null } as const);
  return {
    kind: 'create',
    target,
    key: { field: OWN_FIELDS[to].key, value: facts.id },
    fields,
    basesAfter,
    readBack: true,
    marks: {},
  };
}

/** HubSpot's owner where that is an active user of Salesforce, else whoever owns the contact, else the place for what nobody can own. */
function ownerOfOpportunity(deal: Sighting, { salesforce }: Participant, { context }: Making): readonly FieldChange[] {
  const { directory, policy } = context;
  const own = userBehindSeat(deal.values[DEAL_FIELDS.hubspot.owner], context);
  const contactOwner = directory.byId.salesforce.get(String(salesforce?.values['OwnerId'] ?? ''));
  const contacts = contactOwner?.active && contactOwner.kind === 'user' ? contactOwner : null;
  const last = userOrQueue(policy.owners.unmatched, directory);
  const owner = own ?? contacts ?? (last?.kind === 'user' ? last : null);
  if (owner === null) return [];
  const why = own === null ? (contacts === null ? 'unmatched' : 'contact-owner') : 'existing-owner';
  return [
    { field: 'OwnerId', after: owner.id, reason: { code: 'owner-assigned', detail: { owner: owner.name, why } } },
  ];
}
