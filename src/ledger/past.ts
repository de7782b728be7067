import { sql } from 'kysely';
import { type PastValue, type PersonPast, recordsAround } from '../domain/people/past.ts';
import type { AnyFacts, PersonFacts } from '../domain/people/person.ts';
import { recordName } from '../domain/people/record.ts';
import type { EntityRow } from './entities.ts';
import { loadFacts } from './entity-facts.ts';
import type { FactRow } from './facts.ts';
import { columnsOf, namesOf, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

type PastRow = Pick<FactRow, 'system' | 'object' | 'record_id' | 'field' | 'value' | 'valid_from'> & {
  readonly is_edit: boolean;
};

/** See `Ledger.pastOfPeople`. Whoever has become another is told as that one. */
export async function pastOfPeople(on: Session, after: number, limit: number): Promise<readonly PersonPast[]> {
  const page = await rows(
    on,
    sql<EntityRow>`
      select id, kind, number, dirty_version, created_at, judged_under from tasuki.entity
      where kind = 'person' and merged_into is null and number > ${after} order by number limit ${limit}`,
  );
  const people = (await loadFacts(on, page)).filter(isPerson);
  const values = Map.groupBy(await valuesOf(on, people), ({ record }) => recordName(record));
  const numbers = new Map(page.map(({ id, number }) => [id, number]));
  return people.map((facts) => ({
    number: numbers.get(facts.id) ?? after,
    facts,
    values: [...new Set(recordsAround(facts).map(recordName))]
      .flatMap((name) => values.get(name) ?? [])
      .toSorted((one, other) => one.from - other.from),
  }));
}

function isPerson(facts: AnyFacts): facts is PersonFacts {
  return facts.kind === 'person';
}

async function valuesOf(on: Session, people: readonly PersonFacts[]): Promise<readonly PastValue[]> {
  if (people.length === 0) return [];
  const found = await rows(
    on,
    sql<PastRow>`
      select f.system, f.object, f.record_id, f.field, f.value, f.valid_from, f.source is not null as is_edit
      from (
        select distinct system, object, record_id
        from json_to_recordset(${namesOf(people.flatMap(recordsAround).map(columnsOf))}::json) as r (
          system text, object text, record_id text)
      ) r join tasuki.fact f using (system, object, record_id)
      order by f.valid_from, f.number`,
  );
  return found.map(({ field, value, valid_from: from, is_edit: isEdit, ...columns }) => ({
    record: refFrom(columns),
    field,
    value,
    from,
    isEdit,
  }));
}
