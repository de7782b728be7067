import { sql } from 'kysely';
import type { Finding, PersonFacts } from '../domain/people/person.ts';
import type { Base, Link } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { type ActivityRow, activityFrom } from './activities.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { type ClockRow, clockFrom } from './clocks.ts';
import { type RecordColumns, refFrom } from './records.ts';
import { rows, type Session } from './session.ts';
import { SIGHTING_COLUMNS, type SightingRow, sightingFrom } from './sighting-rows.ts';
import { type StageRow, stageFrom } from './stages.ts';

export type PersonRow = { readonly id: string; readonly dirty_version: number; readonly created_at: Instant };
type Of<Row> = Row & { readonly person: string };

/**
 * Everything a plan for these people depends on, set-wise: one statement per table, however many people.
 * Open changes are locked, so that no write is claimed between this reading and the plan that may take it back.
 */
export async function loadFacts(on: Session, people: readonly PersonRow[]): Promise<readonly PersonFacts[]> {
  const ids = people.map(({ id }) => id);
  const links = await linksOf(on, ids);
  const sightings = byPerson(await sightingsOf(on, ids), sightingFrom);
  const bases = byPerson(await basesOf(on, ids), baseFrom);
  const activities = byPerson(await activitiesOf(on, ids), activityFrom);
  const stages = byPerson(await stagesOf(on, ids), stageFrom);
  const clocks = byPerson(await clocksOf(on, ids), clockFrom);
  const open = byPerson(await openChangesOf(on, ids), changeFrom);
  const findings = byPerson(await findingsOf(on, ids), findingFrom);
  const rivals = byPerson(await rivalsOf(on, ids), refFrom);
  return people.map(({ id, dirty_version: version, created_at: createdAt }) => ({
    id,
    version,
    createdAt,
    links: links.get(id) ?? [],
    sightings: sightings.get(id) ?? [],
    bases: bases.get(id) ?? [],
    activities: activities.get(id) ?? [],
    stages: stages.get(id) ?? [],
    clocks: clocks.get(id) ?? [],
    open: open.get(id) ?? [],
    findings: findings.get(id) ?? [],
    rivals: rivals.get(id) ?? [],
  }));
}

export type LinkRow = Of<RecordColumns> &
  Pick<Link, 'role' | 'since' | 'evidence'> & { readonly until: Instant | null };
export type FindingRow = Pick<Finding, 'code' | 'subject' | 'detail'> & { readonly person: string | null };
type BaseRow = Of<Base>;

export function linkFrom({ person, role, since, until, evidence, ...columns }: LinkRow): Link {
  return { person, record: refFrom(columns), role, since, ...(until === null ? {} : { until }), evidence };
}

export function findingFrom({ code, subject, person, detail }: FindingRow): Finding {
  return { code, subject, ...(person === null ? {} : { person }), detail };
}

function baseFrom({ person: _person, ...base }: BaseRow): Base {
  return base;
}

function byPerson<Row extends { person: string | null }, T>(
  found: readonly Row[],
  from: (row: Row) => T,
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of found) {
    const group = grouped.get(row.person ?? '');
    if (group === undefined) grouped.set(row.person ?? '', [from(row)]);
    else group.push(from(row));
  }
  return grouped;
}

async function linksOf(on: Session, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Link[]>> {
  const found = await rows(
    on,
    sql<LinkRow>`
      select person, system, object, record_id, role, since, until, evidence from tasuki.link
      where person = any(${ids}::text[]) order by person, since, system, object, record_id`,
  );
  return byPerson(found, linkFrom);
}

function sightingsOf(on: Session, ids: readonly string[]): Promise<readonly Of<SightingRow>[]> {
  return rows(
    on,
    sql<Of<SightingRow>>`
      select l.person, ${SIGHTING_COLUMNS} from tasuki.link l join tasuki.sighting s using (system, object, record_id)
      where l.person = any(${ids}::text[]) order by l.person, s.created_at, s.system, s.object, s.record_id`,
  );
}

function basesOf(on: Session, ids: readonly string[]): Promise<readonly BaseRow[]> {
  return rows(
    on,
    sql<BaseRow>`
      select person, field, hubspot, salesforce, canonical, since, provisional from tasuki.base
      where person = any(${ids}::text[]) order by person, field`,
  );
}

function activitiesOf(on: Session, ids: readonly string[]): Promise<readonly Of<ActivityRow>[]> {
  return rows(
    on,
    sql<Of<ActivityRow>>`
      select l.person, a.* from tasuki.link l
      join tasuki.activity a on (a.about_system, a.about_object, a.about_id) = (l.system, l.object, l.record_id)
      where l.person = any(${ids}::text[]) order by l.person, a.happened_at, a.system, a.object, a.source_id`,
  );
}

function stagesOf(on: Session, ids: readonly string[]): Promise<readonly Of<StageRow>[]> {
  return rows(
    on,
    sql<
      Of<StageRow>
    >`select * from tasuki.stage_entry where person = any(${ids}::text[]) order by person, entered_at, number`,
  );
}

function clocksOf(on: Session, ids: readonly string[]): Promise<readonly Of<ClockRow>[]> {
  return rows(
    on,
    sql<Of<ClockRow>>`select * from tasuki.clock where person = any(${ids}::text[]) order by person, started_at, id`,
  );
}

function openChangesOf(on: Session, ids: readonly string[]): Promise<readonly ChangeRow[]> {
  return rows(
    on,
    sql<ChangeRow>`
      select ${CHANGE_COLUMNS} from tasuki.change c
      where c.person = any(${ids}::text[]) and c.state not in ('confirmed', 'refused', 'superseded', 'undone')
      order by c.number for update`,
  );
}

function findingsOf(on: Session, ids: readonly string[]): Promise<readonly FindingRow[]> {
  return rows(
    on,
    sql<FindingRow>`
      select person, code, subject, detail from tasuki.finding
      where person = any(${ids}::text[]) and closed_at is null order by person, number`,
  );
}

function rivalsOf(on: Session, ids: readonly string[]): Promise<readonly Of<RecordColumns>[]> {
  return rows(
    on,
    sql<Of<RecordColumns>>`
      select person, system, object, record_id from tasuki.rival
      where person = any(${ids}::text[]) order by person, system, object, record_id`,
  );
}
