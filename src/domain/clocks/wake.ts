import type { Clock } from '../people/person.ts';
import type { Instant } from '../values/value.ts';

/**
 * When time alone may move an obligation on: its reminder, the end of its grace, the next rung of its ladder. `null`: only an event can.
 * The ledger keeps it beside the clock, so that a tick over all open clocks is one look into an index.
 */
export function wakeOf(
  clock: Pick<Clock, 'state' | 'dueAt' | 'graceUntil' | 'remindAt' | 'remindedAt' | 'ladder' | 'task'>,
): Instant | null {
  const { state, dueAt, graceUntil = dueAt, remindAt, remindedAt, ladder = [], task } = clock;
  // Whoever waits for a turn is woken when it is granted.
  if (state === 'lapsed')
    return task?.state === 'queued' ? null : (ladder.find(({ at }) => at === undefined)?.dueAt ?? null);
  if (state !== 'running') return null;
  return remindAt === undefined || remindedAt !== undefined ? graceUntil : Math.min(remindAt, graceUntil);
}
