import { notEmulated } from '../failure.ts';
import { addDays, startOfTokyoDay, tokyoDay } from '../stamps.ts';

/** The days from `first` up to and without `end`. */
export type DayRange = { first: string; end: string };

/** What `TODAY` or `LAST_N_DAYS:3` covers, in the calendar of the org's users (Japan; weeks begin on Sunday). */
export function dayRange(literal: string, n: number | undefined, now: number): DayRange {
  const today = tokyoDay(now);
  const name = literal.split(':')[0]?.toUpperCase() ?? '';
  const count = n ?? 0;
  const week = addDays(today, -new Date(`${today}T00:00:00Z`).getUTCDay());
  switch (name) {
    case 'TODAY':
      return span(today, 1);
    case 'YESTERDAY':
      return span(addDays(today, -1), 1);
    case 'TOMORROW':
      return span(addDays(today, 1), 1);
    case 'LAST_N_DAYS':
      return span(addDays(today, -count), count + 1);
    case 'NEXT_N_DAYS':
      return span(addDays(today, 1), count);
    case 'N_DAYS_AGO':
      return span(addDays(today, -count), 1);
    case 'LAST_90_DAYS':
      return span(addDays(today, -90), 91);
    case 'NEXT_90_DAYS':
      return span(addDays(today, 1), 90);
    case 'THIS_WEEK':
      return span(week, 7);
    case 'LAST_WEEK':
      return span(addDays(week, -7), 7);
    case 'NEXT_WEEK':
      return span(addDays(week, 7), 7);
    case 'THIS_MONTH':
      return months(today, 0);
    case 'LAST_MONTH':
      return months(today, -1);
    case 'NEXT_MONTH':
      return months(today, 1);
    case 'THIS_YEAR':
      return { first: `${today.slice(0, 4)}-01-01`, end: `${Number(today.slice(0, 4)) + 1}-01-01` };
    default:
      throw notEmulated(`the date literal ${literal}`, 'src/sandbox/salesforce/soql/date-literals.ts');
  }
}

function span(first: string, days: number): DayRange {
  return { first, end: addDays(first, days) };
}

function months(today: string, shift: number): DayRange {
  const first = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 + shift, 1));
  const end = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  return { first: first.toISOString().slice(0, 10), end: end.toISOString().slice(0, 10) };
}

export function instants(range: DayRange): { first: number; end: number } {
  return { first: startOfTokyoDay(range.first), end: startOfTokyoDay(range.end) };
}
