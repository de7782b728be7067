import { sql } from 'kysely';
import type { DirectoryEntry, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import { rows, type Session } from './session.ts';

type DirectoryRow = Omit<DirectoryEntry, 'managerId' | 'apiName' | 'timeZone' | 'language'> & {
  readonly manager_id: string | null;
  readonly api_name: string | null;
  readonly time_zone: string | null;
  readonly language: string | null;
};

export async function readDirectory(on: Session): Promise<readonly DirectoryEntry[]> {
  const found = await rows(
    on,
    sql<DirectoryRow>`select system, kind, id, name, email, active, manager_id, api_name, time_zone, language from tasuki.directory order by system, kind, id`,
  );
  return found.map(({ manager_id: managerId, api_name: apiName, time_zone: timeZone, language, ...entry }) => ({
    ...entry,
    ...(managerId === null ? {} : { managerId }),
    ...(apiName === null ? {} : { apiName }),
    ...(timeZone === null ? {} : { timeZone }),
    ...(language === null ? {} : { language }),
  }));
}

/**
 * See `Ledger.noteDirectory`. Owners are matched across the systems by e-mail, so a new address on one side may give an owner to
 * records of the other: everyone is woken whose owner is a changed entry, or bears a changed entry's old or new address.
 */
export async function noteDirectory(
  on: Session,
  system: System,
  entries: readonly DirectoryEntry[],
  at: Instant,
): Promise<void> {
  const parameter = entries.map(({ managerId, apiName, timeZone, language, ...entry }) => ({
    ...entry,
    manager_id: managerId ?? null,
    api_name: apiName ?? null,
    time_zone: timeZone ?? null,
    language: language ?? null,
  }));
  const moved = await rows(
    on,
    sql<{ id: string; email: string | null }>`
      with incoming as (
        select * from json_to_recordset(${toJson(parameter)}::json) as i (kind text, id text, name text, email text, active boolean, manager_id text, api_name text, time_zone text, language text)
      ), before as (
        select * from tasuki.directory where system = ${system}
      ), stored as (
        insert into tasuki.directory as d (system, kind, id, name, email, active, manager_id, api_name, time_zone, language, since, changed_at)
        select ${system}, kind, id, name, email, active, manager_id, api_name, time_zone, language, ${stamp(at)}::timestamptz, ${stamp(at)}::timestamptz from incoming
        on conflict (system, id) do update set kind = excluded.kind, name = excluded.name, email = excluded.email, active = excluded.active,
          manager_id = excluded.manager_id, api_name = excluded.api_name, time_zone = excluded.time_zone, language = excluded.language, changed_at = excluded.changed_at, gone_at = null
        where (d.kind, d.name, d.email, d.active, d.manager_id, d.api_name, d.time_zone, d.language)
          is distinct from (excluded.kind, excluded.name, excluded.email, excluded.active, excluded.manager_id, excluded.api_name, excluded.time_zone, excluded.language)
          or d.gone_at is not null
        returning id, email
      ), gone as (
        update tasuki.directory d set active = false, changed_at = ${stamp(at)}, gone_at = ${stamp(at)}
        where d.system = ${system} and d.gone_at is null and not exists (select 1 from incoming i where i.id = d.id)
        returning d.id, d.email
      )
      select id, email from stored
      union select id, email from gone
      union select b.id, b.email from before b join stored using (id)`,
  );
  await wakeOwnedBy(on, system, moved);
}

async function wakeOwnedBy(
  on: Session,
  system: System,
  moved: readonly { readonly id: string; readonly email: string | null }[],
): Promise<void> {
  if (moved.length === 0) return;
  const emails = moved.flatMap(({ email }) => email ?? []);
  const ids = moved.map(({ id }) => id);
  const owned = await rows(
    on,
    sql<{ entity: string }>`
      with owners as (
        select system, id from tasuki.directory where (system = ${system} and id = any(${ids}::text[])) or email = any(${emails}::text[])
      )
      select distinct l.entity from (
        select system, object, record_id from tasuki.sighting
        where system = 'hubspot' and values ->> 'hubspot_owner_id' in (select id from owners where system = 'hubspot')
        union all
        select system, object, record_id from tasuki.sighting
        where system = 'salesforce' and values ->> 'OwnerId' in (select id from owners where system = 'salesforce')
      ) s join tasuki.link l using (system, object, record_id)
      where l.role = 'current'`,
  );
  await markDirty(
    on,
    owned.map(({ entity }) => entity),
  );
}
