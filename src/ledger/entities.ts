import { type RawBuilder, sql } from 'kysely';
import type { PlannedKind } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { stamp, toJson } from './json.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** The id of the agreement among those who are planned; nobody else's begins like a word. */
const AGREEMENT = 'agreement';

/** One row of `tasuki.entity` as a plan reads it. */
export type EntityRow = {
  readonly id: string;
  readonly kind: PlannedKind;
  readonly number: number;
  readonly dirty_version: number;
  readonly created_at: Instant;
  readonly judged_under: string | null;
};

/** See `Ledger.meetAgreement`. */
export async function meetAgreement(on: Session, at: Instant): Promise<void> {
  await affect(
    on,
    sql`
      insert into tasuki.entity (id, kind, created_at, dirty_version)
      values (${AGREEMENT}, 'agreement', ${stamp(at)}, 1) on conflict (id) do nothing`,
  );
}

/**
 * Makes people, deals and companies dirty: the next plan looks at them. The version grows, so a plan that is under way clears only
 * what it read. Whoever became another is called by the other's name.
 */
export async function markDirty(on: Session, entities: readonly string[]): Promise<void> {
  if (entities.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.entity e set dirty_version = e.dirty_version + 1
      from (
        select id from tasuki.entity
        where id in (select coalesce(merged_into, id) from tasuki.entity where id = any(${[...new Set(entities)]}::text[]))
        order by id for update
      ) d
      where e.id = d.id`,
  );
}

/** Makes everyone dirty who is, or was, one of these records. */
export async function markDirtyByRecord(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const found = await rows(
    on,
    sql<{ entity: string }>`
      select distinct l.entity from tasuki.link l
      join json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text) using (system, object, record_id)`,
  );
  await markDirty(
    on,
    found.map(({ entity }) => entity),
  );
}

/** What was refused a day ago may be taken today. */
const REFUSED_WAITS_MS = 24 * 60 * 60 * 1000;

/** Whom time alone may have moved by this instant: each part finds its few rows by an index, however many clocks are open. */
export function dueBy(at: Instant): RawBuilder<{ entity: string }> {
  return sql<{ entity: string }>`
      select entity from tasuki.clock where wake_at <= ${stamp(at)}
      union select entity from tasuki.clock where state = 'lapsed' and task_state is null
      union select id from tasuki.entity where wake_at <= ${stamp(at)}
      union select entity from tasuki.finding
        where code = 'WRITE_REFUSED' and closed_at is null and entity is not null
          and (detail ->> 'refusedAt')::numeric <= ${at - REFUSED_WAITS_MS}::numeric
      union select entity from tasuki.finding
        where code = 'CONFLICT' and closed_at is null and entity is not null and (detail ->> 'settlesAt')::numeric <= ${at}::numeric`;
}

/** See `Ledger.wakeClocks`. A lapse is handled once it has a task, in the line or better. */
export async function wakeClocks(on: Session, at: Instant): Promise<number> {
  const due = await rows(on, dueBy(at));
  await markDirty(
    on,
    due.map(({ entity }) => entity),
  );
  return due.length;
}

export async function wakeEveryone(on: Session): Promise<void> {
  await affect(on, sql`update tasuki.entity set dirty_version = dirty_version + 1 where merged_into is null`);
}
