import { MOVES, type TrackedChange } from '../../../src/domain/people/change.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import type { RunLine } from '../../../src/ports/undo.ts';
import type { EntityUndo, Undo, UndoFacts } from '../../../src/reconcile/plan-undo.ts';
import { changesNamed, inOrder, moveChanges, parkIfPaused, storeChanges } from './changes.ts';
import { loadFacts } from './entity-facts.ts';
import { openFindings } from './findings.ts';
import { byColumns, distinct } from './order.ts';
import type { ChangeRowState } from './rows.ts';
import type { State } from './state.ts';

/** See `UndoLedger.runs`. */
export function runs(state: State, limit: number): readonly RunLine[] {
  const groups = [...Map.groupBy(state.changes.all(), ({ run }) => run)];
  return groups
    .toSorted(byColumns(([, changes]) => -Math.max(...changes.map(({ number }) => number))))
    .slice(0, limit)
    .map(([run, changes]) => {
      const planned = changes.map((change) => change.planned_at);
      const standing = changes.filter((change) => change.state === 'acknowledged' || change.state === 'confirmed');
      return {
        run,
        kind: state.runs.get(run)?.kind ?? null,
        from: Math.min(...planned),
        until: Math.max(...planned),
        changes: changes.length,
        standing: standing.length,
      };
    });
}

/** See `UndoLedger.touchedBy`. */
export function touchedBy(state: State, run: string, after: string | null, limit: number): readonly string[] {
  const touched = state.changes.by('run', run).map(({ entity }) => state.entities.get(entity)?.merged_into ?? entity);
  return distinct(touched)
    .filter((entity) => after === null || entity > after)
    .toSorted(byColumns((entity) => entity))
    .slice(0, limit);
}

/** See `UndoLedger.changesSince`. What was done for somebody who became another since is that one's. */
export function changesSince(state: State, run: string, entities: readonly string[]): readonly TrackedChange[] {
  const own = distinct(entities)
    .flatMap((entity) => namesOf(state, entity))
    .flatMap((name) => state.changes.by('entity', name));
  const firsts = new Map<string, number>();
  for (const change of own.toSorted(inOrder)) {
    const record = recordOf(change);
    if (change.run === run && record !== null && !firsts.has(record)) firsts.set(record, change.number);
  }
  return own
    .filter((change) => change.run === run || change.number > (firsts.get(recordOf(change) ?? '') ?? Infinity))
    .toSorted(inOrder)
    .map(changeFrom);
}

/** Everyone that this entity is, or has become since: nobody, if it became another. */
function namesOf(state: State, entity: string): readonly string[] {
  const isStanding = state.entities.get(entity)?.merged_into === null;
  return [...(isStanding ? [entity] : []), ...state.entities.by('mergedInto', entity).map(({ id }) => id)];
}

function recordOf({ object, record_id: id }: ChangeRowState): string | null {
  return id === null ? null : `${object} ${id}`;
}

/** See `UndoLedger.undo`. Whoever takes a run back has seen what that means: no gate asks a second time. */
export function undo(
  state: State,
  asked: Undo,
  entities: readonly string[],
  at: Instant,
  decide: (batch: readonly UndoFacts[]) => readonly EntityUndo[],
): readonly EntityUndo[] {
  const found = distinct(entities)
    .flatMap((id) => state.entities.get(id) ?? [])
    .toSorted(byColumns(({ number }) => number));
  const undone = decide(
    loadFacts(state, found).map((facts) => ({ facts, changes: changesSince(state, asked.run, [facts.id]) })),
  );
  const stored = storeChanges(
    state,
    asked.as,
    at,
    undone.flatMap(({ changes }) => changes),
  );
  for (const row of changesNamed(state, [...stored.keys()]).values())
    if (row.state === 'planned') state.changes.put({ ...row, state: 'approved' });
  parkIfPaused(state);
  openFindings(
    state,
    undone.flatMap(({ findings }) => findings),
    at,
  );
  return undone;
}

/** What an undo has taken back, seen to be so. One that somebody overtook meanwhile stays what it became. */
export function markUndone(state: State, changes: readonly string[]): void {
  const found = [...changesNamed(state, changes).values()];
  moveChanges(
    state,
    found.filter((row) => MOVES[row.state].includes('undone')).map((row) => ({ row, to: 'undone' as const })),
  );
}
