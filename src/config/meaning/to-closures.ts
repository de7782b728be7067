import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import { epochDay, localDate } from '../../domain/values/instant.ts';
import type { LocalDate } from '../../domain/values/value.ts';
import type { Path } from '../files/yaml-file.ts';
import type { CalendarFile } from '../grammar/calendar-grammar.ts';
import type { Complaints } from './complain.ts';

const LONGEST_CLOSURE_DAYS = 366;

type Closures = NonNullable<CalendarFile['calendar']['closed']>;

/** The days of all closures within the span, by name; a yearly one in each of its years. */
export function toClosures(
  closed: Closures,
  path: Path,
  span: BusinessCalendar['covers'],
  complaints: Complaints,
): ReadonlyMap<LocalDate, string> {
  const days = new Map<LocalDate, string>();
  closed.forEach(({ from, to, name }, index) => {
    const ranges = rangesOf(from, to, span);
    if (typeof ranges === 'string') complaints.about([...path, index], ranges);
    else for (const range of ranges) for (const day of range) days.set(day, name);
  });
  return days;
}

/** The days of a closure, or what is wrong with it. A yearly one may run over New Year. */
function rangesOf(
  from: string,
  to: string,
  span: BusinessCalendar['covers'],
): readonly (readonly LocalDate[])[] | string {
  const isYearly = from.length === 5;
  if (isYearly !== (to.length === 5))
    return `"${from}" to "${to}" mixes a yearly closure with a dated one. Write both with a year, or both without.`;
  if (!isYearly) {
    const range = daysBetween(from, to);
    return range === null
      ? `"${from}" to "${to}" is no span of days. The first day comes first, and both exist.`
      : [range];
  }
  // 2024 is a leap year: 02-29 exists there.
  if (epochDay(`2024-${from}`) === null || epochDay(`2024-${to}`) === null)
    return `"${from}" to "${to}" names a day that no year has.`;
  const first = Number(span.from.slice(0, 4)) - 1;
  const last = Number(span.to.slice(0, 4));
  const years = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  return years.map((year) => {
    const [first, last] = [dayIn(year, from, '03-01'), dayIn(to < from ? year + 1 : year, to, '02-28')];
    return daysBetween(first, last) ?? []; // nothing: a leap day alone, in a year without one
  });
}

/** 02-29 in a year without one is the day beside it, towards the inside of the closure. */
function dayIn(year: number, monthAndDay: string, beside: string): LocalDate {
  const day = `${year}-${monthAndDay}`;
  return epochDay(day) === null ? `${year}-${beside}` : day;
}

function daysBetween(from: LocalDate, to: LocalDate): readonly LocalDate[] | null {
  const [first, last] = [epochDay(from), epochDay(to)];
  if (first === null || last === null || last < first || last - first > LONGEST_CLOSURE_DAYS) return null;
  return Array.from({ length: last - first + 1 }, (_, step) => localDate(first + step));
}
