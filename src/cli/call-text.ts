import type { Forecast } from '../domain/budget/forecast.ts';
import type { Level } from '../domain/budget/ladder.ts';
import { PURPOSES, type Purpose } from '../domain/budget/purposes.ts';
import type { Standing } from '../domain/budget/standing.ts';
import type { Locale } from '../domain/policy.ts';
import type { InBoth } from '../domain/texts/words.ts';
import type { Instant } from '../domain/values/value.ts';

const PURPOSE_NAMES: Readonly<Record<Purpose, InBoth>> = {
  pull: { ja: '読み取り', en: 'pulls' },
  survey: { ja: '全件の見回り', en: 'survey' },
  'look-up': { ja: '項目と担当者の確認', en: 'fields and people' },
  'hot-write': { ja: '引き渡しと期限の書き込み', en: 'hand-offs and deadlines' },
  write: { ja: 'ほかの書き込み', en: 'other writes' },
  'back-fill': { ja: '埋め戻し', en: 'back-fills' },
  confirm: { ja: '書き込みの確認', en: 'reading back' },
};

type Rung = Exclude<Level, 'free'>;

/** What is so on a rung of the ladder. */
const NOW: Readonly<Record<Rung, InBoth>> = {
  low: { ja: '埋め戻しを待たせています', en: 'back-fills wait' },
  tight: {
    ja: '引き渡しと期限以外の書き込みと見回りを待たせ、読み取りの間隔を 2 倍にしています',
    en: 'writes other than hand-offs and deadlines wait, so does the survey, and pulls come half as often',
  },
  'hot-only': {
    ja: '引き渡しと期限の書き込みだけを続けています',
    en: 'only hand-offs and deadlines are written',
  },
  spent: { ja: '読み書きを止めています', en: 'nothing is read or written' },
};

/** What begins when it is reached. */
const THEN: Readonly<Record<Rung, InBoth>> = {
  low: { ja: '埋め戻しを待たせます', en: 'back-fills wait' },
  tight: {
    ja: '引き渡しと期限以外の書き込みと見回りを待たせ、読み取りの間隔を 2 倍にします',
    en: NOW.tight.en,
  },
  'hot-only': { ja: '引き渡しと期限の書き込みだけにします', en: NOW['hot-only'].en },
  spent: { ja: '読み書きを止めます', en: NOW.spent.en },
};

type Outlook = { readonly standing: Standing; readonly forecast: Forecast; readonly wall: (at: Instant) => string };

/** What a system's calls were used for, until when they last, and what waits next. `wall` says an instant as the office does. */
export function callText(outlook: Outlook, locale: Locale): string {
  const { standing, forecast } = outlook;
  const { used, usedFor, budget, others, limit, day } = standing;
  const named = PURPOSES.filter((purpose) => usedFor[purpose] > 0).map(
    (purpose) => `${PURPOSE_NAMES[purpose][locale]} ${usedFor[purpose]}`,
  );
  if (locale === 'ja') {
    const span = day.until === null ? '過去 24 時間' : '今日';
    const by = named.length === 0 ? '' : `(${named.join('、')})`;
    return `${span}は ${used} 回${by}、上限 ${budget} 回。ほかの連携は ${others} 回、全体の上限は ${limit} 回。直近のペースは 1 時間に ${forecast.perHour} 回。${inJapanese(outlook)}`;
  }
  const span = day.until === null ? 'in the last 24 hours' : 'today';
  const by = named.length === 0 ? '' : ` (${named.join(', ')})`;
  return `${used} of ${budget} ${span}${by}; others ${others}; ${limit} for all; of late ${forecast.perHour} an hour. ${inEnglish(outlook)}`;
}

function inJapanese({ standing: { level }, forecast: { endsAt, next, freeAt }, wall }: Outlook): string {
  return [
    level === 'free' ? '' : `${NOW[level].ja}${freeAt === null ? '' : `(${wall(freeAt)} ごろまで)`}。`,
    level !== 'spent' && endsAt !== null ? `このペースでは ${wall(endsAt)} に上限に達します。` : '',
    next !== null ? `${wall(next.at)} から、${THEN[next.level].ja}。` : '',
    level === 'free' && next === null ? 'このペースなら足ります。' : '',
  ].join('');
}

function inEnglish({ standing: { level }, forecast: { endsAt, next, freeAt }, wall }: Outlook): string {
  return [
    level === 'free' ? '' : `Now ${NOW[level].en}${freeAt === null ? '' : `, until about ${wall(freeAt)}`}.`,
    level !== 'spent' && endsAt !== null ? `At this pace until ${wall(endsAt)}.` : '',
    next !== null ? `From ${wall(next.at)}, ${THEN[next.level].en}.` : '',
    level === 'free' && next === null ? 'At this pace it lasts the day.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
