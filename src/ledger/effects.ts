import { sql } from 'kysely';
import { entityKindOf, recordName } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { resolveActivities } from './activities.ts';
import { type ChangeRow, valuesAfter } from './change-rows.ts';
import { markDirtyAround, markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import { namesOf, refFrom } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { tieNews } from './sighting-news.ts';
import { identityIn, lockSightings, type SightingRow, toParameter } from './sighting-rows.ts';
import { noteTies } from './sightings.ts';

/** A write that took place, on this record. */
export type Effect = {
  readonly row: ChangeRow;
  readonly id: string | null;
  /** It was found later, with what people have typed in it since: what its sighting holds, stands. */
  readonly found?: boolean;
  /** The record's stamp since, where the answer told it. */
  readonly stampedAt?: Instant;
};

/**
 * What the world now holds because of us: the sighting takes the written values, so that the pull that echoes them finds nothing
 * new, and a record that we created becomes its entity's current link. What others are planned by, they are planned by anew: ties,
 * and the values of deals and companies. Those of a person are read by no other plan.
 */
export async function storeEffects(on: Session, effects: readonly Effect[], at: Instant): Promise<void> {
  const written = effects.flatMap(({ id, ...effect }) => (id === null ? [] : [{ ...effect, id }]));
  if (written.length === 0) return;
  const known = await lockSightings(
    on,
    written.map(({ row, id }) => ({ ...row, record_id: id })),
  );
  const sighted = sightedAfter(written, known, at);
  await storeSighted(on, sighted);
  await linkCreated(
    on,
    written.filter(({ row }) => row.kind === 'create' && entityKindOf(row.object) !== null),
    at,
  );
  await noteTies(
    on,
    sighted.flatMap((row) => {
      const ties = tieNews(row, known.get(recordName(refFrom(row))));
      return ties === null ? [] : [{ row, ties }];
    }),
  );
  await resolveActivities(on, sighted);
  await markDirtyAround(
    on,
    sighted.filter(({ object }) => ['deal', 'company'].includes(entityKindOf(object) ?? '')),
  );
}

/** Two writes on one record in one batch: the later values are what it holds. */
function sightedAfter(
  written: readonly (Effect & { readonly id: string })[],
  known: ReadonlyMap<string, SightingRow>,
  at: Instant,
): readonly SightingRow[] {
  const sighted = new Map<string, SightingRow>();
  for (const { row, id, found = false, stampedAt } of written) {
    const columns = { system: row.system, object: row.object, record_id: id };
    const name = recordName(refFrom(columns));
    const before = sighted.get(name) ?? known.get(name);
    const values = found ? { ...valuesAfter(row), ...before?.values } : { ...before?.values, ...valuesAfter(row) };
    sighted.set(name, {
      ...columns,
      ...identityIn(columns, values),
      values,
      facts: before?.facts ?? {},
      created_at: before?.created_at ?? at,
      modified_at: stampAfter(before, stampedAt, at),
      seen_at: Math.max(before?.seen_at ?? at, at),
      deleted: before?.deleted ?? false,
      merged_into: before?.merged_into ?? null,
      moved_by: 'us',
    });
  }
  return [...sighted.values()];
}

/** A write moves the record's stamp; where the answer does not tell to what, all that is known is that it is later than it was. */
export function stampAfter(before: SightingRow | undefined, stampedAt: Instant | undefined, at: Instant): Instant {
  if (before === undefined) return stampedAt ?? at;
  return Math.max(stampedAt ?? 0, before.modified_at + 1);
}

async function storeSighted(on: Session, sighted: readonly SightingRow[]): Promise<void> {
  await affect(
    on,
    sql`
      insert into tasuki.sighting as s (system, object, record_id, values, email, domain, company_name, entity_key, aliases, created_at, modified_at, seen_at, deleted, moved_by)
      select * from json_to_recordset(${toJson(sighted.map(toParameter))}::json) as w (
        system text, object text, record_id text, values jsonb, email text, domain text, company_name text, entity_key text, aliases text[],
        created_at timestamptz, modified_at timestamptz, seen_at timestamptz, deleted boolean, moved_by text)
      on conflict (system, object, record_id) do update set
        values = s.values || excluded.values, moved_by = 'us', version = s.version + 1, email = excluded.email, domain = excluded.domain,
        company_name = excluded.company_name, entity_key = excluded.entity_key, aliases = excluded.aliases, seen_at = greatest(s.seen_at, excluded.seen_at),
        modified_at = greatest(s.modified_at, excluded.modified_at)`,
  );
}

/**
 * The record carries its entity's key, which we wrote, so it is theirs even if matching came first. A seat that was taken
 * meanwhile is not taken away: ours is then the duplicate. An entity that became another since has left the record to that one.
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
    entity: row.entity,
  }));
  const linked = await rows(
    on,
    sql<{ entity: string }>`
      with created as (
        select c.system, c.object, c.record_id, coalesce(e.merged_into, e.id) as entity
        from json_to_recordset(${toJson(parameter)}::json) as c (system text, object text, record_id text, entity text)
        join tasuki.entity e on e.id = c.entity
      )
      insert into tasuki.link as l (system, object, record_id, entity, role, since, evidence)
      select c.system, c.object, c.record_id, c.entity, case when exists (
          select 1 from tasuki.link held where held.entity = c.entity and held.system = c.system and held.role = 'current' and held.record_id <> c.record_id
        ) then 'duplicate' else 'current' end, ${stamp(at)}::timestamptz, 'created'
      from created c
      on conflict (system, object, record_id) do update set entity = excluded.entity, role = excluded.role, evidence = 'created'
      where l.entity <> excluded.entity
      returning l.entity`,
  );
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = false
      from json_to_recordset(${namesOf(parameter)}::json) as c (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (c.system, c.object, c.record_id)`,
  );
  await markDirty(
    on,
    linked.map(({ entity }) => entity),
  );
  await markNeighboursDirty(on, parameter);
}
