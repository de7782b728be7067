import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import { toLocal } from '../../domain/calendar/local-time.ts';
import { epochDay, localDate, weekday } from '../../domain/values/instant.ts';
import type { Instant, LocalDate } from '../../domain/values/value.ts';
import { COUNTED, type Counted, type Period } from './judge-past.ts';
import type { ByMonth } from './replay.ts';

/** Every month of the period, in the office's calendar, and how many reached what in it. */
export function tallyMonths({ from, until }: Period, calendar: BusinessCalendar) {
  const months = new Map<string, Record<Counted, number>>();
  for (const day of daysOf({ from, until }, calendar)) {
    const month = day.slice(0, 7);
    if (!months.has(month)) months.set(month, { MQL: 0, SQL: 0 });
  }
  return {
    add(stage: string, at: Instant) {
      const counted = COUNTED.find((one) => one === stage);
      const month = months.get(toLocal(at, calendar).day.slice(0, 7));
      if (counted !== undefined && month !== undefined) month[counted] += 1;
    },
    sum: (): ByMonth => [...months].map(([month, counts]) => ({ month, ...counts })),
  };
}

/** The local days of a period. */
export function daysOf({ from, until }: Period, calendar: BusinessCalendar): readonly LocalDate[] {
  const [first, last] = [from, until - 1].map((at) => epochDay(toLocal(at, calendar).day) ?? 0);
  return Array.from({ length: last! - first! + 1 }, (_, nth) => localDate(first! + nth));
}

/** The Monday of a day's week. */
export function mondayOf(day: LocalDate): LocalDate {
  const number = epochDay(day) ?? 0;
  return localDate(number - ((weekday(number) + 6) % 7));
}
