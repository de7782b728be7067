import type { FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { AnyFacts, Finding, FindingCode } from '../domain/people/person.ts';
import { type Base, recordName } from '../domain/people/record.ts';
import { because, type WhyNot, type WhyNotCode } from '../domain/people/why-not.ts';
import type { Values } from '../domain/values/value.ts';
import { type PairView, type PlanContext, pairOf, viewOf } from './context.ts';
import { type Side, sideOf } from './field-sides.ts';
import type { Derived, NamedField } from './find-field.ts';
import { planBatch } from './plan-batch.ts';
import { travelsForPersonAccounts } from './plan-fields.ts';
import { planScope } from './plan-scope.ts';
import { namedFields, refusedSubject } from './refused.ts';
import { wantedIn } from './wanted.ts';
import { whyUnchanged } from './why-unchanged.ts';

/** Everything there is to tell about one field of one person, deal or company. */
export type FieldStory = {
  readonly field: NamedField;
  readonly hubspot: Side;
  readonly salesforce: Side;
  readonly base: Base | null;
  /** The newest write of ours on it, whatever became of it. */
  readonly last: { readonly change: TrackedChange; readonly write: FieldChange } | null;
  readonly whyNot: WhyNot;
};

/** A field's value on both sides, its base, who wrote it last, and why it is not written now. `changes`: all ever meant, oldest first. */
export function storyOf(
  field: NamedField,
  facts: AnyFacts,
  changes: readonly TrackedChange[],
  context: PlanContext,
): FieldStory {
  const view = pairOf(facts);
  const sides = { hubspot: sideOf('hubspot', field, view), salesforce: sideOf('salesforce', field, view) };
  const written = changes.flatMap((change) => {
    const side = sides[change.target.system];
    const write = change.steps.flat().findLast((one) => one.field === side.field);
    return write === undefined ? [] : [{ change, write }];
  });
  return {
    field,
    ...sides,
    base:
      facts.bases.find((base) => base.field === (field.rule.kind === 'mapped' ? field.name : baseNameOf(field))) ??
      null,
    last: written.at(-1) ?? null,
    whyNot: whyNot(field, facts, context),
  };
}

function baseNameOf({ rule }: NamedField): string | null {
  if (rule.kind !== 'derived') return null;
  return rule.about === 'amount' ? 'deal-amount' : rule.about;
}

/**
 * Why this field is not being written now: the one question that an admin asks of a sync every day. What stands in the way is looked
 * for in the order in which it would stop a write: nothing to write to, a write that stands already, a word of a person or of a system
 * about it, the rule itself. What is left is asked of the planner.
 */
export function whyNot(field: NamedField, facts: AnyFacts, context: PlanContext): WhyNot {
  const view = pairOf(facts);
  if (field.rule.kind === 'none') return because('not-mapped');
  return (
    standingWrite(field, view) ??
    unsigned(field, context) ??
    told(field, view) ??
    outside(facts, context) ??
    nothingToWriteTo(field, view) ??
    meant(field, facts, view, context) ??
    whyUnchanged(field, view, context)
  );
}

/** A write on it that is not settled yet, and what it waits for. */
function standingWrite(field: NamedField, view: PairView): WhyNot | null {
  const open = view.facts.open.findLast(({ target, steps }) => {
    const name = sideOf(target.system, field, view).field;
    return steps.flat().some((write) => write.field === name);
  });
  if (open === undefined) return null;
  const { state, held, restsUntil, outcome, id } = open;
  const detail: Values = { change: id, message: outcome?.message ?? null };
  if (state === 'planned' && held !== undefined)
    return because(held === 'rollout' ? 'waits-rollout' : 'waits-approval', detail);
  if (state === 'parked')
    return restsUntil === undefined ? because('paused', detail) : because('parked', { ...detail, until: restsUntil });
  return because(state === 'unsure' ? 'unsure' : 'on-its-way', detail);
}

/** Findings that remember the values that are not to be written, by what they mean for a field. */
const REMEMBERING: readonly (readonly [FindingCode, WhyNotCode])[] = [
  ['WRITE_UNDONE', 'undone'],
  ['PLAN_REJECTED', 'rejected'],
  ['WRITE_REFUSED', 'refused'],
];

/** Findings about one field, `…Lead:00Q… Title`, by what they mean for it. */
const ABOUT_FIELD: readonly (readonly [FindingCode, WhyNotCode])[] = [
  ['FIELD_FROZEN', 'frozen'],
  ['CONFLICT', 'conflict'],
  ['LIFECYCLE_AHEAD', 'ahead'],
  ['VALUE_TOO_LONG', 'too-long'],
  ['VALUE_NOT_ACCEPTED', 'not-accepted'],
  ['OPT_OUT_NOT_CARRIED', 'no-right'],
];

/** What has been said of it already, and holds until something changes. */
function told(field: NamedField, view: PairView): WhyNot | null {
  const { findings } = view.facts;
  const sides = ([view.hubspot, view.salesforce] as const).flatMap((seen) =>
    seen === null ? [] : [{ subject: recordName(seen.record), name: sideOf(seen.record.system, field, view).field }],
  );
  const isAboutField = ({ subject }: Finding) =>
    sides.some((side) => subject === `${side.subject} ${side.name}` || subject === `${side.subject} ${field.name}`);
  for (const [code, means] of ABOUT_FIELD) {
    const finding = findings.find((open) => open.code === code && isAboutField(open));
    if (finding !== undefined) return because(means, finding.detail);
  }
  for (const [code, means] of REMEMBERING) {
    const finding = findings.find(
      (open) =>
        open.code === code && sides.some(({ subject, name }) => subject === open.subject && isRemembered(open, name)),
    );
    if (finding !== undefined) return because(means, finding.detail);
  }
  return null;
}

/** Where the system named the fields of a refusal, only those are held back. */
function isRemembered(finding: Finding, name: string | null): boolean {
  if (name === null || !(name in wantedIn(finding))) return false;
  const named = finding.code === 'WRITE_REFUSED' ? namedFields(finding) : [];
  return named.length === 0 || named.includes(name);
}

/** Lines of the mapping count without an agreement, and so does what deal.yaml maps beside them. */
const MAPPED_BESIDE_FIELDS: readonly Derived[] = ['deal-stage', 'amount', 'close-date'];

function unsigned({ rule }: NamedField, { policy }: PlanContext): WhyNot | null {
  if (policy.agreedSince !== null || rule.kind !== 'derived' || MAPPED_BESIDE_FIELDS.includes(rule.about)) return null;
  return because('unsigned');
}

function outside(facts: AnyFacts, context: PlanContext): WhyNot | null {
  if (facts.kind !== 'person') return null;
  return planScope(viewOf(facts), context).within ? null : because('out-of-scope');
}

function nothingToWriteTo(field: NamedField, view: PairView): WhyNot | null {
  const { facts, hubspot, salesforce } = view;
  if (field.rule.kind === 'derived') return null;
  if (hubspot === null || salesforce === null) {
    if (facts.rivals.length > 0) return because('look-alikes', { records: facts.rivals.map(recordName).join(' ') });
    return because('one-side-only', { missing: hubspot === null ? 'hubspot' : 'salesforce' });
  }
  const isConsent = field.rule.kind === 'mapped' && travelsForPersonAccounts(field.rule.mapping);
  if (salesforce.values['IsPersonAccount'] === true && facts.kind === 'person' && !isConsent)
    return because('person-account');
  for (const seen of [hubspot, salesforce]) {
    const { system, object } = seen.record;
    const side = sideOf(system, field, view);
    if (side.field === null) return because('not-carried', { system, object });
    if (side.value === undefined) return because('not-read', { system, field: side.field });
  }
  return null;
}

/** What the planner itself would say of it now: the very code that a run would follow. */
function meant(field: NamedField, facts: AnyFacts, view: PairView, context: PlanContext): WhyNot | null {
  const plan = planBatch([facts], {}, context).plans[0];
  const isIt = (change: Pick<TrackedChange, 'target' | 'steps'>) => {
    const { field: name } = sideOf(change.target.system, field, view);
    return change.steps.flat().some((write) => write.field === name);
  };
  const change = plan?.changes.find(isIt);
  if (change !== undefined) return because('next-plan', { record: refusedSubject(change, facts) });
  const unmapped = plan?.openFindings.find(
    ({ code, detail }) =>
      (code === 'VALUE_NOT_MAPPED' && detail['field'] === field.name) ||
      (code === 'STAGE_NOT_MAPPED' && field.rule.kind === 'derived' && field.rule.about === 'deal-stage'),
  );
  if (unmapped !== undefined) return because('unmapped-value', unmapped.detail);
  return plan === undefined ? null : told(field, { ...view, facts: { ...facts, findings: plan.openFindings } });
}
