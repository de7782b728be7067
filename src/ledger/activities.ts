import { sql } from 'kysely';
import type { Activity } from '../domain/people/activity.ts';
import type { ObjectName, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { stamp, toJson } from './json.ts';
import { markDirty } from './people.ts';
import { rows, type Session } from './session.ts';

export type ActivityRow = {
  readonly system: System;
  readonly object: 'Task' | 'Event';
  readonly source_id: string;
  readonly kind: Activity['kind'];
  readonly happened_at: Instant;
  readonly logged_at: Instant;
  readonly about_system: System;
  readonly about_object: ObjectName;
  readonly about_id: string;
  readonly done_by: string | null;
  readonly direction: Activity['direction'];
  readonly counts_as_contact: boolean;
  readonly our_task: boolean;
  readonly closed: boolean;
  readonly deleted: boolean;
};

export function activityFrom(row: ActivityRow): Activity {
  return {
    source: { system: row.system, object: row.object, id: row.source_id },
    kind: row.kind,
    at: row.happened_at,
    loggedAt: row.logged_at,
    about: { system: row.about_system, object: row.about_object, id: row.about_id },
    by: row.done_by,
    direction: row.direction,
    countsAsContact: row.counts_as_contact,
    ourTask: row.our_task,
    closed: row.closed,
    deleted: row.deleted,
  };
}

/** See `Ledger.noteActivities`. An activity that moved to another person's record makes both dirty. */
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
    sql<{ person: string }>`
      with incoming as (
        select * from json_to_recordset(${toJson([...newest.values()])}::json) as i (
          system text, object text, source_id text, kind text, happened_at timestamptz, logged_at timestamptz, about_system text,
          about_object text, about_id text, done_by text, direction text, counts_as_contact boolean, our_task boolean, closed boolean, deleted boolean)
      ), before as (
        select a.* from tasuki.activity a join incoming using (system, object, source_id)
      ), stored as (
        insert into tasuki.activity as a (system, object, source_id, kind, happened_at, logged_at, about_system, about_object, about_id, done_by, direction, counts_as_contact, our_task, closed, deleted)
        select * from incoming order by system, object, source_id
        on conflict (system, object, source_id) do update set
          kind = excluded.kind, happened_at = excluded.happened_at, logged_at = excluded.logged_at, about_system = excluded.about_system,
          about_object = excluded.about_object, about_id = excluded.about_id, done_by = excluded.done_by, direction = excluded.direction,
          counts_as_contact = excluded.counts_as_contact, our_task = excluded.our_task, closed = excluded.closed, deleted = excluded.deleted
        where (a.kind, a.happened_at, a.logged_at, a.about_system, a.about_object, a.about_id, a.done_by, a.direction, a.counts_as_contact, a.our_task, a.closed, a.deleted)
          is distinct from (excluded.kind, excluded.happened_at, excluded.logged_at, excluded.about_system, excluded.about_object, excluded.about_id, excluded.done_by, excluded.direction, excluded.counts_as_contact, excluded.our_task, excluded.closed, excluded.deleted)
        returning a.system, a.object, a.source_id, a.about_system, a.about_object, a.about_id
      ), about as (
        select about_system as system, about_object as object, about_id as record_id from stored
        union select b.about_system, b.about_object, b.about_id from stored join before b using (system, object, source_id)
      )
      select distinct l.person from tasuki.link l join about using (system, object, record_id)`,
  );
  await markDirty(
    on,
    touched.map(({ person }) => person),
  );
}

function toParameter({ source, about, ...activity }: Activity) {
  return {
    system: source.system,
    object: source.object,
    source_id: source.id,
    kind: activity.kind,
    happened_at: stamp(activity.at),
    logged_at: stamp(activity.loggedAt),
    about_system: about.system,
    about_object: about.object,
    about_id: about.id,
    done_by: activity.by,
    direction: activity.direction,
    counts_as_contact: activity.countsAsContact,
    our_task: activity.ourTask,
    closed: activity.closed,
    deleted: activity.deleted,
  };
}
