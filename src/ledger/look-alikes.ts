import { sql } from 'kysely';
import { toJson } from './json.ts';
import { markDirty } from './people.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** A look-alike that was deleted, or changed its address, is no look-alike until `match` says so again. */
export async function dismissRivals(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const freed = await rows(
    on,
    sql<{ person: string }>`
      delete from tasuki.rival r
      using json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text)
      where (r.system, r.object, r.record_id) = (i.system, i.object, i.record_id)
      returning r.person`,
  );
  await markDirty(
    on,
    freed.map(({ person }) => person),
  );
}

/**
 * A duplicate is one only beside the record that holds its person's seat, and only by what made them alike: when either has changed,
 * it is nobody's again and is looked at anew. A deleted one stays with its person, whose contacts it may prove.
 */
export async function releaseDuplicates(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const freed = await rows(
    on,
    sql<RecordColumns & { person: string }>`
      delete from tasuki.link l
      using json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text)
      where (l.system, l.object, l.record_id) = (i.system, i.object, i.record_id) and l.role = 'duplicate'
        and exists (
          select 1 from tasuki.sighting s
          where (s.system, s.object, s.record_id) = (l.system, l.object, l.record_id) and not s.deleted)
      returning l.person, l.system, l.object, l.record_id`,
  );
  if (freed.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = true
      from json_to_recordset(${toJson(freed)}::json) as f (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (f.system, f.object, f.record_id)`,
  );
  await markDirty(
    on,
    freed.map(({ person }) => person),
  );
}
