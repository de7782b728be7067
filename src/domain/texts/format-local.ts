import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { toLocal } from '../calendar/local-time.ts';
import type { Clock } from '../people/person.ts';
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
  const time = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  return locale === 'ja' ? `${dayText(day, locale)} ${time}` : `${dayText(day, locale)}, ${time}`;
}

/** A day: `2026年11月26日(木)`, `Thu 26 Nov 2026`. */
function dayText(day: LocalDate, locale: Locale): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const name = WEEKDAYS[locale][weekday(epochDay(day) ?? 0)];
  if (locale === 'ja') return `${year}年${month}月${dayOfMonth}日(${name})`;
  return `${name} ${dayOfMonth} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** The count of a deadline, one line a day, for the person who is held to it. */
export function arithmeticText(arithmetic: Clock['arithmetic'], locale: Locale): readonly string[] {
  return arithmetic.map(({ day, counts, because }) => {
    if (locale === 'en') return `- ${dayText(day, 'en')}: ${inEnglish(because)}${counts ? '' : ' (not counted)'}`;
    return `・${dayText(day, 'ja')} ${because}${counts || because === '起算日' || because.endsWith(')') ? '' : '(数えない)'}`;
  });
}

const ENGLISH: readonly (readonly [RegExp, string])[] = [
  [/^起算日$/u, 'starting day'],
  [/^営業時間外に発生\(次の営業開始から起算\)$/u, 'outside office hours, counted from the next opening'],
  [/^祝日 (.+)$/u, 'public holiday $1'],
  [/^(?:(.+) )?振替休日$/u, 'substitute for the public holiday $1'],
  [/^国民の休日$/u, 'citizens’ holiday'],
  [/^(\d+) 営業日目/u, 'business day $1'],
  [/^営業時間 (\d+) 時間(?: (\d+) 分)?/u, '$1 h $2 min of office hours'],
  [/^暦時間で (\d+) 時間/u, '$1 hours on the clock'],
  [/^暦日で (\d+) 日/u, '$1 calendar days'],
  [/\(期限\)$/u, ' (due)'],
  [/ h {2}min/u, ' h'],
  [/\(定休日\)$/u, ' (closed every week)'],
  [/^日曜日/u, 'Sunday'],
  [/^月曜日/u, 'Monday'],
  [/^火曜日/u, 'Tuesday'],
  [/^水曜日/u, 'Wednesday'],
  [/^木曜日/u, 'Thursday'],
  [/^金曜日/u, 'Friday'],
  [/^土曜日/u, 'Saturday'],
];

/** The arithmetic is stored in the words of the office; names of holidays and closures stay what they are called there. */
function inEnglish(because: string): string {
  return ENGLISH.reduce((text, [pattern, words]) => text.replace(pattern, words), because);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
