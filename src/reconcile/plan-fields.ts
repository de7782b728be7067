import type { FieldChange } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import { type FieldSchema, OTHER_SYSTEM, recordName, type Sighting, type System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { baseOf } from './base-of.ts';
import { judgeField } from './conflict.ts';
import {
  addParts,
  fieldSubject,
  NOTHING,
  type PairView,
  type Part,
  type PersonView,
  type PlanContext,
} from './context.ts';
import { baseFor } from './copy-fields.ts';
import { fieldOn, salesforceFieldOf } from './mapped-field.ts';
import { mergeField } from './merge-field.ts';
import { agreedPart, type Copied, newestOf, partOf, writtenPart } from './merge-pair.ts';
import { standInFor } from './plan-creation.ts';
import { carry, comparable, fitted, objection, unmappedFinding } from './translate.ts';

type Meeting = {
  readonly facts: EntityFacts;
  /** The record in HubSpot, and the one in Salesforce. */
  readonly hubspot: Sighting;
  readonly salesforce: Sighting;
  readonly mapping: FieldMapping;
  readonly context: PlanContext;
};

/** What becomes of every mapped field of a person, deal or company that both systems know. */
export function planMappedFields(view: PairView, fields: readonly FieldMapping[], context: PlanContext): Part {
  const { facts, hubspot, salesforce } = view;
  if (hubspot === null || salesforce === null) return NOTHING;
  return addParts(fields.map((mapping) => planField({ facts, hubspot, salesforce, mapping, context })));
}

function planField(meeting: Meeting): Part {
  const { mapping, facts, context } = meeting;
  const { calendar } = context.policy;
  const field = salesforceFieldOf(mapping, meeting.salesforce.record.object);
  const hubspot = meeting.hubspot.values[mapping.hubspot];
  const salesforce = field === undefined ? undefined : meeting.salesforce.values[field];
  if (field === undefined || hubspot === undefined || salesforce === undefined) return NOTHING; // never read: nothing can be said of it
  const inHubSpot = comparable(hubspot, 'hubspot', mapping, calendar);
  // Most fields hold the same on both sides, letter by letter.
  const isAlike = hubspot === salesforce && mapping.values === undefined && mapping.kind !== 'multi';
  const sides = {
    hubspot: inHubSpot,
    salesforce: isAlike ? inHubSpot : comparable(salesforce, 'salesforce', mapping, calendar),
  };
  const { name, at, conflictDefault } = mapping;
  const versions = {
    base: baseOf(meeting, name, context) ?? standInBase(field, sides.salesforce, meeting),
    hubspot: sides.hubspot,
    salesforce: sides.salesforce,
    policy: mapping.policy,
    conflict: mapping.conflict,
    first: mapping.first,
    clears: mapping.clears,
    newest: newestOf(meeting.hubspot, meeting.salesforce),
  };
  if (mergeField(versions).kind === 'unchanged') return NOTHING; // as nearly always: then nothing is to be told either
  const said = { field: name, hubspot, salesforce };
  const fields = { hubspot: mapping.hubspot, salesforce: field };
  const disputed = { facts, name, both: meeting, said, fields, at, conflictDefault };
  return partOf(judgeField(versions, disputed, context), {
    agreed: () => agreedPart(name, sides, context),
    copied: (verdict) => copyField(verdict, { hubspot, salesforce }, meeting),
  });
}

/** A stand-in of ours on a Lead, whose base is gone: HubSpot had nothing, and whatever it has now is what somebody typed. */
function standInBase(field: string, found: Value, { mapping, salesforce, context }: Meeting) {
  const { calendar } = context.policy;
  const standIn = salesforce.record.object === 'Lead' ? standInFor(field, context.policy) : undefined;
  if (standIn === undefined || found !== comparable(standIn, 'salesforce', mapping, calendar)) return undefined;
  return { hubspot: null, salesforce: found };
}

function copyField(verdict: Copied, values: Record<System, Value>, meeting: Meeting): Part {
  const { mapping, context, facts } = meeting;
  const to = OTHER_SYSTEM[verdict.from];
  const target = meeting[to].record;
  const field = fieldOn(mapping, target)!; // `planField` has read both sides by it
  const carried = carry(values[verdict.from], verdict.from, mapping, context.policy.calendar);
  if (carried.kind === 'unmapped') return { ...NOTHING, open: [unmappedFinding(carried.value, verdict.from, mapping)] };
  const schema = context.schemas.get(`${target.system}:${target.object}`)?.get(field);
  const subject = fieldSubject(target, field);
  if (schema?.writable === false) {
    if (verdict.why !== 'stricter') return NOTHING; // said once, when the mapping was checked
    return { ...NOTHING, open: [{ ...notCarried(schema, verdict.from), subject, entity: facts.id }] };
  }
  const after = fitted(carried.value, schema);
  const refusal = objection(after, schema, to);
  if (refusal !== null) return { ...NOTHING, open: [{ ...refusal, subject, entity: facts.id }] };
  const change: FieldChange = {
    field,
    before: values[to],
    after,
    reason: {
      code: verdict.why,
      detail: {
        from: verdict.from,
        lost: verdict.why === 'conflict-settled' ? values[to] : null,
        rule: mapping.at,
        ...(isBackFill(verdict, meeting) ? { backFill: true } : {}),
      },
    },
  };
  const value = comparable(values[verdict.from], verdict.from, mapping, context.policy.calendar);
  return writtenPart(to, [change], baseFor(mapping.name, value, to, context));
}

/** The base of the owner stands without any mapped field. */
const OWNER_BASE = 'owner';

/** The two records have met before, but not over this field: a line that is new in the mapping, or a value that could not travel. */
function isBackFill({ why }: Copied, { facts, mapping }: Meeting): boolean {
  if (why !== 'first-meeting' && why !== 'filled-blank') return false;
  const bases = facts.bases.filter(({ field }) => field !== OWNER_BASE);
  return bases.length > 0 && bases.every(({ field }) => field !== mapping.name);
}

/** HubSpot keeps the consent to its e-mails to itself: that somebody declined sales' ones is for a person to enter there. */
function notCarried({ name, label }: FieldSchema, from: System): Pick<Finding, 'code' | 'detail'> {
  return { code: 'OPT_OUT_NOT_CARRIED', detail: { from, field: name, label } };
}

/**
 * The mapped fields of a person. The contact behind a person account is a shadow: its name and address are kept on the account, and
 * Salesforce refuses some of them here. They are left out, and that is said; but who has declined mails or calls has declined them, whatever
 * their record is called.
 */
export function planPersonFields(view: PersonView, context: PlanContext): Part {
  const { record, facts } = view;
  const { fields } = context.policy.person;
  if (record?.values['IsPersonAccount'] !== true) return planMappedFields(view, fields, context);
  const consents = fields.filter(travelsForPersonAccounts);
  const detail = { contact: record.record.id, account: String(record.values['AccountId'] ?? '') };
  const finding: Finding = { code: 'PERSON_ACCOUNT', subject: recordName(record.record), entity: facts.id, detail };
  return addParts([planMappedFields(view, consents, context), { ...NOTHING, open: [finding] }]);
}

/** Salesforce takes what is ticked here, and ticks it on the account. */
export function travelsForPersonAccounts({ policy }: Pick<FieldMapping, 'policy'>): boolean {
  return policy === 'stricter';
}
