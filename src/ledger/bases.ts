import { sql } from 'kysely';
import type { Base, System } from '../domain/people/record.ts';
import { stamp, toJson } from './json.ts';
import type { RecordColumns } from './records.ts';
import { affect, type Session } from './session.ts';

export type EntityBase = Base & { readonly entity: string };

/** Stores bases as they are given: the planner's word, or an acknowledged write's. */
export async function storeBases(on: Session, bases: readonly EntityBase[]): Promise<void> {
  if (bases.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.base (entity, field, hubspot, salesforce, canonical, since, provisional)
      select entity, field, coalesce(hubspot, 'null'::jsonb), coalesce(salesforce, 'null'::jsonb), coalesce(canonical, 'null'::jsonb), since, provisional
      from json_to_recordset(${toJson(lastOfEach(bases).map(toParameter))}::json) as b (
        entity text, field text, hubspot jsonb, salesforce jsonb, canonical jsonb, since timestamptz, provisional text)
      on conflict (entity, field) do update set
        hubspot = excluded.hubspot, salesforce = excluded.salesforce, canonical = excluded.canonical, since = excluded.since, provisional = excluded.provisional`,
  );
}

/** A write that was seen: its bases hold for good, unless a later agreement has taken their place meanwhile. */
export async function settleBases(
  on: Session,
  bases: readonly (EntityBase & { readonly side: System })[],
): Promise<void> {
  if (bases.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.base b set provisional = null
      from json_to_recordset(${toJson(bases.map(({ side, ...base }) => ({ ...toParameter(base), side })))}::json) as i (
        entity text, field text, hubspot jsonb, salesforce jsonb, side text)
      where b.entity = i.entity and b.field = i.field and b.provisional = i.side
        and b.hubspot = coalesce(i.hubspot, 'null'::jsonb) and b.salesforce = coalesce(i.salesforce, 'null'::jsonb)`,
  );
}

/**
 * A base is what two records agreed on. Beside a record that has just come, the last holder's values would make its empty fields look
 * emptied, and what it brings look typed: the two meet for the first time (law R5). Only a Contact that a conversion has made since
 * holds what its Lead held, where nobody has sat there in between. A Lead that had been converted before it was theirs never sat there.
 */
export async function forgetBases(
  on: Session,
  seated: readonly (RecordColumns & { readonly entity: string })[],
): Promise<void> {
  if (seated.length === 0) return;
  const parameter = seated.map(({ system, object, record_id, entity }) => ({ system, object, record_id, entity }));
  await affect(
    on,
    sql`
      delete from tasuki.base b
      using json_to_recordset(${toJson(parameter)}::json) as n (system text, object text, record_id text, entity text)
      where b.entity = n.entity and not exists (
        select 1 from tasuki.link l
        join tasuki.tie t on (t.system, t.from_object, t.from_id) = (l.system, l.object, l.record_id)
        join tasuki.sighting made on (made.system, made.object, made.record_id) = (t.system, t.to_object, t.to_id)
        where l.entity = n.entity and l.role = 'converted' and l.until is not null and t.kind = 'became'
          and (t.system, t.to_object, t.to_id) = (n.system, n.object, n.record_id) and made.created_at >= l.since
          and not exists (
            select 1 from tasuki.link later where later.entity = n.entity and later.system = n.system and later.until > l.until))`,
  );
}

/** Of entities that two records' agreement no longer says anything about. */
export async function forgetAllBases(on: Session, entities: readonly string[]): Promise<void> {
  if (entities.length === 0) return;
  await affect(on, sql`delete from tasuki.base where entity = any(${entities}::text[])`);
}

function toParameter(base: EntityBase) {
  return { ...base, since: stamp(base.since) };
}

function lastOfEach(bases: readonly EntityBase[]): readonly EntityBase[] {
  return [...new Map(bases.map((base) => [`${base.entity} ${base.field}`, base])).values()];
}
