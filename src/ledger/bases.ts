import { sql } from 'kysely';
import type { Base, System } from '../domain/people/record.ts';
import { stamp, toJson } from './json.ts';
import { affect, type Session } from './session.ts';

export type PersonBase = Base & { readonly person: string };

/** Stores bases as they are given: the planner's word, or an acknowledged write's. */
export async function storeBases(on: Session, bases: readonly PersonBase[]): Promise<void> {
  if (bases.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.base (person, field, hubspot, salesforce, canonical, since, provisional)
      select person, field, coalesce(hubspot, 'null'::jsonb), coalesce(salesforce, 'null'::jsonb), coalesce(canonical, 'null'::jsonb), since, provisional
      from json_to_recordset(${toJson(lastOfEach(bases).map(toParameter))}::json) as b (
        person text, field text, hubspot jsonb, salesforce jsonb, canonical jsonb, since timestamptz, provisional text)
      on conflict (person, field) do update set
        hubspot = excluded.hubspot, salesforce = excluded.salesforce, canonical = excluded.canonical, since = excluded.since, provisional = excluded.provisional`,
  );
}

/** A write that was seen: its bases hold for good, unless a later agreement has taken their place meanwhile. */
export async function settleBases(
  on: Session,
  bases: readonly (PersonBase & { readonly side: System })[],
): Promise<void> {
  if (bases.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.base b set provisional = null
      from json_to_recordset(${toJson(bases.map(({ side, ...base }) => ({ ...toParameter(base), side })))}::json) as i (
        person text, field text, hubspot jsonb, salesforce jsonb, side text)
      where b.person = i.person and b.field = i.field and b.provisional = i.side
        and b.hubspot = coalesce(i.hubspot, 'null'::jsonb) and b.salesforce = coalesce(i.salesforce, 'null'::jsonb)`,
  );
}

function toParameter(base: PersonBase) {
  return { ...base, since: stamp(base.since) };
}

function lastOfEach(bases: readonly PersonBase[]): readonly PersonBase[] {
  return [...new Map(bases.map((base) => [`${base.person} ${base.field}`, base])).values()];
}
