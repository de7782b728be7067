import { DAY_MS, epochDay, localDate, MINUTE_MS } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { BusinessCalendar } from './business-calendar.ts';

/** A day and the minute of that day on the wall clock of the office. */
export type LocalTime = { readonly day: LocalDate; readonly minute: number };

/** What the wall clock in the office shows at this instant. */
export function toLocal(instant: Instant, calendar: BusinessCalendar): LocalTime {
  const wall = instant + offsetAt(instant, calendar) * MINUTE_MS;
  const number = Math.floor(wall / DAY_MS);
  return { day: localDate(number), minute: Math.floor((wall - number * DAY_MS) / MINUTE_MS) };
}

/**
 * The instant at which the office's wall clock shows this time; minute 1440 is the next midnight.
 *
 * Where summer time repeats an hour, the first of the two is meant; where it skips one, the skipped time lies as far behind the
 * jump as it would have lain behind the hour before.
 */
export function fromLocal(day: LocalDate, minute: number, calendar: BusinessCalendar): Instant {
  const wall = (epochDay(day) ?? Number.NaN) * DAY_MS + minute * MINUTE_MS;
  const candidates = calendar.offsets
    .map(({ minutes }) => wall - minutes * MINUTE_MS)
    .filter((instant) => instant + offsetAt(instant, calendar) * MINUTE_MS === wall);
  if (candidates.length > 0) return Math.min(...candidates);
  return wall - offsetAt(wall - DAY_MS, calendar) * MINUTE_MS;
}

function offsetAt(instant: Instant, calendar: BusinessCalendar): number {
  // The list ends with the newest transition; before its first entry, the first holds.
  const valid = calendar.offsets.findLast(({ from }) => from <= instant) ?? calendar.offsets[0];
  return valid?.minutes ?? 0;
}
