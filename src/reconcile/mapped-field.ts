import type { FieldMapping, MappedObject } from '../domain/people/mapping.ts';
import type { ObjectName, RecordRef } from '../domain/people/record.ts';

/** What a mapped field is called on this kind of record; `undefined` where such a record does not carry it. */
export function fieldOn(
  mapping: FieldMapping,
  { system, object }: Pick<RecordRef, 'system' | 'object'>,
): string | undefined {
  return system === 'hubspot' ? mapping.hubspot : salesforceFieldOf(mapping, object);
}

/** The Salesforce name of a mapped field on this kind of record; `undefined` where the record does not carry it. */
export function salesforceFieldOf(mapping: FieldMapping, object: ObjectName): string | undefined {
  return mapping.salesforce[object as MappedObject];
}
