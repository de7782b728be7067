import type { Change, FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Base } from '../domain/people/record.ts';
import { canonical } from '../domain/values/canonical.ts';
import type { Value } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { OWN_FIELDS, stageDetail } from './derived.ts';
import { type Assignment, assignOwner } from './owner.ts';
import { salesforceFieldOf, unmappedFinding } from './plan-fields.ts';
import type { StagePlan } from './plan-stage.ts';
import { carry, comparable, objection } from './translate.ts';

export type Creation = {
  readonly fields: readonly FieldChange[];
  readonly basesAfter: readonly Base[];
  readonly assignment: Assignment;
  readonly team: string;
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
  turnOf: (team: string) => number,
  context: PlanContext,
): CreationPlan {
  const rule = context.policy.person.createInSalesforce;
  const { contact, record, facts } = view;
  if (rule === null || contact === null || record !== null || view.lostInSalesforce) return NO_CREATION;
  if (facts.rivals.length > 0 || stages.current !== rule.stage) return NO_CREATION;
  const team = context.policy.agreement.stages.find(({ stage }) => stage === rule.stage)?.handOff?.to ?? '';
  const assignment = assignOwner(view, team, turnOf(team), context);
  if (assignment === null) return { creation: null, open: [nobodyFinding(context)] };

  const reason: Reason = { code: 'created-at-stage', detail: { ...stageDetail(stages), as: rule.as } };
  const mapped = context.policy.person.fields.map((mapping) => copyMapped(view, mapping, rule.as, reason, context));
  const held = new Set(mapped.flatMap(({ fields }) => fields.map(({ field }) => field)));
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
  const fields = [...mapped.flatMap((copied) => copied.fields), ...fixed, owner, stage];
  const bases = [...mapped.flatMap((copied) => copied.bases), ...standInBases(view, fixed, rule.as, context)];
  const creation = { fields, basesAfter: bases, assignment, team };
  return { creation, open: mapped.flatMap(({ open }) => open) };
}

type Copied = {
  readonly fields: readonly FieldChange[];
  readonly bases: readonly Base[];
  readonly open: readonly Finding[];
};

function copyMapped(
  { contact, facts }: PersonView,
  mapping: FieldMapping,
  as: 'Lead',
  reason: Reason,
  context: PlanContext,
): Copied {
  const none: Copied = { fields: [], bases: [], open: [] };
  const field = salesforceFieldOf(mapping, as);
  const value = contact?.values[mapping.hubspot];
  if (field === undefined || value === undefined || canonical(value, mapping.kind) === null) return none;
  const carried = carry(value, 'hubspot', mapping);
  if (carried.kind === 'unmapped') return { ...none, open: [unmappedFinding(value, 'hubspot', mapping)] };
  const schema = context.schemas.get(`salesforce:${as}`)?.get(field);
  if (schema?.writable === false) return none; // said once, when the mapping was checked
  const refusal = objection(carried.value, schema, 'salesforce');
  const subject = `salesforce:${as}:(${facts.id}) ${field}`;
  if (refusal !== null) return { ...none, open: [{ ...refusal, subject, entity: facts.id }] };
  const same = comparable(value, 'hubspot', mapping);
  return {
    fields: [{ field, after: carried.value, reason }],
    bases: [
      {
        field: mapping.name,
        hubspot: same,
        salesforce: same,
        canonical: same,
        since: context.now,
        provisional: 'salesforce',
      },
    ],
    open: [],
  };
}

/** What stands in for an empty field is known to differ, so that it does not travel back as if somebody had typed it. */
function standInBases(
  { contact }: PersonView,
  fixed: readonly FieldChange[],
  as: 'Lead',
  context: PlanContext,
): readonly Base[] {
  return context.policy.person.fields.flatMap((mapping) => {
    const standIn = fixed.find(({ field }) => field === salesforceFieldOf(mapping, as));
    if (standIn === undefined) return [];
    const hubspot = comparable(contact?.values[mapping.hubspot] ?? null, 'hubspot', mapping);
    const salesforce = comparable(standIn.after, 'salesforce', mapping);
    return [
      {
        field: mapping.name,
        hubspot,
        salesforce,
        canonical: salesforce,
        since: context.now,
        provisional: 'salesforce' as const,
      },
    ];
  });
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
