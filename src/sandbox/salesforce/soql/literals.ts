import { refuse } from '../failure.ts';
import { to18 } from '../ids.ts';
import type { Cell, Field } from '../schema/field.ts';
import { isDate, parseInstant, toSecond } from '../stamps.ts';
import { dayRange, instants } from './date-literals.ts';

/** One value, or the span that a date literal stands for. */
export type Operand = { value: Cell } | { first: string | number; end: string | number };
export type Literal = { text: string; type: string; n: number | undefined };

const KIND: Partial<Record<Field['type'], string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'double',
  percent: 'double',
  date: 'date',
  datetime: 'dateTime',
};

/** How values of a field are compared: text without regard to case, ids exactly. */
export function comparable(field: Field, value: Cell): Cell {
  const exact = typeof value !== 'string' || field.type === 'id' || field.type === 'reference' || field.caseSensitive;
  return exact ? value : value.toLowerCase();
}

/** Reads a literal as the field's type. A literal of another kind is the query's fault, not an empty answer. */
export function operandOf(field: Field, literal: Literal, now: number): Operand {
  if (literal.type === 'NULL') return { value: null };
  if (literal.type === 'DATE_LITERAL' || literal.type === 'DATE_N_LITERAL') {
    const range = dayRange(literal.text, literal.n, now);
    if (field.type === 'date') return range;
    if (field.type === 'datetime') return instants(range);
    throw wrongKind(field);
  }
  const value = read(field, literal);
  if (value === undefined) throw wrongKind(field);
  return { value: comparable(field, value) };
}

function read(field: Field, { text, type }: Literal): Cell | undefined {
  switch (field.type) {
    case 'boolean':
      return type === 'BOOLEAN' ? text.toUpperCase() === 'TRUE' : undefined;
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return type === 'INTEGER' || type === 'DECIMAL' ? Number(text) : undefined;
    case 'date':
      return type === 'DATE' && isDate(text) ? text : undefined;
    case 'datetime': {
      const ms = type === 'DATETIME' ? parseInstant(text) : undefined;
      return ms === undefined ? undefined : toSecond(ms);
    }
    case 'id':
    case 'reference':
      return type === 'STRING' ? idLiteral(unquote(text)) : undefined;
    default:
      return type === 'STRING' ? unquote(text) : undefined;
  }
}

function idLiteral(text: string): string {
  if (text === '') return text;
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text)) {
    throw refuse(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${text}`);
  }
  return to18(text) ?? text;
}

function wrongKind(field: Field): Error {
  const kind = KIND[field.type];
  const rule =
    kind === undefined
      ? 'must be of type string and should be enclosed in quotes'
      : `must be of type ${kind} and should not be enclosed in quotes`;
  return refuse(400, 'INVALID_FIELD', `value of filter criterion for field '${field.name}' ${rule}`);
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between the quotes, escapes resolved. `\_` and `\%` stay: only LIKE knows what they mean. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\([^_%])/g, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/** `%` and `_` as in SQL, `\%` and `\_` for the characters themselves. */
export function likePattern(text: string): RegExp {
  const source = text.replaceAll(/\\([%_])|([%_])|([\s\S])/gu, (_, kept?: string, wild?: string, plain?: string) => {
    if (wild !== undefined) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
    return (kept ?? plain ?? '').replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'i');
}
