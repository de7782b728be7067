import Holidays from 'date-holidays';
import { expect, test } from 'vitest';
import { japaneseHolidays } from '../../../src/config/holidays.ts';

const YEARS = [2024, 2025, 2026, 2027, 2028, 2029, 2030];

test.each(YEARS)('the holidays of %i are those of a second, independent table', (year) => {
  const { days } = japaneseHolidays();
  const second = new Holidays('JP').getHolidays(year).filter(({ type }) => type === 'public');
  const ours = [...days.keys()].filter((day) => day.startsWith(`${year}-`)).toSorted();
  expect(ours).toEqual([...new Set(second.map(({ date }) => date.slice(0, 10)))].toSorted());
});

test.each([
  ['2024-02-12', '建国記念の日 振替休日'],
  ['2025-05-06', 'こどもの日 振替休日'],
  ['2026-05-06', 'こどもの日 振替休日'],
  ['2026-09-22', '国民の休日'],
  ['2027-03-22', '春分の日 振替休日'],
])('%s is called %s', (day, word) => {
  expect(japaneseHolidays().days.get(day)).toBe(word);
});

test('the table covers whole years, so its last day is a New Year’s Eve', () => {
  expect(japaneseHolidays()).toMatchObject({ from: '1970-01-01', to: '2050-12-31' });
});
