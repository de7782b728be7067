import { type Awaited, mostUrgent, rankTogether } from '../../../src/domain/budget/urgency.ts';
import type { Change } from '../../../src/domain/people/change.ts';
import { SYSTEMS } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import { assertLegal, type Move } from '../../../src/ledger/change-moves.ts';
import { toParameter } from '../../../src/ledger/change-rows.ts';
import { markDirty } from './dirtiness.ts';
import { byColumns, distinct } from './order.ts';
import { type ChangeRowState, isFallen } from './rows.ts';
import type { State } from './state.ts';

export const inOrder = byColumns<ChangeRowState>(({ number }) => number);

/** Changes by id. Unknown ids are a bug of ours. */
export function changesNamed(state: State, ids: readonly string[]): ReadonlyMap<string, ChangeRowState> {
  return new Map(
    ids.map((id) => {
      const row = state.changes.get(id);
      if (row === undefined) throw new InvariantBroken(`There is no change ${id} in the ledger.`);
      return [id, row] as const;
    }),
  );
}

/** Changes of an entity that are not settled, in their order. */
export function openChangesOf(state: State, entity: string): readonly ChangeRowState[] {
  return openAmong(state.changes.by('entity', entity));
}

export function openAmong(changes: readonly ChangeRowState[]): readonly ChangeRowState[] {
  return changes.filter((row) => !isFallen(row) && row.state !== 'confirmed').toSorted(inOrder);
}

/** Changes of either system in this state, in no order. */
export function changesIn(state: State, ...states: readonly ChangeRowState['state'][]): readonly ChangeRowState[] {
  return SYSTEMS.flatMap((system) => states.flatMap((one) => state.changes.by('state', `${system} ${one}`)));
}

/** Moves changes along `MOVES`; anything else is our bug and throws. What a move does not name stays as it is. */
export function moveChanges(state: State, moves: readonly Move[]): void {
  for (const { row, to } of moves) assertLegal(row, to);
  for (const { row, to, step, attempts, recordId, acknowledgedAt, confirmedAt, restsUntil, outcome, steps } of moves) {
    const now = state.changes.get(row.id);
    if (now === undefined) continue;
    state.changes.put({
      ...now,
      state: to,
      step: step ?? now.step,
      attempts: attempts ?? now.attempts,
      lease_until: null,
      rests_until: restsUntil ?? null,
      record_id: recordId ?? now.record_id,
      acknowledged_at: acknowledgedAt ?? now.acknowledged_at,
      confirmed_at: confirmedAt ?? now.confirmed_at,
      outcome_code: outcome?.code ?? now.outcome_code,
      outcome_message: outcome?.message ?? now.outcome_message,
      ...(steps === undefined ? {} : { steps, bases_after: null }),
    });
  }
}

/** Takes back what can no longer follow: changes that wait for one of `dead`, those that wait for them, and so on. */
export function supersedeFollowers(state: State, dead: readonly string[]): void {
  let fallen = dead;
  while (fallen.length > 0) {
    const followers = changesIn(state, 'planned', 'approved', 'parked').filter(({ after }) =>
      after.some((id) => fallen.includes(id)),
    );
    for (const row of followers)
      state.changes.put({
        ...row,
        state: 'superseded',
        lease_until: null,
        outcome_code: 'PREDECESSOR_FAILED',
        outcome_message: 'a change that had to come first was not made',
      });
    fallen = followers.map(({ id }) => id);
    forgetPlannedTasks(state, fallen);
    markDirty(
      state,
      followers.map(({ entity }) => entity),
    );
  }
}

/** Clocks whose task was to be opened by a change that will not be made. */
export function forgetPlannedTasks(state: State, changes: readonly string[]): void {
  for (const id of changes) {
    const mark = state.changes.get(id)?.marks.task;
    const clock = mark?.act === 'open' ? state.clocks.get(mark.clock) : undefined;
    if (clock?.task_state === 'planned') state.clocks.put({ ...clock, task_state: null, task_id: null });
  }
}

export function isPaused(state: State): boolean {
  return state.settings.get('paused') !== undefined;
}

/** While writing is paused nothing is approved: what becomes so waits, and `resume` shows it. */
export function parkIfPaused(state: State): void {
  if (isPaused(state)) parkApproved(state);
}

export function parkApproved(state: State): void {
  for (const row of changesIn(state, 'approved')) state.changes.put({ ...row, state: 'parked' });
}

/**
 * Stores new intents, `planned`: the gate decides what is sent. One whose write key stands already is not stored again; whoever was to follow it follows the standing one. Returns
 * what was stored, by id.
 */
export function storeChanges(
  state: State,
  run: string,
  at: Instant,
  changes: readonly Change[],
): ReadonlyMap<string, Change> {
  const standing = new Map(changes.flatMap(({ writeKey }) => standingBy(state, writeKey)));
  const replaced = new Map<string, string>();
  const fresh: Change[] = [];
  for (const change of changes) {
    const stands = standing.get(change.writeKey);
    if (stands === undefined) fresh.push(change);
    else replaced.set(change.id, stands);
    standing.set(change.writeKey, stands ?? change.id);
  }
  const followed = fresh.map((change) => ({ ...change, after: change.after.map((id) => replaced.get(id) ?? id) }));
  const fallen = fallenAmong(state, followed);
  const { ranks, awaited } = rankTogether(followed);
  for (const change of followed) insert(state, { run, at, urgency: ranks.get(change.id) ?? 1 }, change);
  hurry(state, awaited);
  for (const { id } of followed) hurryOnRecord(state, id);
  supersedeFollowers(state, fallen);
  return new Map(followed.map((change) => [change.id, change]));
}

function standingBy(state: State, writeKey: string): readonly (readonly [string, string])[] {
  return state.changes.by('standing', writeKey).map(({ id }) => [writeKey, id] as const);
}

/** Predecessors that will never be made. One that nobody knows would block its follower in silence, so it is our bug. */
function fallenAmong(state: State, changes: readonly Change[]): readonly string[] {
  const own = new Set(changes.map(({ id }) => id));
  const awaited = distinct(changes.flatMap(({ after }) => after)).filter((id) => !own.has(id));
  const unknown = awaited.find((id) => state.changes.get(id) === undefined);
  if (unknown !== undefined) throw new InvariantBroken(`A change is to follow ${unknown}, which is not in the ledger.`);
  return awaited.filter((id) => isFallen(state.changes.get(id) ?? { state: 'superseded' }));
}

/** What stands already becomes as urgent as what waits for it now, and so does what that waits for. */
function hurry(state: State, awaited: Awaited): void {
  for (let next = awaited; next.size > 0; ) {
    const hurried = [...next].flatMap(([id, urgency]) => {
      const row = state.changes.get(id);
      return row !== undefined && row.urgency > urgency && STANDING.has(row.state) ? [{ ...row, urgency }] : [];
    });
    for (const row of hurried) state.changes.put(row);
    next = mostUrgent(hurried);
  }
}

const STANDING: ReadonlySet<string> = new Set(['planned', 'approved', 'parked']);

/** So does what comes before it on the same record: one record's writes keep their order. */
function hurryOnRecord(state: State, id: string): void {
  const row = state.changes.get(id);
  if (row === undefined || row.record_id === null) return;
  const before = state.changes
    .by('record', `${row.system}:${row.object}:${row.record_id}`)
    .filter((other) => other.number < row.number && other.urgency > row.urgency && other.state === 'approved');
  for (const other of before) state.changes.put({ ...other, urgency: row.urgency });
}

type Insertion = { readonly run: string; readonly at: Instant; readonly urgency: number };

function insert(state: State, { run, at, urgency }: Insertion, change: Change): void {
  if (state.changes.get(change.id) !== undefined)
    throw new InvariantBroken(`There is a change ${change.id} in the ledger already.`);
  if (state.entities.get(change.entity) === undefined)
    throw new InvariantBroken(`There is no entity ${change.entity} in the ledger.`);
  state.changes.put({
    ...toParameter(change),
    number: state.next(),
    urgency,
    run,
    state: 'planned',
    held: null,
    rests_until: null,
    step: 0,
    attempts: 0,
    planned_at: at,
    sent_at: null,
    acknowledged_at: null,
    confirmed_at: null,
    lease_until: null,
    outcome_code: null,
    outcome_message: null,
  });
}
