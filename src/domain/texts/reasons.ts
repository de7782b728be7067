import type { Duration } from '../agreement/agreement.ts';
import type { Reason, ReasonCode } from '../people/change.ts';
import type { StageEntry } from '../people/person.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import type { BriefSection } from './brief.ts';
import { BRIEF_SECTION_NAMES } from './brief-words.ts';
import { ADOPTED, ANSWER, DEAL_STATE, STAGE_CAUSE } from './states.ts';
import {
  type Detail,
  deadlineName,
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
  'deadline-shown': {
    ja: (d) => (owed(d) ? `次のフォロー期限を表示${named(d, 'ja')}` : '進行中のフォロー期限がないため、表示を消去'),
    en: (d) => (owed(d) ? `shows the next deadline${named(d, 'en')}` : 'no deadline is running, so none is shown'),
  },
  'brief-written': {
    ja: (d) =>
      `${stageName(d['stage'], 'ja')} の引き渡しメモ(${d['sections'] ?? '?'} 項目中 ${d['filled'] ?? '?'} 項目に記録あり${lackingIn(d, 'ja')})`,
    en: (d) =>
      `the brief for the hand-off at ${stageName(d['stage'], 'en')} (${d['filled'] ?? '?'} of ${d['sections'] ?? '?'} sections have something to tell${lackingIn(d, 'en')})`,
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
  'deal-created': {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} にある${d['from'] === 'hubspot' ? '取引' : '商談'}と対になるレコードを作成`,
    en: (d) => `made beside the ${d['from'] === 'hubspot' ? 'deal' : 'opportunity'} in ${systemName(d['from'], 'en')}`,
  },
  'deal-stage': {
    ja: (d) =>
      `${systemName(d['from'], 'ja')} でステージが${quoted(d['stage'], 'ja')}に進んだため反映${inBrackets('ja', rule(d))}`,
    en: (d) => `the stage is ${quoted(d['stage'], 'en')} in ${systemName(d['from'], 'en')}${inBrackets('en', rule(d))}`,
  },
  'deal-outcome': {
    ja: (d) =>
      d['outcome'] == null
        ? '商談がなくなったため、結果の表示を消去'
        : `商談の結果を表示(${outcome(d['outcome'], 'ja')})`,
    en: (d) =>
      d['outcome'] == null ? 'there is no deal any more' : `shows how the deal stands (${outcome(d['outcome'], 'en')})`,
  },
  'role-added': {
    ja: (d) =>
      d['side'] === 'salesforce'
        ? 'HubSpot の取引に関連付けられた人を、商談の取引先責任者の役割に追加'
        : '商談の関係者(取引先・取引先責任者)を、HubSpot の取引に関連付け',
    en: (d) =>
      d['side'] === 'salesforce'
        ? 'associated with the deal in HubSpot, so given a contact role'
        : 'on the opportunity in Salesforce, so associated with the deal',
  },
  undone: {
    ja: (d) => `${shown(d['who'], 'ja')} が実行 ${shown(d['run'], 'ja')} を取り消したため、前の値に戻す`,
    en: (d) => `${shown(d['who'], 'en')} took run ${shown(d['run'], 'en')} back, so the value before it is restored`,
  },
  'company-created': {
    ja: (d) => `取引先${quoted(d['name'], 'ja')}に HubSpot の人がいるため、会社を作成`,
    en: (d) => `somebody of HubSpot works at the account ${quoted(d['name'], 'en')}, so the company is made`,
  },
};

/** Why nobody owes it any more, where sales said so; the other causes need no words on a Task. */
function mootBecause(because: Value | undefined, locale: Locale): string {
  return because === 'recycled' || because === 'disqualified' ? stageName(because, locale) : '';
}

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

function outcome(value: Value | undefined, locale: Locale): string {
  return DEAL_STATE[String(value) as keyof typeof DEAL_STATE]?.[locale] ?? shown(value, locale);
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

/** Whether a deadline is meant at all: the field is emptied when none runs. */
function owed(detail: Detail): boolean {
  return (detail['deadline'] ?? null) !== null;
}

function named(detail: Detail, locale: Locale): string {
  const name = detail['deadline'] ?? detail['kind'];
  if (name === undefined || name === null) return '';
  return locale === 'ja' ? `(${deadlineName(name, 'ja')})` : ` (${deadlineName(name, 'en')})`;
}
