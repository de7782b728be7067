import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import type { FieldMapping } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { FieldSchema, System } from '../domain/people/record.ts';
import { canonical, isBlank } from '../domain/values/canonical.ts';
import { choicesIn, joinChoices } from '../domain/values/choices.ts';
import { epochDay, formatInstant, parseInstant } from '../domain/values/instant.ts';
import type { Value } from '../domain/values/value.ts';

/** A value carried over to the other side's words, or the reason why it cannot be. */
export type Carried =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'unmapped'; readonly value: Value };

/**
 * HubSpot's value in Salesforce's words, or the other way round, through the field's value map. Without a map it is the source's own
 * value, as it stands there: only the comparison is canonical. Two values are not carried as they stand: an instant that is to be a
 * day, and a multi-select, whose choices go one by one and never with a semicolon in front (HubSpot would add them to its own).
 */
export function carry(value: Value, from: System, mapping: FieldMapping, calendar: BusinessCalendar): Carried {
  if (isBlank(value)) return { kind: 'value', value: null }; // blanks are no value, and are never written
  if (mapping.kind === 'multi') return carryChoices(String(value), from, mapping);
  if (mapping.values === undefined)
    return { kind: 'value', value: mapping.kind === 'date' ? dayOf(value, calendar) : value };
  const partner = partnerOf(value, from, mapping);
  return partner === undefined ? { kind: 'unmapped', value } : { kind: 'value', value: partner };
}

function carryChoices(text: string, from: System, mapping: FieldMapping): Carried {
  const choices = choicesIn(text);
  if (mapping.values === undefined) return { kind: 'value', value: joinChoices(choices) };
  const stranger = choices.find((choice) => partnerOf(choice, from, mapping) === undefined);
  if (stranger !== undefined) return { kind: 'unmapped', value: stranger };
  return { kind: 'value', value: joinChoices(choices.flatMap((choice) => partnerOf(choice, from, mapping) ?? [])) };
}

/** What stands for this value on the other side, by the map. A tick answers to `true`, whether it is a word or a truth value. */
function partnerOf(value: Value, from: System, { values, kind }: FieldMapping): string | undefined {
  if (values === undefined) return undefined;
  const text = String(value);
  if (from === 'hubspot' && kind !== 'boolean') return Object.hasOwn(values, text) ? values[text] : undefined;
  const means = (name: string) =>
    name === text || (kind === 'boolean' && canonical(name, kind) === canonical(value, kind));
  const hit = Object.entries(values).find(([hubspot, salesforce]) => means(from === 'hubspot' ? hubspot : salesforce));
  return hit?.[from === 'hubspot' ? 1 : 0];
}

/** One finding per value, not per person: a new industry in a form would otherwise open a thousand. */
export function unmappedFinding(value: Value, from: System, mapping: FieldMapping): Finding {
  return {
    code: 'VALUE_NOT_MAPPED',
    subject: `${mapping.at} ${String(value)}`,
    detail: { field: mapping.name, system: from, value, rule: mapping.at },
  };
}

/**
 * A side's value as it is compared: canonical, and in Salesforce's words where a picklist map translates, so that both sides
 * speak one tongue. A value outside the map is compared as it stands.
 */
export function comparable(value: Value, side: System, mapping: FieldMapping, calendar: BusinessCalendar): Value {
  const { kind } = mapping;
  if (kind === 'multi' && side === 'hubspot' && typeof value === 'string') {
    const choices = choicesIn(value).map((choice) => partnerOf(choice, side, mapping) ?? choice);
    return canonical(joinChoices(choices), kind);
  }
  if (side === 'hubspot' && mapping.values !== undefined)
    return canonical(carry(value, side, mapping, calendar).value, kind);
  return canonical(kind === 'date' ? dayOf(value, calendar) : value, kind);
}

/**
 * The day that a value is: a date as it stands; an instant by the wall clock of the office, but midnight UTC as its own day, since
 * that is how HubSpot tells a date, whatever the zone of the portal.
 */
function dayOf(value: Value, calendar: BusinessCalendar): Value {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) return value;
  const [day, time] = formatInstant(instant).split('T');
  return time === '00:00:00.000Z' ? (day ?? null) : toLocal(instant, calendar).day;
}

/** The value in the form that the field takes: a tick where it wants one, a day's midnight UTC where it wants an instant. */
export function fitted(value: Value, schema: FieldSchema | undefined): Value {
  if (typeof value !== 'string') return value;
  if (schema?.type === 'boolean') return canonical(value, 'boolean');
  return schema?.type === 'datetime' && epochDay(value) !== null ? `${value}T00:00:00.000Z` : value;
}

/** What the target would refuse, found before it does; `null` when it will take the value. Nothing is trimmed or guessed. */
export function objection(
  value: Value,
  schema: FieldSchema | undefined,
  target: System,
): Pick<Finding, 'code' | 'detail'> | null {
  if (schema === undefined || value === null) return null;
  const named = { system: target, field: schema.name, label: schema.label, value };
  if (schema.maxLength !== undefined && typeof value === 'string' && value.length > schema.maxLength) {
    return { code: 'VALUE_TOO_LONG', detail: { ...named, maxLength: schema.maxLength, length: value.length } };
  }
  const stranger = strangerTo(schema, value);
  return stranger === undefined ? null : { code: 'VALUE_NOT_ACCEPTED', detail: { ...named, value: stranger } };
}

/** The first choice that a restricted list does not have, or has switched off. */
function strangerTo({ restricted, options = [], type }: FieldSchema, value: Value): Value | undefined {
  if (!restricted || options.length === 0) return undefined;
  const active = new Set<Value>(options.filter((option) => option.active).map((option) => option.value));
  const choices = type === 'multipicklist' && typeof value === 'string' ? choicesIn(value) : [value];
  return choices.find((choice) => !active.has(choice));
}
