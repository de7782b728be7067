import type { FieldSchema } from '../../domain/people/record.ts';
import type { Value } from '../../domain/values/value.ts';

export type PropertyType = FieldSchema['type'];

const MILLISECONDS = /^-?\d{9,}$/;

/**
 * A property's text as a value of its described type. HubSpot sends every value as text, and empties as `null` or `''`.
 *
 * Instants come in three dresses: with milliseconds, without them when they are zero, and as a count of milliseconds in answers
 * to a create. All become one. Text that is not of its type stays text: a number nobody can read is still what the record holds.
 */
export function toValue(text: string | null | undefined, type: PropertyType): Value {
  if (text === null || text === undefined || text === '') return null;
  switch (type) {
    case 'number':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'date':
      return isoOf(text)?.slice(0, 10) ?? text;
    case 'datetime':
      return isoOf(text) ?? text;
    default:
      return text;
  }
}

/**
 * A canonical value as HubSpot takes it. `''` clears.
 *
 * A multi-select that begins with a semicolon would be added to what is there instead of replacing it.
 */
export function toProperty(value: Value, type: PropertyType | undefined): string {
  if (value === null) return '';
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return String(value);
  return type === 'multipicklist' ? value.replace(/^[;\s]+/, '') : value;
}

/** HubSpot takes digits and one point; JavaScript writes very large and very small numbers otherwise. */
function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(20).replace(/0+$/, '');
}

function isoOf(text: string): string | undefined {
  const at = MILLISECONDS.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
