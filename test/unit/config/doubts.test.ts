import { describe, expect, test } from 'vitest';
import { doubtOf } from '../../../src/domain/texts/doubts.ts';
import { CALENDAR } from '../../support/people.ts';
import { defaults, type Edit, edited } from './written.ts';

const NINE_TO_SIX = CALENDAR;
const UNTIL_FIVE_THIRTY = {
  ...CALENDAR,
  week: CALENDAR.week.map((hours) => (hours === null ? null : { opens: 600, closes: 1050 })),
};

describe('business hours as long as a day in the office', () => {
  test.each([
    [
      24,
      NINE_TO_SIX,
      '24 business hours are 2 days and 6 hours of a 9-hour office; did you mean 1 business day, or 24 hours?',
    ],
    [9, NINE_TO_SIX, '9 business hours are 1 day of a 9-hour office; did you mean 1 business day, or 9 hours?'],
    [
      48,
      NINE_TO_SIX,
      '48 business hours are 5 days and 3 hours of a 9-hour office; did you mean 2 business days, or 48 hours?',
    ],
    [
      8,
      UNTIL_FIVE_THIRTY,
      '8 business hours are 1 day and 30 minutes of a 7 h 30 min office; did you mean 1 business day, or 8 hours?',
    ],
  ])('%i are asked about', (amount, calendar, en) => {
    expect(doubtOf({ amount, unit: 'business hours' }, calendar)?.en).toBe(en);
  });

  test('are asked about in Japanese', () => {
    expect(doubtOf({ amount: 24, unit: 'business hours' }, NINE_TO_SIX)?.ja).toBe(
      '24 営業時間は、1 日 9 時間の営業では 2 日と 6 時間にあたります。1 営業日、または 24 時間のことではありませんか。',
    );
  });

  test.each([
    [8, 'business hours'],
    [24, 'hours'],
    [3, 'business days'],
    [90, 'days'],
  ] as const)('%i %s are not', (amount, unit) => {
    expect(doubtOf({ amount, unit }, NINE_TO_SIX)).toBeNull();
  });
});

describe('the doubts about the mappings', () => {
  const within = (text: string): Edit => ['agreement.yaml', 'within: 3 business days', `within: ${text}`];

  test('there are none in those that come with the product', () => {
    expect(defaults().policy.doubts).toBeUndefined();
  });

  test('name the line, and hold nothing up', () => {
    const { policy } = edited(within('24 business hours'));
    expect(policy.agreement.deadlines[0]?.within).toEqual({ amount: 24, unit: 'business hours' });
    expect(policy.doubts).toEqual([
      {
        at: expect.stringMatching(/^mappings\/agreement\.yaml:\d+:\d+$/u),
        message: {
          ja: expect.stringContaining('24 営業時間'),
          en: expect.stringContaining('24 business hours are 2 days'),
        },
      },
    ]);
  });

  test('go by the office of the team that receives', () => {
    const hours = '  hours: { mon-fri: "09:00-18:00" }\n';
    const short: Edit = [
      'calendar.yaml',
      hours,
      `${hours}  offices: { osaka: { hours: { mon-fri: "10:00-16:00" } } }\n`,
    ];
    const team: Edit = ['owners.yaml', '    queue: IS_Queue\n', '    queue: IS_Queue\n    office: osaka\n'];
    expect(edited(within('8 business hours'), short).policy.doubts).toBeUndefined();
    expect(edited(within('8 business hours'), short, team).policy.doubts).toHaveLength(1);
  });

  test('are there about an agreement that nobody can sign', () => {
    const head: Edit = ['agreement.yaml', '  sales-head: ken.takahashi@example.co.jp\n', ''];
    expect(edited(head).policy.doubts).toEqual([
      {
        at: expect.stringMatching(/^mappings\/agreement\.yaml:\d+:\d+$/u),
        message: {
          ja: expect.stringContaining('sales-head がないため'),
          en: expect.stringContaining('names no sales-head, so that this agreement cannot be signed'),
        },
      },
    ]);
  });
});
