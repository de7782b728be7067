import { sql } from 'kysely';
import type { Change } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import type { Decided, Overtaken } from '../ports/approval.ts';
import { stamp, toJson } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

/** A person reads no more than this of what was overtaken; the count says how much there is. */
const MOST_TOLD = 20;
const BATCH = 500;

/** See `ApprovalLedger.rememberShown`. One plan is kept: whoever approves an older one is shown a new one. */
export async function rememberShown(on: Session, plan: string, changes: readonly Change[], at: Instant): Promise<void> {
  await forgetShown(on);
  for (let from = 0; from < changes.length; from += BATCH) {
    const writes = changes.slice(from, from + BATCH).map(({ kind, target, key, entity, steps }) => ({
      kind,
      system: target.system,
      object: target.object,
      record: target.id ?? key?.value ?? entity,
      steps,
    }));
    await affect(
      on,
      sql`
        insert into tasuki.shown_write (plan, shown_at, kind, system, object, record, steps)
        select ${plan}, ${stamp(at)}::timestamptz, w.*
        from json_to_recordset(${toJson(writes)}::json) as w (kind text, system text, object text, record text, steps jsonb)`,
    );
  }
}

/** Once it is decided about, or another is shown. */
export async function forgetShown(on: Session): Promise<void> {
  await affect(on, sql`delete from tasuki.shown_write`);
}

/**
 * What was shown under this hash and would not be written now: each field with what was there, what was planned, and what is found
 * there by now (law R13). `null` when another plan has been shown since.
 */
export async function overtakenSince(
  on: Session,
  plan: string,
): Promise<Extract<Decided, { kind: 'moved' }>['overtaken']> {
  const known = await firstRow(on, sql`select 1 from tasuki.shown_write where plan = ${plan} limit 1`);
  if (known === undefined) return null;
  const found = await rows(
    on,
    sql<Overtaken & { readonly all: number }>`
      with shown as materialized (
        select w.number, w.kind, w.system, w.object, w.record, f ->> 'field' as field, f -> 'before' as before, f -> 'after' as planned
        from tasuki.shown_write w, jsonb_array_elements(w.steps) s, jsonb_array_elements(s) f where w.plan = ${plan}
      ), standing as materialized (
        select c.kind, c.system, c.object, coalesce(c.record_id, c.key_value, c.entity) as record, f ->> 'field' as field,
          f -> 'before' as before, f -> 'after' as planned
        from tasuki.change c, jsonb_array_elements(c.steps) s, jsonb_array_elements(s) f
        where c.state = 'planned' and c.held is distinct from 'rollout'
      )
      select o.system, o.object, o.record, o.field, o.before, o.planned, g.values -> o.field as found, count(*) over () as all
      from shown o
      left join tasuki.sighting g on (g.system, g.object, g.record_id) = (o.system, o.object, o.record)
      where not exists (
        select 1 from standing n
        where (n.kind, n.system, n.object, n.record, n.field, n.planned) = (o.kind, o.system, o.object, o.record, o.field, o.planned)
          and n.before is not distinct from o.before)
      order by o.number, o.field limit ${MOST_TOLD}`,
  );
  const first = found.map(({ system, object, record, field, before, planned, found: now }) => {
    return { system, object, record, field, before, planned, found: now ?? null };
  });
  return { first, all: found[0]?.all ?? 0 };
}
