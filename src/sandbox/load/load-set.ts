import { Refusal } from '../hubspot/refusal.ts';
import { RowFault } from '../salesforce/failure.ts';
import type { Fillers } from '../world/doors.ts';
import type { Directory } from '../world/seed-staff.ts';
import { IS_QUEUE } from '../world/staff.ts';
import { associationsOf } from './associations.ts';
import { instantOf } from './dates.ts';
import type { AtSpec, Scalar } from './field-schema.ts';
import { fieldValue, type Lookups } from './field-value.ts';
import type { UserEmails } from './load-users.ts';
import type { RecordSetSpec } from './plan-schema.ts';
import type { LoadPlan } from './read-load-plan.ts';
import { type LoadReport, RowRefusal } from './report.ts';
import { holds, joinedRow, type Row } from './row.ts';

/** The ids of what was made so far, by set and key. */
export type Made = Map<string, Map<string, string>>;

export type Loading = {
  plan: LoadPlan;
  set: RecordSetSpec;
  directory: Directory;
  emails: UserEmails;
  made: Made;
  report: LoadReport;
  now: number;
};

/** Makes one record per wanted row of a set's file, or per distinct key; a row that cannot be used is reported. */
export function loadSet(fillers: Fillers, loading: Loading): void {
  const { plan, set, report, made } = loading;
  const key = set.by ?? plan.files[set.from]?.key;
  const ids = new Map<string, string>();
  if (set.name !== undefined) made.set(set.name, ids);
  report.loaded[set.into] ??= 0;
  const lookups = lookupsFor(loading);
  for (const csvRow of plan.tables.get(set.from)?.rows ?? []) {
    const row = joinedRow(csvRow, set.join, plan.tables);
    const known = key === undefined ? '' : row.get(key);
    if (!isWanted(set, row) || isThere(set, ids, known)) continue;
    try {
      const id = make(fillers, loading, row, lookups);
      if (key !== undefined) ids.set(known, id);
      report.loaded[set.into] = (report.loaded[set.into] ?? 0) + 1;
    } catch (error) {
      const file = plan.tables.get(set.from)?.path ?? set.from;
      report.bad.push({ file, line: row.line, reason: reasonOf(set, error) });
    }
  }
}

function isWanted({ where }: RecordSetSpec, row: Row): boolean {
  return where === undefined || holds(where, row);
}

/** Where rows share a key, the first of them has made the record; a row without one makes none. */
function isThere({ by }: RecordSetSpec, ids: ReadonlyMap<string, string>, key: string): boolean {
  return by !== undefined && (key === '' || ids.has(key));
}

function make({ portal, org }: Fillers, { plan, set, made, now }: Loading, row: Row, lookups: Lookups): string {
  const at = set.at === undefined ? now : instantAt(set.at, row, plan.zone);
  if (at > now) throw new RowRefusal(`it is of ${new Date(at).toISOString()}, after the clock's start`);
  const values = valuesOf(set, row, lookups);
  const [system, object = ''] = set.into.split('.');
  if (system === 'salesforce') {
    const { author } = set;
    const by = author === undefined ? undefined : lookups.user(author.user, row.get(author.column));
    return org.seed(object, Object.fromEntries(values), { at, ...(by === undefined ? {} : { by }) });
  }
  const others = associationsOf(set, row, { plan, made });
  const texts = values.map(([name, value]): [string, string] => [name, String(value)]);
  const id = portal.seed(object, Object.fromEntries(texts), at);
  try {
    for (const { label, ...to } of others) {
      portal.associate({ object, id }, to, label === undefined ? {} : { label });
    }
  } catch (error) {
    portal.archive(object, id); // a bad row leaves nothing half made
    throw error;
  }
  return id;
}

function instantAt(at: AtSpec, row: Row, planZone: string): number {
  const reading = typeof at === 'string' ? { column: at } : at;
  const text = row.get(reading.column);
  if (text === '') throw new RowRefusal(`${reading.column} is empty`);
  return instantOf(text, { ...reading, zone: ('zone' in reading ? reading.zone : undefined) ?? planZone });
}

function valuesOf(set: RecordSetSpec, row: Row, lookups: Lookups): [string, Exclude<Scalar, null>][] {
  return Object.entries(set.fields).flatMap(([name, spec]) => {
    const value = fieldValue(spec, row, lookups);
    // An empty text is an empty field, and a field that is empty on a new record is one that was never set.
    const isEmpty = value === undefined || value === null || value === '';
    return isEmpty ? [] : ([[name, value]] satisfies [string, Exclude<Scalar, null>][]);
  });
}

function lookupsFor({ plan, set, directory, emails, made }: Loading): Lookups {
  const seats = set.into.startsWith('hubspot.') ? directory.owners : directory.users;
  return {
    zone: plan.zone,
    maps: plan.maps,
    user: (name, value) => seats.get(emails.get(name)?.get(value) ?? ''),
    staff: (email) => seats.get(email),
    queue: (name) => (name === IS_QUEUE.developerName ? directory.queue : undefined),
    record: (name, key) => made.get(name)?.get(key),
  };
}

function reasonOf(set: RecordSetSpec, error: unknown): string {
  if (error instanceof RowRefusal) return error.message;
  const isRefusal = error instanceof Refusal || (error instanceof Error && error.cause instanceof RowFault);
  // Anything else is a fault of the sandbox itself and must not pass for a bad row.
  if (!isRefusal) throw error;
  return `${set.into} refused it: ${error.message}`;
}
