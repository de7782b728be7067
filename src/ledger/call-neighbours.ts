import { sql } from 'kysely';
import { recordName, SYSTEMS } from '../domain/people/record.ts';
import { namesOf, type RecordColumns, refFrom } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { addressesIn, type IdentityColumns, namedIn } from './sighting-rows.ts';

/**
 * A domain or a company name that more records of one system bear than this tells nobody apart: the oldest so many of each system stand
 * for all of them, and whoever is compared with them is held, as it would be beside all. So what is looked at for one record does not
 * grow with the number of its namesakes, nor what they cost together with its square.
 */
const TELLING = 50;

/** Free records that share an address, domain, name or key are looked at again. Names and domains call the oldest bearers only: see `TELLING`. */
export async function callNeighbours(on: Session, identities: readonly IdentityColumns[]): Promise<void> {
  const emails = distinct(identities.flatMap(addressesIn));
  const named = identities.flatMap(namedIn);
  const keys = distinct(identities.map(({ entity_key: key }) => key));
  const domains = distinct(identities.map(({ domain }) => domain));
  const names = distinct(identities.map(({ company_name: name }) => name));
  if (emails.length + keys.length + domains.length + names.length + named.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = true
      from (
        ${bearersOf(emails)}
        union select * from json_to_recordset(${namesOf(named)}::json) as r (system text, object text, record_id text)
        union select system, object, record_id from tasuki.sighting where entity_key = any(${keys}::text[])
        union ${oldestBearers('domain', domains)}
        union ${oldestBearers('company_name', names)}
      ) n
      where (s.system, s.object, s.record_id) = (n.system, n.object, n.record_id) and not s.match_due and not s.deleted
        and not exists (select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id))`,
  );
}

/** The same for records that the ledger itself moved: deleted under a write, or freed. */
export async function callNeighboursOf(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  const around = await rows(
    on,
    sql<IdentityColumns>`
      select distinct s.email, s.domain, s.company_name, s.entity_key, s.aliases from tasuki.sighting s
      join json_to_recordset(${namesOf(records)}::json) as i (system text, object text, record_id text) using (system, object, record_id)`,
  );
  await callNeighbours(on, around);
  await callNaming(on, records);
  await callTurned(
    on,
    records.filter(({ object }) => object === 'Lead' || object === 'Contact'),
  );
}

/** Free records on which HubSpot's own integration wrote that they are one of these. */
export async function callNaming(on: Session, records: readonly RecordColumns[]): Promise<void> {
  const named = records.filter(({ system }) => system === 'salesforce').map((columns) => recordName(refFrom(columns)));
  if (named.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = true
      where s.aliases && ${named}::text[] and not s.match_due and not s.deleted
        and not exists (select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id))`,
  );
}

/** Records with one of these addresses, be it a further one. */
export function bearersOf(emails: readonly string[]) {
  return sql`
    select system, object, record_id from tasuki.sighting where email = any(${emails}::text[])
    union select system, object, record_id from tasuki.sighting where aliases && ${emails}::text[]`;
}

/** What these records became, or were before, where it is nobody's: a Lead and its Contact find each other whatever their addresses. */
export async function callTurned(on: Session, records: readonly RecordColumns[]): Promise<void> {
  if (records.length === 0) return;
  await affect(
    on,
    sql`
      with turned as (
        select * from json_to_recordset(${namesOf(records)}::json) as r (system text, object text, record_id text)
      )
      update tasuki.sighting s set match_due = true
      from (
        select t.system, t.to_object as object, t.to_id as record_id from tasuki.tie t join turned r
          on (t.system, t.from_object, t.from_id) = (r.system, r.object, r.record_id) where t.kind = 'became'
        union select t.system, t.from_object, t.from_id from tasuki.tie t join turned r
          on (t.system, t.to_object, t.to_id) = (r.system, r.object, r.record_id) where t.kind = 'became'
      ) n
      where (s.system, s.object, s.record_id) = (n.system, n.object, n.record_id) and not s.match_due and not s.deleted
        and not exists (select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id))`,
  );
}

/** The oldest live records of each system that bear one of these, and those that are deleted and hold a seat still. */
export function oldestBearers(column: 'domain' | 'company_name', texts: readonly string[]) {
  const bears = sql`${sql.ref(`s.${column}`)} = asked.text and s.system = asked.system`;
  return sql`
    select found.system, found.object, found.record_id
    from (select text, system from unnest(${texts}::text[]) as t (text), unnest(${SYSTEMS}::text[]) as y (system)) asked
    cross join lateral (
      (select s.system, s.object, s.record_id from tasuki.sighting s where ${bears} and not s.deleted
        order by s.created_at, s.object, s.record_id limit ${TELLING})
      union all
      (select s.system, s.object, s.record_id from tasuki.sighting s join tasuki.link l using (system, object, record_id)
        where ${bears} and s.deleted and l.role = 'current' limit ${TELLING})
    ) found`;
}

function distinct(texts: readonly (string | null)[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}
