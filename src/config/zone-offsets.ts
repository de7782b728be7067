import { Temporal } from 'temporal-polyfill';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import type { LocalDate } from '../domain/values/value.ts';

const NANOSECONDS_IN_A_MINUTE = 60_000_000_000;

/** A zone's UTC offsets between two days, so that the core can turn local time into instants without a zone database. */
export function zoneOffsets(zone: string, from: LocalDate, to: LocalDate): BusinessCalendar['offsets'] {
  const last = Temporal.PlainDate.from(to).add({ days: 2 }).toZonedDateTime(zone);
  let at: Temporal.ZonedDateTime | null = Temporal.PlainDate.from(from).toZonedDateTime(zone);
  const offsets: { from: number; minutes: number }[] = [];
  while (at !== null && Temporal.ZonedDateTime.compare(at, last) < 0) {
    offsets.push({ from: at.epochMilliseconds, minutes: Math.round(at.offsetNanoseconds / NANOSECONDS_IN_A_MINUTE) });
    at = at.getTimeZoneTransition('next');
  }
  return offsets;
}
