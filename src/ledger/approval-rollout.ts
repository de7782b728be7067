import { sql } from 'kysely';
import { affect, type Session } from './session.ts';

/**
 * Holds what is planned for people whom the rollout has not reached, and lets go of those whom it has reached by now.
 *
 * Who is reached follows from the person's id alone (`tasuki.share_of`), so that the first tenth is part of the first quarter, in this
 * ledger and in the one after it. A deal or a company is reached with the first of its people; one that has none, by its own id. The
 * agreement is everybody's.
 */
export async function holdOutsiders(on: Session, percent: number): Promise<void> {
  const below = Math.round(percent * 100);
  if (below >= 10_000) {
    await affect(on, sql`update tasuki.change set held = null where state = 'planned' and held = 'rollout'`);
    return;
  }
  await affect(
    on,
    sql`
      with own as materialized (
        select e.id, e.kind from tasuki.entity e where e.id in (select entity from tasuki.change where state = 'planned')
      ), people as materialized (
        select own.id, bool_or(tasuki.share_of(o.entity) < ${below}::integer) as any_reached
        from own
        cross join lateral (select l.system, l.object, l.record_id from tasuki.link l where l.entity = own.id and l.role = 'current' offset 0) l
        cross join lateral (
          select t.system, t.from_object as object, t.from_id as record_id from tasuki.tie t
            where (t.system, t.to_object, t.to_id) = (l.system, l.object, l.record_id) and t.kind = 'employer'
          union all
          select t.system, t.to_object, t.to_id from tasuki.tie t
            where (t.system, t.from_object, t.from_id) = (l.system, l.object, l.record_id) and t.kind = 'participant'
          offset 0
        ) t
        cross join lateral (
          select o.entity from tasuki.link o where (o.system, o.object, o.record_id) = (t.system, t.object, t.record_id) offset 0
        ) o
        where own.kind <> 'person'
        group by own.id
      ), judged as materialized (
        select own.id, own.kind = 'agreement' or coalesce(people.any_reached, tasuki.share_of(own.id) < ${below}::integer) as reached
        from own left join people on people.id = own.id
      )
      update tasuki.change c set held = case when j.reached then null else 'rollout' end
      from judged j
      where j.id = c.entity and c.state = 'planned' and (c.held is not distinct from 'rollout') = j.reached`,
  );
}
