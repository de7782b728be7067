import { sql } from 'kysely';
import { type ObserverClass, PERSON_OBJECTS, type Sighting } from '../domain/people/record.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';
import type { Instant, Values } from '../domain/values/value.ts';
import { stamp } from './json.ts';
import { type RecordColumns, refFrom } from './records.ts';

/** One row of `tasuki.sighting`. */
export type SightingRow = RecordColumns & {
  readonly values: Values;
  /** The value of each fact field as last appended to `fact`. */
  readonly facts: Values;
  readonly email: string | null;
  readonly person_key: string | null;
  readonly created_at: Instant;
  readonly modified_at: Instant;
  readonly seen_at: Instant;
  readonly deleted: boolean;
  readonly merged_into: string | null;
  readonly moved_by: ObserverClass | null;
};

export const SIGHTING_COLUMNS = sql.raw(
  's.system, s.object, s.record_id, s.values, s.facts, s.email, s.person_key, s.created_at, s.modified_at, s.seen_at, s.deleted, s.merged_into, s.moved_by',
);

export function sightingFrom(row: SightingRow): Sighting {
  return {
    record: refFrom(row),
    values: row.values,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    seenAt: row.seen_at,
    deleted: row.deleted,
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    ...(row.moved_by === null ? {} : { movedBy: row.moved_by }),
  };
}

/** As a statement's JSON parameter holds it. */
export function toParameter(row: SightingRow) {
  return {
    ...row,
    created_at: stamp(row.created_at),
    modified_at: stamp(row.modified_at),
    seen_at: stamp(row.seen_at),
  };
}

/** What a record says of whose it is. Only records that are a human being say anything. */
export function identityIn(
  { system, object }: RecordColumns,
  values: Values,
): { email: string | null; person_key: string | null } {
  if (!PERSON_OBJECTS.includes(object)) return { email: null, person_key: null };
  const email = values[system === 'hubspot' ? 'email' : 'Email'];
  const key = values[system === 'hubspot' ? 'tasuki_key' : 'Tasuki_Key__c'];
  return {
    email: typeof email === 'string' ? canonicalEmail(email) : null,
    person_key: typeof key === 'string' && key !== '' ? key : null,
  };
}
