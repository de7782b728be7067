import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Base, Sighting, System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type PairView, type Part, type PlanContext, subjectOf } from './context.ts';
import { baseFor } from './copy-fields.ts';
import { type FieldVerdict, mergeField } from './merge-field.ts';

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

/** How a verdict on this value is told, and carried out. */
export type Carrying = {
  /** The field by its name on the screen, and what each side holds as a person reads it. */
  readonly said: { readonly field: string; readonly hubspot: Value; readonly salesforce: Value };
  /** Where the rule stands: `mappings/deal.yaml:14`. */
  readonly at: string;
  /** Writes one side's value on the other. */
  readonly carry: (from: System, to: System, why: CopyReason) => Part;
};

type CopyReason = Extract<FieldVerdict, { kind: 'copied' }>['why'];

/** What becomes of a compound value, by the same rule as of any mapped field. */
export function mergeCompound(
  compound: Compound,
  view: PairView,
  both: Both,
  { said, at, carry }: Carrying,
  context: PlanContext,
): Part {
  const { name, rule, hubspot, salesforce } = compound;
  const base = baseOf(view, name);
  const verdict = mergeField({
    base: base === undefined ? undefined : { hubspot: base.hubspot, salesforce: base.salesforce },
    hubspot,
    salesforce,
    policy: rule.policy,
    conflict: rule.conflict,
    first: rule.first,
    clears: rule.clears ?? 'keep',
    newest: newestOf(both.hubspot, both.salesforce),
  });
  switch (verdict.kind) {
    case 'unchanged':
      return NOTHING;
    case 'agreed':
      return agreedPart(compound, context);
    case 'conflict':
      return {
        ...NOTHING,
        open: [conflictFinding(view.facts.id, name, both, { ...said, first: verdict.first, rule: at })],
      };
    case 'copied':
      return carry(verdict.from, verdict.from === 'hubspot' ? 'salesforce' : 'hubspot', verdict.why);
  }
}

/** Whose record was modified last; the same instant on both sides favours neither (law R1). */
export function newestOf(hubspot: Sighting, salesforce: Sighting): System | null {
  if (hubspot.modifiedAt === salesforce.modifiedAt) return null;
  return hubspot.modifiedAt > salesforce.modifiedAt ? 'hubspot' : 'salesforce';
}

/** Two people said two things, and the rule leaves it to a person which of them stands. */
export function conflictFinding(
  entity: string,
  base: string,
  { hubspot, salesforce }: Both,
  detail: Carrying['said'] & { readonly first: boolean; readonly rule: string },
): Finding {
  return {
    code: 'CONFLICT',
    subject: `${subjectOf(hubspot.record)} ${base}`,
    entity,
    detail: { ...detail, salesforceRecord: salesforce.record.id },
  };
}

export function baseOf({ facts }: PairView, name: string): Base | undefined {
  return facts.bases.find(({ field }) => field === name);
}

/** Both sides were seen to agree. */
function agreedPart({ name, hubspot, salesforce }: Compound, { now }: PlanContext): Part {
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
