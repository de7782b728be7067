import type { Duration } from '../agreement/agreement.ts';
import type { Reason, ReasonCode } from '../people/change.ts';
import type { StageEntry } from '../people/person.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import type { BriefSection } from './brief.ts';
import { BRIEF_SECTION_NAMES } from './brief-words.ts';
import { DEADLINE_REASONS } from './reasons-deadline.ts';
import { SALE_REASONS } from './reasons-sale.ts';
import { ADOPTED, ANSWER, STAGE_CAUSE } from './states.ts';
import {
  type Detail,
  durationText,
  type InBoth,
  inBrackets,
  otherSystemName,
  quoted,
  type Sentence,
  shown,
  stageName,
  systemName,
} from './words.ts';

/** Why a field is written, in one line, as `plan` and `explain` show it. */
export function reasonText(reason: Reason, locale: Locale): string {
  return REASONS[reason.code][locale](reason.detail);
}

const REASONS: Readonly<Record<ReasonCode, Sentence>> = {
  copied: {
    ja: (d) => `${systemName(d['from'], 'ja')} での変更を反映${inBrackets('ja', rule(d))}`,
    en: (d) => `changed in ${systemName(d['from'], 'en')}${inBrackets('en', rule(d))}`,
  },
  'filled-blank': {
    ja: (d) => `空欄だったため、${systemName(d['from'], 'ja')} の値で補完${inBrackets('ja', rule(d))}`,
    en: (d) => `was empty; filled from ${systemName(d['from'], 'en')}${inBrackets('en', rule(d))}`,
  },
  'conflict-settled': {
    ja: (d) =>
      `両方で変更され${waited(d, 'ja')}たため、取り決めに従い ${systemName(d['from'], 'ja')} を採用${inBrackets('ja', lost(d, 'ja'), rule(d))}`,
    en: (d) =>
      `changed in both${waited(d, 'en')}; ${systemName(d['from'], 'en')} wins by policy${inBrackets('en', lost(d, 'en'), rule(d))}`,
  },
  'first-meeting': {
    ja: (d) =>
      `初めて突き合わせた時点で値が異なり、取り決めに従い ${systemName(d['from'], 'ja')} を採用${inBrackets('ja', rule(d))}`,
    en: (d) =>
      `the two differed when they first met; ${systemName(d['from'], 'en')} wins by policy${inBrackets('en', rule(d))}`,
  },
  cleared: {
    ja: (d) => `${systemName(d['from'], 'ja')} で消去されたため、こちらも消去${inBrackets('ja', rule(d))}`,
    en: (d) => `cleared in ${systemName(d['from'], 'en')}${inBrackets('en', rule(d))}`,
  },
  stricter: {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} で拒否(配信停止など)されているため、厳しいほうに合わせる。同期では解除しない${inBrackets('ja', rule(d))}`,
    en: (d) =>
      `opted out in ${systemName(d['from'], 'en')}; the stricter value stands, and no sync lifts it${inBrackets('en', rule(d))}`,
  },
  'created-at-stage': {
    ja: (d) => `${stageName(d['stage'], 'ja')} に到達したためリードを作成${inBrackets('ja', scored(d, 'ja'))}`,
    en: (d) => `reached ${stageName(d['stage'], 'en')}, so a lead is created${inBrackets('en', scored(d, 'en'))}`,
  },
  'stage-derived': {
    ja: (d) => `ステージは ${stageName(d['stage'], 'ja')}${inBrackets('ja', how(d['by'], 'ja'), scored(d, 'ja'))}`,
    en: (d) => `the stage is ${stageName(d['stage'], 'en')}${inBrackets('en', how(d['by'], 'en'), scored(d, 'en'))}`,
  },
  'status-shown': {
    ja: (d) => `ステージ ${stageName(d['stage'], 'ja')} をリードの状況に表示(前進のみ)`,
    en: (d) => `shows the stage ${stageName(d['stage'], 'en')} as the lead's status (forward only)`,
  },
  'answer-shown': {
    ja: (d) =>
      d['answer'] == null && d['reason'] == null
        ? '営業の返答待ちのため、返答の表示を消去'
        : `営業の返答を表示${inBrackets('ja', answerName(d['answer'], 'ja'), reasonCode(d['reason']))}`,
    en: (d) =>
      d['answer'] == null && d['reason'] == null
        ? 'sales has not answered yet, so no answer is shown'
        : `shows what sales answered${inBrackets('en', answerName(d['answer'], 'en'), reasonCode(d['reason']))}`,
  },
  'answer-emptied': {
    ja: (d) =>
      `新しい行動で条件を満たし直したため、前回の返答を消去(${shown(d['pass'], 'ja')} 周目の返答を改めてもらう)`,
    en: (d) =>
      `the criteria are met anew, so the answer of the time before goes (pass ${shown(d['pass'], 'en')} is answered anew)`,
  },
  'stage-shown': {
    ja: (d) => `ステージ ${stageName(d['stage'], 'ja')} をライフサイクルステージに表示(前進のみ)`,
    en: (d) => `shows the stage ${stageName(d['stage'], 'en')} as lifecycle stage (forward only)`,
  },
  'stage-reset': {
    ja: (d) =>
      `ライフサイクルステージを ${stageName(d['stage'], 'ja')} の表示に戻す。HubSpot では前の段階に直接戻せないため、一度空にしてから設定${inBrackets('ja', 'reset_lifecycle: true')}`,
    en: (d) =>
      `takes the lifecycle stage back to show ${stageName(d['stage'], 'en')}; HubSpot takes no earlier one, so it is emptied first${inBrackets('en', 'reset_lifecycle: true')}`,
  },
  'owner-shown': {
    ja: (d) => `Salesforce の所有者 ${shown(d['owner'], 'ja')} を担当者として表示`,
    en: (d) => `shows Salesforce's owner ${shown(d['owner'], 'en')}`,
  },
  'owner-named': {
    ja: (d) => `Salesforce の所有者 ${shown(d['owner'], 'ja')} の氏名を表示`,
    en: (d) => `shows the name of Salesforce's owner, ${shown(d['owner'], 'en')}`,
  },
  'owner-assigned': {
    ja: (d) => `${shown(d['owner'], 'ja')} に割り当て${assigned(d['why'], 'ja')}`,
    en: (d) => `assigned to ${shown(d['owner'], 'en')}${assigned(d['why'], 'en')}`,
  },
  'record-state': {
    ja: (d) => `Salesforce 側の状態: ${state(d['state'], 'ja')}`,
    en: (d) => `in Salesforce: ${state(d['state'], 'en')}`,
  },
  'key-kept': {
    ja: () => '両方のレコードを結ぶキー',
    en: () => 'the key that ties both records to each other',
  },
  'brief-written': {
    ja: (d) =>
      `${stageName(d['stage'], 'ja')} の引き渡しメモ(${d['sections'] ?? '?'} 項目中 ${d['filled'] ?? '?'} 項目に記録あり${lackingIn(d, 'ja')})`,
    en: (d) =>
      `the brief for the hand-off at ${stageName(d['stage'], 'en')} (${d['filled'] ?? '?'} of ${d['sections'] ?? '?'} sections have something to tell${lackingIn(d, 'en')})`,
  },
  ...DEADLINE_REASONS,
  ...SALE_REASONS,
  undone: {
    ja: (d) => `${shown(d['who'], 'ja')} が実行 ${shown(d['run'], 'ja')} を取り消したため、前の値に戻す`,
    en: (d) => `${shown(d['who'], 'en')} took run ${shown(d['run'], 'en')} back, so the value before it is restored`,
  },
};

function answerName(answer: Value | undefined, locale: Locale): string {
  return ANSWER[String(answer) as keyof typeof ANSWER]?.[locale] ?? '';
}

function reasonCode(reason: Value | undefined): string {
  return reason === undefined || reason === null ? '' : String(reason);
}

/** The sections of a brief that had nothing to tell. */
function lackingIn({ lacking }: Detail, locale: Locale): string {
  const names = String(lacking ?? '')
    .split(', ')
    .flatMap((section) => BRIEF_SECTION_NAMES[section as BriefSection]?.[locale] ?? []);
  if (names.length === 0) return '';
  return locale === 'ja' ? `。なし: ${names.join('、')}` : `; none: ${names.join(', ')}`;
}

/** Nobody settled it in the time that the mapping gives: its default did (`conflict-default`). */
function waited({ waitedAmount: amount, waitedUnit: unit }: Detail, locale: Locale): string {
  if (typeof amount !== 'number') return '';
  const time = durationText({ amount, unit: unit as Duration['unit'] }, locale);
  return locale === 'ja'
    ? `、${time}待っても人が決めなかっ`
    : ` and settled by nobody within ${time} (conflict-default)`;
}

function rule(detail: Detail): string {
  return String(detail['rule'] ?? '');
}

function lost(detail: Detail, locale: Locale): string {
  if (detail['lost'] === undefined) return '';
  const loser = otherSystemName(detail['from']);
  return locale === 'ja'
    ? `${loser} の${quoted(detail['lost'], 'ja')}は採用せず`
    : `not ${quoted(detail['lost'], 'en')} from ${loser}`;
}

function scored(detail: Detail, locale: Locale): string {
  const score = detail['score'];
  if (score === undefined || score === null) return '';
  return locale === 'ja' ? `スコア ${score} 点` : `score ${score}`;
}

function how(by: Value | undefined, locale: Locale): string {
  if (by === 'adopted') return ADOPTED[locale];
  return STAGE_CAUSE[String(by) as StageEntry['by']]?.[locale] ?? '';
}

const ASSIGNED: Readonly<Record<string, InBoth>> = {
  'contact-owner': { ja: '(取引先責任者の所有者)', en: ", the contact's owner" },
  'existing-owner': { ja: '(HubSpot の担当者と同じ人)', en: ', the owner in HubSpot' },
  'round-robin': { ja: '(チーム内の順番)', en: ', whose turn it is in the team' },
  territory: { ja: '(担当地域などの表による)', en: ', by the table of territories' },
  full: {
    ja: '(全員が今日の上限に達したため、チームのキュー)',
    en: ", the team's queue, since everybody has had their day's share",
  },
  queue: { ja: '(チームのキュー)', en: ", the team's queue" },
  unmatched: { ja: '(担当者を特定できないときの受け皿)', en: ', who receives what nobody can own' },
};

function assigned(why: Value | undefined, locale: Locale): string {
  return ASSIGNED[String(why)]?.[locale] ?? '';
}

const STATES: Readonly<Record<string, InBoth>> = {
  none: { ja: 'レコードなし', en: 'no record' },
  lead: { ja: 'リードあり', en: 'a lead' },
  contact: { ja: '取引先責任者あり', en: 'a contact' },
  ambiguous: { ja: '同じ人らしいレコードが複数あり、要確認', en: 'several look-alikes, to be told apart' },
  deleted: { ja: '削除済み', en: 'deleted' },
};

function state(value: Value | undefined, locale: Locale): string {
  return STATES[String(value)]?.[locale] ?? shown(value, locale);
}
