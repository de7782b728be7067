import { sql } from 'kysely';
import type { AnyFacts, EntityFacts, Finding } from '../domain/people/person.ts';
import type { Base, Link } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import { FOUGHT_WITHIN_MS } from '../reconcile/frozen.ts';
import { activityFrom, TOLD_ACTIVITY, type ToldActivity } from './activities.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { type ClockRow, clockFrom } from './clocks.ts';
import { editFrom, foughtFrom, foughtOf, newestEditsOf } from './disputes.ts';
import type { EntityRow } from './entities.ts';
import { surroundingsOf } from './entity-surroundings.ts';
import { type RecordColumns, refFrom } from './records.ts';
import { newestScopes, scopeFrom } from './scope.ts';
import { rows, type Session } from './session.ts';
import { SIGHTING_COLUMNS, type SightingRow, sightingFrom } from './sighting-rows.ts';
import { FUNNEL_RANK, type StageRow, stageFrom } from './stages.ts';

type Of<Row> = Row & { readonly entity: string };

/**
 * Everything a plan for these people, deals and companies depends on, set-wise: one statement per table, however many there are.
 * Open changes are locked, so that no write is claimed between this reading and the plan that may take it back.
 * `at` is when they are to be planned: what is too old to matter then is not looked for.
 */
export async function loadFacts(
  on: Session,
  entities: readonly EntityRow[],
  at?: Instant,
): Promise<readonly AnyFacts[]> {
  const people = entities.flatMap(({ id, kind }) => (kind === 'person' ? [id] : []));
  const common = await loadCommon(on, entities, at);
  const activities = byEntity(await activitiesOf(on, people), activityFrom);
  const stages = byEntity(await stagesOf(on, people), stageFrom);
  const owing = entities.flatMap(({ id, kind }) => (kind === 'agreement' ? [id] : []));
  const clocks = byEntity(await clocksOf(on, [...people, ...owing]), clockFrom);
  const scopes = new Map((await newestScopes(on, people)).map((row) => [row.entity, scopeFrom(row)]));
  const around = await surroundingsOf(on, entities);
  return entities.map((entity): AnyFacts => {
    const { id, kind } = entity;
    const facts = common(entity);
    if (kind === 'deal') return { ...facts, kind, people: around.peopleOf(id), companies: around.companiesOf(id) };
    if (kind === 'agreement') return { ...facts, kind, clocks: clocks.get(id) ?? [] };
    if (kind === 'company') return { ...facts, kind, tied: around.tiedTo(id) };
    return {
      ...facts,
      kind,
      activities: activities.get(id) ?? [],
      stages: stages.get(id) ?? [],
      ...(entity.judged_under === null ? {} : { judgedUnder: entity.judged_under }),
      clocks: clocks.get(id) ?? [],
      company: around.companyOf(id),
      deals: around.dealsOf(id),
      ...(scopes.has(id) ? { scope: scopes.get(id)! } : {}),
    };
  });
}

/** What is known of any entity, whatever its kind. */
async function loadCommon(
  on: Session,
  entities: readonly EntityRow[],
  at: Instant | undefined,
): Promise<(entity: EntityRow) => Omit<EntityFacts, 'kind'>> {
  const ids = entities.map(({ id }) => id);
  const links = byEntity(await linksOf(on, ids), linkFrom);
  const sightings = byEntity(await sightingsOf(on, ids), sightingFrom);
  const bases = byEntity(await basesOf(on, ids), baseFrom);
  const open = byEntity(await openChangesOf(on, ids), changeFrom);
  const edits = byEntity(await newestEditsOf(on, ids), editFrom);
  const fought = byEntity(await foughtOf(on, ids, at === undefined ? null : at - FOUGHT_WITHIN_MS), foughtFrom);
  const findings = byEntity(await findingsOf(on, ids), findingFrom);
  const rivals = byEntity(await rivalsOf(on, ids), refFrom);
  return ({ id, dirty_version: version, created_at: createdAt }) => ({
    id,
    version,
    createdAt,
    links: links.get(id) ?? [],
    sightings: sightings.get(id) ?? [],
    bases: bases.get(id) ?? [],
    open: open.get(id) ?? [],
    edits: edits.get(id) ?? [],
    fought: fought.get(id) ?? [],
    findings: findings.get(id) ?? [],
    rivals: rivals.get(id) ?? [],
  });
}

export type LinkRow = Of<RecordColumns> &
  Pick<Link, 'role' | 'since' | 'evidence'> & { readonly until: Instant | null };
export type FindingRow = Pick<Finding, 'code' | 'subject' | 'detail'> & {
  readonly entity: string | null;
  readonly opened_at: Instant;
};
type BaseRow = Of<Base>;

export function linkFrom({ entity, role, since, until, evidence, ...columns }: LinkRow): Link {
  return { entity, record: refFrom(columns), role, since, ...(until === null ? {} : { until }), evidence };
}

export function findingFrom({
  code,
  subject,
  entity,
  detail,
  opened_at: openedAt,
}: FindingRow): Required<Pick<Finding, 'openedAt'>> & Finding {
  return { code, subject, ...(entity === null ? {} : { entity }), detail, openedAt };
}

function baseFrom({ entity: _entity, ...base }: BaseRow): Base {
  return base;
}

function byEntity<Row extends { entity: string | null }, T>(
  found: readonly Row[],
  from: (row: Row) => T,
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of found) {
    const group = grouped.get(row.entity ?? '');
    if (group === undefined) grouped.set(row.entity ?? '', [from(row)]);
    else group.push(from(row));
  }
  return grouped;
}

function linksOf(on: Session, ids: readonly string[]): Promise<readonly LinkRow[]> {
  return rows(
    on,
    sql<LinkRow>`
      select entity, system, object, record_id, role, since, until, evidence from tasuki.link
      where entity = any(${ids}::text[]) order by entity, since, system, object, record_id`,
  );
}

function sightingsOf(on: Session, ids: readonly string[]): Promise<readonly Of<SightingRow>[]> {
  return rows(
    on,
    sql<Of<SightingRow>>`
      select l.entity, ${SIGHTING_COLUMNS} from tasuki.link l join tasuki.sighting s using (system, object, record_id)
      where l.entity = any(${ids}::text[]) order by l.entity, s.created_at, s.system, s.object, s.record_id`,
  );
}

function basesOf(on: Session, ids: readonly string[]): Promise<readonly BaseRow[]> {
  return rows(
    on,
    sql<BaseRow>`
      select entity, field, hubspot, salesforce, canonical, since, provisional from tasuki.base
      where entity = any(${ids}::text[]) order by entity, field`,
  );
}

/** What names their records, and the Tasks of their own deadlines, to whose record somebody may have moved them. */
function activitiesOf(on: Session, ids: readonly string[]): Promise<readonly Of<ToldActivity>[]> {
  return rows(
    on,
    sql<Of<ToldActivity>>`
      select l.entity, ${TOLD_ACTIVITY} from tasuki.link l
      join tasuki.activity a on (a.about_system, a.about_object, a.about_id) = (l.system, l.object, l.record_id)
      where l.entity = any(${ids}::text[])
      union
      select k.entity, ${TOLD_ACTIVITY} from tasuki.clock k
      join tasuki.activity a on (a.system, a.object, a.source_id) = ('salesforce', 'Task', k.task_id)
      where k.entity = any(${ids}::text[]) and a.our_task
      order by entity, happened_at, system, object, source_id`,
  );
}

function stagesOf(on: Session, ids: readonly string[]): Promise<readonly Of<StageRow>[]> {
  return rows(
    on,
    sql<
      Of<StageRow>
    >`select * from tasuki.stage_entry where entity = any(${ids}::text[]) order by entity, entered_at, ${FUNNEL_RANK}, number`,
  );
}

function clocksOf(on: Session, ids: readonly string[]): Promise<readonly Of<ClockRow>[]> {
  return rows(
    on,
    sql<Of<ClockRow>>`select * from tasuki.clock where entity = any(${ids}::text[]) order by entity, started_at, id`,
  );
}

function openChangesOf(on: Session, ids: readonly string[]): Promise<readonly ChangeRow[]> {
  return rows(
    on,
    sql<ChangeRow>`
      select ${CHANGE_COLUMNS} from tasuki.change c
      where c.entity = any(${ids}::text[]) and c.state not in ('confirmed', 'refused', 'superseded', 'undone')
      order by c.number for update`,
  );
}

function findingsOf(on: Session, ids: readonly string[]): Promise<readonly FindingRow[]> {
  return rows(
    on,
    sql<FindingRow>`
      select entity, code, subject, detail, opened_at from tasuki.finding
      where entity = any(${ids}::text[]) and closed_at is null order by entity, number`,
  );
}

function rivalsOf(on: Session, ids: readonly string[]): Promise<readonly Of<RecordColumns>[]> {
  return rows(
    on,
    sql<Of<RecordColumns>>`
      select entity, system, object, record_id from tasuki.rival
      where entity = any(${ids}::text[]) order by entity, system, object, record_id`,
  );
}
