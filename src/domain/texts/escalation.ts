import type { Clock } from '../people/person.ts';
import { calendarOfClock, type DuePolicy } from './due-text.ts';
import { formatLocal } from './format-local.ts';
import { clipped, deadlineName } from './words.ts';

/** Salesforce holds 255 characters in our text field. */
const LINE_LENGTH = 255;

/** How far an obligation has climbed, for a column of a list view: `1 段目 / 初回接触 / 期限 11/27(金)18:00`. */
export function escalationText(
  clock: Pick<Clock, 'kind' | 'dueAt' | 'agreementVersion'>,
  level: number,
  policy: DuePolicy,
): string {
  const { locale } = policy;
  const due = formatLocal(clock.dueAt, calendarOfClock(clock, policy), locale);
  const what = deadlineName(clock.kind, locale);
  const text = locale === 'ja' ? `${level} 段目 / ${what} / 期限 ${due}` : `rung ${level} / ${what} / due ${due}`;
  return clipped(text, LINE_LENGTH);
}
