import { readYaml } from '../../../src/config/files/yaml-file.ts';
import { Complaints } from '../../../src/config/meaning/complain.ts';
import { toCalendar } from '../../../src/config/meaning/to-calendar.ts';
import type { BusinessCalendar } from '../../../src/domain/calendar/business-calendar.ts';
import { parseInstant } from '../../../src/domain/values/instant.ts';
import type { Instant } from '../../../src/domain/values/value.ts';

const file = readYaml('calendar.yaml', 'calendar: {}');
if ('faults' in file) throw new Error('the sample must be readable');
const complaints = new Complaints(file);

/** The calendar of the default mappings, built from real holiday data. */
export const tokyo: BusinessCalendar = toCalendar(
  {
    calendar: {
      zone: 'Asia/Tokyo',
      holidays: 'JP',
      closed: [
        { from: '12-29', to: '01-03', name: '年末年始休業' },
        { from: '2027-08-12', to: '2027-08-16', name: '夏季休業' },
      ],
      hours: { 'mon-fri': '09:00-18:00' },
    },
  },
  complaints,
);

/** An office in a zone with summer time, open on Saturday mornings too. */
export const madrid: BusinessCalendar = toCalendar(
  { calendar: { zone: 'Europe/Madrid', holidays: 'none', hours: { 'mon-fri': '09:00-18:00', sat: '00:00-12:30' } } },
  complaints,
);

export function inTokyo(text: string): Instant {
  return instant(`${text}+09:00`);
}

export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no instant`);
  return parsed;
}
