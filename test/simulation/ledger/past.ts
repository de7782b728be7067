import { type PastValue, type PersonPast, recordsAround } from '../../../src/domain/people/past.ts';
import { recordName } from '../../../src/domain/people/record.ts';
import { refFrom } from '../../../src/ledger/records.ts';
import { loadFacts } from './entity-facts.ts';
import { byColumns } from './order.ts';
import { nameIn } from './rows.ts';
import type { State } from './state.ts';

/** See `Ledger.pastOfPeople`. */
export function pastOfPeople(state: State, after: number, limit: number): readonly PersonPast[] {
  const page = state.entities
    .all()
    .filter(({ kind, merged_into: became, number }) => kind === 'person' && became === null && number > after)
    .toSorted(byColumns(({ number }) => number))
    .slice(0, limit);
  return loadFacts(state, page).flatMap((facts, nth) => {
    const { number } = page[nth]!;
    if (facts.kind !== 'person') return [];
    const names = new Set(recordsAround(facts).map(recordName));
    return [{ number, facts, values: valuesOf(state, names) }];
  });
}

function valuesOf(state: State, names: ReadonlySet<string>): readonly PastValue[] {
  return state.facts
    .all()
    .filter((row) => names.has(nameIn(row)))
    .toSorted(
      byColumns(
        (fact) => fact.valid_from,
        ({ number }) => number,
      ),
    )
    .map(({ field, value, valid_from: from, source, ...columns }) => ({
      record: refFrom(columns),
      field,
      value,
      from,
      isEdit: source !== null,
    }));
}
