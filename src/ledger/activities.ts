import { sql } from 'kysely';
import type { Activity, ActivityObject } from '../domain/people/activity.ts';
import type { ObjectName, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import type { SightingRow } from './sighting-rows.ts';

export type ActivityRow = {
  readonly system: System;
  readonly object: ActivityObject;
  readonly source_id: string;
  readonly kind: Activity['kind'];
  readonly happened_at: Instant;
  readonly logged_at: Instant;
  readonly about_system: System | null;
  readonly about_object: ObjectName | null;
  readonly about_id: string | null;
  readonly about_email: string | null;
  readonly done_by: string | null;
  readonly direction: Activity['direction'];
  readonly what: string | null;
  readonly counts_as_contact: boolean;
  readonly our_task: boolean;
  readonly closed: boolean;
  readonly deleted: boolean;
  readonly disowns: string | null;
};

/** An activity as it is told: beside its row, whether a mail disowns it. */
export type ToldActivity = ActivityRow & { readonly disowned: boolean };

/** Columns of `tasuki.activity a` with which it is told. */
export const TOLD_ACTIVITY = sql`
  a.*, a.object = 'Task' and exists (
    select from tasuki.activity m where (m.system, m.disowns) = (a.system, a.source_id)
  ) as disowned`;

/** A Task that a mail disowns is no contact, whatever it looks like. */
export function activityFrom(row: ToldActivity): Activity {
  return {
    source: { system: row.system, object: row.object, id: row.source_id },
    kind: row.kind,
    at: row.happened_at,
    loggedAt: row.logged_at,
    about: aboutOf(row),
    ...(row.about_email === null ? {} : { email: row.about_email }),
    by: row.done_by,
    direction: row.direction,
    what: row.what,
    countsAsContact: row.counts_as_contact && !row.disowned,
    ourTask: row.our_task,
    closed: row.closed,
    deleted: row.deleted,
    ...(row.disowns === null ? {} : { disowns: row.disowns }),
  };
}

function aboutOf({ about_system: system, about_object: object, about_id: id }: ActivityRow): Activity['about'] {
  return system === null || object === null || id === null ? null : { system, object, id };
}

/** These records are gone: a write met nothing there. */
export async function activitiesGone(on: Session, gone: readonly RecordColumns[]): Promise<void> {
  if (gone.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.activity a set deleted = true
      from json_to_recordset(${toJson(gone)}::json) as g (system text, object text, record_id text)
      where (a.system, a.object, a.source_id) = (g.system, g.object, g.record_id)`,
  );
}

/**
 * See `Ledger.noteActivities`. An activity that moved to another person's record makes both dirty, and a mail makes those dirty whom the
 * Task that it disowns is about. A Task of ours wakes also whose deadline it is of, on whosever record it stands. What names an address only is about the oldest live contact that bears it; what was once resolved stays,
 * whatever address is read later.
 */
export async function noteActivities(on: Session, activities: readonly Activity[]): Promise<void> {
  if (activities.length === 0) return;
  const newest = new Map(
    activities.map((activity) => [
      `${activity.source.system}:${activity.source.object}:${activity.source.id}`,
      toParameter(activity),
    ]),
  );
  const touched = await rows(
    on,
    sql<{ entity: string }>`
      with told as (
        select * from json_to_recordset(${toJson([...newest.values()])}::json) as i (
          system text, object text, source_id text, kind text, happened_at timestamptz, logged_at timestamptz, about_system text,
          about_object text, about_id text, about_email text, done_by text, direction text, what text, counts_as_contact boolean,
          our_task boolean, closed boolean, deleted boolean, disowns text)
      ), before as (
        select a.* from tasuki.activity a join told using (system, object, source_id)
      ), bearers as materialized (
        -- By address alone: before the first statistics, the planner takes all contacts for one row and reads them once for each address.
        select email, s.system, s.object, s.record_id, s.deleted, s.created_at
        from (select distinct about_email as email from told where about_id is null) asked join tasuki.sighting s using (email)
      ), found as (
        select distinct on (email) email, system as about_system, object as about_object, record_id as about_id from bearers
        where system = 'hubspot' and object = 'contacts' and not deleted
        order by email, created_at, record_id
      ), incoming as (
        select t.system, t.object, t.source_id, t.kind, t.happened_at, t.logged_at,
          coalesce(t.about_system, b.about_system, f.about_system) as about_system,
          coalesce(t.about_object, b.about_object, f.about_object) as about_object,
          coalesce(t.about_id, b.about_id, f.about_id) as about_id,
          t.about_email, t.done_by, t.direction, t.what, t.counts_as_contact, t.our_task, t.closed, t.deleted, t.disowns
        from told t
        left join before b on (b.system, b.object, b.source_id) = (t.system, t.object, t.source_id) and t.about_email is not null
        left join found f on f.email = t.about_email
      ), stored as (
        insert into tasuki.activity as a (system, object, source_id, kind, happened_at, logged_at, about_system, about_object, about_id, about_email, done_by, direction, what, counts_as_contact, our_task, closed, deleted, disowns)
        select * from incoming order by system, object, source_id
        on conflict (system, object, source_id) do update set
          kind = excluded.kind, happened_at = excluded.happened_at, logged_at = excluded.logged_at, about_system = excluded.about_system,
          about_object = excluded.about_object, about_id = excluded.about_id, about_email = excluded.about_email, done_by = excluded.done_by,
          direction = excluded.direction, what = excluded.what, counts_as_contact = excluded.counts_as_contact, our_task = excluded.our_task,
          closed = excluded.closed, deleted = excluded.deleted, disowns = excluded.disowns
        where (a.kind, a.happened_at, a.logged_at, a.about_system, a.about_object, a.about_id, a.about_email, a.done_by, a.direction, a.what, a.counts_as_contact, a.our_task, a.closed, a.deleted, a.disowns)
          is distinct from (excluded.kind, excluded.happened_at, excluded.logged_at, excluded.about_system, excluded.about_object, excluded.about_id, excluded.about_email, excluded.done_by, excluded.direction, excluded.what, excluded.counts_as_contact, excluded.our_task, excluded.closed, excluded.deleted, excluded.disowns)
        returning a.system, a.object, a.source_id, a.about_system, a.about_object, a.about_id, a.disowns, a.our_task
      ), about as (
        select about_system as system, about_object as object, about_id as record_id from stored
        union select b.about_system, b.about_object, b.about_id from stored join before b using (system, object, source_id)
        union select t.about_system, t.about_object, t.about_id from stored s
        join tasuki.activity t on (t.system, t.object, t.source_id) = (s.system, 'Task', s.disowns)
      )
      select l.entity from tasuki.link l join about using (system, object, record_id)
      union select k.entity from stored s join tasuki.clock k on k.task_id = s.source_id where s.our_task`,
  );
  await markDirty(
    on,
    touched.map(({ entity }) => entity),
  );
}

/** Contacts that bear an address for the first time: what named only that address was about them. */
export async function resolveActivities(on: Session, records: readonly SightingRow[]): Promise<void> {
  const bearers = records
    .filter(
      ({ system, object, deleted, email }) =>
        system === 'hubspot' && object === 'contacts' && !deleted && email !== null,
    )
    .toSorted((one, other) => one.created_at - other.created_at || (one.record_id < other.record_id ? -1 : 1));
  if (bearers.length === 0) return;
  const oldest = new Map(bearers.toReversed().map(({ email, record_id }) => [email, { email, record_id }]));
  const resolved = await rows(
    on,
    sql<{ entity: string | null }>`
      with resolved as (
        update tasuki.activity a set about_system = 'hubspot', about_object = 'contacts', about_id = b.record_id
        from json_to_recordset(${toJson([...oldest.values()])}::json) as b (email text, record_id text)
        where a.about_id is null and a.about_email = b.email
        returning b.record_id
      )
      select distinct l.entity from resolved r
      left join tasuki.link l on l.system = 'hubspot' and l.object = 'contacts' and l.record_id = r.record_id`,
  );
  await markDirty(
    on,
    resolved.flatMap(({ entity }) => entity ?? []),
  );
}

function toParameter({ source, about, email, ...activity }: Activity) {
  return {
    system: source.system,
    object: source.object,
    source_id: source.id,
    kind: activity.kind,
    happened_at: stamp(activity.at),
    logged_at: stamp(activity.loggedAt),
    about_system: about?.system ?? null,
    about_object: about?.object ?? null,
    about_id: about?.id ?? null,
    about_email: email ?? null,
    done_by: activity.by,
    direction: activity.direction,
    what: activity.what,
    counts_as_contact: activity.countsAsContact,
    our_task: activity.ourTask,
    closed: activity.closed,
    deleted: activity.deleted,
    disowns: activity.disowns ?? null,
  };
}
