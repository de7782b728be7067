import type { DeadlineRule } from '../agreement/agreement.ts';
import { promisedIn } from '../calendar/arithmetic.ts';
import { ruleOfClock } from '../clocks/rule-of-clock.ts';
import type { Clock } from '../people/person.ts';
import type { Sighting } from '../people/record.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { endTexts } from './deadline-end.ts';
import { calendarOfClock, type DuePolicy, dueText } from './due-text.ts';
import { formatLocal } from './format-local.ts';
import { CONVERT_TASK } from './task-convert.ts';
import { OWED_TASK } from './task-owed.ts';
import { clipped, deadlineName, durationText, type InBoth } from './words.ts';

/** Salesforce holds 255 characters in Task.Subject and in our text field for the reason. */
const LINE_LENGTH = 255;

type ClockFacts = Pick<Clock, 'kind' | 'startedAt' | 'dueAt' | 'arithmetic' | 'agreementVersion'>;

export type TaskFacts = {
  readonly clock: ClockFacts;
  /** The Lead or Contact: its name and company are read from it. */
  readonly record: Pick<Sighting, 'record' | 'values'>;
  /** Who is held to it, by name. */
  readonly owner: string | null;
  /** How many rungs the obligation has climbed. */
  readonly level?: number;
  /** What stands on the record since the hand-off. */
  readonly brief?: string;
  /** In the language of whoever gets it. */
  readonly policy: DuePolicy;
};

export type TaskText = { readonly subject: string; readonly description: string };

/**
 * The Task that a rep finds in the list when a deadline has lapsed: who, since when, due when and by which count, what to do, and
 * that it closes by itself. It accuses nobody; it can be recounted.
 */
export function taskText(facts: TaskFacts): TaskText {
  const { locale } = facts.policy;
  const rule = ruleOfClock(facts.clock, facts.policy);
  const { subject, description } = textFor(rule)[locale](wordsOf(facts, rule));
  const told = `${escalatedPrefix(facts.level ?? 0, locale)}${subject}`;
  return {
    subject: clipped(told, LINE_LENGTH),
    description: [...description, ...quotedBrief(facts.brief ?? '', locale)].join('\n'),
  };
}

/** A brief that somebody has made a novel of is cut; it stands on the record in full. */
const BRIEF_LENGTH = 4000;

/** What the rep was told at the hand-off, so that the Task can be worked on without looking elsewhere. */
function quotedBrief(brief: string, locale: Locale): readonly string[] {
  if (brief.trim() === '') return [];
  const heading = locale === 'ja' ? '─── 引き渡し時のメモ ───' : '─── From the hand-off ───';
  return ['', heading, clipped(brief.trim(), BRIEF_LENGTH)];
}

/** In front of the subject, so that a list of Tasks shows at a glance which of them somebody above has been told of. */
function escalatedPrefix(level: number, locale: Locale): string {
  if (level === 0) return '';
  if (locale === 'ja') return level === 1 ? '【エスカレーション】' : `【エスカレーション ${level} 段目】`;
  return level === 1 ? 'Escalated: ' : `Escalated (rung ${level}): `;
}

/** A promise that no agreement has any more was a first contact, as far as anybody can tell. */
function textFor(rule: DeadlineRule | undefined): TaskTemplate {
  if (rule === undefined || ('handedOff' in rule.starts && 'contact' in rule.ends)) return TASK;
  return 'deal' in rule.starts && 'converted' in rule.ends ? CONVERT_TASK : OWED_TASK;
}

/** The line beside the next due instant on the record: what is owed and how it was counted, in 255 characters. */
export function dueReasonText(clock: ClockFacts, policy: DuePolicy): string {
  return clipped(`${deadlineName(clock.kind, policy.locale)}: ${dueText(clock, policy)}`, LINE_LENGTH);
}

/** A Task as it is told, its description line by line. */
export type TaskTemplate = InBoth<
  (words: TaskWords) => { readonly subject: string; readonly description: readonly string[] }
>;

/** What the Tasks are told. */
type TaskWords = {
  readonly who: string;
  readonly what: string;
  readonly record: string;
  readonly owner: string;
  readonly started: string;
  readonly due: string;
  readonly within: string;
  readonly count: string;
  /** What would end it, each in words. */
  readonly ends: readonly string[];
  readonly agreement: string;
};

const RECORDS: Readonly<Record<string, InBoth>> = {
  Lead: { ja: 'リード', en: 'lead' },
  Contact: { ja: '取引先責任者', en: 'contact' },
  contacts: { ja: 'コンタクト', en: 'contact' },
};

function wordsOf({ clock, record, owner, policy }: TaskFacts, rule: DeadlineRule | undefined): TaskWords {
  const { locale } = policy;
  const calendar = calendarOfClock(clock, policy);
  const promised = promisedIn(clock.arithmetic);
  return {
    who: whoText(record, locale),
    what: deadlineName(clock.kind, locale),
    record: RECORDS[record.record.object]?.[locale] ?? record.record.object,
    owner: owner ?? (locale === 'ja' ? '(未定)' : '(nobody yet)'),
    started: formatLocal(clock.startedAt, calendar, locale),
    due: formatLocal(clock.dueAt, calendar, locale),
    within: promised === null ? '' : durationText(promised, locale),
    count: dueText(clock, policy),
    ends: rule === undefined ? [] : endTexts(rule, locale),
    agreement: clock.agreementVersion,
  };
}

/** Name and company, as far as the record shows them; a record without a name is known by its address or id. */
export function whoText({ record, values }: TaskFacts['record'], locale: Locale): string {
  const [last, first, company, email] = (record.system === 'hubspot' ? IN_HUBSPOT : IN_SALESFORCE).map((field) =>
    textOf(values[field]),
  );
  const names = locale === 'ja' ? [last, first] : [first, last];
  const name = names.filter((part) => part !== '').join(' ') || email || record.id;
  return `${name}${locale === 'ja' ? ' 様' : ''}${company && (locale === 'ja' ? `(${company})` : ` (${company})`)}`;
}

const IN_SALESFORCE = ['LastName', 'FirstName', 'Company', 'Email'] as const;
const IN_HUBSPOT = ['lastname', 'firstname', 'company', 'email'] as const;

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

const TASK: TaskTemplate = {
  ja: ({ who, what, record, owner, started, due, within, count, agreement }) => ({
    subject: `【期限超過】${who} ${what}をお願いします`,
    description: [
      `${who}への${what}が、フォロー期限を過ぎても確認できていません。`,
      '',
      `担当: ${owner}`,
      `引き渡し: ${started}`,
      `フォロー期限: ${due}${within && `(引き渡しから ${within}以内)`}`,
      '',
      '■ 期限の数え方',
      count,
      '',
      '■ お願いしたいこと',
      `電話・メール・打ち合わせのいずれかで連絡を取り、この${record}の活動として記録してください。`,
      'すでに連絡済みの場合は、実際に連絡した日付で活動を登録してください。',
      '',
      '■ この ToDo について',
      '連絡の記録が確認できると、この ToDo は自動的に完了になります。',
      'この ToDo だけを手で完了にしても、連絡したことにはなりません。',
      '',
      `根拠: 合意(定義書)${agreement}`,
    ],
  }),
  en: ({ who, what, record, owner, started, due, within, count, agreement }) => ({
    subject: `Overdue: ${what} with ${who}`,
    description: [
      `The deadline for ${what} with ${who} has passed, and no contact is on record.`,
      '',
      `Owner: ${owner}`,
      `Hand-off: ${started}`,
      `Due: ${due}${within && ` (within ${within} of the hand-off)`}`,
      '',
      'How the deadline was counted',
      count,
      '',
      'What to do',
      `Call, write or meet, and log it as an activity of this ${record}.`,
      'If you have been in touch already, log that activity with the date on which it happened.',
      '',
      'About this task',
      'It is completed automatically as soon as the contact is on record.',
      'Ticking off this task alone does not count as contact.',
      '',
      `Basis: agreement ${agreement}`,
    ],
  }),
};
