import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import type { Path } from '../files/yaml-file.ts';
import type { CalendarFile } from '../grammar/calendar-grammar.ts';
import { type HolidayTable, japaneseHolidays } from '../holidays.ts';
import { zoneOffsets } from '../zone-offsets.ts';
import { Complaints } from './complain.ts';
import { toClosures } from './to-closures.ts';
import { toOwnHolidays } from './to-own-holidays.ts';
import { toWeek } from './to-week.ts';

const ROOT = ['calendar'] as const;

type Written = CalendarFile['calendar'];
type WrittenOffice = NonNullable<Written['offices']>[string];

/** When somebody is at work, as data: office hours by weekday, holidays and closures by day, the zone's offsets. */
export function toCalendar({ calendar }: CalendarFile, complaints: Complaints): BusinessCalendar {
  const table = tableOf(calendar, ROOT, complaints);
  return {
    zone: calendar.zone,
    week: toWeek(calendar.hours, [...ROOT, 'hours'], complaints),
    closures: toClosures(calendar.closed ?? [], [...ROOT, 'closed'], table, complaints),
    ...horizon(table, calendar.zone),
  };
}

/** The calendars of the offices, by name. What an office does not say is as in the whole company; its closures come on top. */
export function toOffices(
  file: CalendarFile,
  company: BusinessCalendar,
  complaints: Complaints,
): Readonly<Record<string, BusinessCalendar>> {
  const offices = Object.entries(file.calendar.offices ?? {});
  return Object.fromEntries(
    offices.map(([name, office]) => [name, toOffice(name, office, file.calendar, company, complaints)]),
  );
}

function toOffice(
  name: string,
  office: WrittenOffice,
  calendar: Written,
  company: BusinessCalendar,
  complaints: Complaints,
): BusinessCalendar {
  const path = [...ROOT, 'offices', name];
  const { zone = calendar.zone, holidays } = office;
  const isOwn = holidays !== undefined || office['own-holidays'] !== undefined;
  const table = isOwn
    ? tableOf({ ...office, holidays: holidays ?? calendar.holidays }, path, complaints)
    : { days: company.holidays, ...company.covers };
  // Another table may reach other years. What is wrong with the company's closures has been said once.
  const silent = new Complaints(complaints.file);
  const shared = isOwn ? toClosures(calendar.closed ?? [], [...ROOT, 'closed'], table, silent) : company.closures;
  const closures = toClosures(office.closed ?? [], [...path, 'closed'], table, complaints);
  return {
    zone,
    week: office.hours === undefined ? company.week : toWeek(office.hours, [...path, 'hours'], complaints),
    closures: new Map([...shared, ...closures]),
    ...horizon(table, zone),
  };
}

function horizon(
  { days, from, to }: HolidayTable,
  zone: string,
): Pick<BusinessCalendar, 'holidays' | 'covers' | 'offsets'> {
  return { holidays: days, covers: { from, to }, offsets: zoneOffsets(zone, from, to) };
}

function tableOf(
  written: Pick<Written, 'holidays' | 'own-holidays'>,
  path: Path,
  complaints: Complaints,
): HolidayTable {
  const own = written['own-holidays'];
  // Without public holidays the table's years still bound what is computed: closures are laid out day by day.
  const japan = japaneseHolidays();
  if (written.holidays === 'own' && own === undefined)
    complaints.about(
      [...path, 'holidays'],
      'holidays: own needs the table: own-holidays: { from: 2027-01-01, to: 2027-12-31, days: { 2027-01-01: New Year } }.',
    );
  if (written.holidays !== 'own' && own !== undefined)
    complaints.aboutKey(
      [...path, 'own-holidays'],
      `holidays: ${written.holidays} takes no table of its own. Write holidays: own, or remove "own-holidays".`,
    );
  if (written.holidays === 'own' && own !== undefined) return toOwnHolidays(own, [...path, 'own-holidays'], complaints);
  return written.holidays === 'JP' ? japan : { ...japan, days: new Map() };
}
