import { sql } from 'kysely';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { namesOf, type RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** A look-alike that was deleted, or changed its address, is no look-alike until `match` says so again. */
export async function dismissRivals(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const freed = await rows(
    on,
    sql<{ entity: string }>`
      delete from tasuki.rival r
      using json_to_recordset(${namesOf(records)}::json) as i (system text, object text, record_id text)
      where (r.system, r.object, r.record_id) = (i.system, i.object, i.record_id)
      returning r.entity`,
  );
  await markDirty(
    on,
    freed.map(({ entity }) => entity),
  );
}

/**
 * A duplicate is one only beside the record that holds its person's seat, and only by what made them alike: when either has changed,
 * it is nobody's again and is looked at anew. A deleted one stays with its person, whose contacts it may prove; so does one of which
 * the other system said that they are one, by a merge or a conversion: no address takes that back.
 */
export async function releaseDuplicates(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const freed = await rows(
    on,
    sql<RecordColumns & { entity: string }>`
      delete from tasuki.link l
      using json_to_recordset(${namesOf(records)}::json) as i (system text, object text, record_id text)
      where (l.system, l.object, l.record_id) = (i.system, i.object, i.record_id) and l.role = 'duplicate' and l.evidence not in ('merge', 'conversion')
        and exists (
          select 1 from tasuki.sighting s
          where (s.system, s.object, s.record_id) = (l.system, l.object, l.record_id) and not s.deleted)
      returning l.entity, l.system, l.object, l.record_id`,
  );
  if (freed.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = true
      from json_to_recordset(${namesOf(freed)}::json) as f (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (f.system, f.object, f.record_id)`,
  );
  await markDirty(
    on,
    freed.map(({ entity }) => entity),
  );
  await markNeighboursDirty(on, freed);
}
