import { LAST_PAGE } from '../../../src/domain/clocks/page-views.ts';
import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import type { Fought } from '../../../src/domain/people/person.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { editFrom, type FoughtRow, foughtFrom } from '../../../src/ledger/disputes.ts';
import type { RecordColumns } from '../../../src/ledger/records.ts';
import { LIFECYCLE, netWrites } from '../../../src/reconcile/lifecycle.ts';
import { inOrder } from './changes.ts';
import { byColumns } from './order.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';

/** One field that we wrote, and when that was taken. */
type Written = Omit<FoughtRow, 'entity' | 'before' | 'since'> & {
  readonly before: Value | undefined;
  readonly at: Instant;
};

/** Fields whose newest three writes by us, from `since` on and since a frozen field of the entity was last released, are all the same. */
export function foughtOf(state: State, entity: string, since: Instant | null): readonly Fought[] {
  const released = Math.max(...state.findings.by('thawed', entity).map((row) => row.closed_at ?? 0));
  const written = writtenTo(state, entity).filter(({ at }) => at > released && at >= (since ?? at));
  return [...Map.groupBy(written, (one) => `${one.system}:${one.object}:${one.record_id}:${one.field}`).values()]
    .map((writes) => writes.slice(0, 3))
    .flatMap((writes) => fightIn(writes, entity))
    .toSorted(byRecordAndField)
    .map(foughtFrom);
}

/** Acknowledged updates, field by field, the newest first. */
function writtenTo(state: State, entity: string): readonly Written[] {
  return state.changes
    .by('entity', entity)
    .toSorted(inOrder)
    .reverse()
    .flatMap(({ kind, system, object, record_id, steps, acknowledged_at, confirmed_at }) => {
      const at = acknowledged_at ?? confirmed_at;
      // An acknowledged update has its record.
      if (kind !== 'update' || at === null || record_id === null) return [];
      return netWrites(steps).map(({ field, before, after }) => ({
        system,
        object,
        record_id,
        field,
        before,
        after,
        at,
      }));
    });
}

function fightIn(writes: readonly Written[], entity: string): readonly FoughtRow[] {
  const [first] = writes;
  const befores = new Set(writes.flatMap(({ before }) => (before === undefined ? [] : [before])));
  const afters = new Set(writes.map(({ after }) => after));
  const [before] = befores;
  if (first === undefined || before === undefined || writes.length < 3) return [];
  if (befores.size > 1 || afters.size > 1 || before === first.after) return [];
  const { system, object, record_id, field, after } = first;
  return [{ entity, system, object, record_id, field, before, after, since: Math.min(...writes.map(({ at }) => at)) }];
}

/** The newest entry of each field in the systems' own histories of an entity's current records; of the lifecycle stage every one, oldest first. */
export function newestEditsOf(state: State, entity: string): readonly HistoryEntry[] {
  const told = state.links
    .by('entity', entity)
    .filter(({ role }) => role === 'current')
    .flatMap((link) => state.facts.by('record', nameIn(link)))
    .toSorted(
      byColumns(
        (fact) => -fact.valid_from,
        ({ number }) => -number,
      ),
    )
    .flatMap(({ source, observer, ...fact }) =>
      source === null || observer === null || fact.field === LAST_PAGE ? [] : [{ ...fact, source, observer, entity }],
    );
  const newest = [...Map.groupBy(told, (edit) => `${nameIn(edit)}:${edit.field}`).values()].flatMap((edits) =>
    edits[0]?.field === LIFECYCLE ? edits.toReversed() : (edits[0] ?? []),
  );
  return newest.toSorted(byRecordAndField).map(editOf);
}

function editOf(row: Parameters<typeof editFrom>[0] & { readonly number: number; readonly seen_at: Instant | null }) {
  const { number: _number, seen_at: _seenAt, ...edit } = row;
  return editFrom(edit);
}

const byRecordAndField = byColumns<RecordColumns & { readonly field: string }>(
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
  ({ field }) => field,
);
