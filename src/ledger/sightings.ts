import { sql } from 'kysely';
import { ENTITY_OBJECTS, recordName, type Sighting } from '../domain/people/record.ts';
import { resolveActivities } from './activities.ts';
import { callNaming, callNeighbours, callTurned } from './call-neighbours.ts';
import { markDirtyAround, markTiedDirty } from './dirtiness.ts';
import { markDirty } from './entities.ts';
import { appendFacts } from './facts.ts';
import { toJson } from './json.ts';
import { dismissRivals, releaseDuplicates } from './look-alikes.ts';
import { columnsOf, inLockOrder, namesOf, type RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { releaseMoved } from './set-aside.ts';
import { newestOfEach, newsIn, type TieNews } from './sighting-news.ts';
import { lockSightings, type SightingRow, toParameter } from './sighting-rows.ts';
import { storeTies } from './ties.ts';

/** See `Ledger.noteSightings`. A page costs a handful of statements, however long it is. */
export async function noteSightings(
  on: Session,
  sightings: readonly Sighting[],
  factFields: readonly string[],
): Promise<{ readonly changed: number }> {
  const incoming = newestOfEach(sightings);
  const known = await lockSightings(
    on,
    incoming.map(({ record }) => columnsOf(record)),
  );
  const news = incoming.map((sighting) => newsIn(sighting, known.get(recordName(sighting.record)), factFields));
  const moved = news.filter(({ kind }) => kind === 'moved');
  const read = news.filter(({ kind }) => kind !== 'late');
  const movedRows = moved.map(({ row }) => row);
  await storeSightings(on, movedRows);
  await touch(
    on,
    news.filter(({ kind }) => kind === 'same').map(({ row }) => row),
  );
  await appendFacts(
    on,
    read.flatMap(({ facts }) => facts),
  );
  await noteTies(
    on,
    moved.flatMap(({ row, ties }) => (ties === null ? [] : [{ row, ties }])),
  );
  const others = moved.filter(({ identities }) => identities.length > 0);
  await noteIdentities(
    on,
    others.map(({ row }) => row),
  );
  await callNeighbours(
    on,
    others.flatMap(({ identities }) => identities),
  );
  await callNaming(
    on,
    others.map(({ row }) => row),
  );
  await markDirtyAround(on, movedRows);
  await releaseMoved(on, movedRows);
  await markAcknowledged(
    on,
    read.map(({ row }) => row),
  );
  return { changed: moved.length };
}

/** Who is tied to whom has changed: both ends are planned anew, and what a Lead became is looked at. */
export async function noteTies(
  on: Session,
  news: readonly { readonly row: SightingRow; readonly ties: TieNews }[],
): Promise<void> {
  if (news.length === 0) return;
  const after = news.flatMap(({ ties }) => ties.after);
  await storeTies(
    on,
    news.map(({ row }) => row),
    after,
  );
  await callTurned(
    on,
    news.filter(({ ties }) => ties.after.some(({ kind }) => kind === 'became')).map(({ row }) => row),
  );
  await markTiedDirty(
    on,
    news.flatMap(({ ties }) => ties.moved),
  );
}

/** Records that are known by something else now: what was decided of them by the old is open again. */
async function noteIdentities(on: Session, others: readonly SightingRow[]): Promise<void> {
  await dismissRivals(on, others);
  await releaseDuplicates(on, others);
  await resolveActivities(on, others);
}

/** Inserts or replaces. An entity's record that nobody has yet is left for `match`, and so is one that says it is another than before. */
async function storeSightings(on: Session, sightings: readonly SightingRow[]): Promise<void> {
  if (sightings.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.sighting as s (system, object, record_id, values, facts, email, domain, company_name, entity_key, aliases, created_at, modified_at, seen_at, deleted, merged_into, moved_by, match_due)
      select i.*, i.object = any(${ENTITY_OBJECTS}::text[]) and not i.deleted and not exists (
        select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (i.system, i.object, i.record_id))
      from json_to_recordset(${toJson(inLockOrder(sightings).map(toParameter))}::json) as i (
        system text, object text, record_id text, values jsonb, facts jsonb, email text, domain text, company_name text, entity_key text, aliases text[], created_at timestamptz,
        modified_at timestamptz, seen_at timestamptz, deleted boolean, merged_into text, moved_by text)
      on conflict (system, object, record_id) do update set
        values = s.values || excluded.values, facts = s.facts || excluded.facts, email = excluded.email,
        domain = excluded.domain, company_name = excluded.company_name, entity_key = excluded.entity_key, aliases = excluded.aliases,
        created_at = excluded.created_at, modified_at = excluded.modified_at, seen_at = excluded.seen_at, deleted = excluded.deleted,
        merged_into = excluded.merged_into, moved_by = excluded.moved_by, version = s.version + 1,
        match_due = excluded.match_due or (not excluded.deleted and (
          s.email is distinct from excluded.email or s.aliases is distinct from excluded.aliases))
      where excluded.seen_at >= s.seen_at`,
  );
}

/** An echo: the record was seen, and nothing about it asks for a plan. */
async function touch(on: Session, sightings: readonly SightingRow[]): Promise<void> {
  if (sightings.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s
      set seen_at = i.seen_at, modified_at = i.modified_at, moved_by = i.moved_by, facts = i.facts
      from json_to_recordset(${toJson(inLockOrder(sightings).map(toParameter))}::json) as i (
        system text, object text, record_id text, facts jsonb, modified_at timestamptz, seen_at timestamptz, moved_by text)
      where (s.system, s.object, s.record_id) = (i.system, i.object, i.record_id)`,
  );
}

/** Whoever has an acknowledged write on a record that was read again may now have it confirmed. */
async function markAcknowledged(on: Session, records: readonly RecordColumns[]): Promise<void> {
  const waiting = await rows(
    on,
    sql<{ entity: string }>`
      select distinct c.entity from tasuki.change c
      join json_to_recordset(${namesOf(records)}::json) as i (system text, object text, record_id text)
        on (c.system, c.object, c.record_id) = (i.system, i.object, i.record_id)
      where c.state = 'acknowledged'`,
  );
  await markDirty(
    on,
    waiting.map(({ entity }) => entity),
  );
}
