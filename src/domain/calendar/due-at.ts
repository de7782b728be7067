import type { Duration } from '../agreement/agreement.ts';
import type { Clock } from '../people/person.ts';
import { epochDay, HOUR_MS, localDate, MINUTE_MS } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { fromLocal, toLocal } from './local-time.ts';
import { daysFrom, shiftOn } from './working-time.ts';

/** How the due instant came about, day by day, so that whoever is held to it can recount. */
type Arithmetic = Clock['arithmetic'];

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
  return onAnyClock(start, start + within.amount * HOUR_MS, `暦時間で ${within.amount} 時間`, calendar);
}

function afterBusinessDays(start: Instant, amount: number, calendar: BusinessCalendar): DueAt {
  const dayZero = toLocal(start, calendar).day;
  const lines: Line[] = [];
  let counted = 0;

  for (const day of daysFrom(dayZero, calendar)) {
    if (day === dayZero) {
      lines.push(skipped(day, '起算日'));
      continue;
    }
    const shift = shiftOn(day, calendar);
    if ('closed' in shift) {
      lines.push(skipped(day, shift.closed));
      continue;
    }
    counted += 1;
    lines.push(businessDay(day, counted, counted === amount));
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
      lines.push(skipped(day, '営業時間外に発生(次の営業開始から起算)'));
      continue;
    }
    left -= worked;
    lines.push({ day, counts: true, because: `${inHours(worked)}${left === 0 ? '(期限)' : ''}` });
    if (left === 0) return { dueAt: from + worked, arithmetic: lines };
  }
  return beyond(calendar);
}

function afterDays(start: Instant, amount: number, calendar: BusinessCalendar): DueAt {
  const { day, minute } = toLocal(start, calendar);
  const withinMinute = start - Math.floor(start / MINUTE_MS) * MINUTE_MS;
  const dueDay = localDate((epochDay(day) ?? 0) + amount);
  return onAnyClock(start, fromLocal(dueDay, minute, calendar) + withinMinute, `暦日で ${amount} 日`, calendar);
}

/** Calendar time needs no holiday table, and lists two days: where it starts and where it ends. */
function onAnyClock(start: Instant, due: Instant, rule: string, calendar: BusinessCalendar): DueAt {
  const dueDay = toLocal(due, calendar).day;
  const arithmetic = [
    skipped(toLocal(start, calendar).day, '起算日'),
    { day: dueDay, counts: true, because: `${rule}(期限)` },
  ];
  return { dueAt: due, arithmetic };
}

function businessDay(day: LocalDate, ordinal: number, isDue: boolean): Line {
  return { day, counts: true, because: `${ordinal} 営業日目${isDue ? '(期限)' : ''}` };
}

function skipped(day: LocalDate, because: string): Line {
  return { day, counts: false, because };
}

function inHours(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  const rest = minutes % 60;
  return `営業時間 ${Math.floor(minutes / 60)} 時間${rest === 0 ? '' : ` ${rest} 分`}`;
}

function beyond(calendar: BusinessCalendar): DueAt {
  return { beyond: localDate((epochDay(calendar.covers.to) ?? 0) + 1) };
}
