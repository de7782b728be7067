import { sql } from 'kysely';
import { TIE_FIELDS, type Tie } from '../domain/people/tie.ts';
import { toJson } from './json.ts';
import { namesOf, type RecordColumns } from './records.ts';
import { affect, type Session } from './session.ts';

/** Keeps the ties that these records show now, in the place of those they showed before. */
export async function storeTies(on: Session, sources: readonly RecordColumns[], ties: readonly Tie[]): Promise<void> {
  const carriers = sources.filter(({ object }) => TIE_FIELDS[object] !== undefined);
  if (carriers.length === 0) return;
  await affect(
    on,
    sql`
      delete from tasuki.tie t
      using json_to_recordset(${namesOf(carriers)}::json) as r (system text, object text, record_id text)
      where (t.system, t.source_object, t.source_id) = (r.system, r.object, r.record_id)`,
  );
  if (ties.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.tie (system, source_object, source_id, from_object, from_id, to_object, to_id, kind, is_primary)
      select * from json_to_recordset(${toJson(ties.map(toParameter))}::json) as t (
        system text, source_object text, source_id text, from_object text, from_id text, to_object text, to_id text, kind text, is_primary boolean)
      on conflict do nothing`,
  );
}

function toParameter({ source, from, to, kind, primary }: Tie) {
  return {
    system: source.system,
    source_object: source.object,
    source_id: source.id,
    from_object: from.object,
    from_id: from.id,
    to_object: to.object,
    to_id: to.id,
    kind,
    is_primary: primary,
  };
}
