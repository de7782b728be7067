import type { Change, FieldChange, Reason } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Base } from '../domain/people/record.ts';
import { canonical } from '../domain/values/canonical.ts';
import type { Value } from '../domain/values/value.ts';
import { type Assignment, assignOwner, type CountOf } from './assign.ts';
import type { PersonView, PlanContext } from './context.ts';
import { baseFor, copyFields } from './copy-fields.ts';
import { OWN_FIELDS, stageDetail } from './derived.ts';
import { handOffDue } from './hand-off.ts';
import { salesforceFieldOf } from './mapped-field.ts';
import { planBrief } from './plan-brief.ts';
import type { StagePlan } from './plan-stage.ts';
import { comparable } from './translate.ts';

export type Creation = {
  readonly fields: readonly FieldChange[];
  readonly basesAfter: readonly Base[];
  readonly assignment: Assignment;
};

/** `creation` is what the rule calls for; `open` says what keeps it, or a field of it, from being made. */
export type CreationPlan = { readonly creation: Creation | null; readonly open: readonly Finding[] };

const NO_CREATION: CreationPlan = { creation: null, open: [] };

/**
 * Does the rule "a Lead at MQL" call for a Lead now, and what would it hold?
 *
 * Never for somebody whose record in Salesforce was deleted (whoever deletes a Lead means it), nor while look-alikes in Salesforce
 * cannot be told apart: both are findings, and HubSpot shows the state.
 */
export function planCreation(
  view: PersonView,
  stages: StagePlan,
  countOf: CountOf,
  context: PlanContext,
): CreationPlan {
  const rule = context.policy.person.createInSalesforce;
  const { contact, record, facts } = view;
  if (rule === null || contact === null || record !== null || view.lost.salesforce) return NO_CREATION;
  if (facts.rivals.length > 0 || stages.current !== rule.stage) return NO_CREATION;
  const team = context.policy.agreement.stages.find(({ stage }) => stage === rule.stage)?.handOff?.to ?? '';
  const assignment = assignOwner(view, team, countOf, context);
  if (assignment === null) return { creation: null, open: [nobodyFinding(context)] };

  const reason: Reason = { code: 'created-at-stage', detail: { ...stageDetail(stages), as: rule.as } };
  const copying = { entity: facts.id, source: contact, to: 'salesforce', as: rule.as, reason, context } as const;
  const mapped = copyFields(context.policy.person.fields, copying);
  const held = new Set(mapped.fields.map(({ field }) => field));
  const fixed = Object.entries(rule.with)
    .filter(([field]) => !held.has(field))
    .map(([field, template]) => ({ field, after: fill(template, view, context), reason }));
  const owner: FieldChange = {
    field: 'OwnerId',
    after: assignment.owner.id,
    reason: { code: 'owner-assigned', detail: { owner: assignment.owner.name, why: assignment.why, team } },
  };
  const stage: FieldChange = {
    field: OWN_FIELDS.salesforce.stage,
    after: stages.current,
    reason: { code: 'stage-derived', detail: stageDetail(stages) },
  };
  const brief = planBrief(
    view,
    stages,
    handOffDue(stages, context),
    { object: rule.as, owner: assignment.owner.id },
    context,
  );
  const fields = [...mapped.fields, ...fixed, owner, stage, ...brief];
  const bases = [...mapped.bases, ...standInBases(view, fixed, rule.as, context)];
  const creation = { fields, basesAfter: bases, assignment };
  return { creation, open: mapped.open };
}

/** What stands in for an empty field is known to differ, so that it does not travel back as if somebody had typed it. */
function standInBases(
  { contact }: PersonView,
  fixed: readonly FieldChange[],
  as: 'Lead',
  context: PlanContext,
): readonly Base[] {
  const { person, calendar } = context.policy;
  return person.fields.flatMap((mapping) => {
    const standIn = fixed.find(({ field }) => field === salesforceFieldOf(mapping, as));
    if (standIn === undefined) return [];
    const hubspot = comparable(contact?.values[mapping.hubspot] ?? null, 'hubspot', mapping, calendar);
    const salesforce = comparable(standIn.after, 'salesforce', mapping, calendar);
    return [{ ...baseFor(mapping.name, salesforce, 'salesforce', context), hubspot }];
  });
}

/**
 * What stands in on a new Lead for this field where HubSpot has nothing: `(会社名未入力)` of `{company|(会社名未入力)}`. It is nobody's
 * word, also where the base that said so has gone with a record that was merged away. `undefined` where nothing stands in.
 */
export function standInFor(field: string, { person }: PlanContext['policy']): string | undefined {
  const template = person.createInSalesforce?.with[field];
  return template === undefined ? undefined : /^\{[^}|]+\|([^}]+)\}$/u.exec(template)?.[1];
}

/** `{company|(会社名未入力)}` is the contact's value, or what stands in when it is empty; everything else is itself. */
function fill(template: string, { contact }: PersonView, { policy }: PlanContext): Value {
  return template.replace(/\{([^}|]+)(?:\|([^}]*))?\}/gu, (_, name: string, standIn: string | undefined) => {
    const mapping = policy.person.fields.find((field) => field.name === name);
    const value = contact?.values[mapping?.hubspot ?? name];
    return value === undefined || canonical(value, 'text') === null ? (standIn ?? '') : String(value);
  });
}

/** Not even the place for what nobody can own is known: once for the agreement, not per person. */
export function nobodyFinding({ policy }: PlanContext): Finding {
  const { unmatched } = policy.owners;
  return { code: 'OWNER_UNMATCHED', subject: `owners:unmatched:${unmatched}`, detail: { owner: unmatched } };
}

/** The upsert key under which a Lead is made: the person's id, so that a repeat finds the first one. */
export function creationKey(person: string): NonNullable<Change['key']> {
  return { field: OWN_FIELDS.salesforce.key, value: person };
}
