import { ruleOfClock } from '../clocks/rule-of-clock.ts';
import type { Clock } from '../people/person.ts';
import type { Sighting } from '../people/record.ts';
import { endTexts } from './deadline-end.ts';
import { calendarOfClock, type DuePolicy, dueText } from './due-text.ts';
import { formatLocal } from './format-local.ts';
import { whoText } from './task.ts';
import { deadlineName, type InBoth } from './words.ts';

export type MessageFacts = {
  readonly clock: Pick<Clock, 'kind' | 'startedAt' | 'dueAt' | 'arithmetic' | 'agreementVersion'>;
  readonly record: Pick<Sighting, 'record' | 'values'>;
  /** Who is held to it, by name. */
  readonly owner: string | null;
  /** How many rungs it has climbed. */
  readonly level: number;
};

export type MessageText = { readonly subject: string; readonly body: string };

/** Before a deadline, to whoever owes it. It asks for nothing that is not agreed. */
export function reminderMessage(facts: MessageFacts, policy: DuePolicy): MessageText {
  return told(REMINDER, facts, policy);
}

/** After a lapse, to somebody above: what is open, whose it is, and how it was counted. It asks for help, and accuses nobody. */
export function escalationMessage(facts: MessageFacts, policy: DuePolicy): MessageText {
  return told(ESCALATION, facts, policy);
}

type Words = Readonly<Record<'who' | 'what' | 'owner' | 'due' | 'count' | 'agreement', string>> & {
  readonly ends: readonly string[];
  readonly level: number;
};
type Template = InBoth<(words: Words) => { readonly subject: string; readonly body: readonly string[] }>;

function told(template: Template, { clock, record, owner, level }: MessageFacts, policy: DuePolicy): MessageText {
  const { locale } = policy;
  const rule = ruleOfClock(clock, policy);
  const { subject, body } = template[locale]({
    who: whoText(record, locale),
    what: deadlineName(clock.kind, locale),
    owner: owner ?? (locale === 'ja' ? '(未定)' : '(nobody yet)'),
    due: formatLocal(clock.dueAt, calendarOfClock(clock, policy), locale),
    count: dueText(clock, policy),
    ends: rule === undefined ? [] : endTexts(rule, locale),
    agreement: clock.agreementVersion,
    level,
  });
  return { subject, body: body.join('\n') };
}

const REMINDER: Template = {
  ja: ({ who, what, due, count, ends, agreement }) => ({
    subject: `まもなく期限です: ${who} ${what}(${due})`,
    body: [
      `${who}への「${what}」の期限が近づいています。`,
      '',
      `期限: ${due}`,
      `数え方: ${count}`,
      '',
      ...(ends.length === 0 ? [] : ['果たしたとみなすもの:', ...ends.map((end) => `・${end}`), '']),
      '対応済みで記録がまだの場合は、実際の日付で記録してください。',
      `根拠: 合意(定義書)${agreement}`,
    ],
  }),
  en: ({ who, what, due, count, ends, agreement }) => ({
    subject: `Due soon: ${what}, ${who} (${due})`,
    body: [
      `The deadline for ${what} with ${who} is near.`,
      '',
      `Due: ${due}`,
      `Counted: ${count}`,
      '',
      ...(ends.length === 0 ? [] : ['What keeps it:', ...ends.map((end) => `- ${end}`), '']),
      'If it is done and not on record yet, log it with the date on which it happened.',
      `Basis: agreement ${agreement}`,
    ],
  }),
};

const ESCALATION: Template = {
  ja: ({ who, what, owner, due, count, level, agreement }) => ({
    subject: `【エスカレーション${level > 1 ? ` ${level} 段目` : ''}】${who} ${what}(担当: ${owner})`,
    body: [
      `${who}への「${what}」が、期限を過ぎても確認できていません。担当者と進め方を確認してください。`,
      '',
      `担当: ${owner}`,
      `期限: ${due}`,
      `数え方: ${count}`,
      '',
      'ToDo は担当者のもの 1 件のままです。対応の記録が確認できると、自動的に完了になります。',
      `根拠: 合意(定義書)${agreement}`,
    ],
  }),
  en: ({ who, what, owner, due, count, level, agreement }) => ({
    subject: `Escalated${level > 1 ? ` (rung ${level})` : ''}: ${what}, ${who} (owner: ${owner})`,
    body: [
      `${what} with ${who} is past its deadline, and nothing on record shows that it was done. Please talk to the owner.`,
      '',
      `Owner: ${owner}`,
      `Due: ${due}`,
      `Counted: ${count}`,
      '',
      'There is one task, and it stays with the owner. It is completed by itself as soon as the record shows it.',
      `Basis: agreement ${agreement}`,
    ],
  }),
};
