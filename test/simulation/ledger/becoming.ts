import { entityKindOf, type LinkEvidence, type RecordRef, recordName } from '../../../src/domain/people/record.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import type { LinkRow } from '../../../src/ledger/entity-facts.ts';
import { columnsOf } from '../../../src/ledger/records.ts';
import type { EntityPlan } from '../../../src/reconcile/entity-plan.ts';
import { forgetBases } from './bases.ts';
import { forgetPlannedTasks, moveChanges, openChangesOf, supersedeFollowers } from './changes.ts';
import { markDirty, markNeighboursDirty } from './dirtiness.ts';
import { closeFindingsOf } from './findings.ts';
import { callNeighboursOf, dismissRivals, releaseDuplicates, setDue } from './identities.ts';
import { isSeatTaken, linkOf, putLinks, seatMerged } from './links.ts';
import { withdraw } from './messages.ts';
import { nameIn } from './rows.ts';
import { uniteStages } from './stages.ts';
import type { State } from './state.ts';

/** An entity whose own record was taken in by another one, and how the one came to stand for the other. */
type Becoming = {
  readonly entity: string;
  readonly record: RecordRef;
  readonly because: LinkEvidence;
};

/** See `EntityPlan.becomes`. One after the other, since who somebody becomes may itself have become a third in the same batch. */
export function becomeOthers(state: State, plans: readonly EntityPlan[], at: Instant): void {
  for (const { entity, becomes: record } of plans) {
    if (record === null) continue;
    const isTied = state.ties.by('to', recordName(record)).some(({ kind }) => kind === 'became');
    const becoming: Becoming = { entity, record, because: isTied ? 'conversion' : 'merge' };
    emptySeat(state, becoming, at);
    const link = linkOf(state, record);
    const isOfItsKind = link !== undefined && state.entities.get(link.entity)?.kind === entityKindOf(record.object);
    if (!isOfItsKind || link.entity === entity) takeSeat(state, becoming, at);
    else moveInto(state, link.entity, becoming, at);
  }
  seatMerged(
    state,
    plans.flatMap(({ entity, endLinks, becomes }) => (endLinks.length > 0 || becomes !== null ? [entity] : [])),
  );
}

/** The record that was taken in sits there no longer, whether or not the planner has said so. */
function emptySeat(state: State, { entity, record, because }: Becoming, at: Instant): void {
  const role = because === 'conversion' ? 'converted' : 'merged';
  for (const link of state.links.by('entity', entity)) {
    if (link.system !== record.system || link.role !== 'current' || nameIn(link) === recordName(record)) continue;
    putLinks(state, [{ ...link, role, until: at }]);
  }
}

/** Nobody else's: it goes on where the other one ended. */
function takeSeat(state: State, { entity, record, because }: Becoming, at: Instant): void {
  const columns = columnsOf(record);
  const link = linkOf(state, record);
  const fresh: LinkRow = { ...columns, entity, role: 'current', since: at, until: null, evidence: because };
  if (link === undefined) putLinks(state, [fresh]);
  else if (link.entity === entity) putLinks(state, [{ ...link, role: 'current', until: null, evidence: because }]);
  setDue(state, recordName(record), false);
  forgetBases(state, [{ ...columns, entity }]);
  dismissRivals(state, [columns]);
  callNeighboursOf(state, [columns]);
  markDirty(state, [entity]);
  markNeighboursDirty(state, [columns]);
}

/** The two are one: everything goes to whoever holds the record, who is planned anew. */
export function moveInto(state: State, holder: string, becoming: Becoming, at: Instant): void {
  const { entity } = becoming;
  supersedeOpen(state, becoming);
  closeClocks(state, holder, entity, at);
  const moved = moveLinks(state, holder, becoming);
  if (moved.some(({ role }) => role === 'current'))
    for (const { field } of state.bases.by('entity', holder)) state.bases.drop(`${holder} ${field}`);
  leaveNothing(state, holder, entity, at);
  releaseDuplicates(
    state,
    moved.filter(({ role }) => role === 'duplicate'),
  );
  callNeighboursOf(state, moved);
  markDirty(state, [holder]);
  markNeighboursDirty(state, moved);
}

function supersedeOpen(state: State, { entity, record }: Becoming): void {
  const open = openChangesOf(state, entity);
  const outcome = { code: 'MERGED', message: `its record went into ${recordName(record)}` };
  moveChanges(
    state,
    open.map((row) => ({ row, to: 'superseded' as const, outcome })),
  );
  const ids = open.map(({ id }) => id);
  forgetPlannedTasks(state, ids);
  supersedeFollowers(state, ids);
}

/** What still runs ends here; what is settled, and its task, goes along. */
function closeClocks(state: State, holder: string, entity: string, at: Instant): void {
  for (const clock of state.clocks.by('entity', entity)) {
    const isUntold = clock.task_state === null || clock.task_state === 'queued';
    if (clock.state === 'running' || (clock.state === 'lapsed' && isUntold))
      state.clocks.put({ ...clock, state: 'closed', closed_because: 'merged', wake_at: null });
    else if (clock.closed_because !== 'merged') state.clocks.put({ ...clock, entity: holder });
  }
  const over = state.clocks.by('entity', entity).filter(({ closed_because }) => closed_because === 'merged');
  withdraw(
    state,
    over.map(({ id }) => id),
    at,
  );
}

/** A current record takes the other one's seat in its system where that is empty, else it is the duplicate of who sits there. */
function moveLinks(state: State, holder: string, { entity, because }: Becoming): readonly LinkRow[] {
  const moved = state.links.by('entity', entity).map((link): LinkRow => {
    if (link.role !== 'current') return { ...link, entity: holder };
    const isTaken = isSeatTaken(state, { entity: holder, system: link.system });
    return { ...link, entity: holder, evidence: because, role: isTaken ? 'duplicate' : 'current' };
  });
  putLinks(state, moved);
  return moved;
}

/** Stages are history and go along; what was agreed between two records is over, and so is what was found of them. */
function leaveNothing(state: State, holder: string, entity: string, at: Instant): void {
  for (const { field } of state.bases.by('entity', entity)) state.bases.drop(`${entity} ${field}`);
  for (const rival of state.rivals.by('entity', entity)) state.rivals.drop(`${entity} ${nameIn(rival)}`);
  closeFindingsOf(state, entity, at);
  uniteStages(state, holder, entity);
  const [was, stands] = [state.entities.get(entity), state.entities.get(holder)];
  if (was === undefined || stands === undefined) return;
  state.entities.put({ ...stands, created_at: Math.min(stands.created_at, was.created_at) });
  for (const one of [was, ...state.entities.by('mergedInto', entity)])
    state.entities.put({ ...one, merged_into: holder, planned_version: one.dirty_version, wake_at: null });
}
