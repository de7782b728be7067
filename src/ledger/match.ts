import { sql } from 'kysely';
import { type EntityKind, entityKindOf } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { MatchVerdict, Neighbourhood } from '../reconcile/match.ts';
import { moveInto } from './absorb.ts';
import { forgetBases } from './bases.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { stamp, toJson } from './json.ts';
import { takeSurroundings } from './neighbourhoods.ts';
import { columnsOf, namesOf, type RecordColumns } from './records.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

type JoinedVerdict = Extract<MatchVerdict, { kind: 'joined' }>;
type UnitedVerdict = Extract<MatchVerdict, { kind: 'united' }>;

/** See `Ledger.match`. Serial across replicas, by the same lock as planning: two of them must not make one human being two people. */
export async function match(
  on: Session,
  limit: number,
  at: Instant,
  decide: (batch: readonly Neighbourhood[]) => readonly MatchVerdict[],
): Promise<number> {
  await firstRow(on, sql`select 1 from tasuki.rotation for update`);
  const { taken, neighbourhoods } = await takeSurroundings(on, limit);
  if (taken.length === 0) return 0;
  const verdicts = decide(neighbourhoods);
  const said = verdicts.filter((verdict) => verdict.kind === 'joined');
  await storeEntities(on, said, at);
  const joined = await nameStanding(on, said);
  await storeLinks(on, joined);
  await storeRivals(on, joined, neighbourhoods);
  await lookedAt(on, taken, neighbourhoods);
  await markDirty(
    on,
    joined.map(({ entity }) => entity),
  );
  await markNeighboursDirty(
    on,
    joined.flatMap(({ links }) => links.map(({ record }) => columnsOf(record))),
  );
  for (const verdict of verdicts) if (verdict.kind === 'united') await unite(on, verdict, at);
  return taken.length;
}

/** One after the other; they are as rare as addresses that somebody corrects. */
function unite(on: Session, { entity, into, record, evidence }: UnitedVerdict, at: Instant): Promise<void> {
  return moveInto(on, into, { entity, record, because: evidence }, at);
}

/** An entity is as old as the oldest of its records. */
async function storeEntities(on: Session, verdicts: readonly JoinedVerdict[], at: Instant): Promise<void> {
  const kinds = new Map(
    verdicts.filter(({ isNew }) => isNew).map((verdict) => [verdict.entity, kindOf(verdict)] as const),
  );
  if (kinds.size === 0) return;
  const entities = [...kinds].map(([id, kind]) => ({ id, kind }));
  await affect(
    on,
    sql`
      insert into tasuki.entity (id, kind, created_at, dirty_version)
      select e.id, e.kind, ${stamp(at)}, 0 from json_to_recordset(${toJson(entities)}::json) as e (id text, kind text)
      on conflict (id) do nothing`,
  );
}

function kindOf({ links, rivals }: JoinedVerdict): EntityKind | null {
  const record = links[0]?.record ?? rivals[0]?.record;
  return record === undefined ? null : entityKindOf(record.object);
}

/**
 * A key may be the id of somebody who became another since: then it is that one's. One of another kind was copied by somebody, and joins
 * nothing: a deal is no person. A seat that the other one's record holds is not taken.
 */
async function nameStanding(on: Session, verdicts: readonly JoinedVerdict[]): Promise<readonly JoinedVerdict[]> {
  const ids = [...new Set(verdicts.map(({ entity }) => entity))];
  if (ids.length === 0) return [];
  const found = await rows(
    on,
    sql<{ id: string; kind: EntityKind; stands: string; seats: readonly string[] }>`
      select e.id, e.kind, coalesce(e.merged_into, e.id) as stands, coalesce((
          select json_agg(l.system) from tasuki.link l where l.entity = e.merged_into and l.role = 'current'), '[]') as seats
      from tasuki.entity e where e.id = any(${ids}::text[])`,
  );
  const known = new Map(found.map((row) => [row.id, row]));
  const seats = new Set(found.flatMap(({ stands, seats: held }) => held.map((system) => `${stands} ${system}`)));
  const kept: JoinedVerdict[] = [];
  for (const verdict of verdicts) {
    const entity = known.get(verdict.entity);
    if (entity === undefined || entity.kind !== (kindOf(verdict) ?? entity.kind)) continue;
    const links = verdict.links.map((link) => {
      const seat = `${entity.stands} ${link.record.system}`;
      if (link.role !== 'current') return link;
      if (seats.has(seat)) return { ...link, role: 'duplicate' as const };
      seats.add(seat);
      return link;
    });
    kept.push({ ...verdict, entity: entity.stands, links });
  }
  return kept;
}

/** Ended roles first, so that a seat is free before its next holder takes it. */
async function storeLinks(on: Session, verdicts: readonly JoinedVerdict[]): Promise<void> {
  const links = verdicts.flatMap(({ entity, links }) =>
    links.map(({ record, role, since, until, evidence }) => ({
      ...columnsOf(record),
      entity,
      role,
      since: stamp(since),
      until: until === undefined ? null : stamp(until),
      evidence,
    })),
  );
  for (const seated of [
    links.filter(({ role }) => role !== 'current'),
    links.filter(({ role }) => role === 'current'),
  ]) {
    if (seated.length === 0) continue;
    await affect(
      on,
      sql`
        insert into tasuki.link (system, object, record_id, entity, role, since, until, evidence)
        select * from json_to_recordset(${toJson(seated)}::json) as l (
          system text, object text, record_id text, entity text, role text, since timestamptz, until timestamptz, evidence text)
        on conflict (system, object, record_id) do update set
          entity = excluded.entity, role = excluded.role, since = excluded.since, until = excluded.until, evidence = excluded.evidence`,
    );
  }
  await forgetBases(
    on,
    links.filter(({ role }) => role === 'current'),
  );
  await affect(
    on,
    sql`
      update tasuki.entity p set created_at = least(p.created_at, o.created_at)
      from (
        select l.entity, min(s.created_at) as created_at from tasuki.link l join tasuki.sighting s using (system, object, record_id)
        where l.entity = any(${links.map(({ entity }) => entity)}::text[]) group by l.entity
      ) o
      where p.id = o.entity and o.created_at < p.created_at`,
  );
}

/** Rivals are told anew for everyone in sight: a look-alike that has found its own person is one no more. */
async function storeRivals(
  on: Session,
  verdicts: readonly JoinedVerdict[],
  neighbourhoods: readonly Neighbourhood[],
): Promise<void> {
  const inSight = [
    ...verdicts.map(({ entity }) => entity),
    ...neighbourhoods.flatMap(({ links }) => links.map(({ entity }) => entity)),
  ];
  const rivals = verdicts.flatMap(({ entity, rivals }) =>
    rivals.map(({ record }) => ({ ...columnsOf(record), entity })),
  );
  const told = await rows(
    on,
    sql<{
      entity: string;
    }>`delete from tasuki.rival where entity = any(${[...new Set(inSight)]}::text[]) returning entity`,
  );
  await markDirty(
    on,
    told.map(({ entity }) => entity),
  );
  if (rivals.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.rival (entity, system, object, record_id)
      select r.entity, r.system, r.object, r.record_id
      from json_to_recordset(${toJson(rivals)}::json) as r (entity text, system text, object text, record_id text)
      on conflict do nothing`,
  );
}

/** Whoever was in a neighbourhood has been looked at, not only those that waited at the front. */
async function lookedAt(
  on: Session,
  taken: readonly RecordColumns[],
  neighbourhoods: readonly Neighbourhood[],
): Promise<void> {
  const members = neighbourhoods.flatMap(({ records }) => records.map(({ record }) => columnsOf(record)));
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = false
      from json_to_recordset(${namesOf([...taken, ...members])}::json) as r (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (r.system, r.object, r.record_id) and s.match_due`,
  );
}
