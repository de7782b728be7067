import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import type { MatchVerdict, Neighbourhood } from '../reconcile/match.ts';
import { stamp, toJson } from './json.ts';
import { takeSurroundings } from './neighbourhoods.ts';
import { markDirty } from './people.ts';
import { columnsOf, type RecordColumns } from './records.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

type PersonVerdict = Extract<MatchVerdict, { kind: 'person' }>;

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
  const people = decide(neighbourhoods).filter((verdict) => verdict.kind === 'person');
  await storePeople(on, people, at);
  await storeLinks(on, people);
  await storeRivals(on, people, neighbourhoods);
  await lookedAt(on, taken, neighbourhoods);
  await markDirty(
    on,
    people.map(({ person }) => person),
  );
  return taken.length;
}

/** A person is as old as the oldest of their records. */
async function storePeople(on: Session, verdicts: readonly PersonVerdict[], at: Instant): Promise<void> {
  const people = [...new Set(verdicts.filter(({ isNew }) => isNew).map(({ person }) => person))];
  if (people.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.person (id, created_at, dirty_version)
      select p.id, ${stamp(at)}, 0 from json_to_recordset(${toJson(people.map((id) => ({ id })))}::json) as p (id text)
      on conflict (id) do nothing`,
  );
}

/** Ended roles first, so that a seat is free before its next holder takes it. */
async function storeLinks(on: Session, verdicts: readonly PersonVerdict[]): Promise<void> {
  const links = verdicts.flatMap(({ person, links }) =>
    links.map(({ record, role, since, until, evidence }) => ({
      ...columnsOf(record),
      person,
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
        insert into tasuki.link (system, object, record_id, person, role, since, until, evidence)
        select * from json_to_recordset(${toJson(seated)}::json) as l (
          system text, object text, record_id text, person text, role text, since timestamptz, until timestamptz, evidence text)
        on conflict (system, object, record_id) do update set
          person = excluded.person, role = excluded.role, since = excluded.since, until = excluded.until, evidence = excluded.evidence`,
    );
  }
  await forgetBases(
    on,
    links.filter(({ role }) => role === 'current'),
  );
  await affect(
    on,
    sql`
      update tasuki.person p set created_at = least(p.created_at, o.created_at)
      from (
        select l.person, min(s.created_at) as created_at from tasuki.link l join tasuki.sighting s using (system, object, record_id)
        where l.person = any(${links.map(({ person }) => person)}::text[]) group by l.person
      ) o
      where p.id = o.person and o.created_at < p.created_at`,
  );
}

/**
 * A base is what two records agreed on. Beside a record that has just come, the last holder's values would make its empty fields look
 * emptied, and what it brings look typed: the two meet for the first time (law R5). Only a Contact that a conversion has made since
 * holds what its Lead held.
 */
async function forgetBases(
  on: Session,
  seated: readonly (RecordColumns & { readonly person: string })[],
): Promise<void> {
  if (seated.length === 0) return;
  await affect(
    on,
    sql`
      delete from tasuki.base b
      using json_to_recordset(${toJson(seated)}::json) as n (system text, object text, record_id text, person text)
      where b.person = n.person and not exists (
        select 1 from tasuki.link l
        join tasuki.sighting was on (was.system, was.object, was.record_id) = (l.system, l.object, l.record_id)
        join tasuki.sighting made on (made.system, made.object, made.record_id) = (n.system, n.object, n.record_id)
        where l.person = n.person and l.role = 'converted' and was.values ->> 'ConvertedContactId' = n.record_id
          and made.created_at >= l.since)`,
  );
}

/** Rivals are told anew for everyone in sight: a look-alike that has found its own person is one no more. */
async function storeRivals(
  on: Session,
  verdicts: readonly PersonVerdict[],
  neighbourhoods: readonly Neighbourhood[],
): Promise<void> {
  const inSight = [
    ...verdicts.map(({ person }) => person),
    ...neighbourhoods.flatMap(({ links }) => links.map(({ person }) => person)),
  ];
  const rivals = verdicts.flatMap(({ person, rivals }) =>
    rivals.map(({ record }) => ({ ...columnsOf(record), person })),
  );
  const told = await rows(
    on,
    sql<{
      person: string;
    }>`delete from tasuki.rival where person = any(${[...new Set(inSight)]}::text[]) returning person`,
  );
  await markDirty(
    on,
    told.map(({ person }) => person),
  );
  if (rivals.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.rival (person, system, object, record_id)
      select r.person, r.system, r.object, r.record_id
      from json_to_recordset(${toJson(rivals)}::json) as r (person text, system text, object text, record_id text)
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
  const seen = [...taken, ...members].map(({ system, object, record_id }) => ({ system, object, record_id }));
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = false
      from json_to_recordset(${toJson(seen)}::json) as r (system text, object text, record_id text)
      where (s.system, s.object, s.record_id) = (r.system, r.object, r.record_id) and s.match_due`,
  );
}
