import type { Agreement, DeadlineRule, Rung } from '../agreement/agreement.ts';
import { isOwedBeforeHandOff } from '../agreement/deadline.ts';
import type { Locale } from '../policy.ts';
import { roleTitle } from './agreement-names.ts';
import { durationText, type InBoth, printable } from './words.ts';

/** What is said before a deadline, and what happens once it has lapsed, a line each: `所有者に ToDo を 1 件`, `1 営業日後: 上長にエスカレーション`. */
export function lapseWords(rule: DeadlineRule, locale: Locale): readonly string[] {
  const { remind, grace, lapse, otherwise } = rule;
  const t = TEXTS[locale];
  return [
    ...(remind === undefined ? [] : [t.remind(durationText(remind, locale))]),
    ...(grace === undefined ? [] : [t.grace(durationText(grace, locale))]),
    otherwise === undefined ? taskWords(rule, locale) : SILENCE[otherwise][locale],
    ...(lapse.escalate ?? []).map((rung) => t.rung(durationText(rung.after, locale), addresseeWord(rung, locale))),
    ...(lapse.tickedOff === 'ask' ? [t.tickedOff] : []),
  ];
}

function taskWords(rule: DeadlineRule, locale: Locale): string {
  return isOwedBeforeHandOff(rule) ? LATE_HAND_OVER[locale] : TASKS[rule.lapse.task][locale];
}

/** The cap of Tasks, in one sentence; nothing where there is none. */
export function capWords({ tasksPerDay }: Pick<Agreement, 'tasksPerDay'>, locale: Locale): readonly string[] {
  return tasksPerDay === undefined ? [] : [TEXTS[locale].cap(tasksPerDay)];
}

/** `manager`, `deputy`, a role or an address, as people say it. */
export function addresseeWord({ to }: Pick<Rung, 'to'>, locale: Locale): string {
  return ADDRESSEES[to]?.[locale] ?? printable(to);
}

/** As the whole document calls them. */
function titled(role: string): InBoth {
  return { ja: roleTitle(role, 'ja'), en: `the ${roleTitle(role, 'en')}` };
}

const ADDRESSEES: Readonly<Record<string, InBoth>> = {
  manager: { ja: '上長', en: 'the manager' },
  deputy: { ja: '代理', en: 'the deputy' },
  'sales-head': titled('sales-head'),
  'marketing-head': titled('marketing-head'),
};

const TASKS: Readonly<Record<DeadlineRule['lapse']['task'], InBoth>> = {
  urgent: { ja: '所有者に優先度「高」の ToDo を 1 件', en: 'one Task of high priority for the owner' },
  normal: { ja: '所有者に ToDo を 1 件', en: 'one Task for the owner' },
  none: { ja: 'なし', en: 'nothing' },
};

/** What it means that nobody has answered. */
export const SILENCE: Readonly<Record<NonNullable<DeadlineRule['otherwise']>, InBoth>> = {
  accepted: { ja: '返答がなければ、受け入れたものとみなす', en: 'silence counts as accepted' },
};

const LATE_HAND_OVER: InBoth = {
  ja: '要確認に出し、担当者にタスクを 1 件(Salesforce のライセンスがあれば ToDo)',
  en: 'a finding, and one task for whoever owes it',
};

type Words = Readonly<Record<'remind' | 'grace', (duration: string) => string>> & {
  readonly rung: (after: string, to: string) => string;
  readonly tickedOff: string;
  readonly cap: (atMost: number) => string;
};
const TEXTS: InBoth<Words> = {
  ja: {
    remind: (duration) => `期限の ${duration}前に予告(メッセージ)`,
    grace: (duration) => `記録の入力を待つ猶予 ${duration}`,
    rung: (after, to) => `超過から ${after}後: ${to}へエスカレーション(ToDo は同じ 1 件)`,
    tickedOff: '記録がないまま ToDo が完了にされたら、要確認として尋ねる',
    cap: (atMost) =>
      `1 人に 1 日に作る期限超過の ToDo は ${atMost} 件までとします。超えた分は、期限の古い順に次の営業日以降に作ります。`,
  },
  en: {
    remind: (duration) => `a reminder by message, ${duration} before`,
    grace: (duration) => `${duration} of grace for the record to come in`,
    rung: (after, to) => `${after} after the lapse: escalated to ${to} (the same Task)`,
    tickedOff: 'a Task that is ticked off with nothing on record is asked about',
    cap: (atMost) =>
      `One person is given at most ${atMost} Tasks for lapsed deadlines in a day. The others follow on the next working days, those that fell due first going first.`,
  },
};
