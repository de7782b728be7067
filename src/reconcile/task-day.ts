import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import { absenceOn, calendarOfPerson, nextWorkday } from '../domain/clocks/office-time.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { LocalDate } from '../domain/values/value.ts';
import type { PlanContext } from './context.ts';

/**
 * The next day on which this person works: they are to find the Task then, not on a Sunday or while they are away. `otherwise`: by which
 * calendar, where they are in no team that has one.
 */
export function firstDayFor(
  { email }: Pick<DirectoryEntry, 'email'>,
  otherwise: BusinessCalendar,
  { now, policy }: Pick<PlanContext, 'now' | 'policy'>,
): LocalDate {
  const calendar = calendarOfPerson(email, otherwise, policy);
  const isAway = (day: LocalDate) => absenceOn(email, day, policy) !== undefined;
  return nextWorkday(now, calendar, isAway) ?? toLocal(now, calendar).day;
}
