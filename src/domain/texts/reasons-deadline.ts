import type { ReasonCode } from '../people/change.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { type Detail, deadlineName, inBrackets, type Sentence, shown, stageName } from './words.ts';

/** Why a deadline is shown, and why its Task is made, changed or completed. */
export const DEADLINE_REASONS = {
  'deadline-shown': {
    ja: (d) => (owed(d) ? `次のフォロー期限を表示${named(d, 'ja')}` : '進行中のフォロー期限がないため、表示を消去'),
    en: (d) => (owed(d) ? `shows the next deadline${named(d, 'en')}` : 'no deadline is running, so none is shown'),
  },
  lapsed: {
    ja: (d) => `フォロー期限を過ぎても連絡の記録がない${named(d, 'ja')}`,
    en: (d) => `the deadline has passed without contact on record${named(d, 'en')}`,
  },
  'evidence-found': {
    ja: (d) => `連絡の記録(${shown(d['evidence'], 'ja')})が確認できたため、ToDo を完了`,
    en: (d) => `contact is on record (${shown(d['evidence'], 'en')}), so the task is completed`,
  },
  'task-moot': {
    ja: (d) => `このフォロー期限はもう問われないため、ToDo を完了${inBrackets('ja', mootBecause(d['because'], 'ja'))}`,
    en: (d) =>
      `this deadline is no longer owed, so the task is completed${inBrackets('en', mootBecause(d['because'], 'en'))}`,
  },
  escalated: {
    ja: (d) =>
      `期限超過が続いているため、エスカレーション(${shown(d['level'], 'ja')} 段目)を ToDo に表示${named(d, 'ja')}`,
    en: (d) =>
      `still open past its deadline: the task shows that it has climbed to rung ${shown(d['level'], 'en')}${named(d, 'en')}`,
  },
  'escalation-shown': {
    ja: (d) =>
      d['level'] == null
        ? 'エスカレーション中の期限はないため、表示を消去'
        : `エスカレーションの相手と段を表示${named(d, 'ja')}`,
    en: (d) => (d['level'] == null ? 'nothing is escalated any more' : `shows whom it has climbed to${named(d, 'en')}`),
  },
  'review-due': {
    ja: (d) => `合意 ${shown(d['agreement'], 'ja')} の見直し日(${shown(d['date'], 'ja')})`,
    en: (d) => `agreement ${shown(d['agreement'], 'en')} is to be reviewed (${shown(d['date'], 'en')})`,
  },
  'review-over': {
    ja: (d) =>
      d['because'] === 'evidence'
        ? `新しい版(${shown(d['evidence'], 'ja')})に署名があるため、見直しの ToDo を完了`
        : 'この見直しはもう行われないか、次の見直し日になったため、ToDo を完了',
    en: (d) =>
      d['because'] === 'evidence'
        ? `a new version has been signed (${shown(d['evidence'], 'en')}), so the review is done`
        : 'this review is no longer asked for, or the next one is due, so the task is completed',
  },
} as const satisfies Partial<Record<ReasonCode, Sentence>>;

/** Why nobody owes it any more, where sales said so; the other causes need no words on a Task. */
function mootBecause(because: Value | undefined, locale: Locale): string {
  return because === 'recycled' || because === 'disqualified' ? stageName(because, locale) : '';
}

/** Whether a deadline is meant at all: the field is emptied when none runs. */
function owed(detail: Detail): boolean {
  return (detail['deadline'] ?? null) !== null;
}

function named(detail: Detail, locale: Locale): string {
  const name = detail['deadline'] ?? detail['kind'];
  if (name === undefined || name === null) return '';
  return locale === 'ja' ? `(${deadlineName(name, 'ja')})` : ` (${deadlineName(name, 'en')})`;
}
