import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dueVerb } from '../../../src/cli/due.ts';
import type { VerbContext } from '../../../src/cli/verb.ts';
import { readOptions } from '../../../src/config/options.ts';
import { ConfigInvalid } from '../../../src/errors/errors.ts';

const FRIDAY = { start: '2026-11-20T15:00+09:00', within: '3 business days' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasuki-due-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content: string): string {
  const path = join(folder, 'calendar.yaml');
  writeFileSync(path, content);
  return path;
}

function never(): never {
  throw new Error('this verb opens nothing');
}

async function due(flags: Readonly<Record<string, unknown>>, locale: 'ja' | 'en' = 'ja') {
  const seen = { said: '', text: '', value: null as unknown };
  const context: VerbContext = {
    options: readOptions({}, {}),
    terminal: {
      json: false,
      locale,
      say: (line) => void (seen.said += line),
      asks: never,
      result: (value, text) => void Object.assign(seen, { value, text }),
    },
    open: never,
    openLedger: never,
    stopAsked: never,
  };
  const exit = await dueVerb.run(context, { flags });
  return { exit, ...seen };
}

async function faultsOf(flags: Readonly<Record<string, unknown>>, locale: 'ja' | 'en' = 'en') {
  const error: unknown = await due(flags, locale).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigInvalid)) throw new Error('it should have been refused', { cause: error });
  return error.faults;
}

describe('tasuki due', () => {
  test.each([
    ['ja', '11/20(金)15:00 に引き渡し → 3営業日 → 11/26(木)18:00。11/23(月)は勤労感謝の日'],
    [
      'en',
      'Handed off Fri 20 Nov, 15:00 → 3 business days → due Thu 26 Nov, 18:00. Closed: Mon 23 Nov (勤労感謝の日).',
    ],
  ] as const)('tells in one sentence when a deadline falls due, and why (%s)', async (locale, text) => {
    expect(await due(FRIDAY, locale)).toMatchObject({ exit: 0, text });
  });

  test('gives a program the instant, and the count day by day', async () => {
    const { value } = await due(FRIDAY);
    expect(value).toMatchObject({ due: '2026-11-26T18:00:00+09:00', arithmetic: { length: 7 } });
  });

  test.each([
    ['2026-11-20T16:00+09:00', '4 business hours', '2026-11-24T11:00:00+09:00'],
    ['2026-11-20T07:00Z', '1 business day', '2026-11-24T18:00:00+09:00'],
    ['2026-11-20T23:00+09:00', '24 hours', '2026-11-21T23:00:00+09:00'],
    ['2026-11-20T15:00:00.500+09:00', '90 days', '2027-02-18T15:00:00.500+09:00'],
  ])('from %s, within %s, it is due at %s', async (start, within, at) => {
    expect((await due({ start, within })).value).toMatchObject({ due: at });
  });

  test('counts by another calendar where one is named', async () => {
    const calendar = written(
      'calendar:\n  zone: America/New_York\n  holidays: none\n  hours: { mon-fri: "10:00-16:30" }\n',
    );
    const { value } = await due({ ...FRIDAY, calendar });
    expect(value).toMatchObject({ due: '2026-11-25T16:30:00-05:00' });
  });

  test.each([
    [{ ...FRIDAY, start: '2026-11-20T15:00' }, '--start', '"2026-11-20T15:00" is no instant'],
    [{ ...FRIDAY, start: '2026-02-29T15:00+09:00' }, '--start', '"2026-02-29T15:00+09:00" is no instant'],
    [{ within: '1 business day' }, '--start', 'is missing'],
    [{ ...FRIDAY, within: '3 weeks' }, '--within', '"3 weeks" is no duration'],
    [{ ...FRIDAY, within: '0 hours' }, '--within', '"0 hours" is no duration'],
    [{ start: FRIDAY.start }, '--within', 'is missing'],
    [{ ...FRIDAY, calendar: '/nowhere/calendar.yaml' }, '/nowhere/calendar.yaml', 'cannot be read'],
  ])('refuses %j', async (flags, at, says) => {
    expect(await faultsOf(flags)).toEqual([{ at, message: expect.stringContaining(says) }]);
  });

  test('tells everything that is wrong with the question at once, in Japanese too', async () => {
    const faults = await faultsOf({ start: 'tomorrow', within: 'soon' }, 'ja');
    expect(faults.map(({ at, message }) => `${at}: ${message}`)).toEqual([
      expect.stringContaining('--start: 「tomorrow」は日時として読めません'),
      expect.stringContaining('--within: 「soon」は期間として読めません'),
    ]);
  });

  test.each([
    ['not YAML', 'calendar:\n\tzone: Asia/Tokyo\n', ':2:1'],
    ['not a calendar', 'calendar:\n  zone: Asia/Tokio\n  holidays: JP\n  hours: { mon-fri: "09:00-18:00" }\n', ':2:9'],
    ['senseless', 'calendar:\n  zone: Asia/Tokyo\n  holidays: JP\n  hours: { mon-fri: "18:00-09:00" }\n', ':4:21'],
  ])('a calendar file that is %s is refused with file, line and column', async (_, content, place) => {
    const calendar = written(content);
    expect((await faultsOf({ ...FRIDAY, calendar }))[0]).toMatchObject({ at: `${calendar}${place}` });
  });

  test.each([
    ['2050-12-28T15:00+09:00', 'ja', 'CALENDAR_ENDS: 祝日の表は 1970-01-01 から 2050-12-31 までです'],
    ['2050-12-28T15:00+09:00', 'en', 'CALENDAR_ENDS: Public holidays are known from 1970-01-01 to 2050-12-31'],
    ['1969-06-02T15:00+09:00', 'en', 'CALENDAR_ENDS: '],
  ] as const)('beyond the table of holidays (%s) nothing is guessed (%s)', async (start, locale, says) => {
    const { exit, said, value } = await due({ ...FRIDAY, start }, locale);
    expect({ exit, value }).toEqual({ exit: 1, value: null });
    expect(said).toContain(says);
  });
});
