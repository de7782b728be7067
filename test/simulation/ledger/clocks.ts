import type { OpenDeadlines } from '../../../src/domain/clocks/rule-of-clock.ts';
import { wakeOf } from '../../../src/domain/clocks/wake.ts';
import type { Clock } from '../../../src/domain/people/person.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import { type ClockRow, TASK_AFTER, type TaskMark } from '../../../src/ledger/clocks.ts';
import { byColumns } from './order.ts';
import type { State } from './state.ts';

/** Stores clocks as the planner sees them, new ones included; of what kind and pass a known one is, is settled. */
export function storeClocks(state: State, clocks: readonly Clock[]): void {
  for (const clock of clocks) {
    const row = rowFrom(clock);
    const known = state.clocks.get(clock.id);
    if (state.entities.get(row.entity) === undefined)
      throw new InvariantBroken(`There is no entity ${row.entity} in the ledger.`);
    state.clocks.put(known === undefined ? row : { ...row, kind: known.kind, pass: known.pass });
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
    grace_until: clock.graceUntil ?? null,
    remind_at: clock.remindAt ?? null,
    reminded_at: clock.remindedAt ?? null,
    ladder: clock.ladder ?? null,
    task_level: clock.task?.level ?? null,
    task_in: clock.task?.in ?? null,
    turn_of: clock.turn?.of ?? null,
    turn_day: clock.turn?.granted?.day ?? null,
    turn_at: clock.turn?.granted?.at ?? null,
    wake_at: wakeOf(clock),
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
  for (const { clock: id, act, id: task, level = null } of marks) {
    const clock = state.clocks.get(id);
    if (clock === undefined) continue;
    const levels = [level, clock.task_level].filter((each) => each !== null);
    state.clocks.put({
      ...clock,
      task_state: TASK_AFTER[act] ?? clock.task_state,
      task_id: task ?? clock.task_id,
      task_level: levels.length === 0 ? null : Math.max(...levels),
    });
  }
}
