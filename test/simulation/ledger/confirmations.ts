import type { Instant } from '../../../src/domain/values/value.ts';
import type { Move } from '../../../src/ledger/change-moves.ts';
import { subjectOf } from '../../../src/ledger/change-rows.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { settleBases, storeBases } from './bases.ts';
import { changesNamed, forgetPlannedTasks, moveChanges, parkIfPaused, supersedeFollowers } from './changes.ts';
import { markTasks } from './clocks.ts';
import { markDirty } from './dirtiness.ts';
import { storeEffects } from './effects.ts';
import { openFindings } from './findings.ts';
import type { ChangeRowState } from './rows.ts';
import { closeParked, tryAgain } from './set-aside.ts';
import { markHandOffs } from './stages.ts';
import type { State } from './state.ts';
import { markUndone } from './undo.ts';

type Verdict = Parameters<Ledger['recordConfirmations']>[0][number];
type Judged = { readonly row: ChangeRowState; readonly verdict: Verdict };
/** A write that was seen to be true, on this record if that was not known before. */
type Seen = { readonly row: ChangeRowState; readonly id?: string };

/** See `Ledger.recordConfirmations`. A verdict that comes twice, or late, finds its work done and changes nothing. */
export function recordConfirmations(state: State, verdicts: readonly Verdict[], at: Instant): void {
  if (verdicts.length === 0) return;
  const changes = changesNamed(
    state,
    verdicts.map(({ change }) => change),
  );
  const judged = verdicts.flatMap((verdict): readonly Judged[] => {
    const row = changes.get(verdict.change);
    return row === undefined || isDone(row, verdict) ? [] : [{ row, verdict }];
  });
  const of = (kind: Verdict['verdict']) => judged.filter(({ verdict }) => verdict.verdict === kind);
  const seen = of('confirmed').map(({ row, verdict: { id } }): Seen => ({ row, ...(id === undefined ? {} : { id }) }));
  confirmChanges(state, seen, at);
  markDirty(
    state,
    [...seen, ...of('overwritten')].map(({ row }) => row.entity),
  );
  tryAgain(
    state,
    of('rewrite').map(({ row }) => ({ row, code: 'UNSURE', message: row.outcome_message ?? '' })),
    at,
  );
  supersedeOverwritten(state, of('overwritten'), at);
  parkIfPaused(state);
}

function isDone({ state, attempts }: ChangeRowState, { verdict }: Verdict): boolean {
  const isBack = state === 'approved' || state === 'parked' || state === 'sending';
  if (verdict === 'confirmed') return state === 'confirmed' || state === 'superseded' || (attempts > 0 && isBack);
  if (verdict === 'rewrite') return isBack;
  return state === 'superseded';
}

/** An unsure write is known to have happened only now, so its effects are stored with it. */
export function confirmChanges(state: State, seen: readonly Seen[], at: Instant): void {
  const unsure = seen.filter(({ row }) => row.state === 'unsure');
  const done = seen.filter(({ row }) => row.step >= row.steps.length - 1);
  const next = seen.filter(({ row }) => row.step < row.steps.length - 1);
  moveChanges(state, [...done.map((one) => confirmation(one, at)), ...next.map(nextStep)]);
  storeEffects(
    state,
    unsure.map(({ row, id }) => ({ row, id: id ?? row.record_id, found: row.kind === 'create' })),
    at,
  );
  settle(
    state,
    done.map(({ row }) => row),
  );
  closeParked(
    state,
    unsure.map(({ row }) => row),
    at,
  );
  markUndone(
    state,
    done.flatMap(({ row }) => row.marks.undoes ?? []),
  );
  markHandOffs(
    state,
    done.flatMap(({ row: { entity, marks } }) =>
      marks.handOff === undefined ? [] : [{ entity, stage: marks.handOff.stage }],
    ),
    at,
  );
  markTasks(
    state,
    done.flatMap(({ row, id }) =>
      row.marks.task === undefined ? [] : [{ ...row.marks.task, id: id ?? row.record_id }],
    ),
  );
}

function confirmation({ row, id }: Seen, at: Instant): Move {
  return { row, to: 'confirmed', confirmedAt: at, ...(id === undefined ? {} : { recordId: id }) };
}

/** A step of several was found written: the next one may go. */
function nextStep({ row, id }: Seen): Move {
  return { row, to: 'approved', step: row.step + 1, attempts: 0, ...(id === undefined ? {} : { recordId: id }) };
}

function settle(state: State, changes: readonly ChangeRowState[]): void {
  for (const { bases_after: bases, entity, system: side, state: was } of changes) {
    const theirs = (bases ?? []).map((base) => ({ ...base, entity, side }));
    if (was === 'unsure')
      storeBases(
        state,
        theirs.map((base) => ({ ...base, provisional: null })),
      );
    else settleBases(state, theirs);
  }
}

function supersedeOverwritten(state: State, judged: readonly Judged[], at: Instant): void {
  // A Task that was made and is gone was deleted by somebody: that is for the planner to hear from its next sighting.
  const deleted = judged.filter(({ row }) => row.marks.task?.act === 'open' && row.record_id !== null);
  const escalated = judged.filter(({ row }) => row.marks.task?.act === 'escalate');
  markTasks(
    state,
    [...deleted, ...escalated].flatMap(({ row }) =>
      row.marks.task === undefined ? [] : [{ ...row.marks.task, id: row.record_id }],
    ),
  );
  moveChanges(
    state,
    judged.map(({ row, verdict }) => ({
      row,
      to: 'superseded' as const,
      outcome: { code: 'OVERWRITTEN', message: verdict.detail ?? '' },
    })),
  );
  openFindings(
    state,
    judged
      .filter((one) => !deleted.includes(one))
      .map(({ row, verdict }) => ({
        code: 'WRITE_OVERWRITTEN' as const,
        subject: subjectOf(row),
        entity: row.entity,
        detail: { change: row.id, fields: verdict.detail ?? null },
      })),
    at,
  );
  const ids = judged.map(({ row }) => row.id);
  forgetPlannedTasks(state, ids);
  supersedeFollowers(state, ids);
}
