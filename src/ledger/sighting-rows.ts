import { sql } from 'kysely';
import { identityOf } from '../domain/people/identity.ts';
import { entityKindOf, type ObserverClass, recordName, type Sighting } from '../domain/people/record.ts';
import type { Instant, Values } from '../domain/values/value.ts';
import { stamp } from './json.ts';
import { columnsIn, namesOf, type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';

/** What a record says of whose it is: by these, records of one entity find each other. */
export type IdentityColumns = {
  readonly email: string | null;
  readonly domain: string | null;
  readonly company_name: string | null;
  readonly entity_key: string | null;
  /** Further addresses, and the records of the other system that it is said to be (`salesforce:Contact:003…`); `null` without any. */
  readonly aliases: readonly string[] | null;
};

const NOBODY: IdentityColumns = { email: null, domain: null, company_name: null, entity_key: null, aliases: null };

/** One row of `tasuki.sighting`. */
export type SightingRow = RecordColumns &
  IdentityColumns & {
    readonly values: Values;
    /** The value of each fact field as last appended to `fact`. */
    readonly facts: Values;
    readonly created_at: Instant;
    readonly modified_at: Instant;
    readonly seen_at: Instant;
    readonly deleted: boolean;
    readonly merged_into: string | null;
    readonly moved_by: ObserverClass | null;
  };

export const SIGHTING_COLUMNS = sql.raw(
  's.system, s.object, s.record_id, s.values, s.facts, s.email, s.domain, s.company_name, s.entity_key, s.aliases, s.created_at, s.modified_at, s.seen_at, s.deleted, s.merged_into, s.moved_by',
);

export function sightingFrom(row: SightingRow): Sighting {
  return {
    record: refFrom(row),
    values: row.values,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    seenAt: row.seen_at,
    deleted: row.deleted,
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    ...(row.moved_by === null ? {} : { movedBy: row.moved_by }),
  };
}

/** As a statement's JSON parameter holds it. */
export function toParameter(row: SightingRow) {
  return {
    ...row,
    created_at: stamp(row.created_at),
    modified_at: stamp(row.modified_at),
    seen_at: stamp(row.seen_at),
  };
}

/** Only records that are somebody or something say anything. */
export function identityIn(columns: RecordColumns, values: Values): IdentityColumns {
  if (entityKindOf(columns.object) === null) return NOBODY;
  const { email, otherEmails, domain, name, key, natives } = identityOf({ record: refFrom(columns), values });
  const aliases = [...otherEmails, ...natives.map(recordName)];
  return { email, domain, company_name: name, entity_key: key, aliases: aliases.length === 0 ? null : aliases };
}

/** All canonical addresses of a record, the main one first. */
export function addressesIn({ email, aliases }: Pick<IdentityColumns, 'email' | 'aliases'>): readonly string[] {
  const others = (aliases ?? []).filter((alias) => alias.includes('@'));
  return email === null ? others : [email, ...others];
}

/** The records that this one is said to be. */
export function namedIn({ aliases }: Pick<IdentityColumns, 'aliases'>): readonly RecordColumns[] {
  return (aliases ?? []).flatMap((alias) => (alias.includes('@') ? [] : columnsIn(alias)));
}

/** What is known of these records, by name, kept from others until the end of the transaction. */
export async function lockSightings(
  on: Session,
  records: readonly RecordColumns[],
): Promise<ReadonlyMap<string, SightingRow>> {
  const found = await rows(
    on,
    sql<SightingRow>`
      select ${SIGHTING_COLUMNS} from tasuki.sighting s
      join json_to_recordset(${namesOf(records)}::json) as r (system text, object text, record_id text) using (system, object, record_id)
      order by s.system, s.object, s.record_id for update of s`,
  );
  return new Map(found.map((row) => [recordName(refFrom(row)), row]));
}
