import type * as z from 'zod';
import { block, choice, date, list, named, words } from './leaves.ts';

const day = words('a date: 2027-08-12 for one year, 12-29 for every year').regex(/^(\d{4}-)?\d{2}-\d{2}$/u, {
  error: 'must be a date: 2027-08-12 for one year, 12-29 for every year.',
});

const zone = words('a time zone, such as Asia/Tokyo').refine(isZone, {
  error: 'must be a time zone that exists, such as Asia/Tokyo.',
});

const holidays = choice(['JP', 'none', 'own']);

/** Of other countries, or of a company that keeps its own: the days it covers, and what is off among them. */
const ownHolidays = block({
  from: date.describe('表が及ぶ最初の日'),
  to: date.describe('表が及ぶ最後の日。これより先の期限は計算しない'),
  days: named(words('the name of a holiday'), 'a block: date (2027-01-01), then the name of the holiday'),
});

const closed = list(block({ from: day, to: day, name: words('a name, such as 夏季休業') }), 'closures');

const hours = named(
  words('office hours, such as 09:00-18:00').regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/u, {
    error: 'must be office hours, such as 09:00-18:00.',
  }),
  'a block: weekdays (mon-fri, or sat), then office hours (09:00-18:00)',
);

const office = block({
  zone: zone.optional(),
  holidays: holidays.optional(),
  'own-holidays': ownHolidays.optional(),
  closed: closed.optional().describe('全社の休みに加えて、この拠点だけの休み'),
  hours: hours.optional(),
});

/** mappings/calendar.yaml. */
export const calendarFile = block({
  calendar: block({
    zone,
    holidays: holidays.describe('JP: 日本の祝日、none: 祝日なし、own: own-holidays に書いた表'),
    'own-holidays': ownHolidays.optional(),
    closed: closed.optional(),
    hours,
    offices: named(office, 'a block: office, then what differs there')
      .optional()
      .describe('拠点ごとの違い。書かないことは全社と同じ'),
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
