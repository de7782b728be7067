import { sql } from 'kysely';
import type { HistoryEntry } from '../domain/people/activity.ts';
import type { ObserverClass } from '../domain/people/record.ts';
import type { Instant, Value } from '../domain/values/value.ts';
import { stamp, stampOrNull, toJson } from './json.ts';
import { columnsOf, type RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** One row of `tasuki.fact`. */
export type FactRow = RecordColumns & {
  readonly field: string;
  readonly value: Value;
  readonly valid_from: Instant;
  readonly seen_at: Instant | null;
  readonly observer: ObserverClass | null;
  readonly source: string | null;
};

/** Appends. A fact whose source is known already is not told twice. */
export async function appendFacts(on: Session, facts: readonly FactRow[]): Promise<void> {
  if (facts.length === 0) return;
  const parameter = facts.map((fact) => ({
    ...fact,
    valid_from: stamp(fact.valid_from),
    seen_at: stampOrNull(fact.seen_at),
  }));
  await affect(
    on,
    sql`
      insert into tasuki.fact (system, object, record_id, field, value, valid_from, seen_at, observer, source)
      select f.system, f.object, f.record_id, f.field, coalesce(f.value, 'null'::jsonb), f.valid_from, f.seen_at, f.observer, f.source
      from json_to_recordset(${toJson(parameter)}::json) as f (
        system text, object text, record_id text, field text, value jsonb, valid_from timestamptz, seen_at timestamptz, observer text, source text)
      on conflict (system, source) where source is not null do nothing`,
  );
}

/** See `Ledger.noteHistory`. */
export function noteHistory(on: Session, entries: readonly HistoryEntry[]): Promise<void> {
  const facts = entries.map(({ record, field, value, at, by, source }) => ({
    ...columnsOf(record),
    field,
    value,
    valid_from: at,
    seen_at: null,
    observer: by,
    source,
  }));
  return appendFacts(on, facts);
}

/** What the systems' own histories say of an entity's records, and of the deals that are tied to them; oldest first. */
export async function editsOf(on: Session, entity: string): Promise<readonly HistoryEntry[]> {
  const found = await rows(
    on,
    sql<FactRow & { readonly observer: ObserverClass; readonly source: string }>`
      with own as (
        select system, object, record_id from tasuki.link where entity = ${entity}
      ), deal as (
        select t.system, t.from_object as object, t.from_id as record_id from tasuki.tie t join own
          on (t.system, t.to_object, t.to_id) = (own.system, own.object, own.record_id) where t.kind = 'participant'
      ), theirs as (
        select * from own union select * from deal
        union select every.system, every.object, every.record_id
          from deal join tasuki.link l using (system, object, record_id) join tasuki.link every on every.entity = l.entity
      )
      select f.* from theirs join tasuki.fact f using (system, object, record_id)
      where f.source is not null order by f.valid_from, f.number`,
  );
  return found.map(({ system, object, record_id: id, field, value, valid_from: at, observer: by, source }) => ({
    record: { system, object, id },
    field,
    value,
    at,
    by,
    source,
  }));
}
