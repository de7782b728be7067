import type { ObjectName, Sighting } from '../../domain/people/record.ts';
import type { Instant, Value, Values } from '../../domain/values/value.ts';
import { to18 } from './ids.ts';
import { isRecipients, recipientsIn } from './recipients.ts';
import { idOf, type Row } from './row.ts';
import type { Selection } from './schemas.ts';

export type Onlooker = { readonly ourUser: string; readonly now: Instant };

const REFERENCES: ReadonlySet<string> = new Set(['reference', 'id']);

/** A row of a SELECT in our words: values by described type, ids in 18 characters, instants in UTC. */
export function toSighting(selection: Selection, row: Row, { ourUser, now }: Onlooker): Sighting {
  const values: Values = Object.fromEntries(
    selection.asked.map((name) => [
      name,
      isRecipients(selection.object, name) ? recipientsIn(row) : toValue(at(row, name), selection.types.get(name)),
    ]),
  );
  const master = row['MasterRecordId'];
  const mover = row['LastModifiedById'];
  return {
    record: { system: 'salesforce', object: selection.object, id: idOf(row) },
    values,
    createdAt: toInstant(row['CreatedDate']),
    modifiedAt: toInstant(row[selection.stamp]),
    seenAt: now,
    deleted: row['IsDeleted'] === true,
    ...(typeof master === 'string' ? { mergedInto: to18(master) } : {}),
    // Flows and triggers run as the user who caused them, so an automation cannot be told from a person here.
    ...(typeof mover === 'string' ? { movedBy: to18(mover) === ourUser ? ('us' as const) : ('person' as const) } : {}),
  };
}

/** A record of which nothing is left but the id we asked for: purged, or never ours to see. */
export function goneSighting(object: ObjectName, id: string, now: Instant): Sighting {
  return {
    record: { system: 'salesforce', object, id },
    values: {},
    createdAt: now,
    modifiedAt: now,
    seenAt: now,
    deleted: true,
  };
}

/** A field of the row, or of the parent that stands in it as a row of its own (`Campaign.Name`). */
function at(row: Row, name: string): unknown {
  const [head = '', tail] = name.split('.');
  const value = row[head];
  if (tail === undefined) return value;
  return typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(tail) : null;
}

function toValue(raw: unknown, type: string | undefined): Value {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (typeof raw !== 'string') return JSON.stringify(raw);
  if (type === 'datetime') return new Date(toInstant(raw)).toISOString();
  return type !== undefined && REFERENCES.has(type) ? to18(raw) : raw;
}

/**
 * Salesforce writes `+0000` where ISO 8601 wants a colon or a Z. Only `Date` is told about the difference, so that dates
 * without a time never pass through a zone.
 */
export function toInstant(stamp: unknown): Instant {
  const instant = Date.parse(String(stamp).replace(/([+-]\d\d):?(\d\d)$/, '$1:$2'));
  if (Number.isNaN(instant)) throw new Error(`Salesforce sent ${String(stamp)} where an instant should be`);
  return instant;
}
