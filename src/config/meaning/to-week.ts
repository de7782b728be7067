import type { OfficeHours } from '../../domain/calendar/business-calendar.ts';
import type { Path } from '../files/yaml-file.ts';
import type { Complaints } from './complain.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `{ mon-fri: "09:00-18:00" }` as hours by weekday, Sunday first. */
export function toWeek(
  written: Readonly<Record<string, string>>,
  path: Path,
  complaints: Complaints,
): readonly (OfficeHours | null)[] {
  const week: (OfficeHours | null)[] = WEEKDAYS.map(() => null);
  for (const [key, hours] of Object.entries(written)) {
    const place = [...path, key];
    const days = weekdaysIn(key);
    const open = toHours(hours);
    if (days === null)
      complaints.aboutKey(
        place,
        `"${key}" names no weekdays. Write ${WEEKDAYS.join(', ')}, or a span such as mon-fri.`,
      );
    else if (open === null)
      complaints.about(
        place,
        `"${hours}" is no span of office hours. Write the opening before the closing: 09:00-18:00.`,
      );
    else if (days.some((day) => week[day] !== null))
      complaints.aboutKey(place, `"${key}" repeats a weekday that already has office hours. Name each weekday once.`);
    else for (const day of days) week[day] = open;
  }
  if (complaints.faults.length === 0 && week.every((day) => day === null)) {
    complaints.about(
      path,
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
