import { sql } from 'kysely';
import type { Link } from '../domain/people/record.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { activityFrom, TOLD_ACTIVITY, type ToldActivity } from './activities.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { type LinkRow, linkFrom } from './entity-facts.ts';
import { editsOf } from './facts.ts';
import { type ScopeRow, scopeFrom } from './scope.ts';
import { rows, type Session } from './session.ts';
import { type StageRow, stageFrom } from './stages.ts';

/** Everyone that this entity is, or has become since. What was done for somebody who became another is that one's past. */
const NAMES = (entity: string) => sql`
  select ${entity}::text as entity union select id from tasuki.entity where merged_into = ${entity}`;

/** See `Ledger.history`. */
export async function history(on: Session, entity: string): Promise<readonly HistoryLine[]> {
  const changes = await rows(
    on,
    sql<ChangeRow>`select ${CHANGE_COLUMNS} from tasuki.change c where c.entity in (${NAMES(entity)}) order by c.number`,
  );
  const stages = await rows(
    on,
    sql<StageRow>`select * from tasuki.stage_entry where entity in (${NAMES(entity)}) order by number`,
  );
  const activities = await rows(
    on,
    sql<ToldActivity>`
      select ${TOLD_ACTIVITY} from tasuki.link l
      join tasuki.activity a on (a.about_system, a.about_object, a.about_id) = (l.system, l.object, l.record_id)
      where l.entity = ${entity} order by a.happened_at`,
  );
  const links = await rows(
    on,
    sql<LinkRow>`
      select entity, system, object, record_id, role, since, until, evidence from tasuki.link
      where entity = ${entity} order by since, system, object, record_id`,
  );
  const scopes = await rows(
    on,
    sql<ScopeRow>`
      select entity, at, within, because from tasuki.scope_move where entity in (${NAMES(entity)}) order by number`,
  );
  const lines: HistoryLine[] = [
    ...scopes.map(scopeFrom).map((move) => ({ kind: 'scope' as const, at: move.at, move })),
    ...links.map(linkFrom).flatMap(linkLines),
    ...(await editsOf(on, entity)).map((entry) => ({ kind: 'edit' as const, at: entry.at, entry })),
    ...activities.map(activityFrom).map((activity) => ({ kind: 'activity' as const, at: activity.at, activity })),
    ...stages.map(stageFrom).map((entry) => ({ kind: 'stage' as const, at: entry.at, entry })),
    ...changes.map(changeFrom).map((change) => ({ kind: 'change' as const, at: change.plannedAt, change })),
  ];
  return lines.toSorted((a, b) => a.at - b.at);
}

function linkLines(link: Link): readonly HistoryLine[] {
  const began: HistoryLine = { kind: 'link', at: link.since, link, began: true };
  return link.until === undefined ? [began] : [began, { kind: 'link', at: link.until, link, began: false }];
}
