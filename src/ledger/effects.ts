import { sql } from 'kysely';
import { PERSON_OBJECTS } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { type ChangeRow, valuesAfter } from './change-rows.ts';
import { stamp, toJson } from './json.ts';
import { markDirty } from './people.ts';
import { affect, rows, type Session } from './session.ts';
import { identityIn } from './sighting-rows.ts';

/** A write that took place, on this record. */
export type Effect = { readonly row: ChangeRow; readonly id: string | null };

/**
 * What the world now holds because of us: the sighting takes the written values, so that the pull that echoes them finds nothing
 * new, and a record that we created becomes the person's current link.
 */
export async function storeEffects(on: Session, effects: readonly Effect[], at: Instant): Promise<void> {
  const known = effects.flatMap(({ row, id }) => (id === null ? [] : [{ row, id }]));
  if (known.length === 0) return;
  await linkCreated(
    on,
    known.filter(({ row }) => row.kind === 'create' && PERSON_OBJECTS.includes(row.object)),
    at,
  );
  await affect(
    on,
    sql`
      insert into tasuki.sighting as s (system, object, record_id, values, email, person_key, created_at, modified_at, seen_at, moved_by)
      select w.system, w.object, w.record_id, w.values, w.email, w.person_key, ${stamp(at)}, ${stamp(at)}, ${stamp(at)}, 'us'
      from json_to_recordset(${toJson(oneOfEach(known))}::json) as w (
        system text, object text, record_id text, values jsonb, email text, person_key text)
      on conflict (system, object, record_id) do update set
        values = s.values || excluded.values, moved_by = 'us', version = s.version + 1,
        email = case when excluded.values ?| array['email', 'Email'] then excluded.email else s.email end,
        person_key = coalesce(excluded.person_key, s.person_key),
        seen_at = greatest(s.seen_at, excluded.seen_at)`,
  );
}

type Written = ReturnType<typeof writtenBy>;

function writtenBy({ row, id }: { readonly row: ChangeRow; readonly id: string }) {
  const values = valuesAfter(row);
  return {
    system: row.system,
    object: row.object,
    record_id: id,
    values,
    ...identityIn({ ...row, record_id: id }, values),
  };
}

/** Two writes on one record in one batch: the later values are what it holds. */
function oneOfEach(effects: readonly { readonly row: ChangeRow; readonly id: string }[]): readonly Written[] {
  const written = new Map<string, Written>();
  for (const effect of effects) {
    const one = writtenBy(effect);
    const name = `${one.system}:${one.object}:${one.record_id}`;
    written.set(name, { ...written.get(name), ...one, values: { ...written.get(name)?.values, ...one.values } });
  }
  return [...written.values()];
}

/**
 * The record carries the person's key, which we wrote, so it is theirs even if matching came first. A seat that was taken
 * meanwhile is not taken away: ours is then the duplicate.
 */
async function linkCreated(
  on: Session,
  created: readonly { readonly row: ChangeRow; readonly id: string }[],
  at: Instant,
): Promise<void> {
  if (created.length === 0) return;
  const parameter = created.map(({ row, id }) => ({
    system: row.system,
    object: row.object,
    record_id: id,
    person: row.person,
  }));
  const linked = await rows(
    on,
    sql<{ person: string }>`
      insert into tasuki.link as l (system, object, record_id, person, role, since, evidence)
      select c.system, c.object, c.record_id, c.person, case when exists (
          select 1 from tasuki.link held where held.person = c.person and held.system = c.system and held.role = 'current' and held.record_id <> c.record_id
        ) then 'duplicate' else 'current' end, ${stamp(at)}::timestamptz, 'created'
      from json_to_recordset(${toJson(parameter)}::json) as c (system text, object text, record_id text, person text)
      on conflict (system, object, record_id) do update set person = excluded.person, role = excluded.role, evidence = 'created'
      where l.person <> excluded.person
      returning l.person`,
  );
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = false
      from json_to_recordset(${toJson(parameter)}::json) as c (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (c.system, c.object, c.record_id)`,
  );
  await markDirty(
    on,
    linked.map(({ person }) => person),
  );
}
