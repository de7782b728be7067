import { sql } from 'kysely';
import { type EntityKind, entityKindOf, type Link, recordName } from '../domain/people/record.ts';
import { tiesOf } from '../domain/people/tie.ts';
import type { Neighbourhood } from '../reconcile/match.ts';
import { type LinkRow, linkFrom } from './entity-facts.ts';
import { growAround } from './growth.ts';
import { namesOf, type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';
import { addressesIn, namedIn, SIGHTING_COLUMNS, type SightingRow, sightingFrom } from './sighting-rows.ts';
import { withStandings } from './standings.ts';

/** Records that wait to be matched, with everyone around them; `taken` are those that waited. */
export type Surroundings = {
  readonly taken: readonly RecordColumns[];
  readonly neighbourhoods: readonly Neighbourhood[];
};

/**
 * Takes up to `limit` waiting records, oldest first, and grows them by shared address, domain, name, key and native id until nothing new turns up:
 * whoever shares one with a member is a member. The order depends on the records alone, so a rehearsal and the run after it agree.
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
  return { taken, neighbourhoods: await withStandings(on, separate(members, links)) };
}

/** All links of everyone who is one of these records, or whose key one of them bears. Whoever became another answers by that one's. */
async function linksAround(on: Session, members: readonly SightingRow[]): Promise<readonly Link[]> {
  const keys = [...new Set(members.flatMap(({ entity_key: key }) => key ?? []))];
  const found = await rows(
    on,
    sql<LinkRow>`
      select l.entity, l.system, l.object, l.record_id, l.role, l.since, l.until, l.evidence from tasuki.link l
      where l.entity in (select coalesce(merged_into, id) from tasuki.entity where id = any(${keys}::text[])) or l.entity in (
        select m.entity from tasuki.link m
        join json_to_recordset(${namesOf(members)}::json) as r (system text, object text, record_id text) using (system, object, record_id))
      order by l.entity, l.since, l.system, l.object, l.record_id`,
  );
  return found.map(linkFrom);
}

/** Splits records into groups of one kind that share nothing: by what they are known by, what they became, and whose they are. */
function separate(members: readonly SightingRow[], links: readonly Link[]): readonly Neighbourhood[] {
  const entityOf = new Map(links.map((link) => [recordName(link.record), link.entity]));
  const groupOf = grouping();
  for (const row of members) {
    const name = recordName(refFrom(row));
    for (const bond of bondsOf(row, entityOf.get(name))) groupOf.join(name, bond);
  }
  const groups = new Map<string, { kind: EntityKind; records: SightingRow[]; links: Link[] }>();
  for (const row of members) {
    const kind = entityKindOf(row.object);
    if (kind === null) continue;
    const root = groupOf.root(recordName(refFrom(row)));
    const group = groups.get(root) ?? { kind, records: [], links: [] };
    group.records.push(row);
    groups.set(root, group);
  }
  for (const link of links) {
    const kind = entityKindOf(link.record.object);
    groups.get(groupOf.root(`${kind} key ${link.entity}`))?.links.push(link);
  }
  return [...groups.values()].map((group) => ({ ...group, records: group.records.map(sightingFrom) }));
}

/** A key is an entity's id, and one of another kind is nobody's here: somebody copied it. */
function bondsOf(row: SightingRow, entity: string | undefined): readonly string[] {
  const kind = entityKindOf(row.object);
  const became = tiesOf(sightingFrom(row)).filter((tie) => tie.kind === 'became');
  return [
    ...addressesIn(row).map((address) => `email ${address}`),
    ...namedIn(row).map((columns) => recordName(refFrom(columns))),
    ...(row.domain === null ? [] : [`domain ${row.domain}`]),
    ...(row.company_name === null ? [] : [`name ${row.company_name}`]),
    ...(row.entity_key === null ? [] : [`${kind} key ${row.entity_key}`]),
    ...(entity === undefined ? [] : [`${kind} key ${entity}`]),
    ...became.map(({ to }) => recordName(to)),
  ];
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
