import { Temporal } from 'temporal-polyfill';
import { RowRefusal } from './report.ts';

export type DateReading = { zone: string; format?: string | undefined; time?: string | undefined };

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};

const USUAL =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?)?$/;
const ABSOLUTE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The instant that a text stands for. A text with an offset speaks for itself; a naive one is a wall clock in the zone,
 * and a bare date is that day at the time that the reading names, midnight unless told otherwise.
 */
export function instantOf(text: string, { zone, format, time = '00:00' }: DateReading): number {
  if (format === undefined && ABSOLUTE.test(text)) return Date.parse(text.replace(' ', 'T').replace(/\s/g, ''));
  const parts = partsOf(text, format);
  const [hour = 0, minute = 0, second = 0] =
    parts.hour === undefined ? time.split(':').map(Number) : [parts.hour, parts.minute, parts.second];
  try {
    const wall = Temporal.PlainDateTime.from(
      { year: parts.year, month: parts.month, day: parts.day, hour, minute, second },
      { overflow: 'reject' },
    );
    return wall.toZonedDateTime(zone).epochMilliseconds;
  } catch (error) {
    throw new RowRefusal(`"${text}" is no date of the calendar`, { cause: error });
  }
}

/** The day that a text stands for, as it is written there: `YYYY-MM-DD`. An instant falls on its day in the zone. */
export function dayOf(text: string, reading: DateReading): string {
  const ms = instantOf(text, reading);
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(reading.zone).toPlainDate().toString();
}

type Parts = { year: number; month: number; day: number; hour?: number; minute?: number; second?: number };

function partsOf(text: string, format: string | undefined): Parts {
  const groups = (format === undefined ? USUAL : patternOf(format)).exec(text)?.groups;
  if (groups === undefined)
    throw new RowRefusal(`"${text}" is no date as ${format ?? 'YYYY-MM-DD or YYYY-MM-DD HH:mm:ss'}`);
  const { year, month, day, hour, minute, second } = groups;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ...(hour === undefined ? {} : { hour: Number(hour), minute: Number(minute ?? 0), second: Number(second ?? 0) }),
  };
}

const patterns = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  let pattern = patterns.get(format);
  if (pattern === undefined) {
    const source = format.replace(/YYYY|MM|DD|HH|mm|ss|[^A-Za-z]/g, (part) => TOKENS[part] ?? RegExp.escape(part));
    pattern = new RegExp(`^${source}$`);
    patterns.set(format, pattern);
  }
  return pattern;
}
