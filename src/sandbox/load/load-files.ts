import { Refusal } from '../hubspot/refusal.ts';
import { RowFault } from '../salesforce/failure.ts';
import type { Fillers } from '../world/doors.ts';
import { definePortalProperties } from '../world/portal-properties.ts';
import { type Directory, retireOwners, seedStaff } from '../world/seed-staff.ts';
import { IS_QUEUE } from '../world/staff.ts';
import { instantOf } from './dates.ts';
import { fieldValue, type Lookups } from './field-value.ts';
import { loadUsers, type UserEmails } from './load-users.ts';
import type { AtSpec, RecordSetSpec, Scalar } from './plan-schema.ts';
import type { LoadPlan } from './read-load-plan.ts';
import { type LoadReport, RowRefusal } from './report.ts';
import { holds, joinedRow, type Row } from './row.ts';

type Made = Map<string, Map<string, string>>;

/** Fills both systems as a plan says. A row that cannot be used is reported and left out; the rest is loaded. */
export function loadFiles(fillers: Fillers, plan: LoadPlan, now: number): LoadReport {
  definePortalProperties(fillers.portal);
  const directory: Directory =
    plan.staff === 'default' ? seedStaff(fillers) : { owners: new Map(), users: new Map(), queue: '' };
  const emails = loadUsers(fillers, plan, directory);
  const report: LoadReport = { rows: {}, loaded: {}, bad: [] };
  for (const [name, { read, bad }] of plan.tables) {
    report.rows[name] = read;
    report.bad.push(...bad);
  }
  const made: Made = new Map();
  for (const set of plan.records) {
    loadSet(fillers, { plan, set, report, made, now, lookups: lookupsFor(set, { plan, directory, emails, made }) });
  }
  retireOwners(fillers.portal, directory.owners);
  return report;
}

type Loading = { plan: LoadPlan; set: RecordSetSpec; report: LoadReport; made: Made; now: number; lookups: Lookups };

function loadSet(fillers: Fillers, { plan, set, report, made, now, lookups }: Loading): void {
  const key = plan.files[set.from]?.key;
  const ids = new Map<string, string>();
  if (set.name !== undefined) made.set(set.name, ids);
  report.loaded[set.into] ??= 0;
  for (const csvRow of plan.tables.get(set.from)?.rows ?? []) {
    const row = joinedRow(csvRow, set.join, plan.tables);
    if (!isWanted(set, row)) continue;
    try {
      const at = set.at === undefined ? now : instantAt(set.at, row, plan.zone);
      if (at > now) throw new RowRefusal(`it is of ${new Date(at).toISOString()}, after the clock's start`);
      const id = make(fillers, set, valuesOf(set, row, lookups), at);
      if (key !== undefined) ids.set(row.get(key), id);
      report.loaded[set.into] = (report.loaded[set.into] ?? 0) + 1;
    } catch (error) {
      report.bad.push({
        file: plan.tables.get(set.from)?.path ?? set.from,
        line: row.line,
        reason: reasonOf(set, error),
      });
    }
  }
}

function isWanted({ where }: RecordSetSpec, row: Row): boolean {
  return where === undefined || holds(where, row);
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

function make(
  { portal, org }: Fillers,
  set: RecordSetSpec,
  values: [string, Exclude<Scalar, null>][],
  at: number,
): string {
  const [system, object = ''] = set.into.split('.');
  if (system === 'salesforce') return org.seed(object, Object.fromEntries(values), { at });
  return portal.seed(object, Object.fromEntries(values.map(([name, value]) => [name, String(value)])), at);
}

function lookupsFor(
  set: RecordSetSpec,
  { plan, directory, emails, made }: { plan: LoadPlan; directory: Directory; emails: UserEmails; made: Made },
): Lookups {
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
