import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { toLocal } from '../calendar/local-time.ts';
import type { Locale } from '../policy.ts';
import { epochDay, weekday } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';

const WEEKDAYS = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * An instant as a person in that office says it.
 *
 *     formatLocal(Thu 2026-11-26 18:00 in Tokyo, calendar, 'ja')  // => '2026年11月26日(木) 18:00'
 *     formatLocal(the same, calendar, 'en')                       // => 'Thu 26 Nov 2026, 18:00'
 */
export function formatLocal(instant: Instant, calendar: BusinessCalendar, locale: Locale): string {
  const { day, minute } = toLocal(instant, calendar);
  const time = formatMinute(minute);
  return locale === 'ja' ? `${formatDay(day, locale)} ${time}` : `${formatDay(day, locale)}, ${time}`;
}

/** A day: `2026年11月26日(木)`, `Thu 26 Nov 2026`. */
export function formatDay(day: LocalDate, locale: Locale): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const name = WEEKDAYS[locale][weekday(epochDay(day) ?? 0)];
  if (locale === 'ja') return `${year}年${month}月${dayOfMonth}日(${name})`;
  return `${name} ${dayOfMonth} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** A day within a sentence: `11/26(木)`, `Thu 26 Nov`; with its year where it is another one than `year`. */
export function shortDay(day: LocalDate, locale: Locale, year: string): string {
  const [ofDay, month, dayOfMonth] = day.split('-').map(Number);
  const name = WEEKDAYS[locale][weekday(epochDay(day) ?? 0)];
  const isThatYear = day.startsWith(year);
  if (locale === 'ja') return `${isThatYear ? '' : `${ofDay}/`}${month}/${dayOfMonth}(${name})`;
  return `${name} ${dayOfMonth} ${MONTHS[(month ?? 1) - 1]}${isThatYear ? '' : ` ${ofDay}`}`;
}

/** An instant within a sentence: `11/26(木)18:00`, `Thu 26 Nov, 18:00`; with its year where it is another one than `year`. */
export function shortTime(instant: Instant, calendar: BusinessCalendar, locale: Locale, year: string): string {
  const { day, minute } = toLocal(instant, calendar);
  return `${shortDay(day, locale, year)}${locale === 'ja' ? '' : ', '}${formatMinute(minute)}`;
}

/** The same to readers of any language, for details that are put into words later: `2026-11-26 18:00`. */
export function wallTime(instant: Instant, calendar: BusinessCalendar): string {
  const { day, minute } = toLocal(instant, calendar);
  return `${day} ${formatMinute(minute)}`;
}

/** `月`, `Mon`; 0 is Sunday. */
export function weekdayName(nth: number, locale: Locale): string {
  return WEEKDAYS[locale][nth] ?? '';
}

/** A minute of the day: `09:00`. */
export function formatMinute(minute: number): string {
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
