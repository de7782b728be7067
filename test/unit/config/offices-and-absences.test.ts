import { describe, expect, test } from 'vitest';
import { type Edit, edited, faultsOf } from './written.ts';

const HOURS = '  hours: { mon-fri: "09:00-18:00" }\n';
const OSAKA = '  offices:\n    osaka: { hours: { mon-sat: "10:00-17:00" } }\n';

/** The company's calendar with these lines below it. */
const calendar = (text: string): Edit => ['calendar.yaml', HOURS, `${HOURS}${text}`];
/** The holidays of the company are these instead of Japan's. */
const holidays = (text: string): Edit => ['calendar.yaml', /^ {2}holidays: JP.*\n/mu, text];
const team = (text: string): Edit => ['owners.yaml', '    queue: IS_Queue\n', `    queue: IS_Queue\n${text}`];
const absences = (...lines: readonly string[]): Edit => [
  'owners.yaml',
  'teams:\n',
  `absences:\n${lines.map((line) => `  - { ${line} }\n`).join('')}teams:\n`,
];

const officeOf = (...edits: readonly Edit[]) => edited(...edits).policy.owners.teams['inside-sales']?.calendar;

describe('an office', () => {
  test('is as the whole company in whatever it does not say, and its closures come on top', () => {
    const osaka = '  offices:\n    osaka: { closed: [{ from: 07-24, to: 07-25, name: 天神祭 }] }\n';
    const { calendar: company } = edited().policy;
    const office = officeOf(calendar(osaka), team('    office: osaka\n'));
    expect(office).toMatchObject({ zone: company.zone, week: company.week, covers: company.covers });
    expect([
      office?.holidays.get('2026-11-23'),
      office?.closures.get('2027-08-12'),
      office?.closures.get('2027-07-24'),
    ]).toEqual(['勤労感謝の日', '夏季休業', '天神祭']);
    expect(company.closures.has('2027-07-24')).toBe(false);
  });

  test('has its own hours, zone and holidays where it says so', () => {
    const singapore = `  offices:
    singapore:
      zone: Asia/Singapore
      hours: { mon-fri: "08:30-17:30" }
      holidays: own
      own-holidays: { from: 2026-01-01, to: 2027-12-31, days: { 2026-11-09: Deepavali } }
`;
    const office = officeOf(calendar(singapore), team('    office: singapore\n'));
    expect(office).toMatchObject({ zone: 'Asia/Singapore', covers: { from: '2026-01-01', to: '2027-12-31' } });
    expect(office?.week[1]).toEqual({ opens: 510, closes: 1050 });
    expect([...(office?.holidays ?? [])]).toEqual([['2026-11-09', 'Deepavali']]);
    expect(office?.closures.has('2026-12-31')).toBe(true);
  });

  test.each([
    [
      'that does not exist',
      [calendar(OSAKA), team('    office: oosaka\n')],
      /owners\.yaml:\d+:\d+: calendar\.yaml has no office "oosaka". Did you mean `osaka`\? Offices: osaka\./u,
    ],
    ['where there are none', [team('    office: osaka\n')], /has no office "osaka"\. Offices: none\./u],
    [
      'called like a part of every object',
      [calendar(OSAKA), team('    office: constructor\n')],
      /has no office "constructor"/u,
    ],
    [
      'with hours backwards',
      [calendar('  offices:\n    osaka: { hours: { mon-fri: "18:00-09:00" } }\n')],
      /calendar\.yaml:\d+:\d+: "18:00-09:00" is no span of office hours/u,
    ],
    [
      'with a closure backwards',
      [calendar('  offices:\n    osaka: { closed: [{ from: 2027-07-25, to: 2027-07-24, name: 天神祭 }] }\n')],
      /calendar\.yaml:\d+:\d+: "2027-07-25" to "2027-07-24" is no span of days/u,
    ],
    [
      'with what no calendar has',
      [calendar('  offices:\n    osaka: { opens: 9 }\n')],
      /calendar\.yaml:\d+:\d+: "opens" is not known here\./u,
    ],
  ] as const)('%s is a fault with its place', (_, edits, says) => {
    expect(faultsOf(...edits).join('\n')).toMatch(says);
  });
});

describe('a table of holidays of one’s own', () => {
  const own = (table: string) => holidays(`  holidays: own\n  own-holidays: ${table}\n`);

  test('covers the days that it says, and no deadline is computed beyond', () => {
    const { policy } = edited(own("{ from: 2027-01-01, to: 2027-12-31, days: { 2027-01-01: New Year's Day } }"));
    expect(policy.calendar.covers).toEqual({ from: '2027-01-01', to: '2027-12-31' });
    expect([...policy.calendar.holidays]).toEqual([['2027-01-01', "New Year's Day"]]);
  });

  test.each([
    ['is missing', holidays('  holidays: own\n'), /calendar\.yaml:\d+:\d+: holidays: own needs the table/u],
    [
      'stands beside Japan’s',
      holidays('  holidays: JP\n  own-holidays: { from: 2027-01-01, to: 2027-12-31, days: {} }\n'),
      /holidays: JP takes no table of its own/u,
    ],
    [
      'ends before it begins',
      own('{ from: 2027-12-31, to: 2027-01-01, days: {} }'),
      /"2027-01-01" lies before "2027-12-31"/u,
    ],
    [
      'names a day outside',
      own('{ from: 2027-01-01, to: 2027-12-31, days: { 2028-01-01: x } }'),
      /"2028-01-01" lies outside/u,
    ],
    [
      'names a leap day of another year',
      own('{ from: 2027-01-01, to: 2027-12-31, days: { 2027-02-29: x } }'),
      /"2027-02-29" is no date/u,
    ],
    ['ends on no day', own('{ from: 2027-01-01, to: 2027-02-29, days: {} }'), /"to" must be a date that exists/u],
  ] as const)('that %s is a fault with its place', (_, edit, says) => {
    expect(faultsOf(edit).join('\n')).toMatch(says);
  });
});

describe('a yearly closure', () => {
  const closed = (from: string, to: string) =>
    edited(['calendar.yaml', 'from: 12-29, to: 01-03', `from: ${from}, to: ${to}`]).policy.calendar.closures;

  test('of a leap day is one in leap years only', () => {
    const days = closed('02-29', '02-29');
    expect(['2027-02-28', '2027-03-01', '2028-02-29'].map((day) => days.has(day))).toEqual([false, false, true]);
  });

  test('that ends or begins on a leap day keeps its other days in every year', () => {
    expect(
      ['2027-02-27', '2027-02-28', '2027-03-01', '2028-02-29'].map((day) => closed('02-27', '02-29').has(day)),
    ).toEqual([true, true, false, true]);
    expect(['2027-02-28', '2027-03-01', '2028-02-29'].map((day) => closed('02-29', '03-02').has(day))).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('absences', () => {
  const TARO = 'who: Taro.Suzuki@example.co.jp, from: 2026-11-24, to: 2026-11-30, deputy: aya.ito@example.co.jp';

  test('say who is away when, and who stands in', () => {
    expect(edited(absences(TARO)).policy.owners.absences).toEqual([
      { who: 'taro.suzuki@example.co.jp', from: '2026-11-24', to: '2026-11-30', deputy: 'aya.ito@example.co.jp' },
    ]);
    expect(edited().policy.owners.absences).toEqual([]);
  });

  test('a deputy may be away at another time', () => {
    const later = 'who: aya.ito@example.co.jp, from: 2026-12-01, to: 2026-12-02, deputy: taro.suzuki@example.co.jp';
    expect(faultsOf(absences(TARO, later))).toEqual([]);
  });

  test.each([
    [
      'a deputy who is away too',
      [TARO, 'who: aya.ito@example.co.jp, from: 2026-11-30, to: 2026-12-02, deputy: mio.tanaka@example.co.jp'],
      /owners\.yaml:\d+:\d+: aya\.ito@example\.co\.jp is away too, from 2026-11-30 to 2026-12-02/u,
    ],
    [
      'a deputy for oneself',
      ['who: aya.ito@example.co.jp, from: 2026-11-30, to: 2026-12-02, deputy: AYA.ITO@example.co.jp'],
      /owners\.yaml:\d+:\d+: aya\.ito@example\.co\.jp cannot stand in for themself/u,
    ],
    [
      'one that ends before it begins',
      ['who: aya.ito@example.co.jp, from: 2026-11-30, to: 2026-11-29, deputy: mio.tanaka@example.co.jp'],
      /owners\.yaml:\d+:\d+: This absence ends \("2026-11-29"\) before it begins/u,
    ],
    [
      'two on one day',
      [TARO, 'who: taro.suzuki@example.co.jp, from: 2026-11-30, to: 2026-12-02, deputy: mio.tanaka@example.co.jp'],
      /owners\.yaml:\d+:\d+: taro\.suzuki@example\.co\.jp is away already from 2026-11-24 to 2026-11-30/u,
    ],
    [
      'one that begins on a day no year has',
      ['who: aya.ito@example.co.jp, from: 2027-02-29, to: 2027-03-02, deputy: mio.tanaka@example.co.jp'],
      /owners\.yaml:\d+:\d+: "from" must be a date that exists/u,
    ],
    ['one without a deputy', ['who: aya.ito@example.co.jp, from: 2026-11-30, to: 2026-12-02'], /"deputy" is missing/u],
  ] as const)('%s is a fault with its place', (_, lines, says) => {
    expect(faultsOf(absences(...lines)).join('\n')).toMatch(says);
  });
});
