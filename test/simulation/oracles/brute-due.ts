import type { DeadlineRule } from '../../../src/domain/agreement/agreement.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Instant } from '../../../src/domain/values/value.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Japan keeps one offset all year; the simulated office is in Tokyo. */
const TOKYO = 9 * HOUR;

/** Law R12: counts minute by minute on the wall of the office that owes it, knowing nothing of the product's arithmetic. */
export function bruteDue(start: Instant, { within, starts }: DeadlineRule, policy: Policy): Instant {
  const receiver = 'handedOff' in starts ? starts.handedOff : 'team' in starts ? starts.team : undefined;
  const team = policy.owners.teams[receiver ?? ''];
  const calendar = team?.calendar ?? policy.calendar;
  let today = { number: Number.NaN, day: '', hours: null as (typeof calendar.week)[number] };
  const look = (at: Instant) => {
    const local = at + TOKYO;
    const number = Math.floor(local / DAY);
    // The calendar on the wall is read once a day.
    if (number !== today.number) today = { number, ...dayOn(local, calendar) };
    const { day, hours } = today;
    const minute = Math.floor((local % DAY) / MINUTE);
    return { day, open: hours !== null && minute >= hours.opens && minute < hours.closes };
  };
  const { amount, unit } = within;
  if (unit === 'hours') return start + amount * HOUR;
  if (unit === 'days') return start + amount * DAY;
  return unit === 'business hours' ? byHours(start, amount * 60, look) : byDays(start, amount, look);
}

/** The day, and when the office is open on it; `null`: not at all. */
function dayOn(local: Instant, calendar: Policy['calendar']) {
  const day = new Date(local).toISOString().slice(0, 10);
  const isClosed = calendar.holidays.has(day) || calendar.closures.has(day);
  return { day, hours: (isClosed ? null : calendar.week[new Date(local).getUTCDay()]) ?? null };
}

type Look = (at: Instant) => { readonly day: string; readonly open: boolean };

function byHours(start: Instant, minutes: number, look: Look): Instant {
  let left = minutes;
  // Whoever begins while the office is closed begins at its opening, which is a whole minute.
  const begun = look(start).open ? start : Math.floor(start / MINUTE) * MINUTE;
  for (let at = begun; ; at += MINUTE) {
    if (look(at).open) left -= 1;
    if (left === 0) return look(at + MINUTE - 1).open ? at + MINUTE : carriedOver(at + MINUTE, look);
  }
}

/** The seconds of the last minute for which the office is closed already are counted from its next opening on. */
function carriedOver(end: Instant, look: Look): Instant {
  const seconds = end % MINUTE;
  for (let at = end - seconds; ; at += MINUTE) if (look(at).open) return at + seconds;
}

/** Day 0 is the date on the wall when the count begins, at whatever hour; what is due is due when the n-th open day after it ends. */
function byDays(start: Instant, amount: number, look: Look): Instant {
  let current = look(start).day;
  // The office closes at a whole minute; the count began at whatever second it began.
  for (let at = Math.floor(start / MINUTE) * MINUTE, counted = 0; ; at += MINUTE) {
    const { day, open } = look(at);
    if (open && day !== current) {
      current = day;
      counted += 1;
    }
    if (open && counted === amount && !look(at + MINUTE).open) return at + MINUTE;
  }
}
