import { sql } from 'kysely';
import { entityKindOf, type RecordRef } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { forgetBases } from './bases.ts';
import { callNeighboursOf } from './call-neighbours.ts';
import { forgetPlannedTasks, moveChanges, supersedeFollowers } from './change-moves.ts';
import { CHANGE_COLUMNS, type ChangeRow } from './change-rows.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp } from './json.ts';
import { seatMerged } from './link-moves.ts';
import { dismissRivals, releaseDuplicates } from './look-alikes.ts';
import { columnsOf, type RecordColumns } from './records.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

/** How a record came to stand for another one. */
type Because = 'merge' | 'conversion';

/** An entity whose own record was taken in by another one. */
type Becoming = { readonly entity: string; readonly record: RecordRef; readonly because: Because };

/**
 * Entities whose record went into another one (see `EntityPlan.becomes`). One after the other, since who somebody becomes may itself have
 * become a third in the same batch; they are as rare as merges and conversions.
 */
export async function becomeOthers(on: Session, plans: readonly EntityPlan[], at: Instant): Promise<void> {
  for (const { entity, becomes: record } of plans) {
    if (record === null) continue;
    const becoming: Becoming = { entity, record, because: await becauseOf(on, record) };
    await emptySeat(on, becoming, at);
    const holder = await holderOf(on, record);
    if (holder === null || holder === entity) await takeSeat(on, becoming, at);
    else await moveInto(on, holder, becoming, at);
  }
  const seatless = plans.flatMap(({ entity, endLinks, becomes }) =>
    endLinks.length > 0 || becomes !== null ? [entity] : [],
  );
  await seatMerged(on, seatless);
}

/** Leads become by conversion, and that is in the ties; everything else by a merge. */
async function becauseOf(on: Session, { system, object, id }: RecordRef): Promise<Because> {
  const tie = await firstRow(
    on,
    sql`
      select 1 from tasuki.tie where kind = 'became' and (system, to_object, to_id) = (${system}, ${object}, ${id})`,
  );
  return tie === undefined ? 'merge' : 'conversion';
}

/** The record that was taken in sits there no longer, whether or not the planner has said so. */
async function emptySeat(on: Session, { entity, record, because }: Becoming, at: Instant): Promise<void> {
  await affect(
    on,
    sql`
      update tasuki.link set role = ${because === 'conversion' ? 'converted' : 'merged'}, until = ${stamp(at)}
      where entity = ${entity} and system = ${record.system} and role = 'current' and (object, record_id) <> (${record.object}, ${record.id})`,
  );
}

/** Whose this record is, or was: of the same kind, for a link never crosses kinds. */
async function holderOf(on: Session, { system, object, id }: RecordRef): Promise<string | null> {
  const row = await firstRow(
    on,
    sql<{ entity: string }>`
      select l.entity from tasuki.link l join tasuki.entity e on e.id = l.entity
      where (l.system, l.object, l.record_id) = (${system}, ${object}, ${id}) and e.kind = ${entityKindOf(object)}`,
  );
  return row?.entity ?? null;
}

/** Nobody else's: it goes on where the other one ended. */
async function takeSeat(on: Session, { entity, record, because }: Becoming, at: Instant): Promise<void> {
  const columns = columnsOf(record);
  await affect(
    on,
    sql`
      insert into tasuki.link as l (system, object, record_id, entity, role, since, evidence)
      values (${columns.system}, ${columns.object}, ${columns.record_id}, ${entity}, 'current', ${stamp(at)}, ${because})
      on conflict (system, object, record_id) do update set role = 'current', until = null, evidence = excluded.evidence
      where l.entity = excluded.entity`,
  );
  await affect(
    on,
    sql`
      update tasuki.sighting set match_due = false
      where (system, object, record_id) = (${columns.system}, ${columns.object}, ${columns.record_id})`,
  );
  await forgetBases(on, [{ ...columns, entity }]);
  await dismissRivals(on, [columns]);
  await callNeighboursOf(on, [columns]);
  await markDirty(on, [entity]);
  await markNeighboursDirty(on, [columns]);
}

/** The two are one: everything goes to whoever holds the record, who is planned anew. */
async function moveInto(on: Session, holder: string, becoming: Becoming, at: Instant): Promise<void> {
  const { entity } = becoming;
  await supersedeOpen(on, becoming);
  await closeClocks(on, holder, entity);
  const moved = await moveLinks(on, holder, becoming);
  await forgetBases(
    on,
    moved.filter(({ role }) => role === 'current'),
  );
  await leaveNothing(on, holder, entity, at);
  await releaseDuplicates(
    on,
    moved.filter(({ role }) => role === 'duplicate'),
  );
  await callNeighboursOf(on, moved);
  await markDirty(on, [holder]);
  await markNeighboursDirty(on, moved);
}

async function supersedeOpen(on: Session, { entity, record: { system, object, id } }: Becoming): Promise<void> {
  const open = await rows(
    on,
    sql<ChangeRow>`
      select ${CHANGE_COLUMNS} from tasuki.change c
      where c.entity = ${entity} and c.state not in ('confirmed', 'refused', 'superseded', 'undone') order by c.number for update`,
  );
  const outcome = { code: 'MERGED', message: `its record went into ${system}:${object}:${id}` };
  await moveChanges(
    on,
    open.map((row) => ({ row, to: 'superseded' as const, outcome })),
  );
  const ids = open.map(({ id: change }) => change);
  await forgetPlannedTasks(on, ids);
  await supersedeFollowers(on, ids);
}

/** What still runs ends here, since the other one's own clocks say what is owed; what is settled, and its task, goes along. */
async function closeClocks(on: Session, holder: string, entity: string): Promise<void> {
  await affect(
    on,
    sql`
      update tasuki.clock set state = 'closed', closed_because = 'merged' where entity = ${entity} and state = 'running'`,
  );
  await affect(
    on,
    sql`
      update tasuki.clock set entity = ${holder} where entity = ${entity} and closed_because is distinct from 'merged'`,
  );
}

/** A current record takes the other one's seat in its system where that is empty, else it is the duplicate of who sits there. */
function moveLinks(
  on: Session,
  holder: string,
  { entity, because }: Becoming,
): Promise<readonly (RecordColumns & { readonly entity: string; readonly role: string })[]> {
  return rows(
    on,
    sql<RecordColumns & { entity: string; role: string }>`
      update tasuki.link l set entity = ${holder}, evidence = case when l.role = 'current' then ${because} else l.evidence end,
        role = case when l.role = 'current' and exists (
          select 1 from tasuki.link held where held.entity = ${holder} and held.system = l.system and held.role = 'current'
        ) then 'duplicate' else l.role end
      where l.entity = ${entity}
      returning l.system, l.object, l.record_id, l.entity, l.role`,
  );
}

/** Stages are history and go along; what was agreed between two records is over, and so is what was found of them. */
async function leaveNothing(on: Session, holder: string, entity: string, at: Instant): Promise<void> {
  await affect(on, sql`delete from tasuki.base where entity = ${entity}`);
  await affect(on, sql`delete from tasuki.rival where entity = ${entity}`);
  await affect(
    on,
    sql`
      update tasuki.finding set closed_at = ${stamp(at)} where entity = ${entity} and closed_at is null`,
  );
  await affect(
    on,
    sql`
      with told as (
        delete from tasuki.stage_entry where entity = ${entity} returning *
      )
      insert into tasuki.stage_entry (entity, stage, entered_at, entered_by, agreement_version, evidence, pass, handed_off_at)
      select ${holder}, stage, entered_at, entered_by, agreement_version, evidence, pass, handed_off_at from told order by number
      on conflict (entity, pass, stage, entered_at) do nothing`,
  );
  await affect(
    on,
    sql`
      update tasuki.entity e set created_at = least(e.created_at, was.created_at) from tasuki.entity was where e.id = ${holder} and was.id = ${entity}`,
  );
  await affect(
    on,
    sql`
      update tasuki.entity set merged_into = ${holder}, planned_version = dirty_version where id = ${entity} or merged_into = ${entity}`,
  );
}
