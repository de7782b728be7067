import type { Instant } from '../../../src/domain/values/value.ts';
import type { TaskGrant } from '../../../src/ports/ledger.ts';
import { markDirty } from './dirtiness.ts';
import { byColumns, distinct } from './order.ts';
import type { State } from './state.ts';

function queued(state: State) {
  return state.clocks.by('state', 'lapsed').filter((row) => row.task_state === 'queued' && row.turn_day === null);
}

/** See `Ledger.taskQueues`. */
export function taskQueues(state: State): readonly { readonly of: string; readonly waiting: number }[] {
  const names = queued(state).flatMap(({ turn_of: of }) => of ?? []);
  return distinct(names)
    .toSorted(byColumns((name) => name))
    .map((of) => ({ of, waiting: names.filter((name) => name === of).length }));
}

/** See `Ledger.grantTasks`. */
export function grantTasks(state: State, { of, day, atMost }: TaskGrant, at: Instant): number {
  const taken = state.clocks.all().filter((row) => row.turn_of === of && row.turn_day === day).length;
  const next = queued(state)
    .filter((row) => row.turn_of === of)
    .toSorted(
      byColumns(
        ({ due_at }) => due_at,
        ({ id }) => id,
      ),
    )
    .slice(0, Math.max(0, atMost - taken));
  for (const row of next) state.clocks.put({ ...row, turn_day: day, turn_at: at });
  markDirty(
    state,
    next.map(({ entity }) => entity),
  );
  return next.length;
}
