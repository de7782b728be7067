import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import { stamp, toJson } from './json.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** Makes people dirty: the next plan looks at them. The version grows, so a plan that is under way clears only what it read. */
export async function markDirty(on: Session, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.person p set dirty_version = p.dirty_version + 1
      from (select id from tasuki.person where id = any(${[...new Set(people)]}::text[]) order by id for update) d
      where p.id = d.id`,
  );
}

/** Makes everyone dirty who is, or was, one of these records. */
export async function markDirtyByRecord(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const found = await rows(
    on,
    sql<{ person: string }>`
      select distinct l.person from tasuki.link l
      join json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text) using (system, object, record_id)`,
  );
  await markDirty(
    on,
    found.map(({ person }) => person),
  );
}

/** What was refused a day ago may be taken today. */
const REFUSED_WAITS_MS = 24 * 60 * 60 * 1000;

/** See `Ledger.wakeClocks`. A lapse is handled once it has a task, planned or better. */
export async function wakeClocks(on: Session, at: Instant): Promise<number> {
  const due = await rows(
    on,
    sql<{ person: string }>`
      select person from tasuki.clock where state = 'running' and due_at <= ${stamp(at)}
      union select person from tasuki.clock where state = 'lapsed' and task_state is null
      union select person from tasuki.finding
        where code = 'WRITE_REFUSED' and closed_at is null and person is not null
          and (detail ->> 'refusedAt')::numeric <= ${at - REFUSED_WAITS_MS}::numeric`,
  );
  await markDirty(
    on,
    due.map(({ person }) => person),
  );
  return due.length;
}

export async function wakeEveryone(on: Session): Promise<void> {
  await affect(on, sql`update tasuki.person set dirty_version = dirty_version + 1`);
}
