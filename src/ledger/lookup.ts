import { sql } from 'kysely';
import type { PersonFacts } from '../domain/people/person.ts';
import { canonicalEmail } from '../domain/values/canonical.ts';
import type { HistoryLine } from '../ports/ledger.ts';
import { type ActivityRow, activityFrom } from './activities.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { loadFacts, type PersonRow } from './person-facts.ts';
import { firstRow, rows, type Session } from './session.ts';
import { type StageRow, stageFrom } from './stages.ts';

/**
 * See `Ledger.person`. What people paste: a ledger id, `Lead:00Q…`, a bare record id (Salesforce shows 15 characters in its links),
 * an e-mail. Of several who share an address, one with a current record comes first.
 */
export async function findPerson(on: Session, handle: string): Promise<PersonFacts | null> {
  const [object, id] = handle.includes(':') ? (handle.split(':').slice(-2) as [string, string]) : [null, handle];
  const email = canonicalEmail(handle);
  const row = await firstRow(
    on,
    sql<PersonRow>`
      select p.id, p.dirty_version, p.created_at from (
        select id as person, 0 as rank from tasuki.person where id = ${handle}
        union all
        select person, case role when 'current' then 1 else 2 end from tasuki.link
        where (record_id = ${id} or (length(${id}) = 15 and system = 'salesforce' and left(record_id, 15) = ${id}))
          and (${object}::text is null or object = ${object}::text)
        union all
        select l.person, case l.role when 'current' then 3 else 4 end
        from tasuki.sighting s join tasuki.link l using (system, object, record_id) where s.email = ${email}::text
      ) found join tasuki.person p on p.id = found.person
      order by found.rank, p.number limit 1`,
  );
  if (row === undefined) return null;
  return (await loadFacts(on, [row]))[0] ?? null;
}

/** See `Ledger.history`. */
export async function history(on: Session, person: string): Promise<readonly HistoryLine[]> {
  const changes = await rows(
    on,
    sql<ChangeRow>`select ${CHANGE_COLUMNS} from tasuki.change c where c.person = ${person} order by c.number`,
  );
  const stages = await rows(
    on,
    sql<StageRow>`select * from tasuki.stage_entry where person = ${person} order by number`,
  );
  const activities = await rows(
    on,
    sql<ActivityRow>`
      select a.* from tasuki.link l
      join tasuki.activity a on (a.about_system, a.about_object, a.about_id) = (l.system, l.object, l.record_id)
      where l.person = ${person} order by a.happened_at`,
  );
  const lines: HistoryLine[] = [
    ...activities.map(activityFrom).map((activity) => ({ kind: 'activity' as const, at: activity.at, activity })),
    ...stages.map(stageFrom).map((entry) => ({ kind: 'stage' as const, at: entry.at, entry })),
    ...changes.map(changeFrom).map((change) => ({ kind: 'change' as const, at: change.plannedAt, change })),
  ];
  return lines.toSorted((a, b) => a.at - b.at);
}
