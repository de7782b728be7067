import { dayOf, instantOf } from './dates.ts';
import type { FieldObject, FieldSpec, Scalar } from './field-schema.ts';
import { invent } from './invented.ts';
import { RowRefusal } from './report.ts';
import { fillTemplate, holds, type Row } from './row.ts';

export type Lookups = {
  zone: string;
  maps: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  /** The id of a user of a set, in the system that is being filled; nothing where that person has no seat. */
  user(set: string, value: string): string | undefined;
  staff(email: string): string | undefined;
  queue(developerName: string): string | undefined;
  /** The id of a record of an earlier set, by its file's key. */
  record(set: string, key: string): string | undefined;
};

/** What one field of one row becomes; `undefined` leaves the field out. Throws a `RowRefusal` for a value that does not fit. */
export function fieldValue(spec: FieldSpec, row: Row, lookups: Lookups): Scalar | undefined {
  if (Array.isArray(spec)) {
    const fitting = spec.find((one) => !isFieldObject(one) || one.when === undefined || holds(one.when, row));
    return fitting === undefined ? undefined : fieldValue(fitting, row, lookups);
  }
  if (typeof spec === 'string') return fillTemplate(spec, row);
  if (!isFieldObject(spec)) return spec;
  if (spec.when !== undefined && !holds(spec.when, row)) return spec.default;
  if (spec.value !== undefined) return typeof spec.value === 'string' ? fillTemplate(spec.value, row) : spec.value;
  if (spec.generate !== undefined) return invent(spec.generate, row.get(spec.from ?? ''));
  if (spec.staff !== undefined) return lookups.staff(spec.staff);
  if (spec.queue !== undefined) return lookups.queue(spec.queue);
  return columnValue(spec, row.get(spec.column ?? ''), lookups) ?? spec.default;
}

function columnValue(spec: FieldObject, text: string, lookups: Lookups): Scalar | undefined {
  const { column = '' } = spec;
  if (spec.map !== undefined) return mapped(spec.map, column, text, lookups);
  if (text === '') return undefined;
  if (spec.user !== undefined) return lookups.user(spec.user, text);
  if (spec.record !== undefined) {
    const id = lookups.record(spec.record, text);
    if (id === undefined) throw new RowRefusal(`${column} = "${text}" was not loaded with "${spec.record}"`);
    return id;
  }
  return typed(spec, text, lookups.zone);
}

function mapped(name: string, column: string, text: string, { maps }: Lookups): Scalar | undefined {
  const map = maps[name] ?? {};
  if (Object.hasOwn(map, text)) return map[text] ?? undefined;
  if (Object.hasOwn(map, '*')) return map['*'] ?? undefined;
  if (text === '') return undefined;
  throw new RowRefusal(`${column} = "${text}" has no place in the map "${name}"`);
}

function typed(spec: FieldObject, text: string, planZone: string): Scalar {
  const reading = { zone: spec.zone ?? planZone, format: spec.format, time: spec.time };
  if (spec.as === 'date') return dayOf(text, reading);
  if (spec.as === 'datetime') return new Date(instantOf(text, reading)).toISOString();
  if (spec.as === 'number') return numberOf(spec.column ?? '', text);
  if (spec.as === 'boolean') return booleanOf(spec.column ?? '', text);
  return text;
}

function numberOf(column: string, text: string): number {
  const number = Number(text.replace(/,(?=\d{3}(\D|$))/g, ''));
  if (!Number.isFinite(number)) throw new RowRefusal(`${column} = "${text}" is no number`);
  return number;
}

function booleanOf(column: string, text: string): boolean {
  if (/^(true|yes|1|はい)$/i.test(text)) return true;
  if (/^(false|no|0|いいえ)$/i.test(text)) return false;
  throw new RowRefusal(`${column} = "${text}" is neither true nor false`);
}

function isFieldObject(spec: FieldSpec): spec is FieldObject {
  return typeof spec === 'object' && spec !== null && !Array.isArray(spec);
}
