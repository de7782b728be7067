import { sql } from 'kysely';
import type { LinkEvidence, RecordRef } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { forgetAllBases } from './bases.ts';
import { callNeighboursOf } from './call-neighbours.ts';
import { forgetPlannedTasks, moveChanges, supersedeFollowers } from './change-moves.ts';
import { CHANGE_COLUMNS, type ChangeRow } from './change-rows.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp } from './json.ts';
import { releaseDuplicates } from './look-alikes.ts';
import { withdrawOfMerged } from './messages.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { uniteStages } from './stages.ts';

/** An entity whose own record was taken in by another one, or that was found to be the same. */
export type Becoming = {
  readonly entity: string;
  readonly record: RecordRef;
  /** How the one record came to stand for the other. */
  readonly because: LinkEvidence;
};

/** The two are one: everything goes to whoever holds the record, who is planned anew. */
export async function moveInto(on: Session, holder: string, becoming: Becoming, at: Instant): Promise<void> {
  const { entity } = becoming;
  await supersedeOpen(on, becoming);
  await closeClocks(on, holder, entity, at);
  const moved = await moveLinks(on, holder, becoming);
  // What the holder had agreed on was agreed with another record than the one that takes the seat now, wherever that one comes from.
  if (moved.some(({ role }) => role === 'current')) await forgetAllBases(on, [holder]);
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

/** What still runs ends here, and a lapse whose task was not opened yet, since the other one's own clocks say what is owed; what is settled, and its task, goes along. */
async function closeClocks(on: Session, holder: string, entity: string, at: Instant): Promise<void> {
  await affect(
    on,
    sql`
      update tasuki.clock set state = 'closed', closed_because = 'merged', wake_at = null
      where entity = ${entity} and (state = 'running' or (state = 'lapsed' and (task_state is null or task_state = 'queued')))`,
  );
  await withdrawOfMerged(on, entity, at);
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
  await forgetAllBases(on, [entity]);
  await affect(on, sql`delete from tasuki.rival where entity = ${entity}`);
  await affect(
    on,
    sql`
      update tasuki.finding set closed_at = ${stamp(at)} where entity = ${entity} and closed_at is null`,
  );
  await uniteStages(on, holder, entity);
  await affect(
    on,
    sql`
      update tasuki.entity e set created_at = least(e.created_at, was.created_at) from tasuki.entity was where e.id = ${holder} and was.id = ${entity}`,
  );
  await affect(
    on,
    sql`
      update tasuki.entity set merged_into = ${holder}, planned_version = dirty_version, wake_at = null where id = ${entity} or merged_into = ${entity}`,
  );
}
