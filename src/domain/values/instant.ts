import type { Instant, LocalDate } from './value.ts';

/**
 * Days and instants by arithmetic alone.
 *
 * The core may not ask the machine for the time, and `Date` would bring the machine's zone with it. A day is a number (days since
 * 1970-01-01 in the proleptic Gregorian calendar), so that adding days is adding, and the weekday is a remainder.
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const DAYS_IN_ERA = 146_097; // 400 years
const DAYS_TO_1970 = 719_468; // from 0000-03-01

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|([+-])(\d{1,2}):?(\d{2})?)$/;

/** The number of a day, or `null` when there is no such day (`2026-02-30`). */
export function epochDay(day: LocalDate): number | null {
  const parts = DATE.exec(day);
  if (!parts) return null;
  const [year, month, dayOfMonth] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || dayOfMonth < 1) return null;
  const number = dayNumber(year, month, dayOfMonth);
  return localDate(number) === day ? number : null;
}

/** The day with this number. Inverse of `epochDay`. */
export function localDate(number: number): LocalDate {
  const shifted = number + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

/** 0 is Sunday, as in `BusinessCalendar.week`. */
export function weekday(number: number): number {
  return (((number + 4) % 7) + 7) % 7;
}

/**
 * An ISO 8601 instant with its zone (`Z`, `+09:00`, `+0000`), or `null`. A time without a zone is refused: guessing one is how
 * deadlines move by nine hours. Digits beyond the millisecond are dropped.
 */
export function parseInstant(iso: string): Instant | null {
  const parts = DATE_TIME.exec(iso.trim());
  if (!parts) return null;
  const day = epochDay(parts[1] ?? '');
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)];
  if (day === null || hour > 24 || minute > 59 || second > 59) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const millis = Number((parts[5] ?? '').slice(0, 3).padEnd(3, '0'));
  const sign = parts[7] === '-' ? -1 : 1;
  const offset = sign * (Number(parts[8] ?? 0) * 60 + Number(parts[9] ?? 0));
  return day * DAY_MS + hour * HOUR_MS + (minute - offset) * MINUTE_MS + second * 1000 + millis;
}

/** ISO 8601 in UTC with milliseconds and `Z`: the form every datetime value has inside Tasuki. */
export function formatInstant(instant: Instant): string {
  const number = Math.floor(instant / DAY_MS);
  const rest = Math.floor(instant - number * DAY_MS);
  const [hour, minute, second] = [
    Math.floor(rest / HOUR_MS),
    Math.floor(rest / MINUTE_MS) % 60,
    Math.floor(rest / 1000) % 60,
  ];
  return `${localDate(number)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(rest % 1000, 3)}Z`;
}

function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - DAYS_TO_1970;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
