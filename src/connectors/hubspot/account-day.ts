import type { CallDay } from '../../domain/budget/standing.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/values/instant.ts';
import type { Instant } from '../../domain/values/value.ts';

/**
 * The portal's day, from midnight to midnight on its own wall: that is when HubSpot forgets the calls of the day before. The zone is the
 * one that `GET /account-info/v3/details` names; one that this machine does not know is taken for UTC.
 */
export function portalDay(timeZone: string, now: Instant): CallDay {
  const today = TODAY.get(timeZone);
  if (today !== undefined && today.from <= now && now < today.until) return today;
  const zone = isKnown(timeZone) ? timeZone : 'UTC';
  const from = midnightBefore(zone, now);
  // Days are 23 to 25 hours long; 30 hours on it is certainly the next one.
  const day = { from, until: midnightBefore(zone, from + 1.25 * DAY_MS) };
  TODAY.set(timeZone, day);
  return day;
}

/** By zone, the day that was asked for last: it is asked for with every call, and tells of itself when it ends. */
const TODAY = new Map<string, CallDay & { readonly until: Instant }>();

function midnightBefore(timeZone: string, at: Instant): Instant {
  const day = Math.floor((at + offsetAt(timeZone, at)) / DAY_MS) * DAY_MS;
  return day - offsetAt(timeZone, day - offsetAt(timeZone, at));
}

/** How far the zone's wall clock is ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, at: Instant): number {
  const text = formatFor(timeZone)
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/u.exec(text ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  FORMATS.set(timeZone, format);
  return format;
}

function isKnown(timeZone: string): boolean {
  try {
    return formatFor(timeZone).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
