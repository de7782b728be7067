import type { HistoryEntry } from '../../../src/domain/people/activity.ts';
import { recordName } from '../../../src/domain/people/record.ts';
import { type FactRow } from '../../../src/ledger/facts.ts';
import { columnsOf, refFrom } from '../../../src/ledger/records.ts';
import { byColumns } from './order.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';
import { storable } from './storable.ts';

/** Appends. A fact whose source is known already is not told twice. */
export function appendFacts(state: State, facts: readonly FactRow[]): void {
  for (const { system, object, record_id, field, value, valid_from, seen_at, observer, source } of facts) {
    if (source !== null && state.facts.by('source', `${system} ${source}`).length > 0) continue;
    const columns = { system, object, record_id };
    state.facts.put({
      ...columns,
      number: state.next(),
      field,
      value: storable(value),
      valid_from,
      seen_at,
      observer,
      source,
    });
  }
}

/** See `Ledger.noteHistory`. */
export function noteHistory(state: State, entries: readonly HistoryEntry[]): void {
  const facts = entries.map(({ record, field, value, at, by, source }) => ({
    ...columnsOf(record),
    field,
    value,
    valid_from: at,
    seen_at: null,
    observer: by,
    source,
  }));
  appendFacts(state, facts);
}

/** What the systems' own histories say of an entity's records, and of the deals that are tied to them; oldest first. */
export function editsOf(state: State, entity: string): readonly HistoryEntry[] {
  const own = state.links.by('entity', entity).map(nameIn);
  const deals = own.flatMap((name) =>
    state.ties.by('to', name).flatMap(({ kind, from }) => (kind === 'participant' ? [recordName(from)] : [])),
  );
  const theirs = deals.flatMap((name) => {
    const deal = state.links.get(name)?.entity;
    return deal === undefined ? [] : state.links.by('entity', deal).map(nameIn);
  });
  const told = [...new Set([...own, ...deals, ...theirs])].flatMap((name) => state.facts.by('record', name));
  return told
    .toSorted(
      byColumns(
        (fact) => fact.valid_from,
        ({ number }) => number,
      ),
    )
    .flatMap(({ field, value, valid_from: at, observer: by, source, ...columns }) =>
      source === null || by === null ? [] : [{ record: refFrom(columns), field, value, at, by, source }],
    );
}
