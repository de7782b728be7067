import type { Sighting, System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import type { PairView, PlanContext } from './context.ts';
import type { NamedField } from './find-field.ts';
import { comparable } from './translate.ts';

/** One side of a field, as it is now. */
export type Side = {
  readonly record: Sighting['record'] | null;
  readonly field: string | null;
  /** `undefined`: never read. */
  readonly value: Value | undefined;
};

/** A named field as this side has it. */
export function sideOf(system: System, { hubspot, salesforce }: NamedField, view: PairView): Side {
  const seen = view[system];
  const field =
    (system === 'hubspot' ? hubspot : seen === null ? Object.values(salesforce)[0] : salesforce[seen.record.object]) ??
    null;
  return { record: seen?.record ?? null, field, value: field === null ? undefined : seen?.values[field] };
}

/** A side's value as the merge compares it. */
export function comparedOn(system: System, field: NamedField, view: PairView, context: PlanContext): Value | undefined {
  const { value } = sideOf(system, field, view);
  if (value === undefined || field.rule.kind !== 'mapped') return value;
  return comparable(value, system, field.rule.mapping, context.policy.calendar);
}
