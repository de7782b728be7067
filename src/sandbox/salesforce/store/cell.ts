import type { Cell, Field, Row } from '../schema/field.ts';
import type { Tables } from './tables.ts';

/** What a record shows in a field: the stored value, or for a formula what the parent holds at this moment. */
export function cellOf(tables: Tables, field: Field, row: Row): Cell {
  if (field.formula === undefined) return row[field.name] ?? null;
  return tables.stored(row[field.formula.lookup])?.[field.formula.field] ?? null;
}
