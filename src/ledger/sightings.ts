import { sql } from 'kysely';
import { PERSON_OBJECTS, type Sighting } from '../domain/people/record.ts';
import { stamp, toJson } from './json.ts';
import { dismissRivals, releaseDuplicates } from './look-alikes.ts';
import { markDirty, markDirtyByRecord } from './people.ts';
import { columnsOf, inLockOrder, type RecordColumns, recordName, refFrom } from './records.ts';
import { affect, rows, type Session } from './session.ts';
import { type News, newestOfEach, newsIn } from './sighting-news.ts';
import { SIGHTING_COLUMNS, type SightingRow, toParameter } from './sighting-rows.ts';

/** See `Ledger.noteSightings`. A page costs a handful of statements, however long it is. */
export async function noteSightings(
  on: Session,
  sightings: readonly Sighting[],
  factFields: readonly string[],
): Promise<{ readonly changed: number }> {
  const incoming = newestOfEach(sightings);
  const known = await knownOf(
    on,
    incoming.map(({ record }) => columnsOf(record)),
  );
  const news = incoming.map((sighting) => newsIn(sighting, known.get(recordName(sighting.record)), factFields));
  const moved = news.filter(({ kind }) => kind === 'moved');
  const read = news.filter(({ kind }) => kind !== 'late');
  await storeSightings(
    on,
    moved.map(({ row }) => row),
  );
  await touch(
    on,
    news.filter(({ kind }) => kind === 'same').map(({ row }) => row),
  );
  await appendFacts(on, read);
  const others = moved.filter(({ identityMoved }) => identityMoved).map(({ row }) => row);
  await dismissRivals(on, others);
  await releaseDuplicates(on, others);
  await callForMatch(on, moved);
  await markDirtyByRecord(
    on,
    moved.map(({ row }) => row),
  );
  await markAcknowledged(
    on,
    read.map(({ row }) => row),
  );
  return { changed: moved.length };
}

async function knownOf(on: Session, records: readonly RecordColumns[]): Promise<ReadonlyMap<string, SightingRow>> {
  const found = await rows(
    on,
    sql<SightingRow>`
      select ${SIGHTING_COLUMNS} from tasuki.sighting s
      join json_to_recordset(${toJson(records)}::json) as r (system text, object text, record_id text) using (system, object, record_id)
      order by s.system, s.object, s.record_id for update of s`,
  );
  return new Map(found.map((row) => [recordName(refFrom(row)), row]));
}

/** Inserts or replaces. A person's record that nobody has yet is left for `match`. */
async function storeSightings(on: Session, sightings: readonly SightingRow[]): Promise<void> {
  if (sightings.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.sighting as s (system, object, record_id, values, facts, email, person_key, created_at, modified_at, seen_at, deleted, merged_into, moved_by, match_due)
      select i.*, i.object = any(${PERSON_OBJECTS}::text[]) and not i.deleted and not exists (
        select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (i.system, i.object, i.record_id))
      from json_to_recordset(${toJson(inLockOrder(sightings).map(toParameter))}::json) as i (
        system text, object text, record_id text, values jsonb, facts jsonb, email text, person_key text, created_at timestamptz,
        modified_at timestamptz, seen_at timestamptz, deleted boolean, merged_into text, moved_by text)
      on conflict (system, object, record_id) do update set
        values = s.values || excluded.values, facts = s.facts || excluded.facts, email = excluded.email, person_key = excluded.person_key,
        created_at = excluded.created_at, modified_at = excluded.modified_at, seen_at = excluded.seen_at, deleted = excluded.deleted,
        merged_into = excluded.merged_into, moved_by = excluded.moved_by, match_due = excluded.match_due, version = s.version + 1
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

async function appendFacts(on: Session, news: readonly News[]): Promise<void> {
  const facts = news.flatMap((one) => one.facts);
  if (facts.length === 0) return;
  const parameter = facts.map((fact) => ({
    ...fact,
    valid_from: stamp(fact.valid_from),
    seen_at: stamp(fact.seen_at),
  }));
  await affect(
    on,
    sql`
      insert into tasuki.fact (system, object, record_id, field, value, valid_from, seen_at, observer)
      select f.system, f.object, f.record_id, f.field, coalesce(f.value, 'null'::jsonb), f.valid_from, f.seen_at, f.observer
      from json_to_recordset(${toJson(parameter)}::json) as f (
        system text, object text, record_id text, field text, value jsonb, valid_from timestamptz, seen_at timestamptz, observer text)`,
  );
}

/** Free records that share an address or key with one that moved are looked at again. */
async function callForMatch(on: Session, moved: readonly News[]): Promise<void> {
  const emails = [...new Set(moved.flatMap(({ neighbours }) => neighbours.emails))];
  const keys = [...new Set(moved.flatMap(({ neighbours }) => neighbours.keys))];
  await callNeighbours(on, emails, keys);
}

/** The same for records that the ledger itself moved: deleted under a write, or freed. */
export async function callNeighboursOf(on: Session, records: readonly RecordColumns[]): Promise<void> {
  const around = await rows(
    on,
    sql<{ email: string | null; person_key: string | null }>`
      select distinct s.email, s.person_key from tasuki.sighting s
      join json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text) using (system, object, record_id)`,
  );
  await callNeighbours(
    on,
    around.flatMap(({ email }) => email ?? []),
    around.flatMap(({ person_key: key }) => key ?? []),
  );
}

async function callNeighbours(on: Session, emails: readonly string[], keys: readonly string[]): Promise<void> {
  if (emails.length === 0 && keys.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.sighting s set match_due = true
      from (
        select system, object, record_id from tasuki.sighting where email = any(${emails}::text[])
        union select system, object, record_id from tasuki.sighting where person_key = any(${keys}::text[])
      ) n
      where (s.system, s.object, s.record_id) = (n.system, n.object, n.record_id) and not s.match_due and not s.deleted
        and not exists (select 1 from tasuki.link l where (l.system, l.object, l.record_id) = (s.system, s.object, s.record_id))`,
  );
}

/** Whoever has an acknowledged write on a record that was read again may now have it confirmed. */
async function markAcknowledged(on: Session, records: readonly RecordColumns[]): Promise<void> {
  const waiting = await rows(
    on,
    sql<{ person: string }>`
      select distinct c.person from tasuki.change c
      join json_to_recordset(${toJson(records)}::json) as i (system text, object text, record_id text)
        on (c.system, c.object, c.record_id) = (i.system, i.object, i.record_id)
      where c.state = 'acknowledged'`,
  );
  await markDirty(
    on,
    waiting.map(({ person }) => person),
  );
}
