import holidayJp from '@holiday-jp/holiday_jp';
import { epochDay, localDate } from '../domain/values/instant.ts';
import type { LocalDate } from '../domain/values/value.ts';

/** The table says 休日 for both kinds; a reader who recounts a deadline wants to know which. */
const UNNAMED = '休日';

export type HolidayTable = {
  readonly days: ReadonlyMap<LocalDate, string>;
  /** The table says nothing outside these days. */
  readonly from: LocalDate;
  readonly to: LocalDate;
};

/**
 * Japan's public holidays with substitute and citizens' holidays (振替休日, 国民の休日), by day.
 *
 * Read from the table that is keyed by date. The library's own `isHoliday(Date)` answers by the machine's time zone, and would
 * move every holiday by a day on a server in another zone. The table is complete for whole years.
 */
export function japaneseHolidays(): HolidayTable {
  const named = new Map(Object.entries(holidayJp.holidays).map(([day, { name }]) => [day, name] as const));
  const days = new Map([...named].map(([day, name]) => [day, name === UNNAMED ? kindOf(day, named) : name] as const));
  const years = [...days.keys()].map((day) => day.slice(0, 4)).toSorted();
  return { days, from: `${years[0]}-01-01`, to: `${years.at(-1)}-12-31` };
}

/** A day between two holidays is 国民の休日; any other stands in for a holiday that fell on a Sunday. */
function kindOf(day: LocalDate, named: ReadonlyMap<LocalDate, string>): string {
  const number = epochDay(day) ?? 0;
  return [-1, 1].every((step) => named.has(localDate(number + step))) ? '国民の休日' : '振替休日';
}
