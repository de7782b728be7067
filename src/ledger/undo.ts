import { sql } from 'kysely';
import type { TrackedChange } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import type { RunLine } from '../ports/undo.ts';
import type { EntityUndo, Undo, UndoFacts } from '../reconcile/plan-undo.ts';
import { approveWhere } from './approval-gate.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import type { EntityRow } from './entities.ts';
import { loadFacts } from './entity-facts.ts';
import { openFindings } from './findings.ts';
import { storeChanges } from './new-changes.ts';
import { lockRotation } from './planning.ts';
import { rows, type Session } from './session.ts';

/** See `UndoLedger.runs`. */
export function runs(on: Session, limit: number): Promise<readonly RunLine[]> {
  return rows(
    on,
    sql<RunLine>`
      select c.run, r.kind, min(c.planned_at) as from, max(c.planned_at) as until, count(*) as changes,
        count(*) filter (where c.state in ('acknowledged', 'confirmed')) as standing
      from tasuki.change c left join tasuki.run r on r.id = c.run
      group by c.run, r.kind order by max(c.number) desc limit ${limit}`,
  );
}

/** See `UndoLedger.touchedBy`. */
export async function touchedBy(
  on: Session,
  run: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const found = await rows(
    on,
    sql<{ entity: string }>`
      select distinct coalesce(e.merged_into, e.id) as entity from tasuki.change c join tasuki.entity e on e.id = c.entity
      where c.run = ${run} and (${after}::text is null or coalesce(e.merged_into, e.id) > ${after}::text)
      order by 1 limit ${limit}`,
  );
  return found.map(({ entity }) => entity);
}

type Owned = { readonly owner: string; readonly change: TrackedChange };

/** See `UndoLedger.changesSince`. */
export async function changesSince(
  on: Session,
  run: string,
  entities: readonly string[],
): Promise<readonly TrackedChange[]> {
  return (await ownedSince(on, run, entities)).map(({ change }) => change);
}

/** What was done for somebody who became another since is that one's. */
async function ownedSince(on: Session, run: string, entities: readonly string[]): Promise<readonly Owned[]> {
  const found = await rows(
    on,
    sql<ChangeRow & { owner: string }>`
      with name as (
        select id, coalesce(merged_into, id) as owner from tasuki.entity where id = any(${entities}::text[]) or merged_into = any(${entities}::text[])
      ), ours as (
        select c.object, c.record_id, min(c.number) as first from tasuki.change c join name on name.id = c.entity
        where c.run = ${run} and c.record_id is not null group by c.object, c.record_id
      )
      select name.owner, ${CHANGE_COLUMNS} from tasuki.change c join name on name.id = c.entity
      where c.run = ${run} or exists (
        select 1 from ours where (ours.object, ours.record_id) = (c.object, c.record_id) and c.number > ours.first)
      order by c.number`,
  );
  return found.map((row) => ({ owner: row.owner, change: changeFrom(row) }));
}

/** See `UndoLedger.undo`. */
export async function undo(
  on: Session,
  asked: Undo,
  entities: readonly string[],
  at: Instant,
  decide: (batch: readonly UndoFacts[]) => readonly EntityUndo[],
): Promise<readonly EntityUndo[]> {
  await lockRotation(on);
  const found = await rows(
    on,
    sql<EntityRow>`
      select id, kind, number, dirty_version, created_at, judged_under from tasuki.entity where id = any(${entities}::text[]) order by number`,
  );
  const facts = await loadFacts(on, found);
  const owned = await ownedSince(on, asked.run, entities);
  const undone = decide(
    facts.map((each) => ({
      facts: each,
      changes: owned.filter(({ owner }) => owner === each.id).map(({ change }) => change),
    })),
  );
  const stored = await storeChanges(
    on,
    asked.as,
    at,
    undone.flatMap(({ changes }) => changes),
  );
  // Whoever takes a run back has seen what that means: no gate asks a second time.
  await approveWhere(on, sql`c.id = any(${[...stored.keys()]}::text[]) and c.state = 'planned'`);
  await openFindings(
    on,
    undone.flatMap(({ findings }) => findings),
    at,
  );
  return undone;
}
