import type { OpenDeadlines } from '../../../src/domain/clocks/rule-of-clock.ts';
import type { Clock } from '../../../src/domain/people/person.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import { type ClockRow, TASK_AFTER, type TaskMark } from '../../../src/ledger/clocks.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

/** Stores clocks as the planner sees them, new ones included; whose a known one is, what kind and pass, is settled. */
export function storeClocks(state: State, clocks: readonly Clock[]): void {
  for (const clock of clocks) {
    const row = rowFrom(clock);
    const known = state.clocks.get(clock.id);
    if (known === undefined && state.entities.get(row.entity) === undefined)
      throw new InvariantBroken(`There is no entity ${row.entity} in the ledger.`);
    state.clocks.put(known === undefined ? row : { ...row, entity: known.entity, kind: known.kind, pass: known.pass });
  }
}

function rowFrom(clock: Clock): ClockRow {
  return {
    id: clock.id,
    entity: clock.person,
    kind: clock.kind,
    pass: clock.pass,
    started_at: clock.startedAt,
    due_at: clock.dueAt,
    arithmetic: clock.arithmetic,
    state: clock.state,
    lapsed_at: clock.lapsedAt ?? null,
    met_at: clock.metAt ?? null,
    evidence: clock.evidence ?? null,
    closed_because: clock.closedBecause ?? null,
    task_id: clock.task?.id ?? null,
    task_state: clock.task?.state ?? null,
    agreement_version: clock.agreementVersion,
  };
}

/** See `AgreementLedger.openDeadlines`. */
export function openDeadlines(state: State): readonly OpenDeadlines[] {
  const open = (['running', 'lapsed'] as const)
    .flatMap((standing) => state.clocks.by('state', standing))
    .filter(({ entity }) => state.entities.get(entity)?.kind === 'person');
  const counts = Map.groupBy(open, ({ kind, agreement_version: version }) => JSON.stringify([kind, version]));
  return [...counts.values()]
    .map((all) => ({ kind: all[0]!.kind, version: all[0]!.agreement_version, count: all.length }))
    .toSorted(
      byColumns<OpenDeadlines>(
        ({ kind }) => kind,
        ({ version }) => version,
      ),
    );
}

/** What confirmed writes did to the tasks of clocks. */
export function markTasks(state: State, marks: readonly TaskMark[]): void {
  for (const { clock: id, act, id: task } of marks) {
    const clock = state.clocks.get(id);
    if (clock === undefined) continue;
    state.clocks.put({ ...clock, task_state: TASK_AFTER[act], task_id: task ?? clock.task_id });
  }
}
