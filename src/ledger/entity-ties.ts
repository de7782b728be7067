import { sql } from 'kysely';
import type { EntityKind, System } from '../domain/people/record.ts';
import type { Tie } from '../domain/people/tie.ts';
import type { Instant } from '../domain/values/value.ts';
import { type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

/** A live tie between a record of one entity, which is planned, and one of another. */
export type NeighbourTie = {
  readonly entity: string;
  readonly other: string;
  readonly other_kind: EntityKind;
  /** When the other was created, and when the ledger first met it. */
  readonly created_at: Instant;
  readonly number: number;
  readonly kind: Tie['kind'];
  readonly is_primary: boolean;
} & RecordColumns; // of the record that says so

/**
 * The ties of these entities, the primary ones first, then in order of first meeting. A tie is live while both its records are; and it
 * speaks for whoever points only if that is their current record, since a deal that was merged away has no people.
 *
 * `offset 0`, here and below, keeps the order of the joins, entity by entity along the indexes: on a first load the tables have no
 * statistics yet, and left to itself PostgreSQL joins every tie with every link.
 */
export async function tiesBetween(on: Session, ids: readonly string[]): Promise<readonly NeighbourTie[]> {
  return rows(
    on,
    sql<NeighbourTie>`
      with own as materialized (
        select l.entity, l.system, l.object, l.record_id, l.role from tasuki.link l where l.entity = any(${ids}::text[])
      ), tied as materialized (
        select own.entity, own.role, t.*, t.to_object as other_object, t.to_id as other_id, true as points
        from own cross join lateral (
          select * from tasuki.tie t
          where (t.system, t.from_object, t.from_id) = (own.system, own.object, own.record_id) and t.kind <> 'became' offset 0
        ) t
        union all
        select own.entity, own.role, t.*, t.from_object, t.from_id, false
        from own cross join lateral (
          select * from tasuki.tie t
          where (t.system, t.to_object, t.to_id) = (own.system, own.object, own.record_id) and t.kind = 'participant' offset 0
        ) t
      )
      select t.entity, o.entity as other, o.kind as other_kind, o.created_at, o.number, t.kind, t.is_primary, t.system,
        t.source_object as object, t.source_id as record_id
      from tied t
      cross join lateral (
        select l.entity, l.role, e.kind, e.created_at, e.number from tasuki.link l join tasuki.entity e on e.id = l.entity
        where (l.system, l.object, l.record_id) = (t.system, t.other_object, t.other_id) offset 0
      ) o
      cross join lateral (
        select count(*) as live from tasuki.sighting s
        where (s.system, s.object, s.record_id) in ((t.system, t.from_object, t.from_id), (t.system, t.to_object, t.to_id)) and not s.deleted
        offset 0
      ) seen
      where seen.live = 2 and case when t.points then t.role else o.role end = 'current'
      order by t.entity, t.is_primary desc, o.number, t.system, t.source_object, t.source_id`,
  );
}

/**
 * How many people and deals point at each of these companies with a live record, by system.
 */
export async function tiedTo(
  on: Session,
  companies: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<System, number>>>> {
  if (companies.length === 0) return new Map();
  const found = await rows(
    on,
    sql<{ entity: string; hubspot: number; salesforce: number }>`
      with own as materialized (
        select l.entity, l.system, l.object, l.record_id from tasuki.link l
        join tasuki.sighting s using (system, object, record_id)
        where l.entity = any(${companies}::text[]) and not s.deleted
      )
      select own.entity, count(distinct o.entity) filter (where own.system = 'hubspot') as hubspot,
        count(distinct o.entity) filter (where own.system = 'salesforce') as salesforce
      from own
      cross join lateral (
        select t.system, t.from_object, t.from_id from tasuki.tie t
        where (t.system, t.to_object, t.to_id) = (own.system, own.object, own.record_id) and t.kind in ('employer', 'customer')
        offset 0
      ) t
      cross join lateral (
        select l.entity from tasuki.link l join tasuki.sighting f using (system, object, record_id)
        where (l.system, l.object, l.record_id) = (t.system, t.from_object, t.from_id) and l.role = 'current' and not f.deleted
        offset 0
      ) o
      group by own.entity`,
  );
  return new Map(found.map(({ entity, ...counts }) => [entity, counts]));
}

/** The contact role that a tie stands on, where it stands on one. */
export function roleOf(tie: NeighbourTie) {
  return tie.object === 'OpportunityContactRole' ? refFrom(tie) : null;
}
