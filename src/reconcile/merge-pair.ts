import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping, Settlement } from '../domain/people/mapping.ts';
import { type Base, OTHER_SYSTEM, type Sighting, type System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { baseOf } from './base-of.ts';
import { type Both, type Disputed, type Judged, judgeField, withDetail } from './conflict.ts';
import { NOTHING, type PairView, type Part, type PlanContext } from './context.ts';
import { baseFor } from './copy-fields.ts';
import type { FieldVerdict } from './merge-field.ts';

/** A part of a record that is one value to a person and several fields to a system: a stage, an amount with its currency. */
export type Compound = {
  /** The name of its base. */
  readonly name: string;
  /** What each side holds, in one tongue. */
  readonly hubspot: Value;
  readonly salesforce: Value;
  readonly rule: Settlement & { readonly clears?: FieldMapping['clears'] };
};

/** How a verdict on this value is told, and carried out. */
export type Carrying = {
  /** The field by its name on the screen, and what each side holds as a person reads it. */
  readonly said: Disputed['said'];
  /** Where the rule stands: `mappings/deal.yaml:14`. */
  readonly at: string;
  /** Writes one side's value on the other. */
  readonly carry: (from: System, to: System, why: CopyReason) => Part;
};

export type Copied = Extract<FieldVerdict, { kind: 'copied' }>;
type CopyReason = Copied['why'];

/** What becomes of a compound value, by the same rule as of any mapped field. */
export function mergeCompound(
  compound: Compound,
  view: PairView,
  both: Both,
  { said, at, carry }: Carrying,
  context: PlanContext,
): Part {
  const { name, rule, hubspot, salesforce } = compound;
  const versions = {
    base: baseOf(view, name, context),
    hubspot,
    salesforce,
    policy: rule.policy,
    conflict: rule.conflict,
    first: rule.first,
    clears: rule.clears ?? 'keep',
    newest: newestOf(both.hubspot, both.salesforce),
  };
  const fields = { hubspot: said.field }; // the one by whose name it is told
  const disputed = { facts: view.facts, name, both, said, fields, at, conflictDefault: rule.conflictDefault };
  return partOf(judgeField(versions, disputed, context), {
    agreed: () => agreedPart(name, { hubspot, salesforce }, context),
    copied: ({ from, why }) => carry(from, OTHER_SYSTEM[from], why),
  });
}

/** What a verdict comes to: what both agree on, what is carried over, or what is told and nothing else. */
export function partOf(
  { verdict, open, detail }: Judged,
  { agreed, copied }: { readonly agreed: () => Part; readonly copied: (verdict: Copied) => Part },
): Part {
  switch (verdict.kind) {
    case 'unchanged':
      return NOTHING;
    case 'agreed':
      return agreed();
    case 'conflict':
      return { ...NOTHING, open };
    case 'copied': {
      const part = copied(verdict);
      return { ...withDetail(part, detail), open: [...open, ...part.open] };
    }
  }
}

/** Whose record was modified last; the same instant on both sides favours neither (law R1). */
export function newestOf(hubspot: Sighting, salesforce: Sighting): System | null {
  if (hubspot.modifiedAt === salesforce.modifiedAt) return null;
  return hubspot.modifiedAt > salesforce.modifiedAt ? 'hubspot' : 'salesforce';
}

/** Both sides were seen to agree; what they agree on is named in Salesforce's words, in which they were compared. */
export function agreedPart(
  name: string,
  { hubspot, salesforce }: Readonly<Record<System, Value>>,
  { now }: PlanContext,
): Part {
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
  reason: Reason,
  context: PlanContext,
): Part {
  const moved = writes.filter(({ before, after }) => before !== after);
  const base = baseFor(name, value, to, context);
  if (moved.length === 0) return { ...NOTHING, agreed: [{ ...base, provisional: null }] };
  return writtenPart(
    to,
    moved.map((write) => ({ ...write, reason })),
    base,
  );
}

/** Fields to write on one side, and the base that will hold once they are seen there. */
export function writtenPart(to: System, fields: readonly FieldChange[], base: Base): Part {
  return {
    ...NOTHING,
    [to]: fields,
    basesAfter: { hubspot: to === 'hubspot' ? [base] : [], salesforce: to === 'salesforce' ? [base] : [] },
  };
}
