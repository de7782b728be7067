import { epochDay, localDate, weekday } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { Because } from './arithmetic.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { fromLocal, toLocal } from './local-time.ts';

/** The time the office is open on one day, as instants, half open. */
export type Shift = { readonly day: LocalDate; readonly opens: Instant; readonly closes: Instant };

/**
 * The office's hours on this day, or why it is closed.
 *
 * A closure is told first, so that one over a weekend is one closure; then the weekday, for a holiday on a Saturday takes nothing
 * from anybody.
 */
export function shiftOn(day: LocalDate, calendar: BusinessCalendar): Shift | { readonly closed: Because } {
  const closure = calendar.closures.get(day);
  if (closure !== undefined) return { closed: { code: 'closure', name: closure } };
  const hours = calendar.week[weekday(epochDay(day) ?? 0)];
  if (!hours) return { closed: { code: 'weekly' } };
  const holiday = calendar.holidays.get(day);
  if (holiday !== undefined) return { closed: { code: 'holiday', name: holiday } };
  return { day, opens: fromLocal(day, hours.opens, calendar), closes: fromLocal(day, hours.closes, calendar) };
}

/** Is somebody at work at this instant? Opening time is, closing time is not. */
export function isWorkingTime(instant: Instant, calendar: BusinessCalendar): boolean {
  const shift = shiftOn(toLocal(instant, calendar).day, calendar);
  return 'opens' in shift && shift.opens <= instant && instant < shift.closes;
}

/** The days from this one on, as far as the holiday table reaches. Nothing when it starts outside. */
export function* daysFrom(day: LocalDate, calendar: BusinessCalendar): Iterable<LocalDate> {
  if (day < calendar.covers.from) return;
  const first = epochDay(day) ?? 0;
  const last = epochDay(calendar.covers.to) ?? first - 1;
  for (let number = first; number <= last; number += 1) yield localDate(number);
}
