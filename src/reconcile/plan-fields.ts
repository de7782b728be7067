import type { FieldChange } from '../domain/people/change.ts';
import type { FieldMapping, MappedObject } from '../domain/people/mapping.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import type { Sighting, System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { addParts, NOTHING, type PairView, type Part, type PlanContext, subjectOf } from './context.ts';
import { baseFor } from './copy-fields.ts';
import { type FieldVerdict, mergeField } from './merge-field.ts';
import { conflictFinding, newestOf, writtenPart } from './merge-pair.ts';
import { carry, comparable, objection } from './translate.ts';

type Copy = Extract<FieldVerdict, { kind: 'copied' }>;
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

/** The Salesforce name of a mapped field on this kind of record; `undefined` when the record does not carry it. */
export function salesforceFieldOf(mapping: FieldMapping, object: string): string | undefined {
  return mapping.salesforce[object as MappedObject];
}

function planField(meeting: Meeting): Part {
  const { mapping, facts, context } = meeting;
  const field = salesforceFieldOf(mapping, meeting.salesforce.record.object);
  const hubspot = meeting.hubspot.values[mapping.hubspot];
  const salesforce = field === undefined ? undefined : meeting.salesforce.values[field];
  if (hubspot === undefined || salesforce === undefined) return NOTHING; // never read: nothing can be said of it
  const sides = {
    hubspot: comparable(hubspot, 'hubspot', mapping),
    salesforce: comparable(salesforce, 'salesforce', mapping),
  };
  const base = facts.bases.find((known) => known.field === mapping.name);
  const verdict = mergeField({
    ...mapping,
    ...sides,
    base: base === undefined ? undefined : { hubspot: base.hubspot, salesforce: base.salesforce },
    newest: newestOf(meeting.hubspot, meeting.salesforce),
  });
  switch (verdict.kind) {
    case 'unchanged':
      return NOTHING;
    case 'agreed':
      return {
        ...NOTHING,
        agreed: [{ field: mapping.name, ...sides, canonical: sides.salesforce, since: context.now, provisional: null }],
      };
    case 'conflict':
      return {
        ...NOTHING,
        open: [
          conflictFinding(facts.id, mapping.name, meeting, {
            field: mapping.name,
            hubspot,
            salesforce,
            first: verdict.first,
            rule: mapping.at,
          }),
        ],
      };
    case 'copied':
      return copyField(verdict, { hubspot, salesforce }, meeting);
  }
}

function copyField(verdict: Copy, values: Record<System, Value>, meeting: Meeting): Part {
  const { mapping, context, facts } = meeting;
  const to: System = verdict.from === 'hubspot' ? 'salesforce' : 'hubspot';
  const target = meeting[to].record;
  const field = to === 'hubspot' ? mapping.hubspot : salesforceFieldOf(mapping, target.object)!;
  const carried = carry(values[verdict.from], verdict.from, mapping);
  if (carried.kind === 'unmapped') return { ...NOTHING, open: [unmappedFinding(carried.value, verdict.from, mapping)] };
  const schema = context.schemas.get(`${target.system}:${target.object}`)?.get(field);
  if (schema?.writable === false) return NOTHING; // said once, when the mapping was checked
  const refusal = objection(carried.value, schema, to);
  const subject = `${subjectOf(target)} ${field}`;
  if (refusal !== null) return { ...NOTHING, open: [{ ...refusal, subject, entity: facts.id }] };
  const change: FieldChange = {
    field,
    before: values[to],
    after: carried.value,
    reason: {
      code: verdict.why,
      detail: { from: verdict.from, lost: verdict.why === 'conflict-settled' ? values[to] : null, rule: mapping.at },
    },
  };
  const value = comparable(values[verdict.from], verdict.from, mapping);
  return writtenPart(to, [change], baseFor(mapping.name, value, to, context));
}

/** One finding per value, not per person: a new industry in a form would otherwise open a thousand. */
export function unmappedFinding(value: Value, from: System, mapping: FieldMapping): Finding {
  return {
    code: 'VALUE_NOT_MAPPED',
    subject: `${mapping.at} ${String(value)}`,
    detail: { field: mapping.name, system: from, value, rule: mapping.at },
  };
}
