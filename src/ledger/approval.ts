import { sql } from 'kysely';
import type { Change } from '../domain/people/change.ts';
import type { ApprovalLedger, Decided, Decision, WaitingPlan, WriteGroup } from '../ports/approval.ts';
import { approveWhere, closeBreakerFindings } from './approval-gate.ts';
import { forgetShown, overtakenSince } from './approval-shown.ts';
import { supersedeFollowers } from './change-moves.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFrom } from './change-rows.ts';
import { stamp } from './json.ts';
import { lockRotation } from './planning.ts';
import { affect, firstRow, rows, type Session } from './session.ts';
import { audit, setGoLive } from './settings.ts';

/** What an approval is about: all that is planned, but for people whom the rollout has not reached. */
const APPROVABLE = sql`c.state = 'planned' and c.held is distinct from 'rollout'`;

/** The fields of a change as they are compared: what is written over what, and not why. */
const WRITES = sql`(
  select string_agg(jsonb_build_array(f -> 'field', f -> 'before', f -> 'after')::text, ' ' order by f ->> 'field')
  from jsonb_array_elements(c.steps) s, jsonb_array_elements(s) f)`;

/** See `ApprovalLedger.waitingPlan`. The hash adds up one number per change, so that it costs no memory and no order. */
export async function waitingPlan(on: Session): Promise<WaitingPlan> {
  const sum = await firstRow(
    on,
    sql<{ changes: number; hash: string }>`
      select count(*) as changes, left(encode(sha256(convert_to(count(*) || ' ' || coalesce(sum(w.number), 0), 'UTF8')), 'hex'), 12) as hash
      from (
        select ('x' || left(encode(sha256(convert_to(concat_ws(' ', c.kind, c.system, c.object, coalesce(c.record_id, c.key_value, c.entity), ${WRITES}), 'UTF8')), 'hex'), 15))::bit(60)::bigint::numeric as number
        from tasuki.change c where ${APPROVABLE}
      ) w`,
  );
  return { hash: sum?.hash ?? '', changes: sum?.changes ?? 0, groups: await groups(on) };
}

function groups(on: Session): Promise<readonly WriteGroup[]> {
  return rows(
    on,
    sql<WriteGroup>`
      select w.system, w.object, w.field, count(distinct w.number) as changes
      from (
        select c.number, c.system, c.object, null as field from tasuki.change c where ${APPROVABLE} and c.kind = 'create'
        union all
        select c.number, c.system, c.object, f ->> 'field' from tasuki.change c, jsonb_array_elements(c.steps) s, jsonb_array_elements(s) f
          where ${APPROVABLE} and c.kind = 'update'
      ) w
      group by w.system, w.object, w.field order by changes desc, w.system, w.object, w.field`,
  );
}

/** See `ApprovalLedger.waitingChanges`. */
export async function waitingChanges(on: Session): Promise<Awaited<ReturnType<ApprovalLedger['waitingChanges']>>> {
  const found = await rows(
    on,
    sql<ChangeRow>`select ${CHANGE_COLUMNS} from tasuki.change c where c.state = 'planned' order by c.number`,
  );
  return found.map(changeFrom);
}

/** See `ApprovalLedger.approve`. The first approval draws the go-live line, also where there is nothing to write. */
export function approve(on: Session, decision: Decision): Promise<Decided> {
  return decide(on, decision, 'approve', async () => {
    await setGoLive(on, decision.at);
    return approveWhere(on, APPROVABLE);
  });
}

/** See `ApprovalLedger.reject`. The finding remembers what was wanted, as that of a refused write does. */
export function reject(on: Session, decision: Decision): Promise<Decided> {
  const { by, why, at } = decision;
  return decide(on, decision, 'reject', async () => {
    await affect(
      on,
      sql`
        insert into tasuki.finding as f (code, subject, entity, detail, opened_at)
        select distinct on (2) 'PLAN_REJECTED', concat_ws(':', c.system, c.object, coalesce(c.record_id, '(' || coalesce(c.key_value, c.entity) || ')')), c.entity,
          jsonb_build_object('system', c.system, 'object', c.object, 'id', c.record_id, 'by', ${by}::text, 'why', ${why}::text, 'wanted',
            (select jsonb_object_agg(w ->> 'field', w -> 'after') from jsonb_array_elements(c.steps) s, jsonb_array_elements(s) w)::text),
          ${stamp(at)}::timestamptz
        from tasuki.change c where ${APPROVABLE}
        on conflict (code, subject) where closed_at is null do update set detail = excluded.detail || jsonb_build_object('wanted',
          ((f.detail ->> 'wanted')::jsonb || (excluded.detail ->> 'wanted')::jsonb)::text)`,
    );
    const taken = await rows(
      on,
      sql<Pick<Change, 'id'>>`
        update tasuki.change c set state = 'superseded', held = null, outcome_code = 'REJECTED', outcome_message = ${`${by}: ${why}`}
        where ${APPROVABLE} returning c.id`,
    );
    await supersedeFollowers(
      on,
      taken.map(({ id }) => id),
    );
    return taken.length;
  });
}

/** What a person decides is what a person was shown: of anything else they are told what has changed. */
async function decide(
  on: Session,
  { plan: shown, by, why, at }: Decision,
  deed: 'approve' | 'reject',
  carryOut: () => Promise<number>,
): Promise<Decided> {
  await lockRotation(on);
  const plan = await waitingPlan(on);
  if (plan.hash !== shown) return { kind: 'moved', plan, overtaken: await overtakenSince(on, shown) };
  const changes = await carryOut();
  await closeBreakerFindings(on, [], at);
  await forgetShown(on);
  await audit(on, { at, who: by, deed, detail: { plan: shown, changes, why } });
  return { kind: 'done', changes };
}
