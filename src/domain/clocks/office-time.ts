import type { DeadlineRule } from '../agreement/agreement.ts';
import { teamOf } from '../agreement/deadline.ts';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { toLocal } from '../calendar/local-time.ts';
import { daysFrom, shiftOn } from '../calendar/working-time.ts';
import type { Absence } from '../people/mapping.ts';
import type { Policy } from '../policy.ts';
import type { Instant, LocalDate } from '../values/value.ts';

type OfficePolicy = Pick<Policy, 'owners' | 'calendar'>;

/** The calendar that a promise is counted by: of the office of the team that has received the person, else of the company. */
export function calendarOfPromise(rule: DeadlineRule | undefined, policy: OfficePolicy): BusinessCalendar {
  const team = rule === undefined ? null : teamOf(rule);
  return team === null ? policy.calendar : calendarOfTeam(team, policy);
}

export function calendarOfTeam(team: string, { owners, calendar }: OfficePolicy): BusinessCalendar {
  return owners.teams[team]?.calendar ?? calendar;
}

/** Every calendar that something is counted by, the company's first. */
export function calendarsOf({ owners, calendar }: OfficePolicy): readonly BusinessCalendar[] {
  return [...new Set([calendar, ...Object.values(owners.teams).flatMap((team) => team.calendar ?? [])])];
}

/** The calendar that somebody works by: of the office of their team; `otherwise`, where they are in no team that has one. */
export function calendarOfPerson(
  email: string | null,
  otherwise: BusinessCalendar,
  { owners }: OfficePolicy,
): BusinessCalendar {
  if (email === null) return otherwise;
  const teams = Object.values(owners.teams).filter(({ members }) => members.includes(email));
  if (teams.length === 0 || teams.some(({ calendar = otherwise }) => calendar === otherwise)) return otherwise;
  return teams[0]?.calendar ?? otherwise;
}

/**
 * The day on which what comes up now can be taken up: today, as long as the office is open; else the next business day. Days on which
 * `isAway` are passed over. `null` where the table of holidays ends first.
 */
export function nextWorkday(
  now: Instant,
  calendar: BusinessCalendar,
  isAway: (day: LocalDate) => boolean,
): LocalDate | null {
  for (const day of daysFrom(toLocal(now, calendar).day, calendar)) {
    const shift = shiftOn(day, calendar);
    if ('closes' in shift && now < shift.closes && !isAway(day)) return day;
  }
  return null;
}

/** The absence of this person on this day. */
export function absenceOn(email: string | null, day: LocalDate, { owners }: OfficePolicy): Absence | undefined {
  return owners.absences.find(({ who, from, to }) => who === email && from <= day && day <= to);
}

/** The absence of this person when they could next take up what comes up now. */
export function absenceNow(
  email: string | null,
  now: Instant,
  calendar: BusinessCalendar,
  policy: OfficePolicy,
): Absence | undefined {
  const theirs = calendarOfPerson(email, calendar, policy);
  const day = nextWorkday(now, theirs, () => false) ?? toLocal(now, theirs).day;
  return absenceOn(email, day, policy);
}
