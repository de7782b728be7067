import type * as z from 'zod';
import { block, choice, list, named, words } from './leaves.ts';

const day = words('a date: 2027-08-12 for one year, 12-29 for every year').regex(/^(\d{4}-)?\d{2}-\d{2}$/u, {
  error: 'must be a date: 2027-08-12 for one year, 12-29 for every year.',
});

/** mappings/calendar.yaml. */
export const calendarFile = block({
  calendar: block({
    zone: words('a time zone, such as Asia/Tokyo').refine(isZone, {
      error: 'must be a time zone that exists, such as Asia/Tokyo.',
    }),
    holidays: choice(['JP', 'none']),
    closed: list(block({ from: day, to: day, name: words('a name, such as 夏季休業') }), 'closures').optional(),
    hours: named(
      words('office hours, such as 09:00-18:00').regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/u, {
        error: 'must be office hours, such as 09:00-18:00.',
      }),
      'a block: weekdays (mon-fri, or sat), then office hours (09:00-18:00)',
    ),
  }),
});
export type CalendarFile = z.infer<typeof calendarFile>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
