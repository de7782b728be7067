import { join } from 'node:path';
import { loadCalendar } from '../config/load-calendar.ts';
import { durationFrom } from '../config/meaning/to-duration.ts';
import type { Duration } from '../domain/agreement/agreement.ts';
import type { BusinessCalendar } from '../domain/calendar/business-calendar.ts';
import { endOf } from '../domain/calendar/covered.ts';
import { dueAt } from '../domain/calendar/due-at.ts';
import { isoInOffice } from '../domain/calendar/local-time.ts';
import type { Locale } from '../domain/policy.ts';
import { dueSentence } from '../domain/texts/due-text.ts';
import { findingText } from '../domain/texts/findings.ts';
import { parseInstant } from '../domain/values/instant.ts';
import type { Instant } from '../domain/values/value.ts';
import { type ConfigFault, ConfigInvalid } from '../errors/errors.ts';
import type { Flags, Verb } from './verb.ts';

/** What somebody wants counted. */
type Asked = { readonly start: Instant; readonly within: Duration };

export const dueVerb: Verb = {
  name: 'due',
  summary: 'Count a deadline by the calendar, and tell how it was counted. Reads the calendar file, and nothing else.',
  examples: [
    "tasuki due --start 2026-11-20T15:00+09:00 --within '3 business days'",
    "tasuki due --start 2026-12-28T10:00+09:00 --within '24 business hours' --calendar ./next-year.yaml --json",
  ],
  options: [
    { flags: '--start <instant>', help: 'the hand-off, with its time zone: 2026-11-20T15:00+09:00' },
    { flags: '--within <duration>', help: "'3 business days', '24 business hours', '24 hours' or '90 days'" },
    { flags: '--office <name>', help: 'by the calendar of this office (offices: in the calendar file)' },
    { flags: '--calendar <file>', help: 'another calendar file than calendar.yaml of the mappings' },
  ],

  async run({ terminal, options }, { flags }) {
    const { locale } = terminal;
    const { start, within } = askedIn(flags, locale);
    const file = flags['calendar'];
    const path = typeof file === 'string' ? file : join(options.mappings, 'calendar.yaml');
    const calendar = calendarIn(path, flags['office'], locale);
    const counted = dueAt(start, within, calendar);
    if ('beyond' in counted) {
      const finding = endOf(calendar);
      terminal.say(`${finding.code}: ${findingText(finding, locale)}`);
      return 1;
    }
    const { dueAt: due, arithmetic } = counted;
    const text = dueSentence({ startedAt: start, dueAt: due, arithmetic }, 'hand-off', calendar, locale);
    terminal.result({ due: isoInOffice(due, calendar), arithmetic, text }, text);
    return 0;
  },
};

/** Throws `ConfigInvalid` with everything that is wrong with the question. */
function askedIn(flags: Flags, locale: Locale): Asked {
  const t = FAULTS[locale];
  const [start, within] = ['start', 'within'].map((name) => (typeof flags[name] === 'string' ? flags[name] : ''));
  const at = parseInstant(start ?? '');
  const duration = durationFrom(within ?? '');
  if (at !== null && duration !== null) return { start: at, within: duration };
  const faults: readonly (ConfigFault | null)[] = [
    at === null ? { at: '--start', message: start === '' ? t.noStart : t.start(start ?? '') } : null,
    duration === null ? { at: '--within', message: within === '' ? t.noWithin : t.within(within ?? '') } : null,
  ];
  throw new ConfigInvalid(faults.filter((fault) => fault !== null));
}

/** Of the whole company, or of the office that was named. Throws `ConfigInvalid`. */
function calendarIn(path: string, office: unknown, locale: Locale): BusinessCalendar {
  const { company, offices } = loadCalendar(path);
  if (typeof office !== 'string') return company;
  const calendar = Object.hasOwn(offices, office) ? offices[office] : undefined;
  if (calendar !== undefined) return calendar;
  throw new ConfigInvalid([{ at: '--office', message: FAULTS[locale].office(office, Object.keys(offices)) }]);
}

type Faults = Readonly<Record<'noStart' | 'noWithin', string>> &
  Readonly<Record<'office', (typed: string, known: readonly string[]) => string>> &
  Readonly<Record<'start' | 'within', (typed: string) => string>>;

const FAULTS: Readonly<Record<Locale, Faults>> = {
  ja: {
    noStart: '引き渡しの日時を、時差をつけて書いてください: --start 2026-11-20T15:00+09:00',
    start: (typed) =>
      `「${typed}」は日時として読めません。実在する日時を、時差(+09:00 または Z)をつけて書いてください: 2026-11-20T15:00+09:00`,
    office: (typed, known) => `拠点「${typed}」は暦にありません。拠点: ${known.join('、') || 'なし'}`,
    noWithin: "期間を書いてください: --within '3 business days'",
    within: (typed) =>
      `「${typed}」は期間として読めません。3 business days(営業日)、24 business hours(営業時間)、24 hours(時間)、90 days(暦日)のように書いてください。`,
  },
  en: {
    noStart: 'is missing. Write when the hand-off was, with its time zone: --start 2026-11-20T15:00+09:00',
    start: (typed) =>
      `"${typed}" is no instant. Write one that exists, with its time zone (+09:00, or Z): 2026-11-20T15:00+09:00`,
    office: (typed, known) => `The calendar has no office "${typed}". Offices: ${known.join(', ') || 'none'}.`,
    noWithin: "is missing. Write how long: --within '3 business days'",
    within: (typed) =>
      `"${typed}" is no duration. Write one such as 3 business days, 24 business hours, 24 hours, 90 days.`,
  },
};
