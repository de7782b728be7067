import { sql } from 'kysely';
import { OBJECTS, SYSTEMS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { InvariantBroken } from '../errors/errors.ts';
import type { PlannedBatch, PlanningBatch } from '../ports/ledger.ts';
import { readDirectory } from './directory.ts';
import type { EntityRow } from './entities.ts';
import { loadFacts } from './entity-facts.ts';
import { storePlans } from './entity-plans.ts';
import { stampOrNull, toJson } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

export type Decide = (batch: PlanningBatch) => PlannedBatch;

/**
 * See `Ledger.plan`. The lock on the one rotation row comes first: planners of all replicas stand in line there, so turns, caps
 * and uniqueness are decided by one at a time, and a rehearsal holds the line until it is over.
 */
export async function plan(
  on: Session,
  run: string,
  limit: number,
  at: Instant,
  decide: Decide,
): Promise<PlannedBatch | null> {
  const rotation = await lockRotation(on);
  const entities = await takeDirty(on, limit);
  if (entities.length === 0) return null;
  const planned = decide({
    entities: await loadFacts(on, entities, at),
    directory: await readDirectory(on),
    rotation,
    coveredUntil: await coveredUntil(on),
  });
  assertOnlyThese(planned, entities);
  const plans = await storePlans(on, run, at, planned.plans);
  await affect(on, sql`update tasuki.rotation set handed_out = ${toJson(planned.rotation)}::jsonb`);
  await clearDirty(on, entities, planned);
  return { plans, rotation: planned.rotation };
}

export async function lockRotation(on: Session): Promise<PlanningBatch['rotation']> {
  const row = await firstRow(
    on,
    sql<{ handed_out: PlanningBatch['rotation'] }>`select handed_out from tasuki.rotation for update`,
  );
  return row?.handed_out ?? {};
}

function takeDirty(on: Session, limit: number): Promise<readonly EntityRow[]> {
  return rows(
    on,
    sql<EntityRow>`
      select id, kind, number, dirty_version, created_at, judged_under from tasuki.entity where dirty_version > planned_version
      order by number limit ${limit} for update skip locked`,
  );
}

/**
 * Exactly the versions that were read: whoever became dirty again meanwhile stays so, and whoever became another by this very plan is done
 * with. When to look again is the newest plan's to say.
 */
async function clearDirty(on: Session, entities: readonly EntityRow[], { plans }: PlannedBatch): Promise<void> {
  const told = new Map(plans.map((entityPlan) => [entityPlan.entity, entityPlan]));
  const read = entities.map(({ id, dirty_version: version }) => ({
    id,
    version,
    wake_at: stampOrNull(told.get(id)?.wakeAt),
    judged_under: told.get(id)?.judgedUnder ?? null,
  }));
  await affect(
    on,
    sql`
      update tasuki.entity e
      set planned_version = greatest(e.planned_version, r.version), wake_at = case when e.merged_into is null then r.wake_at end,
        judged_under = coalesce(r.judged_under, e.judged_under)
      from json_to_recordset(${toJson(read)}::json) as r (id text, version bigint, wake_at timestamptz, judged_under text) where e.id = r.id`,
  );
}

function assertOnlyThese({ plans }: PlannedBatch, entities: readonly EntityRow[]): void {
  const asked = new Set(entities.map(({ id }) => id));
  const stranger = plans.find(({ entity }) => !asked.has(entity));
  if (stranger !== undefined)
    throw new InvariantBroken(`The planner spoke of ${stranger.entity}, which it had not been asked about.`);
}

/** The instant up to which every stream of both systems has been read; `null` until all have been read once. */
async function coveredUntil(on: Session): Promise<Instant | null> {
  const covers = await rows(
    on,
    sql<{ system: string; stream: string; covers: Instant | null }>`select system, stream, covers from tasuki.cursor`,
  );
  const streams = SYSTEMS.flatMap((system) => OBJECTS[system].map((object) => `${system}:${object}`));
  const byStream = new Map(covers.map((row) => [`${row.system}:${row.stream}`, row.covers]));
  const instants = streams.map((stream) => byStream.get(stream) ?? null);
  return instants.every((instant) => instant !== null) ? Math.min(...instants) : null;
}
