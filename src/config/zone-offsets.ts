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

/** By zone and span: working them out walks through every transition, and nearly everybody works in one zone. */
const KNOWN = new Map<string, BusinessCalendar['offsets'] | null>();

/** The same of a zone that somebody else names; `null` where there is none of that name. */
export function knownOffsets(zone: string, from: LocalDate, to: LocalDate): BusinessCalendar['offsets'] | null {
  const key = `${zone} ${from} ${to}`;
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const offsets = offsetsOrNull(zone, from, to);
  KNOWN.set(key, offsets);
  return offsets;
}

function offsetsOrNull(zone: string, from: LocalDate, to: LocalDate): BusinessCalendar['offsets'] | null {
  try {
    return zoneOffsets(zone, from, to);
  } catch (failure) {
    if (failure instanceof RangeError) return null;
    throw failure;
  }
}
