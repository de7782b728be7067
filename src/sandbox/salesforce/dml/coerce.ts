import { RowFault, refuse } from '../failure.ts';
import { to18 } from '../ids.ts';
import type { Cell, Field } from '../schema/field.ts';
import { isDate, parseInstant, toSecond } from '../stamps.ts';
import { textOf } from './json-text.ts';

const EMAIL = /^[^\s@,;<>()[\]\\"]+@[^\s@.,;<>()[\]\\"]+(?:\.[^\s@.,;<>()[\]\\"]+)+$/;
const JSON_NAME: Partial<Record<Field['type'], string>> = {
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
};

/** The value could not even be read as the field's type: the whole request is malformed, not one record of it. */
function unreadable(field: Field, value: unknown): Error {
  const type = JSON_NAME[field.type] ?? field.type;
  const kind =
    typeof value === 'number' ? 'VALUE_NUMBER_INT' : typeof value === 'object' ? 'START_OBJECT' : 'VALUE_STRING';
  return refuse(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${kind} value ${String(value)} or request may be missing a required field at [line:1, column:1]`,
  );
}

/** The cell that the org stores for a JSON value, or the fault that the org answers. Emptiness is always null. */
export function coerce(field: Field, value: unknown, trims: boolean): Cell {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'boolean':
      return toBoolean(field, value);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return toNumber(field, value);
    case 'date':
      if (value === '') return null;
      if (typeof value !== 'string' || !isDate(value)) throw unreadable(field, value);
      return value;
    case 'datetime': {
      if (value === '') return null;
      const ms = typeof value === 'string' ? parseInstant(value) : undefined;
      if (ms === undefined) throw unreadable(field, value);
      return toSecond(ms);
    }
    case 'id':
    case 'reference':
      return toReference(field, value);
    default:
      return toText(field, value, trims);
  }
}

function toBoolean(field: Field, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unreadable(field, value);
}

function toNumber(field: Field, value: unknown): number | null {
  if (value === '') return null;
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw unreadable(field, value);
  if (field.type === 'int' && !Number.isInteger(number)) throw unreadable(field, value);
  const digits = field.type === 'int' ? field.length : field.precision - field.scale;
  if (digits > 0 && Math.abs(number) >= 10 ** digits) {
    throw new RowFault(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${number}`,
      [field.name],
    );
  }
  return number;
}

function toReference(field: Field, value: unknown): string | null {
  if (value === '') return null;
  if (typeof value !== 'string') throw unreadable(field, value);
  const id = to18(value);
  if (id === undefined)
    throw new RowFault('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
  return id;
}

function toText(field: Field, value: unknown, trims: boolean): string | null {
  if (typeof value === 'object') throw unreadable(field, value);
  // A number or a boolean is taken as its text.
  const raw = textOf(value);
  const text = trims && field.type !== 'picklist' ? raw.trim() : raw;
  if (text === '') return null;
  if (field.length > 0 && text.length > field.length) {
    const message = `${field.label}: data value too large: ${text} (max length=${field.length})`;
    throw new RowFault('STRING_TOO_LONG', message, [field.name]);
  }
  if (field.type === 'email' && !EMAIL.test(text)) {
    throw new RowFault('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
  }
  if (field.type === 'picklist' && field.restricted && !isOffered(field, text)) {
    const message = `${field.label}: bad value for restricted picklist field: ${text}`;
    throw new RowFault('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
  }
  return text;
}

function isOffered(field: Field, value: string): boolean {
  return (field.picklist ?? []).some((offered) => offered.value === value && offered.active !== false);
}
