import type { BusinessCalendar, OfficeHours } from '../calendar/business-calendar.ts';
import type { Locale } from '../policy.ts';
import { epochDay } from '../values/instant.ts';
import type { LocalDate } from '../values/value.ts';
import type { Item } from './document.ts';
import { formatDay, formatMinute, weekdayName } from './format-local.ts';
import { type InBoth, printable } from './words.ts';

/** From Monday: so a week is read where this is read. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;
/** Closures so far ahead are told; those of later years are the same again. */
const AHEAD_DAYS = 365;

/** When the office works, and the closures of the coming year. */
export function calendarItems(calendar: BusinessCalendar, today: LocalDate, locale: Locale): readonly Item[] {
  const t = TEXTS[locale];
  const closures = closuresAhead(calendar, today);
  return [
    ...hoursOf(calendar).map(({ from, to, hours }) => ({
      text: t.open(spanOf(from, to, locale), `${formatMinute(hours.opens)}–${formatMinute(hours.closes)}`),
    })),
    ...(calendar.holidays.size === 0 ? [] : [{ text: t.holidays(formatDay(calendar.covers.to, locale)) }]),
    ...(closures.length === 0
      ? []
      : [
          {
            text: t.closed,
            parts: closures.map(({ from, to, name }) => ({
              text: t.closure(printable(name), formatDay(from, locale), from === to ? null : formatDay(to, locale)),
            })),
          },
        ]),
    { text: t.zone(calendar.zone) },
  ];
}

type Run = { readonly from: number; readonly to: number; readonly hours: OfficeHours };

/** Weekdays in a row with the same hours. */
function hoursOf({ week }: BusinessCalendar): readonly Run[] {
  return WEEK.reduce<readonly Run[]>((runs, day, nth) => {
    const hours = week[day] ?? null;
    if (hours === null) return runs;
    const last = runs.at(-1);
    const goesOn =
      last?.to === WEEK[nth - 1] && last?.hours.opens === hours.opens && last.hours.closes === hours.closes;
    if (last === undefined || !goesOn) return [...runs, { from: day, to: day, hours }];
    return [...runs.slice(0, -1), { ...last, to: day }];
  }, []);
}

function spanOf(from: number, to: number, locale: Locale): string {
  if (from === to) return TEXTS[locale].weekday(weekdayName(from, locale));
  return TEXTS[locale].weekdays(weekdayName(from, locale), weekdayName(to, locale));
}

type Closure = { readonly from: LocalDate; readonly to: LocalDate; readonly name: string };

/** Days in a row under one name, beginning with what has not ended yet. */
function closuresAhead({ closures }: BusinessCalendar, today: LocalDate): readonly Closure[] {
  const first = dayNumber(today);
  const runs: Closure[] = [];
  for (const [day, name] of [...closures].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (dayNumber(day) < first || dayNumber(day) > first + AHEAD_DAYS) continue;
    const last = runs.at(-1);
    if (last?.name === name && dayNumber(last.to) + 1 === dayNumber(day)) runs[runs.length - 1] = { ...last, to: day };
    else runs.push({ from: day, to: day, name });
  }
  return runs;
}

function dayNumber(day: LocalDate): number {
  return epochDay(day) ?? 0;
}

type Words = {
  readonly closed: string;
  readonly open: (days: string, hours: string) => string;
  readonly closure: (name: string, from: string, to: string | null) => string;
} & Readonly<Record<'weekday' | 'holidays' | 'zone', (text: string) => string>> & {
    readonly weekdays: (from: string, to: string) => string;
  };

const TEXTS: InBoth<Words> = {
  ja: {
    open: (days, hours) => `営業時間: ${days} ${hours.replace('–', '〜')}`,
    weekday: (day) => `${day}曜`,
    weekdays: (from, to) => `${from}〜${to}曜`,
    holidays: (until) => `祝日・休日は休み(祝日の表は ${until} まで)`,
    closed: '会社の休み(今後 1 年)',
    closure: (name, from, to) => `${name}: ${from}${to === null ? '' : `〜${to}`}`,
    zone: (zone) => `タイムゾーン: ${zone}`,
  },
  en: {
    open: (days, hours) => `office hours: ${days} ${hours}`,
    weekday: (day) => day,
    weekdays: (from, to) => `${from} to ${to}`,
    holidays: (until) => `closed on public holidays (the table of holidays ends on ${until})`,
    closed: 'closures of the company in the coming year',
    closure: (name, from, to) => `${name}: ${from}${to === null ? '' : ` to ${to}`}`,
    zone: (zone) => `time zone: ${zone}`,
  },
};
