import { URGENCIES, type Urgency } from '../../../src/domain/budget/purposes.ts';
import type { TrackedChange } from '../../../src/domain/people/change.ts';
import { ENTITY_OBJECTS, type System } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { changeFrom } from '../../../src/ledger/change-rows.ts';
import { changesIn, changesNamed, isPaused, moveChanges, parkIfPaused } from './changes.ts';
import { isSeatTaken } from './links.ts';
import { byColumns } from './order.ts';
import type { ChangeRowState } from './rows.ts';
import { wakeTheirs } from './set-aside.ts';
import type { State } from './state.ts';

type Claim = { readonly at: Instant; readonly leaseMs: number; readonly downTo: Urgency | undefined };

/** See `Ledger.claim`. The most urgent change that is ready, and of those the oldest, says which object and kind this batch is of. */
export function claim(
  state: State,
  system: System,
  limit: number,
  { at, leaseMs, downTo = 'back-fill' }: Claim,
): readonly TrackedChange[] {
  if (isPaused(state)) return [];
  const ready = state.changes
    .by('state', `${system} approved`)
    .filter((row) => row.urgency <= URGENCIES.indexOf(downTo) && isReady(state, row))
    .toSorted(byUrgency);
  const [first] = ready;
  if (first === undefined) return [];
  return ready
    .filter((row) => row.object === first.object && row.kind === first.kind && row.urgency === first.urgency)
    .slice(0, limit)
    .map((row) => {
      const sent: ChangeRowState = {
        ...row,
        state: 'sending',
        attempts: row.attempts + 1,
        sent_at: at,
        lease_until: at + leaseMs,
      };
      state.changes.put(sent);
      return changeFrom(sent);
    });
}

const byUrgency = byColumns<ChangeRowState>(
  ({ urgency }) => urgency,
  ({ number }) => number,
);

/**
 * Its predecessors are in, nothing earlier is under way on the same record, no field of it was seen to hold something else since, and
 * the seat of what is to be made is free.
 */
function isReady(state: State, row: ChangeRowState): boolean {
  const isMaking = row.kind === 'create' && ENTITY_OBJECTS.includes(row.object);
  if (isMaking && isSeatTaken(state, row)) return false;
  const waits = row.after.some((id) => {
    const before = state.changes.get(id);
    return before !== undefined && before.state !== 'acknowledged' && before.state !== 'confirmed';
  });
  if (waits || row.record_id === null) return !waits;
  const isFirst = !state.changes
    .by('record', `${row.system}:${row.object}:${row.record_id}`)
    .some((other) => other.number < row.number && UNDER_WAY.has(other.state));
  return isFirst && !isOvertaken(state, row);
}

function isOvertaken(state: State, row: ChangeRowState): boolean {
  const values = state.sightings.get(`${row.system}:${row.object}:${row.record_id}`)?.values ?? {};
  return (row.steps[row.step] ?? []).some(
    ({ field, before }) => before !== undefined && values[field] !== undefined && values[field] !== before,
  );
}

const UNDER_WAY: ReadonlySet<string> = new Set(['approved', 'sending', 'unsure']);

/** See `Ledger.release`: an attempt that never left was none. */
export function release(state: State, ids: readonly string[]): void {
  const sent = [...changesNamed(state, ids).values()].filter(
    (row) => row.state !== 'approved' && row.state !== 'parked',
  );
  moveChanges(
    state,
    sent.map((row) => ({ row, to: 'approved' as const, attempts: Math.max(0, row.attempts - 1) })),
  );
  wakeTheirs(state, sent);
  parkIfPaused(state);
}

/** See `Ledger.toConfirm`. */
export function toConfirm(state: State, system: System, limit: number): readonly TrackedChange[] {
  const acknowledged = state.changes.by('state', `${system} acknowledged`).filter((row) => row.read_back);
  return [...state.changes.by('state', `${system} unsure`), ...acknowledged]
    .toSorted(
      byColumns(
        (row) => row.sent_at,
        ({ number }) => number,
      ),
    )
    .slice(0, limit)
    .map(changeFrom);
}

/** See `Ledger.expireLeases`. */
export function expireLeases(state: State, at: Instant, everyone: boolean): number {
  const silent = changesIn(state, 'sending').filter(
    (row) => everyone || (row.lease_until !== null && row.lease_until <= at),
  );
  for (const row of silent)
    state.changes.put({
      ...row,
      state: 'unsure',
      lease_until: null,
      outcome_code: 'LEASE_EXPIRED',
      outcome_message: 'the sender fell silent',
    });
  return silent.length;
}
