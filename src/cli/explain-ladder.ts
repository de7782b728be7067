import type { Clock, LadderRung } from '../domain/people/person.ts';
import { addresseeWord } from '../domain/texts/agreement-lapses.ts';
import { calendarOfClock, type DuePolicy } from '../domain/texts/due-text.ts';
import { formatLocal } from '../domain/texts/format-local.ts';
import { TASK_STATE } from '../domain/texts/states.ts';
import { type InBoth, objectName, printable } from '../domain/texts/words.ts';

/** What else there is to tell of a deadline: its reminder, its grace, whose turn it waits for, and whom it has been told to. */
export function ladderLines(clock: Clock, voice: DuePolicy): readonly string[] {
  const { remindAt, remindedAt, graceUntil, ladder = [], task } = clock;
  const { locale } = voice;
  const t = TEXTS[locale];
  const calendar = calendarOfClock(clock, voice);
  const at = (instant: number) => formatLocal(instant, calendar, locale);
  return [
    ...(remindedAt === undefined ? [] : [t.reminded(at(remindedAt))]),
    ...(remindAt === undefined || remindedAt !== undefined || clock.state !== 'running'
      ? []
      : [t.remind(at(remindAt))]),
    ...(graceUntil === undefined || clock.state !== 'running' ? [] : [t.grace(at(graceUntil))]),
    ...(task?.state === 'queued' ? [`${objectName('Task', locale)}: ${TASK_STATE.queued[locale]}`] : []),
    ...ladder
      .filter((rung) => rung.at !== undefined || clock.state === 'lapsed')
      .map((rung, nth) => rungLine(rung, nth + 1, at, locale)),
  ];
}

function rungLine(rung: LadderRung, nth: number, at: (instant: number) => string, locale: DuePolicy['locale']): string {
  const t = TEXTS[locale];
  const to = addresseeWord(rung, locale);
  if (rung.at === undefined) return t.ahead(nth, to, at(rung.dueAt));
  return t.climbed(nth, to, rung.told == null ? t.nobody : printable(rung.told), at(rung.at));
}

type Words = Readonly<Record<'remind' | 'reminded' | 'grace', (at: string) => string>> & {
  readonly ahead: (nth: number, to: string, at: string) => string;
  readonly climbed: (nth: number, to: string, told: string, at: string) => string;
  readonly nobody: string;
};
const TEXTS: InBoth<Words> = {
  ja: {
    remind: (at) => `予告: ${at} に送る予定`,
    reminded: (at) => `予告: ${at}`,
    grace: (at) => `猶予: ${at} まで`,
    ahead: (nth, to, at) => `エスカレーション ${nth} 段目(${to}): ${at} まで待つ`,
    climbed: (nth, to, told, at) => `エスカレーション ${nth} 段目(${to}): ${at} に ${told}`,
    nobody: '相手なし',
  },
  en: {
    remind: (at) => `reminder: to be sent ${at}`,
    reminded: (at) => `reminder: ${at}`,
    grace: (at) => `grace: until ${at}`,
    ahead: (nth, to, at) => `rung ${nth} (${to}): not before ${at}`,
    climbed: (nth, to, told, at) => `rung ${nth} (${to}): ${told}, ${at}`,
    nobody: 'nobody',
  },
};
