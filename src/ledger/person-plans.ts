import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import type { PersonPlan } from '../reconcile/person-plan.ts';
import { storeBases } from './bases.ts';
import { forgetPlannedTasks, lockChanges, moveChanges, supersedeFollowers } from './change-moves.ts';
import { storeClocks } from './clocks.ts';
import { confirmChanges } from './confirmations.ts';
import { closeFindings, openFindings } from './findings.ts';
import { stamp, toJson } from './json.ts';
import { releaseDuplicates } from './look-alikes.ts';
import { storeChanges } from './new-changes.ts';
import { markDirty } from './people.ts';
import { columnsOf, type RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { callNeighboursOf } from './sightings.ts';
import { appendStages } from './stages.ts';

/**
 * Stores what the planner says, one statement per table. Returns the plans with those changes that are now stored.
 *
 * The order matters twice: what is taken back goes before what is new, since both may be the same intent; and what is confirmed goes
 * after the planner's clocks and stages, since it marks them.
 */
export async function storePlans(
  on: Session,
  run: string,
  at: Instant,
  plans: readonly PersonPlan[],
): Promise<readonly PersonPlan[]> {
  await takeBack(
    on,
    plans.flatMap(({ supersede }) => supersede),
  );
  await endLinks(on, plans, at);
  await restoreLinks(on, plans);
  await storeBases(
    on,
    plans.flatMap(({ person, bases }) => bases.map((base) => ({ ...base, person }))),
  );
  await appendStages(
    on,
    plans.flatMap(({ person, stages }) => stages.map((entry) => ({ ...entry, person }))),
  );
  await storeClocks(
    on,
    plans.flatMap(({ clocks }) => clocks),
  );
  await confirm(
    on,
    plans.flatMap((plan) => plan.confirm),
    at,
  );
  const stored = await storeChanges(
    on,
    run,
    at,
    plans.flatMap(({ changes }) => changes),
  );
  await openFindings(
    on,
    plans.flatMap((plan) => plan.openFindings),
    at,
  );
  await closeFindings(
    on,
    plans.flatMap((plan) => plan.closeFindings),
    at,
  );
  return plans.map((plan) => ({ ...plan, changes: plan.changes.flatMap(({ id }) => stored.get(id) ?? []) }));
}

async function takeBack(on: Session, overtaken: PersonPlan['supersede']): Promise<void> {
  if (overtaken.length === 0) return;
  const ids = overtaken.map(({ change }) => change);
  const changes = await lockChanges(on, ids);
  await moveChanges(
    on,
    overtaken.flatMap(({ change, because }) => {
      const row = changes.get(change);
      return row === undefined
        ? []
        : [{ row, to: 'superseded' as const, outcome: { code: 'OVERTAKEN', message: because } }];
    }),
  );
  await forgetPlannedTasks(on, ids);
  await supersedeFollowers(on, ids);
}

/** What a confirmation marks (a hand-off, a task) is news to the planner, so these people are looked at once more. */
async function confirm(on: Session, ids: readonly string[], at: Instant): Promise<void> {
  if (ids.length === 0) return;
  const changes = [...(await lockChanges(on, ids)).values()];
  await confirmChanges(
    on,
    changes.map((row) => ({ row })),
    at,
  );
  const marked = changes.filter(({ marks }) => marks.handOff !== undefined || marks.task !== undefined);
  await markDirty(
    on,
    marked.map(({ person }) => person),
  );
}

/** A seat that became free may be for a record that was held back: its neighbours are matched again. */
async function endLinks(on: Session, plans: readonly PersonPlan[], at: Instant): Promise<void> {
  const ended = plans.flatMap(({ person, endLinks: ends }) =>
    ends.map(({ record, role }) => ({ ...columnsOf(record), person, role })),
  );
  if (ended.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.link l set role = e.role, until = ${stamp(at)}
      from json_to_recordset(${toJson(ended)}::json) as e (person text, system text, object text, record_id text, role text)
      where (l.system, l.object, l.record_id) = (e.system, e.object, e.record_id) and l.person = e.person`,
  );
  const theirs = await rows(
    on,
    sql<RecordColumns & { role: string }>`
      select l.system, l.object, l.record_id, l.role from tasuki.link l
      where exists (
        select 1 from json_to_recordset(${toJson(ended)}::json) as e (person text, system text)
        where e.person = l.person and (e.system = l.system or l.role <> 'duplicate'))`,
  );
  await callNeighboursOf(on, theirs);
  await releaseDuplicates(
    on,
    theirs.filter(({ role }) => role === 'duplicate'),
  );
}

/** Back from the recycle bin, unless somebody else has taken the seat meanwhile. */
async function restoreLinks(on: Session, plans: readonly PersonPlan[]): Promise<void> {
  const back = plans.flatMap(({ person, restoreLinks: records }) =>
    records.map((record) => ({ ...columnsOf(record), person })),
  );
  if (back.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.link l set role = 'current', until = null
      from json_to_recordset(${toJson(back)}::json) as b (person text, system text, object text, record_id text)
      where (l.system, l.object, l.record_id) = (b.system, b.object, b.record_id) and l.person = b.person and l.role = 'former'
        and not exists (
          select 1 from tasuki.link held where held.person = l.person and held.system = l.system and held.role = 'current')`,
  );
}
