import { sql } from 'kysely';
import type { OpenDeadlines } from '../domain/clocks/rule-of-clock.ts';
import { wakeOf } from '../domain/clocks/wake.ts';
import type { Clock } from '../domain/people/person.ts';
import type { Instant } from '../domain/values/value.ts';
import type { ChangeRow } from './change-rows.ts';
import { stamp, stampOrNull, toJson } from './json.ts';
import { arithmeticFrom } from './old-arithmetic.ts';
import { affect, rows, type Session } from './session.ts';

export type ClockRow = {
  readonly id: string;
  readonly entity: string;
  readonly kind: string;
  readonly pass: number;
  readonly started_at: Instant;
  readonly due_at: Instant;
  readonly arithmetic: Clock['arithmetic'];
  readonly state: Clock['state'];
  readonly lapsed_at: Instant | null;
  readonly met_at: Instant | null;
  readonly evidence: string | null;
  readonly closed_because: string | null;
  readonly task_id: string | null;
  readonly task_state: NonNullable<Clock['task']>['state'] | null;
  readonly agreement_version: string;
  readonly grace_until: Instant | null;
  readonly remind_at: Instant | null;
  readonly reminded_at: Instant | null;
  readonly ladder: Clock['ladder'] | null;
  readonly task_level: number | null;
  readonly task_in: 'hubspot' | null;
  readonly turn_of: string | null;
  readonly turn_day: string | null;
  readonly turn_at: Instant | null;
  readonly wake_at: Instant | null;
};

export function clockFrom(row: ClockRow): Clock {
  return {
    id: row.id,
    person: row.entity,
    kind: row.kind,
    pass: row.pass,
    startedAt: row.started_at,
    dueAt: row.due_at,
    arithmetic: arithmeticFrom(row.arithmetic),
    state: row.state,
    ...(row.lapsed_at === null ? {} : { lapsedAt: row.lapsed_at }),
    ...(row.met_at === null ? {} : { metAt: row.met_at }),
    ...(row.evidence === null ? {} : { evidence: row.evidence }),
    ...(row.closed_because === null ? {} : { closedBecause: row.closed_because }),
    ...(row.grace_until === null ? {} : { graceUntil: row.grace_until }),
    ...(row.remind_at === null ? {} : { remindAt: row.remind_at }),
    ...(row.reminded_at === null ? {} : { remindedAt: row.reminded_at }),
    ...(row.ladder === null || row.ladder === undefined ? {} : { ladder: row.ladder }),
    ...taskFrom(row),
    ...turnFrom(row),
    agreementVersion: row.agreement_version,
  };
}

function taskFrom({ task_id: id, task_state: state, task_in: place, ...row }: ClockRow): Pick<Clock, 'task'> {
  if (state === null) return {};
  const level = row.task_level === null ? {} : { level: row.task_level };
  return { task: { id, state, ...(place === null ? {} : { in: place }), ...level } };
}

function turnFrom({ turn_of: of, turn_day: day, turn_at: at }: ClockRow): Pick<Clock, 'turn'> {
  if (of === null) return {};
  return { turn: { of, ...(day === null || at === null ? {} : { granted: { day, at } }) } };
}

/**
 * Stores clocks as the planner sees them, new ones included. One of somebody who has become another, closed then (`merged`), runs on as
 * that one's where the plan says so: what follows a promise that came along is theirs.
 */
export async function storeClocks(on: Session, clocks: readonly Clock[]): Promise<void> {
  if (clocks.length === 0) return;
  await affect(
    on,
    sql`
      insert into tasuki.clock (id, entity, kind, pass, started_at, due_at, arithmetic, state, lapsed_at, met_at, evidence, closed_because, task_id, task_state, agreement_version, grace_until, remind_at, reminded_at, ladder, task_level, task_in, turn_of, turn_day, turn_at, wake_at)
      select * from json_to_recordset(${toJson(clocks.map(toParameter))}::json) as k (
        id text, entity text, kind text, pass integer, started_at timestamptz, due_at timestamptz, arithmetic jsonb, state text,
        lapsed_at timestamptz, met_at timestamptz, evidence text, closed_because text, task_id text, task_state text, agreement_version text,
        grace_until timestamptz, remind_at timestamptz, reminded_at timestamptz, ladder jsonb, task_level integer, task_in text, turn_of text, turn_day text,
        turn_at timestamptz, wake_at timestamptz)
      on conflict (id) do update set
        entity = excluded.entity, started_at = excluded.started_at, due_at = excluded.due_at, arithmetic = excluded.arithmetic, state = excluded.state,
        lapsed_at = excluded.lapsed_at, met_at = excluded.met_at, evidence = excluded.evidence, closed_because = excluded.closed_because,
        task_id = excluded.task_id, task_state = excluded.task_state, agreement_version = excluded.agreement_version,
        grace_until = excluded.grace_until, remind_at = excluded.remind_at, reminded_at = excluded.reminded_at, ladder = excluded.ladder,
        task_level = excluded.task_level, task_in = excluded.task_in, turn_of = excluded.turn_of, turn_day = excluded.turn_day, turn_at = excluded.turn_at,
        wake_at = excluded.wake_at`,
  );
}

function toParameter(clock: Clock) {
  return {
    id: clock.id,
    entity: clock.person,
    kind: clock.kind,
    pass: clock.pass,
    started_at: stamp(clock.startedAt),
    due_at: stamp(clock.dueAt),
    arithmetic: clock.arithmetic,
    state: clock.state,
    lapsed_at: stampOrNull(clock.lapsedAt),
    met_at: stampOrNull(clock.metAt),
    evidence: clock.evidence ?? null,
    closed_because: clock.closedBecause ?? null,
    task_id: clock.task?.id ?? null,
    task_state: clock.task?.state ?? null,
    agreement_version: clock.agreementVersion,
    grace_until: stampOrNull(clock.graceUntil),
    remind_at: stampOrNull(clock.remindAt),
    reminded_at: stampOrNull(clock.remindedAt),
    ladder: clock.ladder ?? null,
    task_level: clock.task?.level ?? null,
    task_in: clock.task?.in ?? null,
    turn_of: clock.turn?.of ?? null,
    turn_day: clock.turn?.granted?.day ?? null,
    turn_at: stampOrNull(clock.turn?.granted?.at),
    wake_at: stampOrNull(wakeOf(clock)),
  };
}

/** See `AgreementLedger.openDeadlines`. */
export function openDeadlines(on: Session): Promise<readonly OpenDeadlines[]> {
  return rows(
    on,
    sql<OpenDeadlines>`
      select k.kind, k.agreement_version as version, count(*)::integer as count
      from tasuki.clock k join tasuki.entity e on e.id = k.entity
      where k.state in ('running', 'lapsed') and e.kind = 'person' group by k.kind, k.agreement_version
      order by k.kind collate "C", agreement_version collate "C"`,
  );
}

/** What a confirmed write did to the task of a clock; `remove`: what a write found of it, namely nothing. */
export type TaskMark = {
  readonly clock: string;
  readonly act: 'open' | 'close' | 'escalate' | 'remove';
  readonly id: string | null;
  /** The rung that the write showed. */
  readonly level?: number;
};
/** `escalate` leaves it as it is: somebody may have ticked it off since. */
export const TASK_AFTER = { open: 'open', close: 'closed', escalate: null, remove: 'removed' } as const;

/** The Task that this write was to change and did not find: else the next plan would want it closed again, and so on for ever. */
export function removalOf({ marks, record_id: id }: Pick<ChangeRow, 'marks' | 'record_id'>): readonly TaskMark[] {
  return marks.task?.act === 'close' || marks.task?.act === 'escalate'
    ? [{ clock: marks.task.clock, act: 'remove', id }]
    : [];
}

export async function markTasks(on: Session, marks: readonly TaskMark[]): Promise<void> {
  if (marks.length === 0) return;
  const parameter = marks.map(({ clock, act, id, level }) => ({
    clock,
    id,
    state: TASK_AFTER[act],
    level: level ?? null,
  }));
  await affect(
    on,
    sql`
      update tasuki.clock k set task_state = coalesce(m.state, k.task_state), task_id = coalesce(m.id, k.task_id),
        task_level = greatest(m.level, k.task_level)
      from json_to_recordset(${toJson(parameter)}::json) as m (clock text, id text, state text, level integer)
      where k.id = m.clock`,
  );
}
