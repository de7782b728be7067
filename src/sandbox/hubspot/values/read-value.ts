import type { PropertyDefinition } from '../properties/definition.ts';
import type { PropertyProblem } from '../refusal.ts';
import { isoText } from '../time-texts.ts';
import { epochOf, midnightProblem } from './instants.ts';

/** The numbered paths and the dated ones: same store, slightly other manners. */
export type Family = 'v3' | '2026-03' | '2026-09';

/** What the 2026-09 family says about a value that it put right instead of refusing. */
export type Warning = {
  category: 'PROPERTY_VALUE_NORMALIZED';
  message: string;
  context: { propertyName: string; rawValue: string; normalizedValue: string };
};

export type ReadValue = { value: string; warning?: Warning } | { problem: PropertyProblem };

const LONGEST_TEXT = 65_536;
const EMAIL = /^[^\s@<>(),;:"[\]]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** Turns a sent value into the text HubSpot keeps, or says why it will not. Empty text clears; anything may be cleared. */
export function readValue(definition: PropertyDefinition, raw: string, family: Family): ReadValue {
  if (raw === '') return { value: '' };
  switch (definition.type) {
    case 'number':
      return readNumber(definition, raw);
    case 'bool':
    case 'enumeration':
      return readChoice(definition, raw);
    case 'date':
      return readDate(definition, raw, family);
    case 'datetime':
      return readInstant(definition, raw, family);
    default:
      return readText(definition, raw);
  }
}

function problem(definition: PropertyDefinition, error: string, message: string): ReadValue {
  return { problem: { name: definition.name, error, message } };
}

function readText(definition: PropertyDefinition, raw: string): ReadValue {
  if (raw.length > LONGEST_TEXT) {
    const message = `Property value is too long: ${raw.length} characters, at most ${LONGEST_TEXT} are kept`;
    return problem(definition, 'INVALID_LENGTH', message);
  }
  if (definition.name === 'email' && !EMAIL.test(raw)) {
    return problem(definition, 'INVALID_EMAIL', `Email address ${raw} is invalid`);
  }
  return { value: raw };
}

function readNumber(definition: PropertyDefinition, raw: string): ReadValue {
  if (/^-?(\d+\.?\d*|\.\d+)$/.test(raw)) return { value: raw };
  return problem(definition, 'INVALID_INTEGER', `${raw} was not a valid number.`);
}

function readChoice(definition: PropertyDefinition, raw: string): ReadValue {
  // External options (owners, additional e-mails, merged ids) live elsewhere; whoever knows them checks them.
  if (definition.externalOptions) return { value: raw };
  const chosen = definition.fieldType === 'checkbox' ? raw.replace(/^;/, '').split(';') : [raw];
  const known = new Set(definition.options.map((option) => option.value));
  const unknown = chosen.find((value) => !known.has(value));
  if (unknown === undefined) return { value: raw };
  const allowed = [...known].join(', ');
  return problem(definition, 'INVALID_OPTION', `${unknown} was not one of the allowed options: [${allowed}]`);
}

function readDate(definition: PropertyDefinition, raw: string, family: Family): ReadValue {
  const at = epochOf(raw, family);
  if (at === undefined) return problem(definition, 'INVALID_LONG', `${raw} was not a valid long.`);
  const value = new Date(at).toISOString().slice(0, 10);
  const offMidnight = midnightProblem(at, raw);
  if (offMidnight !== undefined && family !== '2026-09') return problem(definition, 'INVALID_DATE', offMidnight);
  if (offMidnight === undefined && !isSeconds(raw, family)) return { value };
  return normalised(definition, raw, value);
}

function readInstant(definition: PropertyDefinition, raw: string, family: Family): ReadValue {
  const at = epochOf(raw, family);
  if (at === undefined) return problem(definition, 'INVALID_LONG', `${raw} was not a valid long.`);
  return isSeconds(raw, family) ? normalised(definition, raw, isoText(at)) : { value: isoText(at) };
}

function isSeconds(raw: string, family: Family): boolean {
  return family === '2026-09' && /^\d{9,10}$/.test(raw);
}

function normalised(definition: PropertyDefinition, raw: string, value: string): ReadValue {
  const context = { propertyName: definition.name, rawValue: raw, normalizedValue: value };
  const message = `The value of property "${definition.name}" was normalized to ${value}`;
  return { value, warning: { category: 'PROPERTY_VALUE_NORMALIZED', message, context } };
}
