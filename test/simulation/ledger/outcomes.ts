import type { ChangeState, Outcome } from '../../../src/domain/people/change.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import type { Move } from '../../../src/ledger/change-moves.ts';
import { subjectOf } from '../../../src/ledger/change-rows.ts';
import { removalOf } from '../../../src/ledger/clocks.ts';
import {
  asWritten,
  exceptedFrom,
  leftOf,
  type Refused,
  refusalFinding,
  refusedMove,
} from '../../../src/ledger/refusals.ts';
import { activitiesGone } from './activities.ts';
import { storeBases } from './bases.ts';
import { changesNamed, forgetPlannedTasks, moveChanges, parkIfPaused, supersedeFollowers } from './changes.ts';
import { markTasks } from './clocks.ts';
import { markDirty, markDirtyByRecord, markNeighboursDirty } from './dirtiness.ts';
import { storeEffects } from './effects.ts';
import { openFindings, openNow } from './findings.ts';
import { callNeighboursOf } from './identities.ts';
import { type ChangeRowState, nameIn } from './rows.ts';
import { closeParked, tryAgain } from './set-aside.ts';
import { storeTies } from './sightings.ts';
import type { State } from './state.ts';

type Kind = Outcome['kind'];
type Told<O extends Outcome = Outcome> = { readonly row: ChangeRowState; readonly outcome: O };
type Of<K extends Kind> = Extract<Outcome, { kind: K }>;

const LEADS_TO: Readonly<Record<Kind, ChangeState>> = {
  written: 'acknowledged',
  refused: 'refused',
  vanished: 'superseded',
  deferred: 'approved',
  unsure: 'unsure',
};

/** See `Ledger.recordOutcomes`. A late answer moves nothing; but a write that took place is remembered in any case. */
export function recordOutcomes(state: State, outcomes: readonly Outcome[], at: Instant): void {
  if (outcomes.length === 0) return;
  const changes = changesNamed(
    state,
    outcomes.map(({ change }) => change),
  );
  const told = outcomes.flatMap((outcome): readonly Told[] => {
    const row = changes.get(outcome.change);
    return row === undefined ? [] : [{ row, outcome }];
  });
  const current = told.filter((one) => !isLate(one));
  acknowledge(state, current.filter(isOf('written')), at);
  refuse(
    state,
    current.filter(isOf('refused')).map(({ row, outcome }) => ({ row, refusal: outcome })),
    at,
  );
  vanish(state, current.filter(isOf('vanished')), at);
  tryAgain(
    state,
    current.filter(isOf('deferred')).map(({ row, outcome }) => ({ row, code: 'DEFERRED', message: outcome.message })),
    at,
  );
  moveChanges(state, current.filter(isOf('unsure')).map(moveTo('unsure', 'UNSURE')));
  rememberLate(state, told.filter(isLate).filter(isOf('written')), at);
  parkIfPaused(state);
}

/** Told before, or overtaken since. What was never sent has no outcome: that is our bug. */
function isLate({ row, outcome }: Told): boolean {
  if (row.sent_at === null)
    throw new InvariantBroken(
      `Change ${row.id} is ${row.state} and was never sent, but has an outcome (${outcome.kind}).`,
    );
  if (row.state === 'sending') return false;
  if (row.state === LEADS_TO[outcome.kind]) return true;
  return row.state !== 'unsure' && row.state !== 'refused';
}

function isOf<K extends Kind>(kind: K): (told: Told) => told is Told<Of<K>> {
  return (told): told is Told<Of<K>> => told.outcome.kind === kind;
}

function moveTo(to: ChangeState, code: string) {
  return ({ row, outcome }: Told<Of<'unsure' | 'vanished'>>): Move => ({
    row,
    to,
    outcome: { code, message: outcome.message },
  });
}

function effectOf({ row, outcome }: Told<Of<'written'>>) {
  const { record, stampedAt } = outcome;
  return { row: asWritten(row, outcome), id: record.id, ...(stampedAt === undefined ? {} : { stampedAt }) };
}

/** With steps to go, the change goes back to the queue for the next one. */
function acknowledge(state: State, written: readonly Told<Of<'written'>>[], at: Instant): void {
  storeEffects(state, written.map(effectOf), at);
  moveChanges(
    state,
    written.map(({ row, outcome }): Move => {
      const move = { row, recordId: outcome.record.id, ...leftOf(row, outcome) };
      if (isLastStep(row)) return { ...move, to: 'acknowledged', acknowledgedAt: at };
      return { ...move, to: 'approved', step: row.step + 1, attempts: 0 };
    }),
  );
  closeParked(
    state,
    written.map(({ row }) => row),
    at,
  );
  storeBases(
    state,
    written
      .filter(({ row }) => isLastStep(row))
      .flatMap(({ row, outcome }) =>
        (asWritten(row, outcome).bases_after ?? []).map((base) => ({
          ...base,
          entity: row.entity,
          provisional: row.system,
        })),
      ),
  );
  tellRefused(
    state,
    written.flatMap(({ row, outcome }) => exceptedFrom(row, outcome)),
    at,
  );
}

function isLastStep({ step, steps }: ChangeRowState): boolean {
  return step >= steps.length - 1;
}

/** The person is planned anew: what the system took no offence at may still be written. */
function refuse(state: State, refused: readonly Refused[], at: Instant): void {
  moveChanges(state, refused.map(refusedMove));
  tellRefused(state, refused, at);
  supersedeFollowers(
    state,
    refused.map(({ row }) => row.id),
  );
}

function tellRefused(state: State, refused: readonly Refused[], at: Instant): void {
  const told = refused.map((each) => {
    const before = openNow(state, 'WRITE_REFUSED', subjectOf(each.row));
    return refusalFinding(each, { before, records: recordsOf(state, each.row.entity), at });
  });
  openFindings(state, told, at);
  markDirty(
    state,
    refused.map(({ row }) => row.entity),
  );
}

/** The current records of an entity, as findings name them. */
function recordsOf(state: State, entity: string): string | null {
  const current = state.links.by('entity', entity).filter(({ role }) => role === 'current');
  return current.length === 0 ? null : current.map(nameIn).toSorted().join(' ');
}

/** The record is gone: sighted as deleted, so that the person's next plan ends its link and says what holds instead. */
function vanish(state: State, vanished: readonly Told<Of<'vanished'>>[], at: Instant): void {
  if (vanished.length === 0) return;
  moveChanges(state, vanished.map(moveTo('superseded', 'VANISHED')));
  const gone = vanished.flatMap(({ row, outcome }) =>
    row.record_id === null ? [] : [{ system: row.system, object: row.object, record_id: row.record_id, outcome }],
  );
  for (const { outcome, ...record } of gone) {
    const seen = state.sightings.get(nameIn(record));
    if (seen === undefined) continue;
    state.sightings.put({
      ...seen,
      deleted: true,
      merged_into: outcome.mergedInto ?? seen.merged_into,
      match_due: false,
      version: seen.version + 1,
      seen_at: Math.max(seen.seen_at, at),
    });
  }
  activitiesGone(state, gone);
  markTasks(
    state,
    vanished.flatMap(({ row }) => removalOf(row)),
  );
  callNeighboursOf(state, gone);
  openFindings(
    state,
    vanished.map(({ row, outcome }) => ({
      code: 'RECORD_VANISHED' as const,
      subject: subjectOf(row),
      entity: row.entity,
      detail: { change: row.id, mergedInto: outcome.mergedInto ?? null },
    })),
    at,
  );
  const ids = vanished.map(({ row }) => row.id);
  forgetPlannedTasks(state, ids);
  supersedeFollowers(state, ids);
  markDirty(
    state,
    vanished.map(({ row }) => row.entity),
  );
  markDirtyByRecord(state, gone);
  markNeighboursDirty(state, gone);
  storeTies(state, gone, []); // last: until here they say whom it concerns
}

/** Only what is not in the ledger yet: a superseded or re-approved change whose write did arrive. */
function rememberLate(state: State, written: readonly Told<Of<'written'>>[], at: Instant): void {
  const news = written.filter(({ row }) => row.state !== 'acknowledged' && row.state !== 'confirmed');
  storeEffects(state, news.map(effectOf), at);
  markDirty(
    state,
    news.map(({ row }) => row.entity),
  );
}
