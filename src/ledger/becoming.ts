import { sql } from 'kysely';
import { entityKindOf, type RecordRef } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { type Becoming, moveInto } from './absorb.ts';
import { forgetBases } from './bases.ts';
import { callNeighboursOf } from './call-neighbours.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp } from './json.ts';
import { seatMerged } from './link-moves.ts';
import { dismissRivals } from './look-alikes.ts';
import { columnsOf } from './records.ts';
import { affect, firstRow, type Session } from './session.ts';

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
async function becauseOf(on: Session, { system, object, id }: RecordRef): Promise<'merge' | 'conversion'> {
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
