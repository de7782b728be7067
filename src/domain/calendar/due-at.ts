import type { Duration } from '../agreement/agreement.ts';
import { epochDay, HOUR_MS, localDate, MINUTE_MS } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { Arithmetic, Because } from './arithmetic.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { fromLocal, toLocal } from './local-time.ts';
import { daysFrom, shiftOn } from './working-time.ts';

export type DueAt =
  | { readonly dueAt: Instant; readonly arithmetic: Arithmetic }
  /** The holiday table ends before this day: a due instant would be a guess. */
  | { readonly beyond: LocalDate };

type Line = Arithmetic[number];

/**
 * The instant a promise falls due.
 *
 * **Business days.** Day 0 is the date on the wall when the clock starts, whatever the hour, and whether or not the office is open
 * on it; the promise falls due at closing time of the n-th business day after it. Whoever reads a deadline counts with a finger on
 * the calendar, and nobody has to know at what minute the clock began.
 *
 *     dueAt(Fri 2026-11-20 15:00, 3 business days)  // => Thu 2026-11-26 18:00, for Mon 23 is 勤労感謝の日
 *     dueAt(Fri 2026-11-20 19:30, 3 business days)  // => the same: after closing it is still Friday
 *     dueAt(Sat 2026-11-21 10:00, 1 business day)   // => Tue 2026-11-24 18:00
 *
 * **Business hours.** Only the time when somebody is at work is counted, to the millisecond, shift by shift; each shift is turned
 * into instants by itself, so that summer time neither gives nor steals an hour.
 *
 *     dueAt(Fri 2026-11-20 16:00, 4 business hours)  // => Tue 2026-11-24 11:00
 *
 * **Hours** are hours on any clock. **Days** are calendar days: the same time of day, that many days later.
 */
export function dueAt(start: Instant, within: Duration, calendar: BusinessCalendar): DueAt {
  if (within.unit === 'business days') return afterBusinessDays(start, within.amount, calendar);
  if (within.unit === 'business hours') return afterBusinessHours(start, within.amount, calendar);
  if (within.unit === 'days') return afterDays(start, within.amount, calendar);
  return onAnyClock(start, start + within.amount * HOUR_MS, { code: 'hours', amount: within.amount }, calendar);
}

function afterBusinessDays(start: Instant, amount: number, calendar: BusinessCalendar): DueAt {
  const dayZero = toLocal(start, calendar).day;
  const lines: Line[] = [];
  let counted = 0;

  for (const day of daysFrom(dayZero, calendar)) {
    if (day === dayZero) {
      lines.push(skipped(day, { code: 'start' }));
      continue;
    }
    const shift = shiftOn(day, calendar);
    if ('closed' in shift) {
      lines.push(skipped(day, shift.closed));
      continue;
    }
    counted += 1;
    lines.push({ day, counts: true, because: { code: 'business-day', nth: counted } });
    if (counted === amount) return { dueAt: shift.closes, arithmetic: lines };
  }
  return beyond(calendar);
}

function afterBusinessHours(start: Instant, amount: number, calendar: BusinessCalendar): DueAt {
  const lines: Line[] = [];
  let left = amount * HOUR_MS;

  for (const day of daysFrom(toLocal(start, calendar).day, calendar)) {
    const shift = shiftOn(day, calendar);
    if ('closed' in shift) {
      lines.push(skipped(day, shift.closed));
      continue;
    }
    const from = Math.max(start, shift.opens);
    const worked = Math.min(shift.closes - from, left);
    if (worked <= 0) {
      lines.push(skipped(day, { code: 'outside-hours' }));
      continue;
    }
    left -= worked;
    lines.push({ day, counts: true, because: { code: 'worked', ms: worked } });
    if (left === 0) return { dueAt: from + worked, arithmetic: lines };
  }
  return beyond(calendar);
}

function afterDays(start: Instant, amount: number, calendar: BusinessCalendar): DueAt {
  const { day, minute } = toLocal(start, calendar);
  const withinMinute = start - Math.floor(start / MINUTE_MS) * MINUTE_MS;
  const dueDay = localDate((epochDay(day) ?? 0) + amount);
  return onAnyClock(start, fromLocal(dueDay, minute, calendar) + withinMinute, { code: 'days', amount }, calendar);
}

/** Calendar time needs no holiday table, and lists two days: where it starts and where it ends. */
function onAnyClock(start: Instant, due: Instant, because: Because, calendar: BusinessCalendar): DueAt {
  const dayZero = skipped(toLocal(start, calendar).day, { code: 'start' });
  return { dueAt: due, arithmetic: [dayZero, { day: toLocal(due, calendar).day, counts: true, because }] };
}

function skipped(day: LocalDate, because: Because): Line {
  return { day, counts: false, because };
}

function beyond(calendar: BusinessCalendar): DueAt {
  return { beyond: localDate((epochDay(calendar.covers.to) ?? 0) + 1) };
}
