import { sql } from 'kysely';
import type { ObjectName, RecordRef, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { stamp } from './json.ts';
import { type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

/** See `Ledger.unseenSince`. Asked for a few times a day, so it has no index of its own, which every echo would have to keep. */
export async function unseenSince(
  on: Session,
  system: System,
  object: ObjectName,
  at: Instant,
  limit: number,
): Promise<readonly RecordRef[]> {
  const found = await rows(
    on,
    sql<RecordColumns>`
      select system, object, record_id from tasuki.sighting
      where system = ${system} and object = ${object} and not deleted and seen_at < ${stamp(at)}
      order by seen_at, record_id limit ${limit}`,
  );
  return found.map(refFrom);
}
