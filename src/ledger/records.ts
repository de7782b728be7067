import { type ObjectName, type RecordRef, recordName, type System } from '../domain/people/record.ts';
import { toJson } from './json.ts';

/** A record's columns, as every table that names one has them. */
export type RecordColumns = { readonly system: System; readonly object: ObjectName; readonly record_id: string };

export function refFrom({ system, object, record_id: id }: RecordColumns): RecordRef {
  return { system, object, id };
}

export function columnsOf({ system, object, id }: RecordRef): RecordColumns {
  return { system, object, record_id: id };
}

/** The record that `recordName` names. */
export function columnsIn(name: string): RecordColumns {
  const [system, object, id] = name.split(':');
  return { system: system as System, object: object as ObjectName, record_id: id ?? '' };
}

/** Records as a statement's JSON parameter: `(system text, object text, record_id text)`. */
export function namesOf(records: readonly RecordColumns[]): string {
  return toJson(records.map(({ system, object, record_id }) => ({ system, object, record_id })));
}

/** Records in one order, so that two transactions that want the same ones do not wait for each other in a ring. */
export function inLockOrder<T extends RecordColumns>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => compare(nameOf(a), nameOf(b)));
}

function nameOf(record: RecordColumns): string {
  return recordName(refFrom(record));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
