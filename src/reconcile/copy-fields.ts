import type { FieldChange, Reason } from '../domain/people/change.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { Base, ObjectName, Sighting, System } from '../domain/people/record.ts';
import { canonical } from '../domain/values/canonical.ts';
import type { Value } from '../domain/values/value.ts';
import type { PlanContext } from './context.ts';
import { fieldOn } from './mapped-field.ts';
import { carry, comparable, fitted, objection, unmappedFinding } from './translate.ts';

/** A record that is being made after the one that the other system has: of which entity, where, as what, and why. */
export type Copying = {
  readonly entity: string;
  readonly source: Sighting;
  readonly to: System;
  readonly as: ObjectName;
  readonly reason: Reason;
  readonly context: PlanContext;
};

export type Copied = {
  readonly fields: readonly FieldChange[];
  /** What both sides hold once the new record stands as it was made. */
  readonly bases: readonly Base[];
  readonly open: readonly Finding[];
};

export const NO_COPY: Copied = { fields: [], bases: [], open: [] };

/** What both sides hold of a field once the write on `provisional` is seen. */
export function baseFor(field: string, value: Value, provisional: System, { now }: Pick<PlanContext, 'now'>): Base {
  return { field, hubspot: value, salesforce: value, canonical: value, since: now, provisional };
}

/** The mapped fields of a new record, in the words of its system; empty ones are not written, and what would be refused is left out and said. */
export function copyFields(mappings: readonly FieldMapping[], copying: Copying): Copied {
  const copies = mappings.map((mapping) => copyField(mapping, copying));
  return {
    fields: copies.flatMap(({ fields }) => fields),
    bases: copies.flatMap(({ bases }) => bases),
    open: copies.flatMap(({ open }) => open),
  };
}

function copyField(mapping: FieldMapping, { entity, source, to, as, reason, context }: Copying): Copied {
  const from = source.record.system;
  const read = fieldOn(mapping, source.record);
  const field = fieldOn(mapping, { system: to, object: as });
  const value = read === undefined ? undefined : source.values[read];
  if (field === undefined || value === undefined || canonical(value, mapping.kind) === null) return NO_COPY;
  const { calendar } = context.policy;
  // Nobody has declined anything: the new record starts with what its system gives it.
  if (mapping.policy === 'stricter' && comparable(value, from, mapping, calendar) !== true) return NO_COPY;
  const carried = carry(value, from, mapping, calendar);
  if (carried.kind === 'unmapped') return { ...NO_COPY, open: [unmappedFinding(carried.value, from, mapping)] };
  const schema = context.schemas.get(`${to}:${as}`)?.get(field);
  if (schema?.writable === false) return NO_COPY; // said once, when the mapping was checked
  const after = fitted(carried.value, schema);
  const refusal = objection(after, schema, to);
  if (refusal !== null)
    return { ...NO_COPY, open: [{ ...refusal, subject: `${to}:${as}:(${entity}) ${field}`, entity }] };
  const base = baseFor(mapping.name, comparable(value, from, mapping, calendar), to, context);
  return { fields: [{ field, after, reason }], bases: [base], open: [] };
}
