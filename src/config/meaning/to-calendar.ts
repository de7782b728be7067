import type { BusinessCalendar, OfficeHours } from '../../domain/calendar/business-calendar.ts';
import { epochDay, localDate } from '../../domain/values/instant.ts';
import type { LocalDate } from '../../domain/values/value.ts';
import type { CalendarFile } from '../grammar/calendar-grammar.ts';
import { japaneseHolidays } from '../holidays.ts';
import { zoneOffsets } from '../zone-offsets.ts';
import type { Complaints } from './complain.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const LONGEST_CLOSURE_DAYS = 366;

type Written = CalendarFile['calendar'];

/** When somebody is at work, as data: office hours by weekday, holidays and closures by day, the zone's offsets. */
export function toCalendar({ calendar }: CalendarFile, complaints: Complaints): BusinessCalendar {
  // Without public holidays the table's years still bound what is computed: closures are laid out day by day.
  const table = japaneseHolidays();
  return {
    zone: calendar.zone,
    week: toWeek(calendar.hours, complaints),
    holidays: calendar.holidays === 'JP' ? table.days : new Map(),
    closures: toClosures(calendar, { from: table.from, to: table.to }, complaints),
    covers: { from: table.from, to: table.to },
    offsets: zoneOffsets(calendar.zone, table.from, table.to),
  };
}

function toWeek(hours: Written['hours'], complaints: Complaints): readonly (OfficeHours | null)[] {
  const week: (OfficeHours | null)[] = WEEKDAYS.map(() => null);
  for (const [key, written] of Object.entries(hours)) {
    const path = ['calendar', 'hours', key];
    const days = weekdaysIn(key);
    const open = toHours(written);
    if (days === null)
      complaints.aboutKey(path, `"${key}" names no weekdays. Write ${WEEKDAYS.join(', ')}, or a span such as mon-fri.`);
    else if (open === null)
      complaints.about(
        path,
        `"${written}" is no span of office hours. Write the opening before the closing: 09:00-18:00.`,
      );
    else if (days.some((day) => week[day] !== null))
      complaints.aboutKey(path, `"${key}" repeats a weekday that already has office hours. Name each weekday once.`);
    else for (const day of days) week[day] = open;
  }
  if (complaints.faults.length === 0 && week.every((day) => day === null)) {
    complaints.about(
      ['calendar', 'hours'],
      'No weekday has office hours, so no deadline would ever fall due. Add mon-fri: "09:00-18:00".',
    );
  }
  return week;
}

function weekdaysIn(key: string): readonly number[] | null {
  const [first, last = first] = key
    .toLowerCase()
    .split('-')
    .map((name) => WEEKDAYS.findIndex((day) => day === name));
  if (first === undefined || last === undefined || first < 0 || last < 0 || key.split('-').length > 2) return null;
  const length = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length }, (_, step) => (first + step) % WEEKDAYS.length);
}

function toHours(written: string): OfficeHours | null {
  const [opens, closes] = written.split('-').map(minuteOf);
  if (opens === undefined || closes === undefined || opens === null || closes === null || opens >= closes) return null;
  return { opens, closes };
}

function minuteOf(time: string): number | null {
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || minute > 59) return null;
  const minutes = hour * 60 + minute;
  return minutes <= 24 * 60 ? minutes : null;
}

function toClosures(
  { closed = [] }: Written,
  span: BusinessCalendar['covers'],
  complaints: Complaints,
): ReadonlyMap<LocalDate, string> {
  const days = new Map<LocalDate, string>();
  closed.forEach(({ from, to, name }, index) => {
    const ranges = rangesOf(from, to, span);
    if (typeof ranges === 'string') complaints.about(['calendar', 'closed', index], ranges);
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
  return years.map((year) => daysBetween(`${year}-${from}`, `${to < from ? year + 1 : year}-${to}`) ?? []);
}

function daysBetween(from: LocalDate, to: LocalDate): readonly LocalDate[] | null {
  const [first, last] = [epochDay(from), epochDay(to)];
  if (first === null || last === null || last < first || last - first > LONGEST_CLOSURE_DAYS) return null;
  return Array.from({ length: last - first + 1 }, (_, step) => localDate(first + step));
}
