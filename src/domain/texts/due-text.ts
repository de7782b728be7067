import type { DeadlineStart } from '../agreement/agreement.ts';
import { type Arithmetic, type Because, promisedIn } from '../calendar/arithmetic.ts';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { toLocal } from '../calendar/local-time.ts';
import { calendarOfPromise } from '../clocks/office-time.ts';
import { ruleOfClock } from '../clocks/rule-of-clock.ts';
import type { Clock } from '../people/person.ts';
import type { Locale, Policy } from '../policy.ts';
import type { Instant, LocalDate } from '../values/value.ts';
import { shortDay, shortTime } from './format-local.ts';
import { deadlineName, durationText, type InBoth, printable, stageName } from './words.ts';

/** A due instant, and how it came about. */
type DueFacts = { readonly startedAt: Instant; readonly dueAt: Instant; readonly arithmetic: Arithmetic };

type Promised = Pick<Clock, 'kind' | 'agreementVersion'>;

/** What a clock begins with. */
type Beginning = 'hand-off' | DeadlineStart;

/** Beside the instant: `に引き渡し` behind it in Japanese, `Handed off` before it in English. */
function begunText(begins: Beginning, locale: Locale): string {
  const isJapanese = locale === 'ja';
  if (begins === 'hand-off' || 'handedOff' in begins) return isJapanese ? 'に引き渡し' : 'Handed off';
  if ('deal' in begins) return isJapanese ? 'に取引を確認' : 'Deal seen';
  if ('criteriaMet' in begins)
    return isJapanese
      ? `に ${stageName(begins.criteriaMet, 'ja')} の条件を達成`
      : `Criteria of ${stageName(begins.criteriaMet, 'en')} met`;
  if ('entered' in begins)
    return isJapanese ? `に ${stageName(begins.entered, 'ja')} へ進む` : `Entered ${stageName(begins.entered, 'en')}`;
  return isJapanese ? `に${deadlineName(begins.met, 'ja')}を確認` : `Kept (${deadlineName(begins.met, 'en')})`;
}

/**
 * How a due instant was counted, in one sentence that a colleague can check against the calendar on the wall.
 *
 * Weekends are not mentioned, for everybody leaves them out; holidays and closures are, because they are what people forget. The year
 * is told where it is not the one in which the clock started. What was promised is read from the count itself (see `promisedIn`).
 *
 *     // => '11/20(金)15:00 に引き渡し → 3営業日 → 11/26(木)18:00。11/23(月)は勤労感謝の日'
 *     // => 'Handed off Fri 20 Nov, 15:00 → 3 business days → due Thu 26 Nov, 18:00. Closed: Mon 23 Nov (勤労感謝の日).'
 */
export function dueSentence(facts: DueFacts, begins: Beginning, calendar: BusinessCalendar, locale: Locale): string {
  const { startedAt, dueAt, arithmetic } = facts;
  const promised = promisedIn(arithmetic);
  const year = toLocal(startedAt, calendar).day.slice(0, 4);
  const [started, due] = [startedAt, dueAt].map((at) => shortTime(at, calendar, locale, year));
  const within = promised === null ? [] : [durationText(promised, locale)];
  const off = daysOffTexts(arithmetic, year, locale);
  if (locale === 'ja') {
    const steps = [`${started} ${begunText(begins, 'ja')}`, ...within.map((text) => text.replace(' ', '')), due];
    return `${steps.join(' → ')}${off.length === 0 ? '' : `。${off.join('、')}`}`;
  }
  const steps = [`${begunText(begins, 'en')} ${started}`, ...within, `due ${due}`];
  return `${steps.join(' → ')}.${off.length === 0 ? '' : ` Closed: ${off.join(', ')}.`}`;
}

/** What the count of a clock is told by: the agreement that it began under says with what. */
export type DuePolicy = Pick<Policy, 'agreement' | 'earlier' | 'owners' | 'calendar' | 'locale'>;

/** How the deadline of this clock was counted: the sentence on its Task, beside the due instant on the record, and in `explain`. */
export function dueText(clock: DueFacts & Promised, policy: DuePolicy): string {
  const rule = ruleOfClock(clock, policy);
  return dueSentence(clock, rule?.starts ?? 'hand-off', calendarOfPromise(rule, policy), policy.locale);
}

/** Whose wall the instants of this clock are told by. */
export function calendarOfClock(clock: Promised, policy: DuePolicy): BusinessCalendar {
  return calendarOfPromise(ruleOfClock(clock, policy), policy);
}

/** Holidays and closures that a count passed over: `11/23(月)は勤労感謝の日`; with its year where a day is of another one than `year`. */
export function daysOffTexts(arithmetic: Arithmetic, year: string, locale: Locale): readonly string[] {
  return daysOff(arithmetic).map((run) => RUN[locale](run, year));
}

/** Days in a row that are off for one reason. */
type Run = { readonly from: LocalDate; readonly to: LocalDate; readonly name: string };

const RUN: InBoth<(run: Run, year: string) => string> = {
  ja: (run, year) => `${spanText(run, year, 'ja')}は${printable(run.name)}`,
  en: (run, year) => `${spanText(run, year, 'en')} (${printable(run.name)})`,
};

function spanText({ from, to }: Run, year: string, locale: Locale): string {
  const [first, last] = [from, to].map((day) => shortDay(day, locale, year));
  if (from === to) return first ?? '';
  return locale === 'ja' ? `${first}〜${last}` : `${first} to ${last}`;
}

function daysOff(arithmetic: Arithmetic): readonly Run[] {
  const runs: Run[] = [];
  let before: Because | null = null;
  for (const { day, because } of arithmetic) {
    const run = runs.at(-1);
    if ('name' in because) {
      const goesOn = run !== undefined && before !== null && 'name' in before && before.name === because.name;
      if (goesOn) runs[runs.length - 1] = { ...run, to: day };
      else runs.push({ from: day, to: day, name: because.name });
    }
    before = because;
  }
  return runs;
}
