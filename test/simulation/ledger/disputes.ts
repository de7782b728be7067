import { LAST_PAGE } from '../../../src/domain/clocks/page-views.ts';
import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import type { Fought } from '../../../src/domain/people/person.ts';
import type { Instant, Value } from '../../../src/domain/values/value.ts';
import { type FoughtRow, foughtFrom } from '../../../src/ledger/disputes.ts';
import { type RecordColumns, refFrom } from '../../../src/ledger/records.ts';
import { LIFECYCLE, netWrites } from '../../../src/reconcile/lifecycle.ts';
import { inOrder } from './changes.ts';
import { byColumns } from './order.ts';
import { remembered } from './remembered.ts';
import { type ChangeRowState, type FactState, nameIn } from './rows.ts';
import type { State } from './state.ts';

/** One field that we wrote, and when that was taken. */
type Written = Omit<FoughtRow, 'entity' | 'before' | 'since'> & {
  readonly before: Value | undefined;
  readonly at: Instant;
};

/** So many writes of the same are a fight. */
const FIGHT = 3;

/** Fields whose newest three writes by us, from `since` on and since a frozen field of the entity was last released, are all the same. */
export function foughtOf(state: State, entity: string, since: Instant | null): readonly Fought[] {
  const released = Math.max(...state.findings.by('thawed', entity).map((row) => row.closed_at ?? 0));
  const recent = updatesOf(state, entity).filter(({ at }) => at > released && at >= (since ?? at));
  if (recent.length < FIGHT) return []; // as nearly always
  return [
    ...Map.groupBy(fieldsOf(recent), (one) => `${one.system}:${one.object}:${one.record_id}:${one.field}`).values(),
  ]
    .map((writes) => writes.slice(0, FIGHT))
    .flatMap((writes) => fightIn(writes, entity))
    .toSorted(byRecordAndField)
    .map(foughtFrom);
}

type Update = { readonly row: ChangeRowState; readonly record_id: string; readonly at: Instant };

/** Acknowledged updates, in no order. */
function updatesOf(state: State, entity: string): readonly Update[] {
  return state.changes.by('entity', entity).flatMap((row) => {
    const { kind, record_id, acknowledged_at, confirmed_at } = row;
    const at = acknowledged_at ?? confirmed_at;
    // An acknowledged update has its record.
    return kind !== 'update' || at === null || record_id === null ? [] : [{ row, record_id, at }];
  });
}

/** Updates field by field, the newest first. */
function fieldsOf(updates: readonly Update[]): readonly Written[] {
  return updates
    .toSorted((one, other) => inOrder(other.row, one.row))
    .flatMap(({ row: { system, object, steps }, record_id, at }) =>
      netWrites(steps).map(({ field, before, after }) => ({ system, object, record_id, field, before, after, at })),
    );
}

function fightIn(writes: readonly Written[], entity: string): readonly FoughtRow[] {
  const [first] = writes;
  const befores = new Set(writes.flatMap(({ before }) => (before === undefined ? [] : [before])));
  const afters = new Set(writes.map(({ after }) => after));
  const [before] = befores;
  if (first === undefined || before === undefined || writes.length < FIGHT) return [];
  if (befores.size > 1 || afters.size > 1 || before === first.after) return [];
  const { system, object, record_id, field, after } = first;
  return [{ entity, system, object, record_id, field, before, after, since: Math.min(...writes.map(({ at }) => at)) }];
}

/** The newest entry of each field in the systems' own histories of an entity's current records; of the lifecycle stage every one, oldest first. */
export function newestEditsOf(state: State, entity: string): readonly HistoryEntry[] {
  const current = state.links.by('entity', entity).filter(({ role }) => role === 'current');
  return current.toSorted(byRecord).flatMap((link) => newestEditsIn(state.facts.by('record', nameIn(link))));
}

/** Those of one record, by their fields. */
const newestEditsIn = remembered((facts: readonly FactState[]): readonly HistoryEntry[] => {
  const told = facts.filter(({ field }) => field !== LAST_PAGE).toSorted(newestFirst);
  const newest = [...Map.groupBy(told, ({ field }) => field).values()].flatMap((edits) =>
    edits[0]?.field === LIFECYCLE ? edits.toReversed() : (edits[0] ?? []),
  );
  return newest.toSorted(byColumns(({ field }) => field)).flatMap(editOf);
});

const newestFirst = byColumns<FactState>(
  (fact) => -fact.valid_from,
  ({ number }) => -number,
);

function editOf({ system, object, record_id, field, value, valid_from: at, observer: by, source }: FactState) {
  const record = refFrom({ system, object, record_id });
  return source === null || by === null ? [] : [{ record, field, value, at, by, source }];
}

const byRecord = byColumns<RecordColumns>(
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
);

const byRecordAndField = byColumns<RecordColumns & { readonly field: string }>(
  ({ system }) => system,
  ({ object }) => object,
  (row) => row.record_id,
  ({ field }) => field,
);
