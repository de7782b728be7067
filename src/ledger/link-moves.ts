import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { forgetAllBases, forgetBases } from './bases.ts';
import { callNeighboursOf } from './call-neighbours.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import { releaseDuplicates } from './look-alikes.ts';
import { columnsOf, type RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** A seat that became free may be for a record that was held back: its neighbours are matched again. */
export async function endLinks(on: Session, plans: readonly EntityPlan[], at: Instant): Promise<void> {
  const ended = plans.flatMap(({ entity, endLinks: ends }) =>
    ends.map(({ record, role }) => ({ ...columnsOf(record), entity, role })),
  );
  if (ended.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.link l set role = e.role, until = ${stamp(at)}
      from json_to_recordset(${toJson(ended)}::json) as e (entity text, system text, object text, record_id text, role text)
      where (l.system, l.object, l.record_id) = (e.system, e.object, e.record_id) and l.entity = e.entity`,
  );
  const theirs = await rows(
    on,
    sql<RecordColumns & { role: string }>`
      select l.system, l.object, l.record_id, l.role from tasuki.link l
      where exists (
        select 1 from json_to_recordset(${toJson(ended)}::json) as e (entity text, system text)
        where e.entity = l.entity and (e.system = l.system or l.role <> 'duplicate'))`,
  );
  await callNeighboursOf(on, theirs);
  await releaseDuplicates(
    on,
    theirs.filter(({ role }) => role === 'duplicate'),
  );
  await markNeighboursDirty(on, ended);
}

/**
 * Back from the recycle bin, unless somebody else has taken the seat meanwhile. What hangs on the record is seen by the next plan. What was
 * agreed with it still holds, unless it had gone into another record, or another one has sat there since.
 */
export async function restoreLinks(on: Session, plans: readonly EntityPlan[]): Promise<void> {
  const back = plans.flatMap(({ entity, restoreLinks: records }) =>
    records.map((record) => ({ ...columnsOf(record), entity })),
  );
  if (back.length === 0) return;
  const seated = await rows(
    on,
    sql<RecordColumns & { entity: string; strange: boolean }>`
      with back as (
        select l.* from json_to_recordset(${toJson(back)}::json) as b (entity text, system text, object text, record_id text)
        join tasuki.link l using (system, object, record_id, entity)
        where l.role in ('former', 'merged') and not exists (
          select 1 from tasuki.link held where held.entity = l.entity and held.system = l.system and held.role = 'current')
      ), seated as (
        update tasuki.link l set role = 'current', until = null from back b
        where (l.system, l.object, l.record_id) = (b.system, b.object, b.record_id)
      )
      select b.system, b.object, b.record_id, b.entity, b.role = 'merged' or exists (
        select 1 from tasuki.link later where later.entity = b.entity and later.system = b.system and later.until > b.until) as strange
      from back b`,
  );
  await forgetAllBases(
    on,
    seated.filter(({ strange }) => strange).map(({ entity }) => entity),
  );
  await markDirty(
    on,
    seated.map(({ entity }) => entity),
  );
  await markNeighboursDirty(on, seated);
}

/**
 * A record that is one with an entity by a merge or a conversion in the other system waits for no address: where its system's seat
 * has become free, it takes it, the oldest first.
 */
export async function seatMerged(on: Session, entities: readonly string[]): Promise<void> {
  if (entities.length === 0) return;
  const seated = await rows(
    on,
    sql<RecordColumns & { entity: string }>`
      update tasuki.link l set role = 'current', until = null
      from (
        select distinct on (d.entity, d.system) d.system, d.object, d.record_id from tasuki.link d
        join tasuki.sighting s using (system, object, record_id)
        where d.entity = any(${entities}::text[]) and d.role = 'duplicate' and d.evidence in ('merge', 'conversion') and not s.deleted
          and not exists (
            select 1 from tasuki.link held where held.entity = d.entity and held.system = d.system and held.role = 'current')
        order by d.entity, d.system, d.since, s.created_at, d.record_id
      ) next
      where (l.system, l.object, l.record_id) = (next.system, next.object, next.record_id)
      returning l.system, l.object, l.record_id, l.entity`,
  );
  await forgetBases(on, seated);
  await markDirty(
    on,
    seated.map(({ entity }) => entity),
  );
  await markNeighboursDirty(on, seated);
}
