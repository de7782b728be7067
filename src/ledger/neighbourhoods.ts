import { sql } from 'kysely';
import type { Link } from '../domain/people/record.ts';
import type { Neighbourhood } from '../reconcile/match.ts';
import { type LinkRow, linkFrom } from './person-facts.ts';
import { type RecordColumns, recordName, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';
import { SIGHTING_COLUMNS, type SightingRow, sightingFrom } from './sighting-rows.ts';

/** Records that wait to be matched, with everyone around them; `taken` are those that waited. */
export type Surroundings = {
  readonly taken: readonly RecordColumns[];
  readonly neighbourhoods: readonly Neighbourhood[];
};

/**
 * Takes up to `limit` waiting records, oldest first, and grows them by shared address and key until nothing new turns up: whoever
 * shares one with a member is a member. The order depends on the records alone, so a rehearsal and the run after it agree.
 */
export async function takeSurroundings(on: Session, limit: number): Promise<Surroundings> {
  const taken = await rows(
    on,
    sql<SightingRow>`
      select ${SIGHTING_COLUMNS} from tasuki.sighting s where s.match_due
      order by s.created_at, s.system, s.object, s.record_id limit ${limit} for update skip locked`,
  );
  if (taken.length === 0) return { taken, neighbourhoods: [] };
  const members = await growAround(on, taken);
  const links = await linksAround(on, members);
  return { taken, neighbourhoods: separate(members, links) };
}

async function growAround(on: Session, taken: readonly SightingRow[]): Promise<readonly SightingRow[]> {
  const members = new Map(taken.map((row) => [recordName(refFrom(row)), row]));
  const asked = new Set<string>();
  let edge: readonly SightingRow[] = taken;
  while (edge.length > 0) {
    const emails = unasked(
      asked,
      'email',
      edge.map(({ email }) => email),
    );
    const keys = unasked(
      asked,
      'key',
      edge.map(({ person_key: key }) => key),
    );
    const found = emails.length + keys.length === 0 ? [] : await sharing(on, emails, keys);
    edge = found.filter((row) => !members.has(recordName(refFrom(row))));
    for (const row of edge) members.set(recordName(refFrom(row)), row);
  }
  return [...members.values()];
}

function unasked(asked: Set<string>, what: string, texts: readonly (string | null)[]): readonly string[] {
  const fresh = [...new Set(texts)].flatMap((text) => (text === null || asked.has(`${what} ${text}`) ? [] : [text]));
  for (const text of fresh) asked.add(`${what} ${text}`);
  return fresh;
}

/** Deleted records count only while they are somebody's: the rest are gone. */
function sharing(on: Session, emails: readonly string[], keys: readonly string[]): Promise<readonly SightingRow[]> {
  return rows(
    on,
    sql<SightingRow>`
      select ${SIGHTING_COLUMNS} from tasuki.sighting s join (
        select system, object, record_id from tasuki.sighting where email = any(${emails}::text[])
        union select system, object, record_id from tasuki.sighting where person_key = any(${keys}::text[])
      ) n using (system, object, record_id)
      where not s.deleted or exists (
        select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id) and l.role = 'current')
      order by s.created_at, s.system, s.object, s.record_id`,
  );
}

/** All links of everyone who is one of these records, or whose key one of them bears. */
async function linksAround(on: Session, members: readonly SightingRow[]): Promise<readonly Link[]> {
  const keys = members.flatMap(({ person_key: key }) => key ?? []);
  const found = await rows(
    on,
    sql<LinkRow>`
      select l.person, l.system, l.object, l.record_id, l.role, l.since, l.until, l.evidence from tasuki.link l
      where l.person = any(${keys}::text[]) or l.person in (
        select m.person from tasuki.link m
        join json_to_recordset(${JSON.stringify(members.map(({ system, object, record_id }) => ({ system, object, record_id })))}::json)
          as r (system text, object text, record_id text) using (system, object, record_id))
      order by l.person, l.since, l.system, l.object, l.record_id`,
  );
  return found.map(linkFrom);
}

/** Splits records into groups that share nothing: by address, key, and the person they are. */
function separate(members: readonly SightingRow[], links: readonly Link[]): readonly Neighbourhood[] {
  const personOf = new Map(links.map((link) => [recordName(link.record), link.person]));
  const groupOf = grouping();
  for (const row of members) {
    const name = recordName(refFrom(row));
    const person = personOf.get(name);
    if (row.email !== null) groupOf.join(name, `email ${row.email}`);
    if (row.person_key !== null) groupOf.join(name, `key ${row.person_key}`);
    if (person !== undefined) groupOf.join(name, `key ${person}`); // a key is a person's id
  }
  const groups = new Map<string, { records: SightingRow[]; links: Link[] }>();
  for (const row of members) {
    const root = groupOf.root(recordName(refFrom(row)));
    const group = groups.get(root) ?? { records: [], links: [] };
    group.records.push(row);
    groups.set(root, group);
  }
  for (const link of links) groups.get(groupOf.root(`key ${link.person}`))?.links.push(link);
  return [...groups.values()].map(({ records, links }) => ({ records: records.map(sightingFrom), links }));
}

/** Union-find over names. */
function grouping() {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let top = name;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    parent.set(name, top);
    return top;
  };
  return { root, join: (a: string, b: string) => void parent.set(root(a), root(b)) };
}
