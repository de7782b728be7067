import { sql } from 'kysely';
import type { RecordRef, System } from '../domain/people/record.ts';
import type { Value } from '../domain/values/value.ts';
import { rows, type Session } from './session.ts';

/** See `Ledger.lastSeen`. */
export async function lastSeen(
  on: Session,
  { system, object }: Pick<RecordRef, 'system' | 'object'>,
  ids: readonly string[],
  field: string,
): Promise<ReadonlyMap<string, Value>> {
  const found = await rows(
    on,
    sql<{ record_id: string; value: Value }>`
      select record_id, values -> ${field}::text as value from tasuki.sighting
      where system = ${system} and object = ${object} and record_id = any(${[...new Set(ids)]}::text[])`,
  );
  return new Map(found.map(({ record_id: id, value }) => [id, value]));
}

/** The field that holds the owner of a record, by system. */
const OWNER = { hubspot: 'hubspot_owner_id', salesforce: 'OwnerId' } as const;

/** See `Ledger.owning`. Asked once an hour at most, and only of owners who are in trouble, so it has no index of its own. */
export async function owning(on: Session, system: System, owners: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows(
    on,
    sql<{ owner: string }>`
      select distinct s.values ->> ${OWNER[system]}::text as owner
      from tasuki.sighting s join tasuki.link l using (system, object, record_id)
      where s.system = ${system} and not s.deleted and l.role = 'current'
        and s.values ->> ${OWNER[system]}::text = any(${[...new Set(owners)]}::text[])`,
  );
  return new Set(found.map(({ owner }) => owner));
}
