import { readFileSync } from 'node:fs';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { ConfigInvalid } from '../errors/errors.ts';
import { fitted } from './files/faults-of.ts';
import { readYaml } from './files/yaml-file.ts';
import { calendarFile } from './grammar/calendar-grammar.ts';
import { Complaints } from './meaning/complain.ts';
import { toCalendar, toOffices } from './meaning/to-calendar.ts';

/** The calendar of the whole company, and those of the offices that differ from it. */
type Calendars = {
  readonly company: BusinessCalendar;
  readonly offices: Readonly<Record<string, BusinessCalendar>>;
};

/**
 * One calendar file by itself, also one that is not in force: somebody wants to see what a closure would do.
 *
 * Throws `ConfigInvalid` with all its faults, each with file, line and column.
 */
export function loadCalendar(path: string): Calendars {
  const file = readYaml(path, textOf(path));
  if ('faults' in file) throw new ConfigInvalid(file.faults);
  const read = fitted(file, calendarFile);
  if ('faults' in read) throw new ConfigInvalid(read.faults);
  const complaints = new Complaints(file);
  const company = toCalendar(read.value, complaints);
  const offices = toOffices(read.value, company, complaints);
  if (complaints.faults.length > 0) throw new ConfigInvalid(complaints.faults);
  return { company, offices };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigInvalid([
      { at: path, message: `The file cannot be read (${why}). Name a calendar file with --calendar.` },
    ]);
  }
}
