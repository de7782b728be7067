import { type RawBuilder, sql } from 'kysely';
import type { Tie } from '../domain/people/tie.ts';
import { markDirty, markDirtyByRecord } from './entities.ts';
import { columnsOf, namesOf, type RecordColumns } from './records.ts';
import { rows, type Session } from './session.ts';

/**
 * Whose plan reads what: a deal's reads the people and companies it is tied to, a person's their company and deals, a company's how
 * many are tied to it. So a record that moves wakes, beside its own entity, whoever is planned by looking at it: by a tie of that record
 * or of the entity's other one, since a deal that is tied to a contact looks at the Lead, too.
 */
const READ_BY: Readonly<Record<'values' | 'existence', RawBuilder<unknown>>> = {
  /** What the record holds: read by those who point at it, and by the people to whom a deal points. */
  values: sql`
    select t.system, t.from_object as object, t.from_id as record_id from tasuki.tie t join moved m
      on (t.system, t.to_object, t.to_id) = (m.system, m.object, m.record_id) where t.kind <> 'became'
    union
    select t.system, t.to_object, t.to_id from tasuki.tie t join moved m
      on (t.system, t.from_object, t.from_id) = (m.system, m.object, m.record_id) where t.kind = 'participant'`,
  /** Whose it is, and whether it is there: a company counts those who point at it, too. */
  existence: sql`
    select t.system, t.from_object as object, t.from_id as record_id from tasuki.tie t join moved m
      on (t.system, t.to_object, t.to_id) = (m.system, m.object, m.record_id) where t.kind <> 'became'
    union
    select t.system, t.to_object, t.to_id from tasuki.tie t join moved m
      on (t.system, t.from_object, t.from_id) = (m.system, m.object, m.record_id) where t.kind <> 'became'`,
};

/** Makes everyone dirty who is one of these records, which now hold something else, and everyone who is planned by looking at them. */
export async function markDirtyAround(on: Session, records: readonly RecordColumns[]): Promise<void> {
  await markDirtyByRecord(on, records);
  await markReaders(on, records, 'values');
}

/** The same for whoever is planned by looking at records that came, went, or changed hands. */
export async function markNeighboursDirty(on: Session, records: readonly RecordColumns[]): Promise<void> {
  await markReaders(on, records, 'existence');
}

/** Both ends of ties that appeared or vanished. */
export async function markTiedDirty(on: Session, ties: readonly Tie[]): Promise<void> {
  const between = ties.filter(({ kind }) => kind !== 'became');
  await markDirtyByRecord(
    on,
    between.flatMap(({ from, to }) => [columnsOf(from), columnsOf(to)]),
  );
}

async function markReaders(on: Session, records: readonly RecordColumns[], what: keyof typeof READ_BY): Promise<void> {
  if (records.length === 0) return;
  const readers = await rows(
    on,
    sql<{ entity: string }>`
      with named as (
        select * from json_to_recordset(${namesOf(records)}::json) as r (system text, object text, record_id text)
      ), moved as (
        select * from named
        union select every.system, every.object, every.record_id
          from named join tasuki.link l using (system, object, record_id) join tasuki.link every on every.entity = l.entity
      )
      select distinct l.entity from (${READ_BY[what]}) n join tasuki.link l using (system, object, record_id)`,
  );
  await markDirty(
    on,
    readers.map(({ entity }) => entity),
  );
}
