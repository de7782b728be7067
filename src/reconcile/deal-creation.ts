import { toLocal } from '../domain/calendar/local-time.ts';
import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { DealFacts, Finding, Participant } from '../domain/people/person.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import { ASSOCIATED } from '../domain/people/tie.ts';
import { canonical } from '../domain/values/canonical.ts';
import { canonicalMoney } from '../domain/values/money.ts';
import type { Value } from '../domain/values/value.ts';
import type { PairView, PlanContext } from './context.ts';
import { DEAL_BASE, DEAL_FIELDS } from './deal-fields.ts';
import { tieBase } from './deal-people.ts';
import { readDealStage, readOpportunityStage } from './deal-stages.ts';
import { OWN_FIELDS } from './derived.ts';
import { seatOf, userBehindSeat, userOrQueue } from './owner.ts';
import { closeDay, closeInstant } from './plan-close-date.ts';
import { currencyFinding, moneyFor, moneyIn } from './plan-deal-amount.ts';
import { unmapped, writesTo } from './plan-deal-stage.ts';
import { salesforceFieldOf, unmappedFinding } from './plan-fields.ts';
import type { Draft } from './settle-drafts.ts';
import { carry, comparable, objection } from './translate.ts';

/** The missing half of a deal, or what keeps it from being made. */
export type DealCreation = { readonly draft: Draft | null; readonly open: readonly Finding[] };

const NOTHING_TO_MAKE: DealCreation = { draft: null, open: [] };
/** Salesforce wants a close date where HubSpot may have none: this far ahead until somebody says better. */
const CLOSES_WITHIN_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

type Making = {
  readonly facts: DealFacts;
  readonly view: PairView;
  readonly context: PlanContext;
  readonly reason: Reason;
};

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

/** Whoever can be the contact role: a Contact of an Account, the primary one first. */
export type Eligible =
  | { readonly kind: 'contact'; readonly person: Participant; readonly account: string }
  | {
      readonly kind: 'waits';
      readonly because: 'no-person' | 'not-in-salesforce' | 'still-a-lead' | 'no-account';
      readonly person: Participant | null;
    };

function contactFor({ people }: DealFacts): Eligible {
  const tied = people.filter((person) => person.tied.includes('hubspot'));
  const ready = tied.flatMap((person) => {
    const { salesforce } = person;
    const account = salesforce?.values['AccountId'];
    return salesforce?.record.object === 'Contact' && typeof account === 'string' ? [{ person, account }] : [];
  });
  const [first] = ready;
  if (first !== undefined) return { kind: 'contact', ...first };
  const [person] = tied;
  if (person === undefined) return { kind: 'waits', because: 'no-person', person: null };
  const lead = tied.find(({ salesforce }) => salesforce?.record.object === 'Lead');
  if (lead !== undefined) return { kind: 'waits', because: 'still-a-lead', person: lead };
  const because = person.salesforce === null ? 'not-in-salesforce' : 'no-account';
  return { kind: 'waits', because, person };
}

function makeOpportunity(deal: Sighting, making: Making): DealCreation {
  const { facts, view, context, reason } = making;
  const stage = readDealStage(deal, context);
  if (stage.kind !== 'mapped') return { draft: null, open: unmapped('hubspot', stage) };
  const contact = contactFor(facts);
  if (contact.kind === 'waits') return { draft: null, open: [waits(contact, deal, making)] };
  const S = DEAL_FIELDS.salesforce;
  const goal = stage.pair;
  const mapped = mappedFields('hubspot', deal, making);
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
  const mapped = mappedFields('salesforce', opportunity, making);
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

function baseFor(field: string, value: Value, provisional: System, { now }: PlanContext): Base {
  return { field, hubspot: value, salesforce: value, canonical: value, since: now, provisional };
}

type Copied = {
  readonly fields: readonly FieldChange[];
  readonly bases: readonly Base[];
  readonly open: readonly Finding[];
};

function mappedFields(from: System, source: Sighting, making: Making): Copied {
  const copies = making.context.policy.deal.fields.map((mapping) => copyMapped(from, source, mapping, making));
  return {
    fields: copies.flatMap(({ fields }) => fields),
    bases: copies.flatMap(({ bases }) => bases),
    open: copies.flatMap(({ open }) => open),
  };
}

function copyMapped(from: System, source: Sighting, mapping: FieldMapping, { facts, context, reason }: Making): Copied {
  const none: Copied = { fields: [], bases: [], open: [] };
  const to: System = from === 'hubspot' ? 'salesforce' : 'hubspot';
  const names = { hubspot: mapping.hubspot, salesforce: salesforceFieldOf(mapping, 'Opportunity') };
  const { [from]: read, [to]: field } = names;
  const value = read === undefined ? undefined : source.values[read];
  if (field === undefined || value === undefined || canonical(value, mapping.kind) === null) return none;
  const carried = carry(value, from, mapping);
  if (carried.kind === 'unmapped') return { ...none, open: [unmappedFinding(value, from, mapping)] };
  const object = to === 'hubspot' ? 'deals' : 'Opportunity';
  const schema = context.schemas.get(`${to}:${object}`)?.get(field);
  if (schema?.writable === false) return none; // said once, when the mapping was checked
  const refusal = objection(carried.value, schema, to);
  const subject = `${to}:${object}:(${facts.id}) ${field}`;
  if (refusal !== null) return { ...none, open: [{ ...refusal, subject, entity: facts.id }] };
  const base = baseFor(mapping.name, comparable(value, from, mapping), to, context);
  return { fields: [{ field, after: carried.value, reason }], bases: [base], open: [] };
}

/** A deal has a name on both sides, whether or not somebody mapped it: neither system makes one without. */
function withName(
  fields: readonly FieldChange[],
  name: string,
  given: Value | undefined,
  { facts, reason }: Making,
): readonly FieldChange[] {
  if (fields.some(({ field }) => field === name)) return fields;
  const after = typeof given === 'string' && given.trim() !== '' ? given : facts.id;
  return [{ field: name, after, reason }, ...fields];
}

function moneyPart(to: System, source: Sighting, { view, context, reason }: Making): Copied {
  const none: Copied = { fields: [], bases: [], open: [] };
  const held = moneyIn(source.values, source.record.system, context);
  if (context.policy.deal.amount === null || held === undefined || held.amount === null) return none;
  const write = moneyFor(to, held, {}, context);
  if ('unknown' in write) return { ...none, open: [currencyFinding(write.unknown, to, view)] };
  const base = baseFor(DEAL_BASE.amount, canonicalMoney(held.amount, held.currency), to, context);
  return {
    fields: write.writes.map(({ field, after }) => ({ field, after, reason })),
    bases: [base],
    open: [],
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

function waits(contact: Extract<Eligible, { kind: 'waits' }>, deal: Sighting, { facts }: Making): Finding {
  const subject = `hubspot:deals:${deal.record.id}`;
  const { because, person } = contact;
  const detail = {
    because,
    person: person?.id ?? null,
    lead: person?.salesforce?.record.id ?? null,
    deal: deal.record.id,
  };
  const code = because === 'still-a-lead' ? 'DEAL_NEEDS_CONVERSION' : 'DEAL_NEEDS_CONTACT';
  return { code, subject, entity: facts.id, detail };
}
