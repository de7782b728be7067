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
 */
export async function tiesBetween(on: Session, ids: readonly string[]): Promise<readonly NeighbourTie[]> {
  return rows(
    on,
    sql<NeighbourTie>`
      with own as (
        select l.entity, l.system, l.object, l.record_id, l.role from tasuki.link l where l.entity = any(${ids}::text[])
      ), tied as (
        select own.entity, own.role, t.*, t.to_object as other_object, t.to_id as other_id, true as points
        from own join tasuki.tie t on (t.system, t.from_object, t.from_id) = (own.system, own.object, own.record_id)
        where t.kind <> 'became'
        union all
        select own.entity, own.role, t.*, t.from_object, t.from_id, false
        from own join tasuki.tie t on (t.system, t.to_object, t.to_id) = (own.system, own.object, own.record_id)
        where t.kind = 'participant'
      )
      select t.entity, o.entity as other, e.kind as other_kind, e.created_at, e.number, t.kind, t.is_primary, t.system,
        t.source_object as object, t.source_id as record_id
      from tied t
      join tasuki.link o on (o.system, o.object, o.record_id) = (t.system, t.other_object, t.other_id)
      join tasuki.entity e on e.id = o.entity
      join tasuki.sighting f on (f.system, f.object, f.record_id) = (t.system, t.from_object, t.from_id) and not f.deleted
      join tasuki.sighting s on (s.system, s.object, s.record_id) = (t.system, t.to_object, t.to_id) and not s.deleted
      where case when t.points then t.role else o.role end = 'current'
      order by t.entity, t.is_primary desc, e.number, t.system, t.source_object, t.source_id`,
  );
}

/** How many people and deals point at each of these companies with a live record, by system. */
export async function tiedTo(
  on: Session,
  companies: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<System, number>>>> {
  if (companies.length === 0) return new Map();
  const found = await rows(
    on,
    sql<{ entity: string; hubspot: number; salesforce: number }>`
      select own.entity, count(distinct o.entity) filter (where t.system = 'hubspot') as hubspot,
        count(distinct o.entity) filter (where t.system = 'salesforce') as salesforce
      from tasuki.link own
      join tasuki.sighting s on (s.system, s.object, s.record_id) = (own.system, own.object, own.record_id) and not s.deleted
      join tasuki.tie t on (t.system, t.to_object, t.to_id) = (own.system, own.object, own.record_id) and t.kind in ('employer', 'customer')
      join tasuki.link o on (o.system, o.object, o.record_id) = (t.system, t.from_object, t.from_id) and o.role = 'current'
      join tasuki.sighting f on (f.system, f.object, f.record_id) = (o.system, o.object, o.record_id) and not f.deleted
      where own.entity = any(${companies}::text[]) group by own.entity`,
  );
  return new Map(found.map(({ entity, ...counts }) => [entity, counts]));
}

/** The contact role that a tie stands on, where it stands on one. */
export function roleOf(tie: NeighbourTie) {
  return tie.object === 'OpportunityContactRole' ? refFrom(tie) : null;
}
