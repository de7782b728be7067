import { sql } from 'kysely';
import { type ChangeState, MOVES } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import { InvariantBroken } from '../errors/errors.ts';
import { CHANGE_COLUMNS, type ChangeRow } from './change-rows.ts';
import { markDirty } from './entities.ts';
import { stampOrNull, toJson } from './json.ts';
import { affect, firstRow, rows, type Session } from './session.ts';

/** A change on its way to another state, with what goes with it; what is absent stays as it is. */
export type Move = {
  readonly row: ChangeRow;
  readonly to: ChangeState;
  readonly step?: number;
  readonly attempts?: number;
  readonly recordId?: string;
  readonly acknowledgedAt?: Instant;
  readonly confirmedAt?: Instant;
  /** Set aside until then: see `set-aside.ts`. */
  readonly restsUntil?: Instant;
  readonly outcome?: { readonly code: string; readonly message: string };
  /** What is left of it, where the system took only part; which bases that leaves is for the next plan to say. */
  readonly steps?: ChangeRow['steps'];
};

/** Reads changes and keeps others from moving them. Unknown ids are a bug of ours. */
export async function lockChanges(on: Session, ids: readonly string[]): Promise<ReadonlyMap<string, ChangeRow>> {
  const found = await rows(
    on,
    sql<ChangeRow>`select ${CHANGE_COLUMNS} from tasuki.change c where c.id = any(${[...new Set(ids)]}::text[]) order by c.number for update`,
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  const unknown = ids.find((id) => !byId.has(id));
  if (unknown !== undefined) throw new InvariantBroken(`There is no change ${unknown} in the ledger.`);
  return byId;
}

/** Moves changes along `MOVES`; anything else is our bug and throws. */
export async function moveChanges(on: Session, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  for (const { row, to } of moves) assertLegal(row, to);
  await affect(
    on,
    sql`
      update tasuki.change c set
        state = m.state, step = coalesce(m.step, c.step), attempts = coalesce(m.attempts, c.attempts), lease_until = null, rests_until = m.rests_until,
        record_id = coalesce(m.record_id, c.record_id), acknowledged_at = coalesce(m.acknowledged_at, c.acknowledged_at),
        confirmed_at = coalesce(m.confirmed_at, c.confirmed_at), outcome_code = coalesce(m.outcome_code, c.outcome_code),
        outcome_message = coalesce(m.outcome_message, c.outcome_message),
        steps = coalesce(m.steps, c.steps), bases_after = case when m.steps is null then c.bases_after end
      from json_to_recordset(${toJson(moves.map(toParameter))}::json) as m (
        id text, state text, step integer, attempts integer, record_id text, acknowledged_at timestamptz, confirmed_at timestamptz,
        rests_until timestamptz, outcome_code text, outcome_message text, steps jsonb)
      where c.id = m.id`,
  );
}

export function assertLegal({ id, state }: Pick<ChangeRow, 'id' | 'state'>, to: ChangeState): void {
  if (!MOVES[state].includes(to)) throw new InvariantBroken(`Change ${id} is ${state} and cannot become ${to}.`);
}

function toParameter({
  row,
  to,
  step,
  attempts,
  recordId,
  acknowledgedAt,
  confirmedAt,
  restsUntil,
  outcome,
  steps,
}: Move) {
  return {
    id: row.id,
    state: to,
    step: step ?? null,
    attempts: attempts ?? null,
    record_id: recordId ?? null,
    acknowledged_at: stampOrNull(acknowledgedAt),
    confirmed_at: stampOrNull(confirmedAt),
    rests_until: stampOrNull(restsUntil),
    outcome_code: outcome?.code ?? null,
    outcome_message: outcome?.message ?? null,
    steps: steps ?? null,
  };
}

/**
 * Takes back what can no longer follow: changes that wait for one of `dead`, those that wait for them, and so on. A task that
 * will now not be opened leaves its clock without one, so that the lapse is handled anew.
 */
export async function supersedeFollowers(on: Session, dead: readonly string[]): Promise<void> {
  let fallen = [...dead];
  while (fallen.length > 0) {
    const followers = await rows(
      on,
      sql<{ id: string; entity: string }>`
        update tasuki.change c set state = 'superseded', lease_until = null, outcome_code = 'PREDECESSOR_FAILED', outcome_message = 'a change that had to come first was not made'
        where c.after && ${fallen}::text[] and c.state in ('planned', 'approved', 'parked')
        returning c.id, c.entity`,
    );
    await forgetPlannedTasks(
      on,
      followers.map(({ id }) => id),
    );
    await markDirty(
      on,
      followers.map(({ entity }) => entity),
    );
    fallen = followers.map(({ id }) => id);
  }
}

/** Clocks whose task was to be opened by a change that will not be made. */
export async function forgetPlannedTasks(on: Session, changes: readonly string[]): Promise<void> {
  if (changes.length === 0) return;
  await affect(
    on,
    sql`
      update tasuki.clock k set task_state = null, task_id = null
      from tasuki.change c
      where c.id = any(${changes}::text[]) and c.marks -> 'task' ->> 'act' = 'open' and k.id = c.marks -> 'task' ->> 'clock' and k.task_state = 'planned'`,
  );
}

/** While writing is paused nothing is approved: what becomes so waits, and `resume` shows it. */
export async function parkIfPaused(on: Session): Promise<void> {
  const paused = await firstRow(on, sql`select 1 from tasuki.setting where name = 'paused'`);
  if (paused !== undefined) await parkApproved(on);
}

/** Takes everything that was to be sent out of the lanes, whoever approved it. */
export async function parkApproved(on: Session): Promise<void> {
  await affect(on, sql`update tasuki.change set state = 'parked' where state = 'approved'`);
}
