import { sql } from 'kysely';
import type { Instant, LocalDate } from '../domain/values/value.ts';
import type { TaskGrant } from '../ports/ledger.ts';
import { markDirty } from './entities.ts';
import { stamp } from './json.ts';
import { lockRotation } from './planning.ts';
import { rows, type Session } from './session.ts';

/** See `Ledger.taskQueues`. */
export function taskQueues(on: Session): Promise<readonly { readonly of: string; readonly waiting: number }[]> {
  return rows(
    on,
    sql<{ of: string; waiting: number }>`
      select turn_of as of, count(*)::integer as waiting from tasuki.clock
      where task_state = 'queued' and turn_day is null group by turn_of order by turn_of`,
  );
}

/**
 * See `Ledger.grantTasks`. Counted and granted in one statement behind the planners' lock, so that no two of them fill the same day; what
 * fell due first goes first.
 */
export async function grantTasks(on: Session, { of, day, atMost }: TaskGrant, at: Instant): Promise<number> {
  await lockRotation(on);
  const granted = await rows(
    on,
    sql<{ entity: string }>`
      update tasuki.clock set turn_day = ${day satisfies LocalDate}, turn_at = ${stamp(at)}
      where id in (
        select id from tasuki.clock where task_state = 'queued' and turn_day is null and turn_of = ${of} order by due_at, id
        limit greatest(0, ${atMost}::bigint - (select count(*) from tasuki.clock where turn_of = ${of} and turn_day = ${day})))
      returning entity`,
  );
  await markDirty(
    on,
    granted.map(({ entity }) => entity),
  );
  return granted.length;
}
