import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { FieldSchema, System } from '../domain/people/record.ts';
import { canonical } from '../domain/values/canonical.ts';
import type { Value } from '../domain/values/value.ts';

/** A value carried over to the other side's words, or the reason why it cannot be. */
export type Carried =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'unmapped'; readonly value: Value };

/** HubSpot's value in Salesforce's words, or the other way round, through the field's value map. */
export function carry(value: Value, from: System, mapping: FieldMapping): Carried {
  const { values } = mapping;
  if (canonical(value, 'text') === null) return { kind: 'value', value: null }; // blanks are no value, and are never written
  if (values === undefined) return { kind: 'value', value };
  const pairs = Object.entries(values);
  const hit =
    from === 'hubspot'
      ? pairs.find(([hubspot]) => hubspot === value)
      : pairs.find(([, salesforce]) => salesforce === value);
  if (hit === undefined) return { kind: 'unmapped', value };
  return { kind: 'value', value: from === 'hubspot' ? hit[1] : hit[0] };
}

/**
 * A side's value as it is compared: canonical, and in Salesforce's words where a picklist map translates, so that both sides
 * speak one tongue. A value outside the map is compared as it stands.
 */
export function comparable(value: Value, side: System, mapping: FieldMapping): Value {
  const carried = side === 'hubspot' ? carry(value, 'hubspot', mapping) : ({ kind: 'value', value } as const);
  return canonical(carried.value, mapping.kind);
}

/** What the target would refuse, found before it does; `null` when it will take the value. Nothing is trimmed or guessed. */
export function objection(
  value: Value,
  schema: FieldSchema | undefined,
  target: System,
): Omit<Finding, 'subject' | 'person'> | null {
  if (schema === undefined || value === null) return null;
  const named = { system: target, field: schema.name, label: schema.label, value };
  if (schema.maxLength !== undefined && typeof value === 'string' && value.length > schema.maxLength) {
    return { code: 'VALUE_TOO_LONG', detail: { ...named, maxLength: schema.maxLength, length: value.length } };
  }
  const known = schema.options?.some((option) => option.value === value && option.active) ?? true;
  if (schema.restricted && schema.options !== undefined && schema.options.length > 0 && !known) {
    return { code: 'VALUE_NOT_ACCEPTED', detail: named };
  }
  return null;
}
