import { DAY_MS, epochDay, formatInstant, localDate, MINUTE_MS } from '../values/instant.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import type { BusinessCalendar } from './business-calendar.ts';

/** A day and the minute of that day on the wall clock of the office. */
export type LocalTime = { readonly day: LocalDate; readonly minute: number };

/** What the wall clock in the office shows at this instant. */
export function toLocal(instant: Instant, calendar: BusinessCalendar): LocalTime {
  const wall = instant + offsetAt(instant, calendar) * MINUTE_MS;
  const number = Math.floor(wall / DAY_MS);
  return { day: localDate(number), minute: Math.floor((wall - number * DAY_MS) / MINUTE_MS) };
}

/**
 * The instant at which the office's wall clock shows this time; minute 1440 is the next midnight.
 *
 * Where summer time repeats an hour, the first of the two is meant; where it skips one, the skipped time lies as far behind the
 * jump as it would have lain behind the hour before.
 */
export function fromLocal(day: LocalDate, minute: number, calendar: BusinessCalendar): Instant {
  const wall = (epochDay(day) ?? Number.NaN) * DAY_MS + minute * MINUTE_MS;
  const candidates = calendar.offsets
    .map(({ minutes }) => wall - minutes * MINUTE_MS)
    .filter((instant) => instant + offsetAt(instant, calendar) * MINUTE_MS === wall);
  if (candidates.length > 0) return Math.min(...candidates);
  return wall - offsetAt(wall - DAY_MS, calendar) * MINUTE_MS;
}

/** ISO 8601 as the wall in the office shows it, with its offset: `2026-11-26T18:00:00+09:00`. */
export function isoInOffice(instant: Instant, calendar: BusinessCalendar): string {
  const minutes = offsetAt(instant, calendar);
  const wall = formatInstant(instant + minutes * MINUTE_MS).replace(/(?:\.000)?Z$/u, '');
  const size = Math.abs(minutes);
  const [hour, minute] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${wall}${minutes < 0 ? '-' : '+'}${hour}:${minute}`;
}

function offsetAt(instant: Instant, calendar: BusinessCalendar): number {
  // The list ends with the newest transition; before its first entry, the first holds.
  const valid = calendar.offsets.findLast(({ from }) => from <= instant) ?? calendar.offsets[0];
  return valid?.minutes ?? 0;
}
