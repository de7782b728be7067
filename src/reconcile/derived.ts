import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import { type ObjectName, PERSON_OBJECTS, recordName, type Sighting, type System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { NOTHING, type PairView, type Part, type PersonView, type PlanContext } from './context.ts';
import { lastOutcome } from './deal-state.ts';
import type { StagePlan } from './plan-stage.ts';

/** Fields of our own: one writer, never merged (law R18). `setup` creates them. */
export const OWN_FIELDS = {
  hubspot: {
    key: 'tasuki_key',
    stage: 'tasuki_stage',
    owner: 'tasuki_sales_owner',
    state: 'tasuki_sfa_state',
    outcome: 'tasuki_deal_outcome',
    outcomeReason: 'tasuki_deal_reason',
    answer: 'tasuki_answer',
    rejectReason: 'tasuki_reject_reason',
    recycleReason: 'tasuki_recycle_reason',
    disqualifyReason: 'tasuki_disqualify_reason',
  },
  salesforce: {
    key: 'Tasuki_Key__c',
    stage: 'Tasuki_Stage__c',
    due: 'Tasuki_Next_Due__c',
    dueReason: 'Tasuki_Next_Due_Reason__c',
    /** The next four are for sales to fill in; we only empty them, where a new pass begins. */
    answer: 'Tasuki_Answer__c',
    rejectReason: 'Tasuki_Reject_Reason__c',
    recycleReason: 'Tasuki_Recycle_Reason__c',
    disqualifyReason: 'Tasuki_Disqualify_Reason__c',
    brief: 'Tasuki_Brief__c',
    escalatedTo: 'Tasuki_Escalated_To__c',
    escalation: 'Tasuki_Escalation__c',
  },
} as const;

/** What HubSpot is told of the other side: whether sales has a record, and of what kind. */
export type SfaState = 'none' | 'lead' | 'contact' | 'ambiguous' | 'deleted';

export function sfaStateOf(view: PersonView): SfaState {
  if (view.record !== null) return view.record.record.object === 'Lead' ? 'lead' : 'contact';
  if (view.awaited.salesforce !== null) return view.awaited.salesforce === 'Lead' ? 'lead' : 'contact';
  if (view.facts.rivals.length > 0) return 'ambiguous';
  return view.lost.salesforce ? 'deleted' : 'none';
}

/**
 * Shows key, stage and the other side's state on both records.
 *
 * `state` is given, not read from the view, because a Lead that this very plan creates will be there when HubSpot is written.
 */
export function planDerived(view: PersonView, stages: StagePlan, state: SfaState, context: PlanContext): Part {
  const { contact, record, facts } = view;
  const reason: Reason = { code: 'stage-derived', detail: stageDetail(stages) };
  const kept: Reason = { code: 'key-kept', detail: { person: facts.id } };
  const hubspot =
    contact === null
      ? []
      : [
          ...write(contact, OWN_FIELDS.hubspot.key, facts.id, kept),
          ...write(contact, OWN_FIELDS.hubspot.stage, stages.current, reason),
          ...write(contact, OWN_FIELDS.hubspot.state, state, { code: 'record-state', detail: { state } }),
          ...showOutcome(contact, view, context),
        ];
  const salesforce =
    record === null
      ? []
      : [
          ...(isKeySpent(record, view) ? [] : write(record, OWN_FIELDS.salesforce.key, facts.id, kept)),
          ...write(record, OWN_FIELDS.salesforce.stage, stages.current, reason),
        ];
  return {
    ...NOTHING,
    hubspot,
    salesforce,
    open: [...foreignEdit(contact, stages, view), ...foreignEdit(record, stages, view)],
  };
}

/** A Lead that was converted keeps our key for good and cannot be written: a later Lead of the same person is found by its link alone. */
function isKeySpent({ record }: Sighting, { facts }: PersonView): boolean {
  return facts.sightings.some(
    (other) =>
      other.record.object === record.object &&
      other.record.id !== record.id &&
      other.values['IsConverted'] === true &&
      other.values[OWN_FIELDS.salesforce.key] === facts.id,
  );
}

/** How the last deal with this person stands, and why it was won or lost: what sales learned goes back to marketing's record. */
function showOutcome(contact: Sighting, { facts }: PersonView, context: PlanContext): readonly FieldChange[] {
  const outcome = lastOutcome(facts.deals, context);
  const { outcome: field, outcomeReason } = OWN_FIELDS.hubspot;
  if (outcome === null && (contact.values[field] ?? null) === null) return [];
  const reason: Reason = {
    code: 'deal-outcome',
    detail: { deal: outcome?.deal ?? null, outcome: outcome?.state ?? null },
  };
  return [
    ...write(contact, field, outcome?.state ?? null, reason),
    ...write(contact, outcomeReason, outcome?.reason ?? null, reason),
  ];
}

/**
 * Our key on both records of a deal: should the ledger be lost, they find each other again. The one that is there bears it as soon as
 * the other is to be made with it, so that a plan shows all that its run will write.
 */
export function keyWrites({ facts, hubspot, salesforce }: PairView, isCreating: boolean): Part {
  if (!isCreating && (hubspot === null || salesforce === null)) return NOTHING;
  return {
    ...NOTHING,
    hubspot: hubspot === null ? [] : keyOn(hubspot, facts.id),
    salesforce: salesforce === null ? [] : keyOn(salesforce, facts.id),
  };
}

/** Our key on the record of a deal or company, where it does not stand there. */
export function keyOn(sighting: Sighting, entity: string): readonly FieldChange[] {
  return write(sighting, OWN_FIELDS[sighting.record.system].key, entity, { code: 'key-kept', detail: { entity } });
}

/** A write only where the field was read and holds something else; a field the system does not show is left alone. */
export function write(sighting: Sighting, field: string, after: Value, reason: Reason): readonly FieldChange[] {
  const before = sighting.values[field];
  return before === undefined || before === after ? [] : [{ field, before, after, reason }];
}

export function stageDetail({ entries, current, score, adopted }: StagePlan): Reason['detail'] {
  const entry = entries.findLast(({ stage }) => stage === current);
  return {
    stage: current,
    by: entry !== undefined && entry === adopted ? 'adopted' : (entry?.by ?? 'history'),
    agreement: entry?.agreementVersion ?? null,
    score: score.total ?? null,
  };
}

/** Somebody typed another stage into our field: it is restored, and said. A stage we ourselves showed before is merely old. */
function foreignEdit(sighting: Sighting | null, stages: StagePlan, view: PersonView): readonly Finding[] {
  if (sighting === null) return [];
  const found = sighting.values[OWN_FIELDS[sighting.record.system].stage];
  if (found === undefined || found === null || stages.entries.some(({ stage }) => stage === found)) return [];
  const detail = { found, restored: stages.current };
  return [{ code: 'STAGE_EDIT_RESTORED', subject: recordName(sighting.record), entity: view.facts.id, detail }];
}

/** The fields of ours that are read on an object, besides the mapped ones. */
export function ownFieldsOf(system: System, object: ObjectName): readonly string[] {
  if (PERSON_OBJECTS.includes(object)) return Object.values(OWN_FIELDS[system]);
  return KEYED.has(object) ? [OWN_FIELDS[system].key] : [];
}

/** Records that carry our key and nothing else of ours. */
const KEYED: ReadonlySet<ObjectName> = new Set<ObjectName>([
  'companies',
  'deals',
  'Opportunity',
  'OpportunityContactRole',
  'Task',
  'Event',
]);
