import { epochDay } from '../../domain/values/instant.ts';
import type { Path } from '../files/yaml-file.ts';
import type { CalendarFile } from '../grammar/calendar-grammar.ts';
import type { HolidayTable } from '../holidays.ts';
import type { Complaints } from './complain.ts';

type Written = NonNullable<CalendarFile['calendar']['own-holidays']>;

/** Public holidays that somebody wrote down, for the days that they say it covers. */
export function toOwnHolidays({ from, to, days }: Written, path: Path, complaints: Complaints): HolidayTable {
  if (to < from)
    complaints.about([...path, 'to'], `"${to}" lies before "${from}". The first day of the table comes first.`);
  for (const day of Object.keys(days)) {
    if (epochDay(day) === null)
      complaints.aboutKey([...path, 'days', day], `"${day}" is no date that exists. Write one such as 2027-01-01.`);
    else if (from <= to && (day < from || day > to))
      complaints.aboutKey([...path, 'days', day], `"${day}" lies outside the table (${from} to ${to}). Widen it.`);
  }
  return { days: new Map(Object.entries(days)), from, to };
}
