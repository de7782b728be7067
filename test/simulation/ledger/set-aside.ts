import type { Instant } from '../../../src/domain/values/value.ts';
import type { Move } from '../../../src/ledger/change-moves.ts';
import { subjectOf } from '../../../src/ledger/change-rows.ts';
import type { RecordColumns } from '../../../src/ledger/records.ts';
import type { Failed } from '../../../src/ledger/set-aside.ts';
import { restsUntil } from '../../../src/reconcile/poison.ts';
import { changesIn, moveChanges, parkIfPaused } from './changes.ts';
import { markDirty, wakeClocks } from './dirtiness.ts';
import { closeFindings, openFindings } from './findings.ts';
import { type ChangeRowState, nameIn } from './rows.ts';
import type { State } from './state.ts';

/** Sends these back to the queue, or sets them aside where they have failed too often; whoever is set aside is a finding. */
export function tryAgain(state: State, failed: readonly Failed[], at: Instant): void {
  const judged = failed.map((one) => ({ ...one, until: restsUntil(one.row.attempts, at) }));
  moveChanges(
    state,
    judged.map(({ row, code, message, until }): Move => {
      const outcome = { code, message };
      return until === null ? { row, to: 'approved', outcome } : { row, to: 'parked', restsUntil: until, outcome };
    }),
  );
  wakeTheirs(
    state,
    failed.map(({ row }) => row),
  );
  openFindings(
    state,
    judged
      .filter(({ until }) => until !== null)
      .map(({ row, code, message, until }) => ({
        code: 'WRITE_PARKED' as const,
        subject: subjectOf(row),
        entity: row.entity,
        detail: {
          change: row.id,
          system: row.system,
          record: row.record_id,
          attempts: row.attempts,
          reason: code,
          message,
          until,
        },
      })),
    at,
  );
}

/** What was seen while they were on their way may speak against them: they are planned anew before they go again. */
export function wakeTheirs(state: State, changes: readonly Failed['row'][]): void {
  markDirty(
    state,
    changes.map(({ entity }) => entity),
  );
}

/** These writes are in, whatever it took. */
export function closeParked(state: State, written: readonly Failed['row'][], at: Instant): void {
  closeFindings(
    state,
    written.map((row) => ({ code: 'WRITE_PARKED' as const, subject: subjectOf(row) })),
    at,
  );
}

/** See `Ledger.wakeClocks`. With the next failure a write rests longer. */
export function wakeDue(state: State, at: Instant): number {
  letGo(
    state,
    resting(state).filter((row) => row.rests_until !== null && row.rests_until <= at),
  );
  return wakeClocks(state, at);
}

/** Either side of these records has changed: what failed before may go through now, and has all its attempts again. */
export function releaseMoved(state: State, moved: readonly RecordColumns[]): void {
  const entities = new Set(moved.flatMap((record) => state.links.get(nameIn(record))?.entity ?? []));
  letGo(
    state,
    resting(state)
      .filter(({ entity }) => entities.has(entity))
      .map((row) => ({ ...row, attempts: 0 })),
  );
}

/** Lets go of what was set aside, of one entity or of all (`null`), and says of whom. */
export function releaseHeld(state: State, entity: string | null): readonly string[] {
  const released = resting(state).filter((row) => entity === null || row.entity === entity);
  letGo(
    state,
    released.map((row) => ({ ...row, attempts: 0 })),
  );
  const entities = released.map((row) => row.entity);
  markDirty(state, entities);
  return entities;
}

/** What was set aside, as opposed to what a pause has parked. */
function resting(state: State): readonly ChangeRowState[] {
  return changesIn(state, 'parked').filter((row) => row.rests_until !== null);
}

function letGo(state: State, released: readonly ChangeRowState[]): void {
  for (const row of released) state.changes.put({ ...row, state: 'approved', rests_until: null });
  if (released.length > 0) parkIfPaused(state);
}
