import { OBJECTS, SYSTEMS } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import type { Decide } from '../../../src/ledger/planning.ts';
import type { PlannedBatch, PlanningBatch } from '../../../src/ports/ledger.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { storeBases } from './bases.ts';
import { becomeOthers } from './becoming.ts';
import { changesNamed, forgetPlannedTasks, inOrder, moveChanges, storeChanges, supersedeFollowers } from './changes.ts';
import { storeClocks } from './clocks.ts';
import { confirmChanges } from './confirmations.ts';
import { readDirectory } from './directory.ts';
import { markDirty } from './dirtiness.ts';
import { loadFacts } from './entity-facts.ts';
import { closeFindings, openFindings } from './findings.ts';
import { endLinks, restoreLinks } from './links.ts';
import { storeMessages } from './messages.ts';
import { byColumns } from './order.ts';
import type { EntityState } from './rows.ts';
import { appendStages } from './stages.ts';
import type { State } from './state.ts';

/** See `Ledger.plan`. Exactly the versions that were read are cleared: whoever became dirty again meanwhile stays so. */
export function plan(state: State, run: string, limit: number, at: Instant, decide: Decide): PlannedBatch | null {
  const entities = state.entities
    .by('dirty', 'yes')
    .toSorted(byColumns(({ number }) => number))
    .slice(0, limit);
  if (entities.length === 0) return null;
  const planned = decide({
    entities: loadFacts(state, entities, at),
    directory: readDirectory(state),
    rotation: rotationOf(state),
    coveredUntil: coveredUntil(state),
  });
  assertOnlyThese(planned, entities);
  const plans = storePlans(state, run, at, planned.plans);
  state.settings.put({ name: 'rotation', value: planned.rotation });
  const told = new Map(planned.plans.map((one) => [one.entity, one]));
  for (const { id, dirty_version: read } of entities) {
    const now = state.entities.get(id);
    if (now === undefined) continue;
    const wake_at = now.merged_into === null ? (told.get(id)?.wakeAt ?? null) : null;
    const judged_under = told.get(id)?.judgedUnder ?? now.judged_under;
    state.entities.put({ ...now, planned_version: Math.max(now.planned_version, read), wake_at, judged_under });
  }
  return { plans, rotation: planned.rotation };
}

function rotationOf(state: State): PlanningBatch['rotation'] {
  return (state.settings.get('rotation')?.value ?? {}) as PlanningBatch['rotation'];
}

function assertOnlyThese({ plans }: PlannedBatch, entities: readonly EntityState[]): void {
  const stranger = plans.find(({ entity }) => !entities.some(({ id }) => id === entity));
  if (stranger !== undefined)
    throw new InvariantBroken(`The planner spoke of ${stranger.entity}, which it had not been asked about.`);
}

/** The instant up to which every stream of both systems has been read; `null` until all have been read once. */
function coveredUntil(state: State): Instant | null {
  const covers = SYSTEMS.flatMap((system) =>
    OBJECTS[system].map((object) => state.cursors.get(`${system} ${object}`)?.covers ?? null),
  );
  return covers.every((instant) => instant !== null) ? Math.min(...covers) : null;
}

/** In the order of `src/ledger/entity-plans.ts`, whose reasons hold here too. */
function storePlans(state: State, run: string, at: Instant, plans: readonly EntityPlan[]): readonly EntityPlan[] {
  takeBack(
    state,
    plans.flatMap(({ supersede }) => supersede),
  );
  endLinks(state, plans, at);
  restoreLinks(state, plans);
  storeBases(
    state,
    plans.flatMap(({ entity, bases }) => bases.map((base) => ({ ...base, entity }))),
  );
  appendStages(
    state,
    plans.flatMap(({ entity, stages }) => stages.map((entry) => ({ ...entry, entity }))),
  );
  for (const { entity, scope } of plans)
    if (scope !== undefined) state.scopes.put({ ...scope, entity, number: state.next() });
  storeClocks(
    state,
    plans.flatMap(({ clocks }) => clocks),
  );
  storeMessages(state, plans, at);
  confirm(
    state,
    plans.flatMap((each) => each.confirm),
    at,
  );
  const stored = storeChanges(
    state,
    run,
    at,
    plans.flatMap(({ changes }) => changes),
  );
  openFindings(
    state,
    plans.flatMap((each) => each.openFindings),
    at,
  );
  closeFindings(
    state,
    plans.flatMap((each) => each.closeFindings),
    at,
  );
  becomeOthers(state, plans, at);
  return plans.map((each) => ({ ...each, changes: each.changes.flatMap(({ id }) => stored.get(id) ?? []) }));
}

function takeBack(state: State, overtaken: EntityPlan['supersede']): void {
  const ids = overtaken.map(({ change }) => change);
  const changes = changesNamed(state, ids);
  moveChanges(
    state,
    overtaken.flatMap(({ change, because, made }) => {
      const row = changes.get(change);
      if (row === undefined) return [];
      const outcome = { code: 'OVERTAKEN', message: because };
      return [{ row, to: 'superseded' as const, outcome, ...(made === undefined ? {} : { recordId: made }) }];
    }),
  );
  forgetPlannedTasks(state, ids);
  supersedeFollowers(state, ids);
}

/** What a confirmation marks (a hand-off, a task) is news to the planner, so these entities are looked at once more. */
function confirm(state: State, ids: readonly string[], at: Instant): void {
  const changes = [...changesNamed(state, ids).values()].toSorted(inOrder);
  confirmChanges(
    state,
    changes.map((row) => ({ row })),
    at,
  );
  markDirty(
    state,
    changes.filter(({ marks }) => marks.handOff !== undefined || marks.task !== undefined).map(({ entity }) => entity),
  );
}
