import { sql } from 'kysely';
import { LAST_PAGE } from '../domain/clocks/page-views.ts';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { Fought } from '../domain/people/person.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import { LIFECYCLE } from '../reconcile/lifecycle.ts';
import { stampOrNull } from './json.ts';
import { type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

export type FoughtRow = RecordColumns & {
  readonly entity: string;
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
  readonly since: Instant;
};

/**
 * Fields whose newest three writes by us are all the same: each time we came back, the old value stood there again. A change is one
 * write of a field, in however many steps, and one that was never acknowledged is none. What was written before `since`, or before a
 * frozen field of the same entity was last released, counts no more. A record that we wrote to less than three times is left out before any field is looked at, which is nearly all of them.
 */
export function foughtOf(on: Session, ids: readonly string[], since: Instant | null): Promise<readonly FoughtRow[]> {
  return rows(
    on,
    sql<FoughtRow>`
      with released as (
        select entity, max(closed_at) as at from tasuki.finding
        where entity = any(${ids}::text[]) and code = 'FIELD_FROZEN' group by entity
      ), recent as (
        select c.entity, c.number, c.system, c.object, c.record_id, c.steps, coalesce(c.acknowledged_at, c.confirmed_at) as at
        from tasuki.change c left join released r on r.entity = c.entity
        where c.entity = any(${ids}::text[]) and c.kind = 'update'
          and coalesce(c.acknowledged_at, c.confirmed_at) >= coalesce(${stampOrNull(since)}::timestamptz, '-infinity')
          and coalesce(c.acknowledged_at, c.confirmed_at) > coalesce(r.at, '-infinity')
      ), busy as (
        select entity, system, object, record_id from recent
        group by entity, system, object, record_id having count(*) >= 3
      ), written as (
        select c.entity, c.system, c.object, c.record_id, c.number, c.at, f ->> 'field' as field,
          (array_agg(f -> 'before' order by s.step))[1] as before, (array_agg(f -> 'after' order by s.step desc))[1] as after,
          row_number() over (partition by c.entity, c.system, c.object, c.record_id, f ->> 'field' order by c.number desc) as nth
        from recent c join busy using (entity, system, object, record_id)
        cross join lateral jsonb_array_elements(c.steps) with ordinality s (fields, step)
        cross join lateral jsonb_array_elements(s.fields) f
        group by c.entity, c.system, c.object, c.record_id, c.number, c.at, f ->> 'field'
      )
      select entity, system, object, record_id, field, min(before::text)::jsonb as before, min(after::text)::jsonb as after, min(at) as since
      from written where nth <= 3
      group by entity, system, object, record_id, field
      having count(*) = 3 and count(distinct before) = 1 and count(distinct after) = 1 and min(before::text) <> min(after::text)
      order by entity, system, object, record_id, field`,
  );
}

export function foughtFrom({ field, before, after, since, ...columns }: FoughtRow): Fought {
  return { record: refFrom(columns), field, before, after, since };
}

export type EditRow = RecordColumns & {
  readonly entity: string;
  readonly field: string;
  readonly value: Value;
  readonly valid_from: Instant;
  readonly observer: HistoryEntry['by'];
  readonly source: string;
};

/**
 * The newest entry of each field in the systems' own histories of an entity's current records; of the lifecycle stage every one, oldest
 * first, since each of its moves is an event. Which pages somebody saw is no edit.
 */
export function newestEditsOf(on: Session, ids: readonly string[]): Promise<readonly EditRow[]> {
  return rows(
    on,
    sql<EditRow>`
      select * from (
        select l.entity, f.system, f.object, f.record_id, f.field, f.value, f.valid_from, f.observer, f.source, f.number,
          row_number() over (partition by l.entity, f.system, f.object, f.record_id, f.field order by f.valid_from desc, f.number desc) as nth
        from tasuki.link l join tasuki.fact f using (system, object, record_id)
        where l.entity = any(${ids}::text[]) and l.role = 'current' and f.source is not null and f.field <> ${LAST_PAGE}
      ) told
      where nth = 1 or field = ${LIFECYCLE}
      order by entity, system, object, record_id, field, valid_from, number`,
  );
}

export function editFrom({ field, value, valid_from: at, observer: by, source, ...columns }: EditRow): HistoryEntry {
  return { record: refFrom(columns), field, value, at, by, source };
}
