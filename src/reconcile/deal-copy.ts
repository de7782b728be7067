import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { DealFacts, Finding } from '../domain/people/person.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import { canonical } from '../domain/values/canonical.ts';
import { canonicalMoney } from '../domain/values/money.ts';
import type { Value } from '../domain/values/value.ts';
import type { PairView, PlanContext } from './context.ts';
import { DEAL_BASE } from './deal-fields.ts';
import { currencyFinding, moneyFor, moneyIn } from './plan-deal-amount.ts';
import { salesforceFieldOf, unmappedFinding } from './plan-fields.ts';
import { carry, comparable, objection } from './translate.ts';

/** A deal whose other half is being made, and why. */
export type Making = {
  readonly facts: DealFacts;
  readonly view: PairView;
  readonly context: PlanContext;
  readonly reason: Reason;
};

/** What both sides hold of a field once the half on this side stands as it was made; until then it is provisional. */
export function baseFor(field: string, value: Value, provisional: System, { now }: PlanContext): Base {
  return { field, hubspot: value, salesforce: value, canonical: value, since: now, provisional };
}

type Copied = {
  readonly fields: readonly FieldChange[];
  readonly bases: readonly Base[];
  readonly open: readonly Finding[];
};

/** The fields of mappings/deal.yaml, in the words of the other side; what it would refuse is left out and said. */
export function mappedFields(from: System, source: Sighting, making: Making): Copied {
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
export function withName(
  fields: readonly FieldChange[],
  name: string,
  given: Value | undefined,
  { facts, reason }: Making,
): readonly FieldChange[] {
  if (fields.some(({ field }) => field === name)) return fields;
  const after = typeof given === 'string' && given.trim() !== '' ? given : facts.id;
  return [{ field: name, after, reason }, ...fields];
}

/** The amount and its currency, where the mapping carries them over. */
export function moneyPart(to: System, source: Sighting, { view, context, reason }: Making): Copied {
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
