import { notEmulated, refuse } from '../failure.ts';
import { DAY_MS, printInstant } from '../stamps.ts';
import type { Table } from '../store/table.ts';
import { type Call, ok, type Reply, type Route, tableOf } from './call.ts';
import { instantOf } from './records.ts';

export const replicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/sobjects/:type/updated', run: updated },
  { method: 'GET', path: '/sobjects/:type/deleted', run: deleted },
];

const MINUTE_MS = 60_000;
const MAX_IDS = 600_000;

/** Ids whose SystemModstamp lies in the window. Seconds are ignored; the window reaches 30 days back. */
function updated(call: Call): Reply {
  const { table, start, end } = windowOf(call, 30);
  const ids: string[] = [];
  for (const row of table.values()) {
    const stamp = row['SystemModstamp'] as number;
    if (row['IsDeleted'] !== true && stamp >= start && stamp < end) ids.push(row['Id'] as string);
  }
  if (ids.length > MAX_IDS) throw refuse(400, 'EXCEEDED_ID_LIMIT', `result set too large: ${ids.length}`);
  return ok({ ids, latestDateCovered: printInstant(covered(call, end)) });
}

function deleted(call: Call): Reply {
  const { table, start, end } = windowOf(call, 15);
  if (end - start < MINUTE_MS) throw wrongWindow('startDate before endDate must be greater than one minute');
  const deletedRecords: object[] = [];
  for (const row of table.values()) {
    const stamp = row['SystemModstamp'] as number;
    if (row['IsDeleted'] !== true || stamp < start || stamp >= end) continue;
    deletedRecords.push({ id: row['Id'], deletedDate: printInstant(stamp) });
  }
  return ok({
    deletedRecords,
    earliestDateAvailable: printInstant(toMinute(call.state.now() - 15 * DAY_MS)),
    latestDateCovered: printInstant(covered(call, end)),
  });
}

/** A transaction that began earlier and is still open may yet add rows to the window: it is covered only up to there. */
function covered({ state }: Call, end: number): number {
  const known = Math.min(end, toMinute(state.now()));
  const open = state.tables.heldSince;
  return open === undefined ? known : Math.min(known, toMinute(open));
}

function windowOf(call: Call, days: number): { table: Table; start: number; end: number } {
  const table = tableOf(call);
  if (table.object.traits.replicateable !== true) {
    throw notEmulated(`replication of ${table.object.name}`, 'src/sandbox/salesforce/schema');
  }
  const start = instantOf(call.query['start']);
  const end = instantOf(call.query['end']);
  if (start === undefined || end === undefined) throw wrongWindow('start and end are required as ISO 8601 instants');
  if (start >= end) throw wrongWindow('startDate cannot be after endDate');
  if (start < call.state.now() - days * DAY_MS) throw wrongWindow(`startDate cannot be more than ${days} days ago`);
  return { table, start: toMinute(start), end: toMinute(end) };
}

function wrongWindow(message: string): Error {
  return refuse(400, 'INVALID_REPLICATION_DATE', message);
}

function toMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
