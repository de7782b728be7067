import type { Test, Truth } from '../agreement/condition.ts';
import { type Explained, isRange } from '../agreement/evaluate.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { actionName, fieldName, type Naming, valueName } from './agreement-names.ts';
import { durationText, type InBoth, inBrackets, quoted } from './words.ts';

/**
 * What came of a condition, part by part, each in one line: `× download: 3 以上(90 日以内、いま 2)`. Parts of a group stand further in.
 * An admin finds fields and actions as the files name them; `naming`: as people in both departments call them.
 */
export function conditionLines(
  explained: Explained,
  locale: Locale,
  { moment = 'now', naming }: Manner = {},
): readonly string[] {
  const mark = MARKS[String(explained.truth) as `${Truth}`];
  if (explained.kind !== 'test') {
    const parts = explained.parts.flatMap((part) =>
      conditionLines(part, locale, { moment, ...(naming ? { naming } : {}) }),
    );
    return [`${mark} ${GROUPS[explained.kind][locale]}`, ...parts.map((line) => `  ${line}`)];
  }
  const { subject, test, within, found } = explained;
  const period = within === undefined ? '' : PERIOD[locale](durationText(within, locale));
  const value = (held: Value) =>
    naming === undefined ? quoted(held, locale) : valueName(held, subject, naming, locale);
  const what = naming === undefined ? subjectText(subject, locale) : namedSubject(subject, naming, locale);
  return [
    `${mark} ${what}: ${testText(test, locale, value)}${inBrackets(locale, period, foundText(found, MOMENTS[moment][locale], locale, value))}`,
  ];
}

type Manner = { readonly moment?: Moment; readonly naming?: Naming };

/** Whether a condition is told of this moment, or of one that has gone by. */
type Moment = 'now' | 'past';

const MOMENTS: Readonly<Record<Moment, InBoth>> = {
  now: { ja: 'いま', en: 'now' },
  past: { ja: '当時', en: 'then' },
};

const MARKS: Readonly<Record<`${Truth}`, string>> = { true: '○', false: '×', unknown: '?' };

const GROUPS: Readonly<Record<'all' | 'any' | 'not', InBoth>> = {
  all: { ja: 'すべてに当てはまる', en: 'all of these' },
  any: { ja: 'どれかに当てはまる', en: 'any of these' },
  not: { ja: '当てはまらない', en: 'not this' },
};

const PERIOD: InBoth<(period: string) => string> = {
  ja: (period) => `${period}以内`,
  en: (period) => `within ${period}`,
};

const SUBJECTS: Readonly<Record<string, InBoth>> = {
  'score.total': { ja: 'スコア', en: 'score' },
  'score.behaviour': { ja: '行動スコア', en: 'behaviour score' },
  'score.attribute': { ja: '属性スコア', en: 'attribute score' },
  'bant.confirmed': { ja: '確認できた BANT の項目', en: 'confirmed BANT items' },
  'answer.accepted': { ja: '営業の受け入れ', en: 'accepted by sales' },
  'deal.open': { ja: '進行中の商談', en: 'an open deal' },
  'deal.won': { ja: '受注した商談', en: 'a won deal' },
  'deal.lost': { ja: '失注した商談', en: 'a lost deal' },
};

/** An action goes by the name that the agreement gives it, a field by its path. */
export function subjectText(subject: string, locale: Locale): string {
  return SUBJECTS[subject]?.[locale] ?? subject.replace(/^action\./u, '');
}

function namedSubject(subject: string, naming: Naming, locale: Locale): string {
  if (Object.hasOwn(SUBJECTS, subject)) return subjectText(subject, locale);
  const action = /^action\.(.*)$/su.exec(subject)?.[1];
  return action === undefined ? fieldName(subject, naming, locale) : actionName(action, locale);
}

type Told = (value: Value) => string;

function testText(test: Test, locale: Locale, told: Told): string {
  const isJa = locale === 'ja';
  const any = (values: readonly Value[]) => values.map(told).join(isJa ? '' : ', ');
  if ('atLeast' in test) return isJa ? `${test.atLeast} 以上` : `at least ${test.atLeast}`;
  if ('atMost' in test) return isJa ? `${test.atMost} 以下` : `at most ${test.atMost}`;
  if ('blank' in test) return isJa ? (test.blank ? '空欄' : '入力済み') : test.blank ? 'empty' : 'filled in';
  if ('isAny' in test) return isJa ? `${any(test.isAny)}のどれか` : `one of ${any(test.isAny)}`;
  if ('containsAny' in test)
    return isJa ? `${any(test.containsAny)}のどれかを含む` : `contains one of ${any(test.containsAny)}`;
  if ('contains' in test)
    return isJa ? `${quoted(test.contains, 'ja')}を含む` : `contains ${quoted(test.contains, 'en')}`;
  if (test.is === true) return isJa ? 'あり' : 'yes';
  return test.is === false ? (isJa ? 'なし' : 'no') : told(test.is);
}

function foundText(
  found: Extract<Explained, { kind: 'test' }>['found'],
  now: string,
  locale: Locale,
  told: Told,
): string {
  const isJa = locale === 'ja';
  if (found === undefined) return isJa ? `${now}: 読めていない` : `${now}: not read`;
  if (found === null || found === '') return isJa ? `${now} 空欄` : `${now} empty`;
  if (typeof found === 'number') return `${now} ${found}`;
  if (typeof found === 'boolean') return `${now} ${found ? (isJa ? 'あり' : 'yes') : isJa ? 'なし' : 'no'}`;
  if (!isRange(found)) return `${now} ${told(found)}`;
  if (found.least === found.most) return `${now} ${found.least}`;
  return isJa ? `読めている範囲で ${found.least}` : `${found.least} as far as can be read`;
}
