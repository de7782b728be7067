import holidayJp from '@holiday-jp/holiday_jp';
import type { LocalDate } from '../domain/values/value.ts';

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
  const days = new Map(Object.entries(holidayJp.holidays).map(([day, { name }]) => [day, name] as const));
  const years = [...days.keys()].map((day) => day.slice(0, 4)).toSorted();
  return { days, from: `${years[0]}-01-01`, to: `${years.at(-1)}-12-31` };
}
