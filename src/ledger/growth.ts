import { sql } from 'kysely';
import { recordName } from '../domain/people/record.ts';
import { bearersOf, oldestBearers } from './call-neighbours.ts';
import { columnsIn, namesOf, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';
import { addressesIn, namedIn, SIGHTING_COLUMNS, type SightingRow } from './sighting-rows.ts';

/**
 * These records with everyone who shares an address, a domain, a company name or a key with one of them, or became one of them, also
 * through each other. One statement per wave, and waves are few: each text is asked for once. Of a domain or name that very many bear
 * only the oldest come, which is enough to see that it tells nobody apart (see `TELLING`).
 */
export async function growAround(on: Session, taken: readonly SightingRow[]): Promise<readonly SightingRow[]> {
  const members = new Map(taken.map((row) => [nameOf(row), row]));
  const asked = new Set<string>();
  let edge: readonly SightingRow[] = taken;
  while (edge.length > 0) {
    const found = await around(on, edge, asked);
    edge = found.filter((row) => !members.has(nameOf(row)));
    for (const row of edge) members.set(nameOf(row), row);
  }
  return [...members.values()];
}

async function around(on: Session, edge: readonly SightingRow[], asked: Set<string>): Promise<readonly SightingRow[]> {
  const unasked = (what: string, said: (row: SightingRow) => readonly (string | null)[]) =>
    unaskedOf(asked, what, edge.flatMap(said));
  const asking: Asked = {
    emails: unasked('email', addressesIn),
    keys: unasked('entity_key', ({ entity_key: key }) => [key]),
    domains: unasked('domain', ({ domain }) => [domain]),
    names: unasked('company_name', ({ company_name: name }) => [name]),
    named: unasked('record', (row) => namedIn(row).map((columns) => recordName(refFrom(columns)))),
    naming: unasked('naming', (row) => (row.system === 'salesforce' ? [nameOf(row)] : [])),
    turned: edge.filter(({ object }) => object === 'Lead' || object === 'Contact'),
  };
  return Object.values(asking).every((part) => part.length === 0) ? [] : sharing(on, asking);
}

function unaskedOf(asked: Set<string>, what: string, said: readonly (string | null)[]): readonly string[] {
  const fresh = [...new Set(said)].flatMap((text) => (text === null || asked.has(`${what} ${text}`) ? [] : [text]));
  for (const text of fresh) asked.add(`${what} ${text}`);
  return fresh;
}

type Asked = Readonly<Record<'emails' | 'keys' | 'domains' | 'names', readonly string[]>> & {
  /** Records that somebody is said to be. */
  readonly named: readonly string[];
  /** Salesforce records that somebody may be said to be. */
  readonly naming: readonly string[];
  /** Leads and Contacts, which may have become each other. */
  readonly turned: readonly SightingRow[];
};

/** Deleted records count only while they are somebody's: the rest are gone. */
function sharing(
  on: Session,
  { emails, keys, domains, names, named, naming, turned }: Asked,
): Promise<readonly SightingRow[]> {
  return rows(
    on,
    sql<SightingRow>`
      with turned as (
        select * from json_to_recordset(${namesOf(turned)}::json) as r (system text, object text, record_id text)
      )
      select ${SIGHTING_COLUMNS} from tasuki.sighting s join (
        ${bearersOf(emails)}
        union select system, object, record_id from tasuki.sighting where aliases && ${naming}::text[]
        union select * from json_to_recordset(${namesOf(named.map(columnsIn))}::json) as r (system text, object text, record_id text)
        union select system, object, record_id from tasuki.sighting where entity_key = any(${keys}::text[])
        union ${oldestBearers('domain', domains)}
        union ${oldestBearers('company_name', names)}
        union select t.system, t.to_object, t.to_id from tasuki.tie t join turned r
          on (t.system, t.from_object, t.from_id) = (r.system, r.object, r.record_id) where t.kind = 'became'
        union select t.system, t.from_object, t.from_id from tasuki.tie t join turned r
          on (t.system, t.to_object, t.to_id) = (r.system, r.object, r.record_id) where t.kind = 'became'
      ) n using (system, object, record_id)
      where not s.deleted or exists (
        select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id) and l.role = 'current')
      order by s.created_at, s.system, s.object, s.record_id`,
  );
}

function nameOf(row: SightingRow): string {
  return recordName(refFrom(row));
}
