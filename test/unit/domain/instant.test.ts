import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochDay, formatInstant, localDate, parseInstant, weekday } from '../../../src/domain/values/instant.ts';

const days = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('law: our own arithmetic agrees with the machine’s Date', () => {
  test('for days and weekdays', () => {
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        const number = Math.floor(date.getTime() / 86_400_000);
        expect(epochDay(day)).toBe(number);
        expect(localDate(number)).toBe(day);
        expect(weekday(number)).toBe(date.getUTCDay());
      }),
    );
  });

  test('for instants, to the millisecond', () => {
    fc.assert(
      fc.property(days, (date) => {
        expect(formatInstant(date.getTime())).toBe(date.toISOString());
        expect(parseInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

describe('reading an instant', () => {
  test.each([
    '2026-11-21T07:03:05.000Z',
    '2026-11-21T07:03:05.000+0000',
    '2026-11-21T16:03:05+09:00',
    '2026-11-21T02:03:05.000000-05:00',
  ])('%s is the same instant in every notation the two systems use', (text) => {
    expect(parseInstant(text)).toBe(Date.UTC(2026, 10, 21, 7, 3, 5));
  });

  test.each([
    '2026-11-21T07:03:05',
    '2026-11-21',
    '2026-02-30T00:00Z',
    '2026-11-21T25:00Z',
    '2026-11-21T24:01Z',
    'yesterday',
  ])('%s is refused rather than guessed', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1'])('%s is no day', (text) => {
  expect(epochDay(text)).toBeNull();
});
