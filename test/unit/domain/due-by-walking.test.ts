import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readYaml } from '../../../src/config/files/yaml-file.ts';
import type { CalendarFile } from '../../../src/config/grammar/calendar-grammar.ts';
import { Complaints } from '../../../src/config/meaning/complain.ts';
import { toCalendar } from '../../../src/config/meaning/to-calendar.ts';
import { dueAt } from '../../../src/domain/calendar/due-at.ts';
import { dueByWalking, type WalkedOffice } from '../../support/due-by-walking.ts';
import { inTokyo } from './sample-calendars.ts';

const UNITS = ['business days', 'business hours', 'hours', 'days'] as const;
/** As far as each unit is walked: more would only be more minutes. */
const FURTHEST = { 'business days': 10, 'business hours': 45, hours: 100, days: 7 } as const;
const MINUTE = 60_000;
const FIRST = inTokyo('2026-01-01T00:00') / MINUTE;
const LAST = inTokyo('2029-01-01T00:00') / MINUTE;

type Closure = NonNullable<CalendarFile['calendar']['closed']>[number];
const NEW_YEAR: Closure = { from: '12-29', to: '01-03', name: '年末年始休業' };
const FRIDAY_TO_TUESDAY: Closure = { from: '2027-08-13', to: '2027-08-17', name: '夏季休業' };
const WEEKEND: Closure = { from: '2026-06-06', to: '2026-06-07', name: '棚卸し' };
const LEAP_DAY: Closure = { from: '02-29', to: '02-29', name: '創立記念日' };

/** Each office as an admin writes it, and as the walker knows it. */
const OFFICES = [
  office({ 'mon-fri': '09:00-18:00' }, [NEW_YEAR, FRIDAY_TO_TUESDAY, WEEKEND], { opens: 540, closes: 1080 }),
  office({ 'mon-sat': '10:30-19:45' }, [NEW_YEAR, LEAP_DAY], { opens: 630, closes: 1185 }),
  office({ 'tue-sat': '00:00-12:00' }, [WEEKEND], { opens: 0, closes: 720 }),
];

type Hours = Pick<WalkedOffice, 'opens' | 'closes'>;

function office(hours: CalendarFile['calendar']['hours'], closed: readonly Closure[], open: Hours) {
  const file = readYaml('calendar.yaml', 'calendar: {}');
  if ('faults' in file) throw new Error('the sample must be readable');
  const complaints = new Complaints(file);
  const written = { calendar: { zone: 'Asia/Tokyo', holidays: 'JP' as const, hours, closed: [...closed] } };
  const calendar = toCalendar(written, complaints);
  if (complaints.faults.length > 0) throw new Error(complaints.faults.map(({ message }) => message).join());
  const span = { 'mon-fri': [1, 2, 3, 4, 5], 'mon-sat': [1, 2, 3, 4, 5, 6], 'tue-sat': [2, 3, 4, 5, 6] };
  const weekdays = Object.keys(hours).flatMap((key) => span[key as keyof typeof span]);
  return { calendar, walked: { ...open, weekdays, closures: new Set(closed.flatMap(daysOf)) } };
}

function daysOf({ from, to }: Closure): readonly string[] {
  const isYearly = from.length === 5;
  const years = isYearly ? [2025, 2026, 2027, 2028] : [Number(from.slice(0, 4))];
  return years.flatMap((year) => {
    const first = new Date(isYearly ? `${year}-${from}` : from);
    const last = new Date(isYearly ? `${to < from ? year + 1 : year}-${to}` : to);
    if (isYearly && first.toISOString().slice(5, 10) !== from) return []; // no leap year
    const length = (last.getTime() - first.getTime()) / (1440 * MINUTE) + 1;
    return Array.from({ length }, (_, n) => new Date(first.getTime() + n * 1440 * MINUTE).toISOString().slice(0, 10));
  });
}

/** A generator of its own (Lehmer), so that the ten thousand are the same ones everywhere. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

function product(start: number, amount: number, unit: (typeof UNITS)[number], nth: number): number | null {
  const due = dueAt(start, { amount, unit }, OFFICES[nth]!.calendar);
  return 'beyond' in due ? null : due.dueAt;
}

test('law R12: ten thousand due instants are those of a walk, minute by minute, over the holidays of a second package', () => {
  const roll = dice(20_261_120);
  const wrong: unknown[] = [];
  for (let run = 0; run < 10_000; run += 1) {
    const start = (FIRST + roll(LAST - FIRST)) * MINUTE;
    const unit = UNITS[roll(UNITS.length)]!;
    const amount = 1 + roll(FURTHEST[unit]);
    const nth = roll(OFFICES.length);
    const walked = dueByWalking(start, amount, unit, OFFICES[nth]!.walked);
    const ours = product(start, amount, unit, nth);
    if (ours !== walked) wrong.push({ start: new Date(start), amount, unit, nth, ours, walked });
  }
  expect(wrong).toEqual([]);
}, 60_000);

test.each([
  ['the day before a leap day', '2028-02-28T10:00', 0],
  ['on a leap day', '2028-02-29T17:59', 0],
  ['the day before a leap day that is a closure', '2028-02-28T10:00', 1],
  ['before a closure over a week-end', '2027-08-12T18:00', 0],
  ['in the middle of one', '2027-08-15T10:00', 0],
  ['before a closure of a week-end that is none', '2026-06-05T12:00', 0],
  ['before New Year', '2027-12-28T23:59', 0],
  ['on New Year’s Day', '2027-01-01T00:00', 2],
])('%s, every unit comes to the same', (_, wall, nth) => {
  const start = inTokyo(wall);
  for (const unit of UNITS) {
    for (const amount of [1, 2, 7])
      expect([unit, amount, product(start, amount, unit, nth)]).toEqual([
        unit,
        amount,
        dueByWalking(start, amount, unit, OFFICES[nth]!.walked),
      ]);
  }
});

test('the walk is short enough to be checked by eye, and leans on nothing of ours', () => {
  const code = readFileSync(new URL('../../support/due-by-walking.ts', import.meta.url), 'utf8');
  const imported = [...code.matchAll(/^import .* from '(.*)';$/gmu)].map(([, from]) => from);
  expect(imported).toEqual(['date-holidays']);
  expect(code.trimEnd().split('\n').length).toBeLessThan(40);
});
