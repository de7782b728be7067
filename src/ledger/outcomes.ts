import { sql } from 'kysely';
import type { ChangeState, Outcome } from '../domain/people/change.ts';
import type { Instant } from '../domain/values/value.ts';
import { InvariantBroken } from '../errors/errors.ts';
import { activitiesGone } from './activities.ts';
import { storeBases } from './bases.ts';
import { callNeighboursOf } from './call-neighbours.ts';
import {
  forgetPlannedTasks,
  lockChanges,
  type Move,
  moveChanges,
  parkIfPaused,
  supersedeFollowers,
} from './change-moves.ts';
import { type ChangeRow, subjectOf } from './change-rows.ts';
import { markTasks, removalOf } from './clocks.ts';
import { markNeighboursDirty } from './dirtiness.ts';
import { type Effect, storeEffects } from './effects.ts';
import { markDirty, markDirtyByRecord } from './entities.ts';
import { openFindings } from './findings.ts';
import { stamp, toJson } from './json.ts';
import { asWritten, exceptedFrom, leftOf, refuse, tellRefused } from './refusals.ts';
import { affect, type Session } from './session.ts';
import { closeParked, tryAgain } from './set-aside.ts';
import { storeTies } from './ties.ts';

type Kind = Outcome['kind'];
type Told<O extends Outcome = Outcome> = { readonly row: ChangeRow; readonly outcome: O };
type Of<K extends Kind> = Extract<Outcome, { kind: K }>;

/** Where an outcome leads a change that is still under way. */
const LEADS_TO: Readonly<Record<Kind, ChangeState>> = {
  written: 'acknowledged',
  refused: 'refused',
  vanished: 'superseded',
  deferred: 'approved',
  unsure: 'unsure',
};

/**
 * See `Ledger.recordOutcomes`. An answer that comes twice, or after the lease had run out and somebody else took over, moves
 * nothing; but a write that took place is remembered in any case, for the world has changed.
 */
export async function recordOutcomes(on: Session, outcomes: readonly Outcome[], at: Instant): Promise<void> {
  if (outcomes.length === 0) return;
  const changes = await lockChanges(
    on,
    outcomes.map(({ change }) => change),
  );
  const told = outcomes.flatMap((outcome): readonly Told[] => {
    const row = changes.get(outcome.change);
    return row === undefined ? [] : [{ row, outcome }];
  });
  const current = told.filter((one) => !isLate(one));
  await acknowledge(on, current.filter(isOf('written')), at);
  await refuse(
    on,
    current.filter(isOf('refused')).map(({ row, outcome }) => ({ row, refusal: outcome })),
    at,
  );
  await vanish(on, current.filter(isOf('vanished')), at);
  await tryAgain(
    on,
    current.filter(isOf('deferred')).map(({ row, outcome }) => ({ row, code: 'DEFERRED', message: outcome.message })),
    at,
  );
  await moveChanges(
    on,
    current.filter(isOf('unsure')).map(({ row, outcome }) => ({
      row,
      to: 'unsure' as const,
      outcome: { code: 'UNSURE', message: outcome.message },
    })),
  );
  await rememberLate(on, told.filter(isLate).filter(isOf('written')), at);
  await parkIfPaused(on);
}

/** Told before, or overtaken since: legal, and nothing to move. What was never sent has no outcome: that is our bug. */
function isLate({ row, outcome }: Told): boolean {
  if (row.sent_at === null)
    throw new InvariantBroken(
      `Change ${row.id} is ${row.state} and was never sent, but has an outcome (${outcome.kind}).`,
    );
  if (row.state === 'sending') return false;
  if (row.state === LEADS_TO[outcome.kind]) return true;
  if (row.state === 'unsure') return false;
  return row.state !== 'refused';
}

function isOf<K extends Kind>(kind: K): (told: Told) => told is Told<Of<K>> {
  return (told): told is Told<Of<K>> => told.outcome.kind === kind;
}

async function acknowledge(on: Session, written: readonly Told<Of<'written'>>[], at: Instant): Promise<void> {
  await storeEffects(on, written.map(effectOf), at);
  await moveChanges(
    on,
    written.map((one) => acknowledgement(one, at)),
  );
  await closeParked(
    on,
    written.map(({ row }) => row),
    at,
  );
  const whole = written.filter(({ row }) => isLastStep(row));
  await storeBases(
    on,
    whole.flatMap(({ row, outcome }) =>
      (asWritten(row, outcome).bases_after ?? []).map((base) => ({
        ...base,
        entity: row.entity,
        provisional: row.system,
      })),
    ),
  );
  await tellRefused(
    on,
    written.flatMap(({ row, outcome }) => exceptedFrom(row, outcome)),
    at,
  );
}

function effectOf({ row, outcome }: Told<Of<'written'>>): Effect {
  const { record, stampedAt } = outcome;
  return { row: asWritten(row, outcome), id: record.id, ...(stampedAt === undefined ? {} : { stampedAt }) };
}

/** With steps to go, the change goes back to the queue for the next one. */
function acknowledgement({ row, outcome }: Told<Of<'written'>>, at: Instant): Move {
  const move = { row, recordId: outcome.record.id, ...leftOf(row, outcome) };
  if (isLastStep(row)) return { ...move, to: 'acknowledged', acknowledgedAt: at };
  return { ...move, to: 'approved', step: row.step + 1, attempts: 0 };
}

function isLastStep({ step, steps }: ChangeRow): boolean {
  return step >= steps.length - 1;
}

/** The record is gone: sighted as deleted, so that the person's next plan ends its link and says what holds instead. */
async function vanish(on: Session, vanished: readonly Told<Of<'vanished'>>[], at: Instant): Promise<void> {
  if (vanished.length === 0) return;
  await moveChanges(
    on,
    vanished.map(({ row, outcome }) => ({
      row,
      to: 'superseded' as const,
      outcome: { code: 'VANISHED', message: outcome.message },
    })),
  );
  const gone = vanished.flatMap(({ row, outcome }) =>
    row.record_id === null
      ? []
      : [{ system: row.system, object: row.object, record_id: row.record_id, merged_into: outcome.mergedInto ?? null }],
  );
  await affect(
    on,
    sql`
      update tasuki.sighting s set deleted = true, merged_into = coalesce(g.merged_into, s.merged_into), match_due = false,
        version = s.version + 1, seen_at = greatest(s.seen_at, ${stamp(at)})
      from json_to_recordset(${toJson(gone)}::json) as g (system text, object text, record_id text, merged_into text)
      where (s.system, s.object, s.record_id) = (g.system, g.object, g.record_id)`,
  );
  await activitiesGone(on, gone);
  await markTasks(
    on,
    vanished.flatMap(({ row }) => removalOf(row)),
  );
  await callNeighboursOf(on, gone);
  await openFindings(
    on,
    vanished.map(({ row, outcome }) => ({
      code: 'RECORD_VANISHED' as const,
      subject: subjectOf(row),
      entity: row.entity,
      detail: { change: row.id, mergedInto: outcome.mergedInto ?? null },
    })),
    at,
  );
  const ids = vanished.map(({ row }) => row.id);
  await forgetPlannedTasks(on, ids);
  await supersedeFollowers(on, ids);
  await markDirty(
    on,
    vanished.map(({ row }) => row.entity),
  );
  await markDirtyByRecord(on, gone);
  await markNeighboursDirty(on, gone);
  await storeTies(on, gone, []); // last: until here they say whom it concerns
}

/** Only what is not in the ledger yet: a superseded or re-approved change whose write did arrive. */
async function rememberLate(on: Session, written: readonly Told<Of<'written'>>[], at: Instant): Promise<void> {
  const news = written.filter(({ row }) => row.state !== 'acknowledged' && row.state !== 'confirmed');
  await storeEffects(on, news.map(effectOf), at);
  await markDirty(
    on,
    news.map(({ row }) => row.entity),
  );
}
