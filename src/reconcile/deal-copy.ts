import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { DealFacts } from '../domain/people/person.ts';
import { OTHER_SYSTEM, type Sighting, type System } from '../domain/people/record.ts';
import { canonicalMoney } from '../domain/values/money.ts';
import type { Value } from '../domain/values/value.ts';
import type { PairView, PlanContext } from './context.ts';
import { baseFor, type Copied, copyFields, NO_COPY } from './copy-fields.ts';
import { DEAL_BASE } from './deal-fields.ts';
import { currencyFinding, moneyFor, moneyIn } from './plan-deal-amount.ts';

/** A deal whose other half is being made, and why. */
export type Making = {
  readonly facts: DealFacts;
  readonly view: PairView;
  readonly context: PlanContext;
  readonly reason: Reason;
};

/** The fields of mappings/deal.yaml, in the words of the other side; what it would refuse is left out and said. */
export function mappedFields(source: Sighting, { facts, context, reason }: Making): Copied {
  const to = OTHER_SYSTEM[source.record.system];
  const as = to === 'hubspot' ? 'deals' : 'Opportunity';
  return copyFields(context.policy.deal.fields, { entity: facts.id, source, to, as, reason, context });
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
  const held = moneyIn(source.values, source.record.system, context);
  if (context.policy.deal.amount === null || held === undefined || held.amount === null) return NO_COPY;
  const write = moneyFor(to, held, {}, context);
  if ('unknown' in write) return { ...NO_COPY, open: [currencyFinding(write.unknown, to, view)] };
  const base = baseFor(DEAL_BASE.amount, canonicalMoney(held.amount, held.currency), to, context);
  return {
    fields: write.writes.map(({ field, after }) => ({ field, after, reason })),
    bases: [base],
    open: [],
  };
}
