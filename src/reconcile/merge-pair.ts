import type { FieldChange, ReasonCode } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { type FieldVerdict, mergeField } from './merge-field.ts';
import { newestOf } from './plan-fields.ts';

/** A part of a record that is one value to a person and several fields to a system: a stage, an amount with its currency. */
export type Compound = {
  /** The name of its base. */
  readonly name: string;
  /** What each side holds, in one tongue. */
  readonly hubspot: Value;
  readonly salesforce: Value;
  readonly rule: Pick<FieldMapping, 'policy' | 'conflict' | 'first'> & { readonly clears?: FieldMapping['clears'] };
};

export type Both = { readonly hubspot: Sighting; readonly salesforce: Sighting };

/** The verdict of the merge on a compound value, by the same rule as any mapped field. */
export function judgeCompound({ name, rule, ...sides }: Compound, view: PairView, both: Both): FieldVerdict {
  const base = baseOf(view, name);
  return mergeField({
    base: base === undefined ? undefined : { hubspot: base.hubspot, salesforce: base.salesforce },
    hubspot: sides.hubspot,
    salesforce: sides.salesforce,
    policy: rule.policy,
    conflict: rule.conflict,
    first: rule.first,
    clears: rule.clears ?? 'keep',
    newest: newestOf(both.hubspot, both.salesforce),
  });
}

export function baseOf({ facts }: PairView, name: string): Base | undefined {
  return facts.bases.find(({ field }) => field === name);
}

/** Both sides were seen to agree. */
export function agreedPart({ name, hubspot, salesforce }: Compound, { now }: PlanContext): Part {
  return {
    ...NOTHING,
    agreed: [{ field: name, hubspot, salesforce, canonical: salesforce, since: now, provisional: null }],
  };
}

/** The write that carries one side's value over, with the base that will hold once it is seen. */
export function carriedPart(
  { name }: Compound,
  to: System,
  value: Value,
  writes: readonly Omit<FieldChange, 'reason'>[],
  reason: { readonly code: ReasonCode; readonly detail: Readonly<Record<string, Value>> },
  { now }: PlanContext,
): Part {
  const moved = writes.filter(({ before, after }) => before !== after);
  const base: Base = { field: name, hubspot: value, salesforce: value, canonical: value, since: now, provisional: to };
  if (moved.length === 0) return { ...NOTHING, agreed: [{ ...base, provisional: null }] };
  return {
    ...NOTHING,
    [to]: moved.map((write) => ({ ...write, reason })),
    basesAfter: { hubspot: to === 'hubspot' ? [base] : [], salesforce: to === 'salesforce' ? [base] : [] },
  };
}
