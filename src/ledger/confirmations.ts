import type { Instant } from '../domain/values/value.ts';
import type { ReadBackVerdict } from '../reconcile/read-back.ts';
import { settleBases, storeBases } from './bases.ts';
import {
  forgetPlannedTasks,
  lockChanges,
  type Move,
  moveChanges,
  parkIfPaused,
  supersedeFollowers,
} from './change-moves.ts';
import { type ChangeRow, subjectOf } from './change-rows.ts';
import { markTasks } from './clocks.ts';
import { storeEffects } from './effects.ts';
import { markDirty } from './entities.ts';
import { openFindings } from './findings.ts';
import type { Session } from './session.ts';
import { closeParked, tryAgain } from './set-aside.ts';
import { markHandOffs } from './stages.ts';
import { markUndone } from './undone.ts';

type Judged = { readonly row: ChangeRow; readonly verdict: ReadBackVerdict };

/** See `Ledger.recordConfirmations`. A verdict that comes twice, or late, finds its work done and changes nothing. */
export async function recordConfirmations(
  on: Session,
  verdicts: readonly ReadBackVerdict[],
  at: Instant,
): Promise<void> {
  if (verdicts.length === 0) return;
  const changes = await lockChanges(
    on,
    verdicts.map(({ change }) => change),
  );
  const judged = verdicts.flatMap((verdict): readonly Judged[] => {
    const row = changes.get(verdict.change);
    return row === undefined || isDone(row, verdict) ? [] : [{ row, verdict }];
  });
  const of = (kind: ReadBackVerdict['verdict']) => judged.filter(({ verdict }) => verdict.verdict === kind);
  const seen = of('confirmed').map(({ row, verdict }) => ({
    row,
    ...(verdict.id === undefined ? {} : { id: verdict.id }),
  }));
  await confirmChanges(on, seen, at);
  // What came to nothing is over too, and others may have waited for its record.
  await markDirty(
    on,
    [...seen, ...of('overwritten')].map(({ row }) => row.entity),
  );
  await tryAgain(
    on,
    of('rewrite').map(({ row }) => ({ row, code: 'UNSURE', message: row.outcome_message ?? '' })),
    at,
  );
  await supersedeOverwritten(on, of('overwritten'), at);
  await parkIfPaused(on);
}

function isDone({ state, attempts }: ChangeRow, { verdict }: ReadBackVerdict): boolean {
  const sentAnew = attempts > 0 && (state === 'approved' || state === 'parked' || state === 'sending');
  if (verdict === 'confirmed') return state === 'confirmed' || state === 'superseded' || sentAnew;
  if (verdict === 'rewrite') return state === 'approved' || state === 'parked' || state === 'sending';
  return state === 'superseded';
}

/** Writes that were seen to be true. An unsure one is known to have happened only now, so its effects are stored with it. */
export async function confirmChanges(
  on: Session,
  seen: readonly { readonly row: ChangeRow; readonly id?: string }[],
  at: Instant,
): Promise<void> {
  const unsure = seen.filter(({ row }) => row.state === 'unsure');
  const done = seen.filter(({ row }) => row.step >= row.steps.length - 1);
  const next = seen.filter(({ row }) => row.step < row.steps.length - 1);
  await moveChanges(on, [...done.map((one) => confirmation(one, at)), ...next.map(nextStep)]);
  await storeEffects(
    on,
    unsure.map(({ row, id }) => ({ row, id: id ?? row.record_id, found: row.kind === 'create' })),
    at,
  );
  await settle(
    on,
    done.map(({ row }) => row),
  );
  await closeParked(
    on,
    unsure.map(({ row }) => row),
    at,
  );
  await markUndone(
    on,
    done.flatMap(({ row }) => row.marks.undoes ?? []),
  );
  await markHandOffs(
    on,
    done.flatMap(({ row }) =>
      row.marks.handOff === undefined ? [] : [{ entity: row.entity, stage: row.marks.handOff.stage }],
    ),
    at,
  );
  await markTasks(
    on,
    done.flatMap(({ row, id }) =>
      row.marks.task === undefined ? [] : [{ ...row.marks.task, id: id ?? row.record_id }],
    ),
  );
}

function confirmation({ row, id }: { readonly row: ChangeRow; readonly id?: string }, at: Instant): Move {
  return { row, to: 'confirmed', confirmedAt: at, ...(id === undefined ? {} : { recordId: id }) };
}

/** A step of several was found written: the next one may go. */
function nextStep({ row, id }: { readonly row: ChangeRow; readonly id?: string }): Move {
  return { row, to: 'approved', step: row.step + 1, attempts: 0, ...(id === undefined ? {} : { recordId: id }) };
}

async function settle(on: Session, changes: readonly ChangeRow[]): Promise<void> {
  const bases = changes.flatMap((row) =>
    (row.bases_after ?? []).map((base) => ({ ...base, entity: row.entity, side: row.system, state: row.state })),
  );
  await storeBases(
    on,
    bases
      .filter(({ state }) => state === 'unsure')
      .map(({ side: _side, state: _state, ...base }) => ({ ...base, provisional: null })),
  );
  await settleBases(
    on,
    bases.filter(({ state }) => state !== 'unsure').map(({ state: _state, ...base }) => base),
  );
}

async function supersedeOverwritten(on: Session, judged: readonly Judged[], at: Instant): Promise<void> {
  // A Task that was made and is gone was deleted by somebody: that is for the planner to hear from its next sighting, not to make anew.
  const deleted = judged.filter(({ row }) => row.marks.task?.act === 'open' && row.record_id !== null);
  // A subject that somebody has changed since is theirs: it was shown once, and is not put back.
  const escalated = judged.filter(({ row }) => row.marks.task?.act === 'escalate');
  await markTasks(
    on,
    [...deleted, ...escalated].flatMap(({ row }) =>
      row.marks.task === undefined ? [] : [{ ...row.marks.task, id: row.record_id }],
    ),
  );
  await moveChanges(
    on,
    judged.map(({ row, verdict }) => ({
      row,
      to: 'superseded' as const,
      outcome: { code: 'OVERWRITTEN', message: verdict.detail ?? '' },
    })),
  );
  await openFindings(
    on,
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
  await forgetPlannedTasks(on, ids);
  await supersedeFollowers(on, ids);
}
