import type { Condition, Question, Test } from '../agreement/condition.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { actionName, fieldName, type Naming, valueName } from './agreement-names.ts';
import type { Item } from './document.ts';
import { durationText, type InBoth, quoted } from './words.ts';

/**
 * A condition in words, as it is read aloud.
 *
 *     // => '合計スコアが 80 点以上', 'a total score of at least 80'
 *     // => '資料ダウンロードが直近 90 日で 3 回以上', 'document download, at least 3 times in the last 90 days'
 */
export function conditionWords(condition: Condition, naming: Naming, locale: Locale): string {
  if ('not' in condition) return NOT[locale](conditionWords(condition.not, naming, locale));
  if (!('all' in condition || 'any' in condition)) return questionWords(condition, naming, locale);
  const [join, parts] = 'all' in condition ? [AND[locale], condition.all] : [OR[locale], condition.any];
  return parts
    .map((part) => (isGroup(part) ? `(${conditionWords(part, naming, locale)})` : conditionWords(part, naming, locale)))
    .join(join);
}

/** The same as lines, a question each. */
export function conditionItems(condition: Condition, naming: Naming, locale: Locale): readonly Item[] {
  const itemsOf = (parts: readonly Condition[]) => parts.flatMap((part) => conditionItems(part, naming, locale));
  if ('all' in condition) return [{ text: GROUPS.all[locale], parts: itemsOf(condition.all) }];
  if ('any' in condition) return [{ text: GROUPS.any[locale], parts: itemsOf(condition.any) }];
  if ('not' in condition && isGroup(condition.not))
    return [{ text: GROUPS.not[locale], parts: itemsOf([condition.not]) }];
  return [{ text: conditionWords(condition, naming, locale) }];
}

/** What a condition asks for, each of which has to hold. */
export function demandsOf(condition: Condition): readonly Condition[] {
  return 'all' in condition ? condition.all.flatMap(demandsOf) : [condition];
}

export type Topic = 'score' | 'action' | 'attribute';

/** What a condition asks about; a choice between an action and an attribute is about both. BANT is a score of four. */
export function topicsOf(condition: Condition): ReadonlySet<Topic> {
  if ('all' in condition) return new Set(condition.all.flatMap((part) => [...topicsOf(part)]));
  if ('any' in condition) return new Set(condition.any.flatMap((part) => [...topicsOf(part)]));
  if ('not' in condition) return topicsOf(condition.not);
  if ('score' in condition || 'bant' in condition) return new Set(['score']);
  return new Set(['action' in condition ? 'action' : 'attribute']);
}

function isGroup(condition: Condition): boolean {
  return 'all' in condition || 'any' in condition;
}

function questionWords(question: Question, naming: Naming, locale: Locale): string {
  if ('deal' in question) return DEALS[question.deal][locale];
  if ('answer' in question) return ANSWERS[question.answer][locale];
  const { test } = question;
  if ('score' in question) return SCORED[locale](SCORES[question.score][locale], amountWords(test, 'points', locale));
  if ('bant' in question) return BANT[locale](amountWords(test, 'items', locale));
  if ('action' in question) {
    const { action, within } = question;
    const period = within === undefined ? '' : LATELY[locale](durationText(within, locale));
    return DONE[locale](actionName(action, locale), amountWords(test, 'times', locale), period);
  }
  const { field } = question;
  const value = (held: Value) => valueName(held, field, naming, locale);
  return FIELD_WORDS[locale](fieldName(field, naming, locale), test, value);
}

const AND: InBoth = { ja: '、かつ', en: ', and ' };
const OR: InBoth = { ja: '、または', en: ', or ' };
const NOT: InBoth<(inner: string) => string> = {
  ja: (inner) => `「${inner}」に該当しない`,
  en: (inner) => `not: ${inner}`,
};

const GROUPS: Readonly<Record<'all' | 'any' | 'not', InBoth>> = {
  all: { ja: '次のすべてを満たす', en: 'all of these' },
  any: { ja: '次のいずれかを満たす', en: 'any of these' },
  not: { ja: '次に該当しない', en: 'not this' },
};

const SCORES: Readonly<Record<'total' | 'behaviour' | 'attribute', InBoth>> = {
  total: { ja: '合計スコア', en: 'a total score' },
  behaviour: { ja: '行動スコア', en: 'a behaviour score' },
  attribute: { ja: '属性スコア', en: 'an attribute score' },
};
const SCORED: InBoth<(score: string, amount: string) => string> = {
  ja: (score, amount) => `${score}が ${amount}`,
  en: (score, amount) => `${score} of ${amount}`,
};
const BANT: InBoth<(amount: string) => string> = {
  ja: (amount) => `BANT 4 項目のうち ${amount}を確認済み`,
  en: (amount) => `${amount} of the 4 BANT items confirmed`,
};
const DEALS: Readonly<Record<'open' | 'won' | 'lost', InBoth>> = {
  open: { ja: '進行中の商談がある', en: 'there is an open deal' },
  won: { ja: '受注した商談がある', en: 'there is a won deal' },
  lost: { ja: '失注した商談がある', en: 'there is a lost deal' },
};
const ANSWERS: Readonly<Record<'accepted', InBoth>> = {
  accepted: { ja: '営業が受け入れた', en: 'sales has accepted the person' },
};
const LATELY: InBoth<(period: string) => string> = {
  ja: (period) => `直近 ${period}で`,
  en: (period) => ` in the last ${period}`,
};
const DONE: InBoth<(action: string, amount: string, period: string) => string> = {
  ja: (action, amount, period) => `${action}が${period === '' ? '' : period} ${amount}`,
  en: (action, amount, period) => `${action}, ${amount}${period}`,
};

const UNITS = {
  points: { ja: ' 点', en: () => '' },
  items: { ja: ' 項目', en: () => '' },
  times: { ja: ' 回', en: (amount: Value) => (amount === 1 ? ' time' : ' times') },
} as const;

/** `80 点以上`, `at least 3 times`. What is no number is compared as it stands. */
function amountWords(test: Test, unit: keyof typeof UNITS, locale: Locale): string {
  const { ja, en } = UNITS[unit];
  const isJa = locale === 'ja';
  if ('atLeast' in test) return isJa ? `${test.atLeast}${ja}以上` : `at least ${test.atLeast}${en(test.atLeast)}`;
  if ('atMost' in test) return isJa ? `${test.atMost}${ja}以下` : `at most ${test.atMost}${en(test.atMost)}`;
  if ('is' in test) return isJa ? `${test.is}${ja}` : `exactly ${test.is}${en(test.is)}`;
  return FIELD_WORDS[locale]('', test, (value) => quoted(value, locale)).trim();
}

const FIELD_WORDS: InBoth<(field: string, test: Test, value: (held: Value) => string) => string> = {
  ja: (field, test, value) => {
    if ('atLeast' in test) return `${field}が ${test.atLeast.toLocaleString('ja')} 以上`;
    if ('atMost' in test) return `${field}が ${test.atMost.toLocaleString('ja')} 以下`;
    if ('blank' in test) return `${field}が${test.blank ? '空欄' : '入力済み'}`;
    if ('isAny' in test) return `${field}が${test.isAny.map(value).join('')}のいずれか`;
    if ('containsAny' in test)
      return `${field}に${test.containsAny.map((part) => quoted(part, 'ja')).join('')}のいずれかを含む`;
    if ('contains' in test) return `${field}に${quoted(test.contains, 'ja')}を含む`;
    if (typeof test.is === 'boolean') return `${field}${test.is ? 'あり' : 'なし'}`;
    return `${field}が${value(test.is)}`;
  },
  en: (field, test, value) => {
    if ('atLeast' in test) return `${field} is at least ${test.atLeast.toLocaleString('en')}`;
    if ('atMost' in test) return `${field} is at most ${test.atMost.toLocaleString('en')}`;
    if ('blank' in test) return `${field} is ${test.blank ? 'empty' : 'filled in'}`;
    if ('isAny' in test) return `${field} is one of ${test.isAny.map(value).join(', ')}`;
    if ('containsAny' in test)
      return `${field} contains one of ${test.containsAny.map((part) => quoted(part, 'en')).join(', ')}`;
    if ('contains' in test) return `${field} contains ${quoted(test.contains, 'en')}`;
    if (typeof test.is === 'boolean') return `${field}: ${test.is ? 'yes' : 'no'}`;
    return `${field} is ${value(test.is)}`;
  },
};
