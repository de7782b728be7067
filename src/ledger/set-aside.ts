import { sql } from 'kysely';
import type { Instant } from '../domain/values/value.ts';
import { restsUntil } from '../reconcile/poison.ts';
import { type Move, moveChanges, parkIfPaused } from './change-moves.ts';
import { type ChangeRow, subjectOf } from './change-rows.ts';
import { markDirty, wakeClocks } from './entities.ts';
import { closeFindings, openFindings } from './findings.ts';
import { stamp, toJson } from './json.ts';
import type { RecordColumns } from './records.ts';
import { affect, rows, type Session } from './session.ts';

/** A write that is to be tried again, and what was said of it last. */
export type Failed = { readonly row: ChangeRow; readonly code: string; readonly message: string };

/**
 * Sends these back to the queue, or sets them aside where they have failed too often (`parked`, with the instant until which they rest
 * in `rests_until`; what a pause parks has none). Whoever is set aside is a finding.
 */
export async function tryAgain(on: Session, failed: readonly Failed[], at: Instant): Promise<void> {
  await moveChanges(
    on,
    failed.map(({ row, code, message }): Move => {
      const until = restsUntil(row.attempts, at);
      const outcome = { code, message };
      return until === null ? { row, to: 'approved', outcome } : { row, to: 'parked', restsUntil: until, outcome };
    }),
  );
  await wakeTheirs(
    on,
    failed.map(({ row }) => row),
  );
  await openFindings(
    on,
    failed
      .filter(({ row }) => restsUntil(row.attempts, at) !== null)
      .map(({ row, code, message }) => ({
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
          until: restsUntil(row.attempts, at),
        },
      })),
    at,
  );
}

/**
 * These are to go again. While they were on their way a plan said nothing more about their records (`isUnderWay`), and what was seen
 * meanwhile may speak against them: whoever was to be made has turned up, half of the write is in. So they are planned anew first.
 */
export async function wakeTheirs(on: Session, changes: readonly ChangeRow[]): Promise<void> {
  await markDirty(
    on,
    changes.map(({ entity }) => entity),
  );
}

/** These writes are in, whatever it took. */
export async function closeParked(on: Session, written: readonly ChangeRow[], at: Instant): Promise<void> {
  await closeFindings(
    on,
    written.map((row) => ({ code: 'WRITE_PARKED' as const, subject: subjectOf(row) })),
    at,
  );
}

/** See `Ledger.wakeClocks`. */
export async function wakeDue(on: Session, at: Instant): Promise<number> {
  await releaseRested(on, at);
  return wakeClocks(on, at);
}

/** Those whose rest is over go back to the queue; with the next failure they rest longer. */
async function releaseRested(on: Session, at: Instant): Promise<void> {
  const released = await affect(
    on,
    sql`
      update tasuki.change set state = 'approved', rests_until = null
      where state = 'parked' and rests_until is not null and rests_until <= ${stamp(at)}`,
  );
  if (released > 0) await parkIfPaused(on);
}

/** Either side of these records has changed: what failed before may go through now, and has all its attempts again. */
export async function releaseMoved(on: Session, moved: readonly RecordColumns[]): Promise<void> {
  if (moved.length === 0) return;
  const parameter = moved.map(({ system, object, record_id }) => ({ system, object, record_id }));
  const released = await affect(
    on,
    sql`
      update tasuki.change c set state = 'approved', attempts = 0, rests_until = null
      from tasuki.link l
      join json_to_recordset(${toJson(parameter)}::json) as m (system text, object text, record_id text) using (system, object, record_id)
      where c.entity = l.entity and c.state = 'parked' and c.rests_until is not null`,
  );
  if (released > 0) await parkIfPaused(on);
}

/** Lets go of what was set aside, of one entity or of all (`null`), and says of whom. */
export async function releaseHeld(on: Session, entity: string | null): Promise<readonly string[]> {
  const released = await rows(
    on,
    sql<{ entity: string }>`
      update tasuki.change set state = 'approved', attempts = 0, rests_until = null
      where state = 'parked' and rests_until is not null and (${entity}::text is null or entity = ${entity}::text)
      returning entity`,
  );
  if (released.length > 0) await parkIfPaused(on);
  const entities = released.map((row) => row.entity);
  await markDirty(on, entities);
  return entities;
}
