import type { Finding } from '../people/person.ts';
import { epochDay } from '../values/instant.ts';
import type { Instant } from '../values/value.ts';
import type { BusinessCalendar } from './business-calendar.ts';
import { toLocal } from './local-time.ts';

/** So long before a table of holidays ends, it is said: long enough for an update, or for next year's days to be written down. */
const WARNED_DAYS = 90;

/** A table of holidays that ends: one finding, whoever comes upon it first. */
export function endOf({ covers }: BusinessCalendar): Finding {
  return { code: 'CALENDAR_ENDS', subject: `calendar:${covers.to}`, detail: { ...covers } };
}

export function endsSoon(calendar: BusinessCalendar, now: Instant): boolean {
  const [today, last] = [toLocal(now, calendar).day, calendar.covers.to].map((day) => epochDay(day) ?? 0);
  return (last ?? 0) - (today ?? 0) <= WARNED_DAYS;
}
