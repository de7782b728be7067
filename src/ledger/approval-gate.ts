import { sql } from 'kysely';
import type { Hold } from '../domain/people/change.ts';
import type { Finding } from '../domain/people/person.ts';
import type { ObjectName, System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { BreakerLimits, Gate, Released } from '../ports/approval.ts';
import { holdOutsiders } from './approval-rollout.ts';
import { closeFindings, openFindings } from './findings.ts';
import { toJson } from './json.ts';
import { lockRotation } from './planning.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

/** A share says nothing of a handful: from this many changes on it counts. */
const SHARE_COUNTS_FROM = 50;

/** A group of waiting writes that is too large to pass unseen. */
type Tripped = {
  readonly system: System;
  readonly object: ObjectName;
  readonly field: string | null;
  readonly run: string;
  readonly changes: number;
  /** Live records of that object; 0 where the ledger does not list them. */
  readonly live: number;
};

/**
 * See `ApprovalLedger.releasePlanned`. Planners stand in line at the rotation row, and so does the gate: what it counts is whole. The
 * price is that of a large wave nothing is sent before all of it has been planned: for 20,000 people some half a minute.
 */
export async function releasePlanned(on: Session, gate: Gate, at: Instant): Promise<Released | null> {
  await lockRotation(on);
  if (gate.kind !== 'open' && !(await isPlanningOver(on))) return null;
  return letThrough(on, gate, at);
}

async function isPlanningOver(on: Session): Promise<boolean> {
  const dirty = await firstRow(on, sql`select 1 from tasuki.entity where dirty_version > planned_version limit 1`);
  return dirty === undefined;
}

async function letThrough(on: Session, gate: Gate, at: Instant): Promise<Released> {
  await holdOutsiders(on, gate.rolloutPercent);
  if (gate.kind === 'closed') {
    await affect(
      on,
      sql`update tasuki.change set held = 'first-run' where state = 'planned' and (held is null or held = 'breaker')`,
    );
    return { approved: 0, held: await heldNow(on) };
  }
  const tripped = gate.kind === 'open' ? [] : await trippedGroups(on, gate);
  await report(on, tripped, at);
  await affect(
    on,
    sql`
      update tasuki.change c set held = 'breaker'
      where c.state = 'planned' and c.held is distinct from 'rollout' and c.held is distinct from 'breaker' and ${touches(tripped)}`,
  );
  const approved = await approveWhere(
    on,
    sql`c.state = 'planned' and c.held is distinct from 'rollout' and not ${touches(tripped)}`,
  );
  return { approved, held: await heldNow(on) };
}

/** Approved, or parked while writing is paused. */
export async function approveWhere(on: Session, which: ReturnType<typeof sql>): Promise<number> {
  const paused = await firstRow(on, sql`select 1 from tasuki.setting where name = 'paused'`);
  const state = paused === undefined ? 'approved' : 'parked';
  return affect(on, sql`update tasuki.change c set state = ${state}, held = null where ${which}`);
}

/** How many planned changes there are, by what holds them. */
export async function heldNow(on: Session): Promise<Readonly<Record<Hold, number>>> {
  const found = await rows(
    on,
    sql<{ held: Hold; changes: number }>`
      select held, count(*) as changes from tasuki.change where state = 'planned' and held is not null group by held`,
  );
  return { 'first-run': 0, breaker: 0, rollout: 0, ...Object.fromEntries(found.map((row) => [row.held, row.changes])) };
}

/**
 * The groups of what waits that break a limit, or that broke one and have been waiting for a person since: a wave that shrinks under
 * the limit while it waits is no less abnormal. The live records are counted only for groups in which a share could count.
 */
async function trippedGroups(on: Session, { changes, percent }: BreakerLimits): Promise<readonly Tripped[]> {
  return rows(
    on,
    sql<Tripped>`
      select g.*, coalesce(r.live, 0) as live
      from (
        select w.system, w.object, w.field, count(distinct w.number) as changes, (array_agg(w.run order by w.number desc))[1] as run
        from (
          select c.number, c.run, c.system, c.object, null as field from tasuki.change c
            where c.state = 'planned' and c.held is distinct from 'rollout' and c.kind = 'create'
          union all
          select c.number, c.run, c.system, c.object, f ->> 'field' from tasuki.change c, jsonb_array_elements(c.steps) s, jsonb_array_elements(s) f
            where c.state = 'planned' and c.held is distinct from 'rollout' and c.kind = 'update'
        ) w
        group by w.system, w.object, w.field
      ) g
      left join lateral (
        select count(*) as live from tasuki.sighting s
        where g.changes >= ${SHARE_COUNTS_FROM} and ${percent}::integer < 100 and (s.system, s.object) = (g.system, g.object) and not s.deleted
      ) r on true
      where g.changes > ${changes}::integer
        or (g.changes >= ${SHARE_COUNTS_FROM} and r.live > 0 and g.changes * 100 > r.live * ${percent}::integer)
        or exists (
          select 1 from tasuki.finding f where f.code = 'BREAKER_TRIPPED' and f.closed_at is null
            and f.subject = concat_ws(':', g.system, g.object, coalesce(g.field, '+')))
      order by g.changes desc, g.system, g.object, g.field`,
  );
}

/** Is the change `c` in one of these groups? A new record is in one by its kind, an update by any of its fields. */
function touches(groups: readonly Tripped[]) {
  const named = groups.map(({ system, object, field }) => ({ system, object, field, step: [[{ field }]] }));
  return sql`exists (
    select 1 from json_to_recordset(${toJson(named)}::json) as t (system text, object text, field text, step jsonb)
    where (t.system, t.object) = (c.system, c.object)
      and case when t.field is null then c.kind = 'create' else c.kind = 'update' and c.steps @> t.step end)`;
}

/** One finding per group; those of groups that wait no longer are over. */
async function report(on: Session, tripped: readonly Tripped[], at: Instant): Promise<void> {
  await openFindings(on, tripped.map(finding), at);
  await closeBreakerFindings(on, tripped.map(subjectOf), at);
}

/** Closes those of groups that are not among `standing`, by subject. */
export async function closeBreakerFindings(on: Session, standing: readonly string[], at: Instant): Promise<void> {
  const open = await rows(
    on,
    sql<Pick<Finding, 'code' | 'subject'>>`
      select code, subject from tasuki.finding
      where code = 'BREAKER_TRIPPED' and closed_at is null and subject <> all(${standing}::text[])`,
  );
  await closeFindings(on, open, at);
}

function finding(group: Tripped): Finding {
  const { system, object, field, run, changes, live } = group;
  const percent = live === 0 ? null : Math.round((changes * 100) / live);
  return {
    code: 'BREAKER_TRIPPED',
    subject: subjectOf(group),
    detail: { system, object, field, changes, percent, run },
  };
}

/** `hubspot:contacts:jobtitle`; new records are `salesforce:Task:+`. */
function subjectOf({ system, object, field }: Tripped): string {
  return `${system}:${object}:${field ?? '+'}`;
}
