import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Duration } from '../../../src/domain/agreement/agreement.ts';
import type { BusinessCalendar } from '../../../src/domain/calendar/business-calendar.ts';
import { dueAt } from '../../../src/domain/calendar/due-at.ts';
import { fromLocal, toLocal } from '../../../src/domain/calendar/local-time.ts';
import { isWorkingTime } from '../../../src/domain/calendar/working-time.ts';
import { formatInstant } from '../../../src/domain/values/instant.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { instant, inTokyo, madrid, tokyo } from './sample-calendars.ts';

const MINUTE = 60_000;

function due(start: Instant, amount: number, unit: Duration['unit'], calendar: BusinessCalendar): Instant {
  const result = dueAt(start, { amount, unit }, calendar);
  if ('beyond' in result) throw new Error(`beyond ${result.beyond}`);
  return result.dueAt;
}

/** Walks the wall clock with Intl, knowing nothing of our arithmetic: is the office open in this minute? */
function walker(calendar: BusinessCalendar) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at: Instant) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${part['year']}-${part['month']}-${part['day']}`;
    const hours = calendar.week[new Date(`${day}T00:00Z`).getUTCDay()];
    const minute = Number(part['hour']) * 60 + Number(part['minute']);
    const isClosed = calendar.holidays.has(day) || calendar.closures.has(day) || !hours;
    return { day, open: !isClosed && minute >= hours.opens && minute < hours.closes };
  };
}

function byHours(start: Instant, minutes: number, look: ReturnType<typeof walker>): Instant {
  let left = minutes;
  for (let at = start; ; at += MINUTE) {
    if (look(at).open) left -= 1;
    if (left === 0) return at + MINUTE;
  }
}

function byDays(start: Instant, amount: number, look: ReturnType<typeof walker>): Instant {
  let current = look(start).day;
  for (let at = start, counted = 0; ; at += MINUTE) {
    const { day, open } = look(at);
    if (open && day !== current) {
      current = day;
      counted += 1;
    }
    if (open && counted === amount && !look(at + MINUTE).open) return at + MINUTE;
  }
}

describe('business days', () => {
  test.each([
    ['2026-11-20T15:00', 3, '2026-11-26T18:00', 'Monday 23 is 勤労感謝の日'],
    ['2026-11-20T17:59', 3, '2026-11-26T18:00', 'a minute before closing'],
    ['2026-11-20T18:00', 3, '2026-11-26T18:00', 'closing time is still the same date'],
    ['2026-11-20T23:59', 3, '2026-11-26T18:00', 'and so is the last minute before midnight'],
    ['2026-11-24T00:00', 1, '2026-11-25T18:00', 'midnight is the next date'],
    ['2026-11-20T07:00', 1, '2026-11-24T18:00', 'before opening the day itself is day zero'],
    ['2026-11-21T10:00', 1, '2026-11-24T18:00', 'a Saturday is day zero like any other'],
    ['2026-11-23T10:00', 1, '2026-11-24T18:00', 'and so is a holiday'],
    ['2028-02-28T10:00', 1, '2028-02-29T18:00', 'a leap day is a day'],
    ['2026-12-28T10:00', 1, '2027-01-04T18:00', 'the year-end closure is skipped'],
    ['2026-09-18T10:00', 1, '2026-09-24T18:00', 'Silver Week: 敬老の日, 国民の休日, 秋分の日'],
    ['2027-03-19T10:00', 1, '2027-03-23T18:00', 'Monday 22 is a substitute holiday'],
  ])('from %s, %i business day(s) end on %s: %s', (start, amount, end) => {
    expect(due(inTokyo(start), amount, 'business days', tokyo)).toBe(inTokyo(end));
  });

  test('the arithmetic names every day and why it counts or does not', () => {
    const result = dueAt(inTokyo('2026-11-20T15:00'), { amount: 3, unit: 'business days' }, tokyo);
    expect('arithmetic' in result && result.arithmetic).toEqual([
      { day: '2026-11-20', counts: false, because: { code: 'start' } },
      { day: '2026-11-21', counts: false, because: { code: 'weekly' } },
      { day: '2026-11-22', counts: false, because: { code: 'weekly' } },
      { day: '2026-11-23', counts: false, because: { code: 'holiday', name: '勤労感謝の日' } },
      { day: '2026-11-24', counts: true, because: { code: 'business-day', nth: 1 } },
      { day: '2026-11-25', counts: true, because: { code: 'business-day', nth: 2 } },
      { day: '2026-11-26', counts: true, because: { code: 'business-day', nth: 3 } },
    ]);
  });

  test('a company closure is called by its own name, over a week-end and on a holiday too', () => {
    const result = dueAt(inTokyo('2026-12-28T20:00'), { amount: 1, unit: 'business days' }, tokyo);
    const off = 'arithmetic' in result ? result.arithmetic.filter(({ because }) => because.code === 'closure') : [];
    expect(off.map(({ day }) => day)).toEqual([
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ]);
  });

  test('beyond the holiday table a due instant is refused, not guessed', () => {
    expect(dueAt(inTokyo('2050-12-27T10:00'), { amount: 5, unit: 'business days' }, tokyo)).toEqual({
      beyond: '2051-01-01',
    });
    expect(dueAt(inTokyo('1969-06-01T10:00'), { amount: 1, unit: 'business days' }, tokyo)).toHaveProperty('beyond');
  });
});

describe('business hours', () => {
  test.each([
    ['2026-11-20T16:00', 4, '2026-11-24T11:00'],
    ['2026-11-20T15:00', 3, '2026-11-20T18:00'],
    ['2026-11-21T15:00', 1, '2026-11-24T10:00'],
    ['2026-11-20T15:00', 24, '2026-11-26T12:00'],
  ])('from %s, %i business hours end at %s', (start, amount, end) => {
    expect(due(inTokyo(start), amount, 'business hours', tokyo)).toBe(inTokyo(end));
  });

  test('a change to summer time neither gives nor steals an hour', () => {
    const friday = instant('2026-03-27T16:00+01:00');
    expect(due(friday, 6, 'business hours', { ...madrid, week: madrid.week.with(6, null) })).toBe(
      instant('2026-03-30T13:00+02:00'),
    );
    const saturdayNight = { ...madrid, week: madrid.week.map(() => ({ opens: 0, closes: 1440 })) };
    expect(due(instant('2026-03-29T00:00+01:00'), 4, 'business hours', saturdayNight)).toBe(
      instant('2026-03-29T05:00+02:00'),
    );
  });

  test('the count names the hours of each day, and the start after closing that has none', () => {
    const result = dueAt(inTokyo('2026-11-20T18:00'), { amount: 10, unit: 'business hours' }, tokyo);
    expect(
      'arithmetic' in result && result.arithmetic.filter(({ day }) => day < '2026-11-21' || day > '2026-11-23'),
    ).toEqual([
      { day: '2026-11-20', counts: false, because: { code: 'outside-hours' } },
      { day: '2026-11-24', counts: true, because: { code: 'worked', ms: 9 * 60 * MINUTE } },
      { day: '2026-11-25', counts: true, because: { code: 'worked', ms: 60 * MINUTE } },
    ]);
  });

  test('seconds are counted too', () => {
    expect(due(inTokyo('2026-11-20T17:30:30.500'), 1, 'business hours', tokyo)).toBe(
      inTokyo('2026-11-24T09:30:30.500'),
    );
  });
});

test('hours run on any clock, holidays or not', () => {
  expect(due(inTokyo('2026-11-20T16:00'), 24, 'hours', tokyo)).toBe(inTokyo('2026-11-21T16:00'));
});

test('days are calendar days at the same time of day, summer time or not', () => {
  expect(due(instant('2026-03-27T16:00:05+01:00'), 3, 'days', madrid)).toBe(instant('2026-03-30T16:00:05+02:00'));
});

describe('law R12: a due instant equals an independent count, minute by minute', () => {
  const starts = fc
    .integer({ min: Date.UTC(2024, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE })
    .map((minute) => minute * MINUTE);

  // For Tokyo, see due-by-walking.test.ts.
  test('where the clocks change twice a year', () => {
    const look = walker(madrid);
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 30 }), (start, days, hours) => {
        expect(formatInstant(due(start, days, 'business days', madrid))).toBe(formatInstant(byDays(start, days, look)));
        expect(formatInstant(due(start, hours, 'business hours', madrid))).toBe(
          formatInstant(byHours(start, hours * 60, look)),
        );
      }),
      { numRuns: 15 },
    );
  }, 30_000);

  test('and one that begins at the busiest time of holidays', () => {
    const look = walker(tokyo);
    for (const start of ['2026-04-28T17:45', '2026-12-28T18:00', '2027-04-30T09:00'].map(inTokyo)) {
      expect(due(start, 2, 'business days', tokyo)).toBe(byDays(start, 2, look));
    }
  });
});

describe('office hours', () => {
  test('opening time is working time, closing time is not', () => {
    expect(isWorkingTime(inTokyo('2026-11-20T09:00'), tokyo)).toBe(true);
    expect(isWorkingTime(inTokyo('2026-11-20T08:59:59.999'), tokyo)).toBe(false);
    expect(isWorkingTime(inTokyo('2026-11-20T18:00'), tokyo)).toBe(false);
    expect(isWorkingTime(inTokyo('2026-11-23T12:00'), tokyo)).toBe(false);
  });
});

describe('local time', () => {
  test('law: an instant that is shown on the wall is found again', () => {
    const instants = fc
      .integer({ min: Date.UTC(2000, 0, 1) / MINUTE, max: Date.UTC(2040, 0, 1) / MINUTE })
      .map((n) => n * MINUTE);
    fc.assert(
      fc.property(instants, (at) => {
        for (const calendar of [tokyo, madrid]) {
          const { day, minute } = toLocal(at, calendar);
          // In the hour that summer time repeats, the first of the two instants is meant.
          expect([at, at - 60 * MINUTE]).toContain(fromLocal(day, minute, calendar));
        }
      }),
    );
  });

  test('a time that summer time skips lies behind the jump; one that it repeats is the first', () => {
    expect(fromLocal('2026-03-29', 150, madrid)).toBe(instant('2026-03-29T03:30+02:00'));
    expect(fromLocal('2026-10-25', 150, madrid)).toBe(instant('2026-10-25T02:30+02:00'));
  });
});
