import { epochDay, localDate, weekday } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { fromLocal, toLocal } from './local-time.ts';

/** The time the office is open on one day, as instants, half open. */
export type Shift = { readonly day: LocalDate; readonly opens: Instant; readonly closes: Instant };

const WEEKDAYS = ['日曜日', '月曜日', '火曜日', '水曜日', '木曜日', '金曜日', '土曜日'] as const;

/** The office's hours on this day, or why it is closed, in the words that a rep reads. */
export function shiftOn(day: LocalDate, calendar: BusinessCalendar): Shift | { readonly closed: string } {
  const closure = calendar.closures.get(day);
  if (closure !== undefined) return { closed: closure };
  const holiday = calendar.holidays.get(day);
  // 振替休日 and 国民の休日 are days off by law, but nobody calls them 祝日.
  if (holiday !== undefined) return { closed: holiday.endsWith('休日') ? holiday : `祝日 ${holiday}` };
  const index = weekday(epochDay(day) ?? 0);
  const hours = calendar.week[index];
  if (!hours) return { closed: weeklyClosure(index) };
  return { day, opens: fromLocal(day, hours.opens, calendar), closes: fromLocal(day, hours.closes, calendar) };
}

function weeklyClosure(index: number): string {
  const name = WEEKDAYS[index] ?? '';
  return index === 0 || index === 6 ? name : `${name}(定休日)`;
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
