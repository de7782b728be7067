import type { Duration, Stage } from '../agreement/agreement.ts';
import type { System } from '../people/record.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';

/** One text in both languages. Japanese is written first and for its own readers; English says the same. */
export type InBoth<T = string> = Readonly<Record<Locale, T>>;

/** What a text is told. Every key may be missing: a text must come out readable all the same. */
export type Detail = Readonly<Record<string, Value>>;

/** A sentence that is told of something, with what there is to know of it. */
export type Sentence = InBoth<(detail: Detail) => string>;

const SYSTEM_NAMES: Readonly<Record<System, string>> = { hubspot: 'HubSpot', salesforce: 'Salesforce' };

const STAGE_NAMES: Readonly<Record<Stage, InBoth>> = {
  subscriber: { ja: '購読者', en: 'subscriber' },
  lead: { ja: 'リード', en: 'lead' },
  MQL: { ja: 'MQL', en: 'MQL' },
  SAL: { ja: 'SAL(営業受入)', en: 'SAL' },
  SQL: { ja: 'SQL', en: 'SQL' },
  opportunity: { ja: '商談', en: 'opportunity' },
  customer: { ja: '顧客', en: 'customer' },
  recycled: { ja: 'リサイクル', en: 'recycled' },
  disqualified: { ja: '対象外', en: 'disqualified' },
};

const OBJECT_NAMES: Readonly<Record<string, InBoth>> = {
  contacts: { ja: 'コンタクト', en: 'contact' },
  Lead: { ja: 'リード', en: 'lead' },
  Contact: { ja: '取引先責任者', en: 'contact' },
  Task: { ja: 'ToDo', en: 'task' },
  Event: { ja: '行動', en: 'event' },
  companies: { ja: '会社', en: 'company' },
  Account: { ja: '取引先', en: 'account' },
  deals: { ja: '取引', en: 'deal' },
  Opportunity: { ja: '商談', en: 'opportunity' },
  OpportunityContactRole: { ja: '商談の取引先責任者の役割', en: 'contact role' },
  EmailMessage: { ja: 'メールメッセージ', en: 'e-mail message' },
  CampaignMember: { ja: 'キャンペーンメンバー', en: 'campaign member' },
  LeadHistory: { ja: 'リード履歴', en: 'lead history' },
  OpportunityFieldHistory: { ja: '商談項目履歴', en: 'opportunity history' },
  calls: { ja: 'コール', en: 'call' },
  emails: { ja: 'メール', en: 'e-mail' },
  meetings: { ja: 'ミーティング', en: 'meeting' },
  tasks: { ja: 'タスク', en: 'task' },
  notes: { ja: 'メモ', en: 'note' },
  'form-submissions': { ja: 'フォーム', en: 'form' },
  'event-participations': { ja: 'マーケティングイベント', en: 'marketing event' },
  'page-views': { ja: 'Web サイト', en: 'web site' },
};

const RECORD: InBoth = { ja: 'レコード', en: 'record' };

/** Deadlines that come with the product have names people say; an admin's own are shown as they stand in the agreement. */
const DEADLINE_NAMES: Readonly<Record<string, InBoth>> = {
  'first-contact': { ja: '初回接触', en: 'first contact' },
  convert: { ja: 'リードの取引開始', en: 'conversion of the lead' },
  'hand-over': { ja: '営業への引き渡し', en: 'hand-over to sales' },
  'fs-accepts': { ja: 'フィールドセールスの引き取り', en: 'acceptance by field sales' },
  qualify: { ja: '商談化の見極め', en: 'qualification' },
  answer: { ja: '受け入れの返答', en: 'answer to the hand-off' },
  'deal-set-up': { ja: '商談の設定', en: 'setting up the deal' },
};

const UNITS: Readonly<Record<Duration['unit'], InBoth<(amount: number) => string>>> = {
  'business days': { ja: (n) => `${n} 営業日`, en: (n) => plural(n, 'business day') },
  'business hours': { ja: (n) => `${n} 営業時間`, en: (n) => plural(n, 'business hour') },
  hours: { ja: (n) => `${n} 時間`, en: (n) => plural(n, 'hour') },
  days: { ja: (n) => `${n} 日`, en: (n) => plural(n, 'day') },
};

export function stageName(stage: Value | undefined, locale: Locale): string {
  const known = STAGE_NAMES[String(stage) as Stage];
  return known === undefined ? shown(stage, locale) : known[locale];
}

/** What a system calls its records; in the middle of a sentence. */
export function objectName(object: Value | undefined, locale: Locale): string {
  return OBJECT_NAMES[String(object)]?.[locale] ?? (object == null ? RECORD[locale] : shown(object, locale));
}

export function deadlineName(name: Value | undefined, locale: Locale): string {
  return DEADLINE_NAMES[String(name)]?.[locale] ?? shown(name, locale);
}

export function systemName(system: Value | undefined, locale: Locale): string {
  return SYSTEM_NAMES[String(system) as System] ?? shown(system, locale);
}

export function otherSystemName(system: Value | undefined): string {
  return system === 'hubspot' ? SYSTEM_NAMES.salesforce : SYSTEM_NAMES.hubspot;
}

export function durationText({ amount, unit }: Duration, locale: Locale): string {
  return UNITS[unit][locale](amount);
}

/** One pair of brackets around what there is to add; nothing around nothing. */
export function inBrackets(locale: Locale, ...parts: readonly string[]): string {
  const said = parts.filter((part) => part !== '');
  if (said.length === 0) return '';
  return locale === 'ja' ? `(${said.join('、')})` : ` (${said.join(', ')})`;
}

/** A value in a sentence: quoted, and "(空欄)" where there is none. */
export function quoted(value: Value | undefined, locale: Locale): string {
  if (value === undefined || value === null || value === '') return locale === 'ja' ? '(空欄)' : '(empty)';
  return locale === 'ja' ? `「${printable(value)}」` : `“${printable(value)}”`;
}

/** A name in a sentence, unquoted. */
export function shown(value: Value | undefined, locale: Locale): string {
  if (value === undefined || value === null || value === '') return locale === 'ja' ? '(不明)' : '(unknown)';
  return printable(value);
}

/** What a system said in its own words, if anything. */
export function said({ message }: Detail): string {
  return printable(message ?? '');
}

/** Values come from outside, and are hostile until shown otherwise: what would move a terminal's cursor or turn its writing direction becomes a space. */
export function printable(value: Value): string {
  return String(value).replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** At most this many UTF-16 units, as Salesforce counts; what is cut ends in `…` and never in half a character. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** `1 change`, `3 changes`. */
export function plural(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
