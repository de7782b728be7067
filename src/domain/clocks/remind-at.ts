import type { Duration } from '../agreement/agreement.ts';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { fromLocal, toLocal } from '../calendar/local-time.ts';
import { shiftOn } from '../calendar/working-time.ts';
import { epochDay, HOUR_MS, localDate } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';

/**
 * So long before a deadline is due.
 *
 * **Business days** are counted back from the due date, and the reminder is there when the office opens on that day: whoever starts work
 * finds it. **Business hours** are taken off the time when somebody is at work. **Hours** and **days** are taken off the clock on the wall.
 * `null` where the table of holidays begins later.
 *
 *     remindAt(Thu 2026-11-26 18:00, 1 business day)   // => Wed 2026-11-25 09:00
 *     remindAt(Tue 2026-11-24 11:00, 4 business hours) // => Fri 2026-11-20 16:00, for Mon 23 is 勤労感謝の日
 */
export function remindAt(due: Instant, before: Duration, calendar: BusinessCalendar): Instant | null {
  if (before.unit === 'hours') return due - before.amount * HOUR_MS;
  if (before.unit === 'days') return daysBefore(due, before.amount, calendar);
  return before.unit === 'business days'
    ? businessDaysBefore(due, before.amount, calendar)
    : businessHoursBefore(due, before.amount * HOUR_MS, calendar);
}

function daysBefore(due: Instant, amount: number, calendar: BusinessCalendar): Instant {
  const { day, minute } = toLocal(due, calendar);
  return fromLocal(localDate((epochDay(day) ?? 0) - amount), minute, calendar);
}

function businessDaysBefore(due: Instant, amount: number, calendar: BusinessCalendar): Instant | null {
  const dueDay = toLocal(due, calendar).day;
  let left = amount;
  for (const day of daysBack(dueDay, calendar)) {
    const shift = shiftOn(day, calendar);
    if (day === dueDay || 'closed' in shift) continue;
    left -= 1;
    if (left === 0) return shift.opens;
  }
  return null;
}

function businessHoursBefore(due: Instant, amount: number, calendar: BusinessCalendar): Instant | null {
  let left = amount;
  for (const day of daysBack(toLocal(due, calendar).day, calendar)) {
    const shift = shiftOn(day, calendar);
    if ('closed' in shift) continue;
    const until = Math.min(due, shift.closes);
    const worked = Math.max(0, until - shift.opens);
    if (worked >= left) return until - left;
    left -= worked;
  }
  return null;
}

/** This day and those before it, as far as the holiday table reaches. */
function* daysBack(day: LocalDate, calendar: BusinessCalendar): Iterable<LocalDate> {
  const first = epochDay(calendar.covers.from) ?? 0;
  for (let number = Math.trunc(epochDay(day) ?? 0); number >= first; number -= 1) yield localDate(number);
}
