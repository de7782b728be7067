import type { Instant } from '../domain/values/value.ts';
import type { EntityPlan } from '../reconcile/entity-plan.ts';
import { storeBases } from './bases.ts';
import { becomeOthers } from './becoming.ts';
import { forgetPlannedTasks, lockChanges, moveChanges, supersedeFollowers } from './change-moves.ts';
import { storeClocks } from './clocks.ts';
import { confirmChanges } from './confirmations.ts';
import { markDirty } from './entities.ts';
import { closeFindings, openFindings } from './findings.ts';
import { endLinks, restoreLinks } from './link-moves.ts';
import { storeMessages } from './messages.ts';
import { storeChanges } from './new-changes.ts';
import { storeScopeMoves } from './scope.ts';
import type { Session } from './session.ts';
import { appendStages } from './stages.ts';

/**
 * Stores what the planner says, one statement per table. Returns the plans with those changes that are now stored.
 *
 * The order matters three times: what is taken back goes before what is new, since both may be the same intent; what is confirmed goes
 * after the planner's clocks and stages, since it marks them; and whoever becomes another does so last, with all that is theirs.
 */
export async function storePlans(
  on: Session,
  run: string,
  at: Instant,
  plans: readonly EntityPlan[],
): Promise<readonly EntityPlan[]> {
  await takeBack(
    on,
    plans.flatMap(({ supersede }) => supersede),
  );
  await endLinks(on, plans, at);
  await restoreLinks(on, plans);
  await storeBases(
    on,
    plans.flatMap(({ entity, bases }) => bases.map((base) => ({ ...base, entity }))),
  );
  await appendStages(
    on,
    plans.flatMap(({ entity, stages }) => stages.map((entry) => ({ ...entry, entity }))),
  );
  await storeScopeMoves(on, plans);
  await storeClocks(
    on,
    plans.flatMap(({ clocks }) => clocks),
  );
  await storeMessages(on, plans, at);
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
  await becomeOthers(on, plans, at);
  return plans.map((plan) => ({ ...plan, changes: plan.changes.flatMap(({ id }) => stored.get(id) ?? []) }));
}

async function takeBack(on: Session, overtaken: EntityPlan['supersede']): Promise<void> {
  if (overtaken.length === 0) return;
  const ids = overtaken.map(({ change }) => change);
  const changes = await lockChanges(on, ids);
  await moveChanges(
    on,
    overtaken.flatMap(({ change, because, made }) => {
      const row = changes.get(change);
      if (row === undefined) return [];
      const outcome = { code: 'OVERTAKEN', message: because };
      return [{ row, to: 'superseded' as const, outcome, ...(made === undefined ? {} : { recordId: made }) }];
    }),
  );
  await forgetPlannedTasks(on, ids);
  await supersedeFollowers(on, ids);
}

/** What a confirmation marks (a hand-off, a task) is news to the planner, so these entities are looked at once more. */
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
    marked.map(({ entity }) => entity),
  );
}
