import type { WhyNot, WhyNotCode } from '../people/why-not.ts';
import type { Locale } from '../policy.ts';
import {
  type Detail,
  objectName,
  otherSystemName,
  quoted,
  type Sentence,
  said,
  shown,
  stageName,
  systemName,
} from './words.ts';

/** Why a field is not being written now, in one sentence that says what would change that. */
export function whyNotText({ code, detail }: WhyNot, locale: Locale): string {
  return WHY_NOT[code][locale](detail);
}

const WHY_NOT: Readonly<Record<WhyNotCode, Sentence>> = {
  'in-step': {
    ja: () => '両方がそろっているため、書き込むものがない',
    en: () => 'both sides are in step: there is nothing to write',
  },
  'next-plan': { ja: () => '次の実行で書き込む', en: () => 'the next run writes it' },
  'on-its-way': {
    ja: () => '書き込みの途中(送信待ち、送信中、または確認待ち)',
    en: () => 'it is on its way: to be sent, being sent, or written and not yet seen',
  },
  'waits-approval': {
    ja: () => '承認待ち(tasuki approve で内容を確認して承認する)',
    en: () => 'it waits for approval: tasuki approve',
  },
  'waits-rollout': {
    ja: () => '段階的な展開の対象にまだ入っていない(rollout の percent)',
    en: () => 'the staged rollout has not reached this record yet (percent under "rollout")',
  },
  paused: { ja: () => '書き込みを停止中(tasuki resume で再開)', en: () => 'writing is paused: tasuki resume' },
  parked: {
    ja: (d) => `失敗が続いたため見送り中。最後の返答: ${shown(d['message'], 'ja')}(tasuki retry ですぐに再試行)`,
    en: (d) =>
      `it failed too often and rests; the last answer: ${shown(d['message'], 'en')} (tasuki retry tries at once)`,
  },
  unsure: {
    ja: () => '書き込めたかどうかを読み返して確認している',
    en: () => 'whether it was written is being found out by reading it back',
  },
  refused: {
    ja: (d) => `相手のシステムが拒否した: ${shown(d['reason'], 'ja')} ${said(d)}`,
    en: (d) => `the system refused it: ${shown(d['reason'], 'en')} ${said(d)}`,
  },
  rejected: {
    ja: (d) => `承認の際に取り下げられた(${shown(d['by'], 'ja')})`,
    en: (d) => `it was rejected when it was to be approved (${shown(d['by'], 'en')})`,
  },
  undone: {
    ja: (d) => `${shown(d['who'], 'ja')} が実行 ${shown(d['run'], 'ja')} を取り消した(tasuki retry で再び書き込む)`,
    en: (d) => `${shown(d['who'], 'en')} took run ${shown(d['run'], 'en')} back (tasuki retry writes it after all)`,
  },
  frozen: {
    ja: () => '書き込むたびに元の値に戻されるため、止めている(値を直すか tasuki retry)',
    en: () => 'every write was put back by somebody, so it is left alone (correct the value, or tasuki retry)',
  },
  conflict: {
    ja: (d) => `両方で違う値に変更され、人の判断を待っている: ${both(d, 'ja')}`,
    en: (d) => `both sides were changed, and a person has to decide: ${both(d, 'en')}`,
  },
  ahead: {
    ja: (d) =>
      `合意(定義書)のステージ(${stageName(d['stage'], 'ja')})より先に進んでいるため、そのままにしている(reset_lifecycle: true で戻す)`,
    en: (d) =>
      `it is ahead of the agreement's stage (${stageName(d['stage'], 'en')}), and was left (reset_lifecycle: true takes it back)`,
  },
  'too-long': {
    ja: (d) => `値が長すぎる(${shown(d['length'], 'ja')} 文字、上限 ${shown(d['maxLength'], 'ja')} 文字)`,
    en: (d) => `the value is too long: ${shown(d['length'], 'en')} characters, at most ${shown(d['maxLength'], 'en')}`,
  },
  'not-accepted': {
    ja: (d) => `選択リストに${quoted(d['value'], 'ja')}がない`,
    en: (d) => `the picklist does not know ${quoted(d['value'], 'en')}`,
  },
  'unmapped-value': {
    ja: (d) => `値${quoted(d['value'] ?? d['stage'], 'ja')}の対応が ${shown(d['rule'], 'ja')} にない`,
    en: (d) => `${quoted(d['value'] ?? d['stage'], 'en')} has no counterpart at ${shown(d['rule'], 'en')}`,
  },
  'no-right': {
    ja: () => '書き込み先の項目が読み取り専用、または連携ユーザーに編集権限がない',
    en: () => 'the field on the other side is read-only, or the integration user may not edit it',
  },
  unsigned: {
    ja: () =>
      '合意(定義書)がまだ有効でないため、対応表の項目以外は書き込まない(両部門の責任者が tasuki agreement sign で署名すると始まる)',
    en: () =>
      'no agreement is in force yet, so only mapped fields are written (it begins once both heads have signed: tasuki agreement sign)',
  },
  'out-of-scope': {
    ja: () => 'この人は対象外(mappings/contact.yaml の scope)',
    en: () => 'this person is out of scope ("scope" in mappings/contact.yaml)',
  },
  'one-side-only': {
    ja: (d) => `${systemName(d['missing'], 'ja')} にまだレコードがない`,
    en: (d) => `there is no record in ${systemName(d['missing'], 'en')}`,
  },
  'look-alikes': {
    ja: (d) => `同じ人らしいレコードが複数あり、決められない(${shown(d['records'], 'ja')})`,
    en: (d) => `several look-alikes cannot be told apart (${shown(d['records'], 'en')})`,
  },
  'not-carried': {
    ja: (d) => `対応付けに、${objectName(d['object'], 'ja')}の項目が書かれていない`,
    en: (d) => `the mapping names no field of a ${objectName(d['object'], 'en')}`,
  },
  'not-mapped': {
    ja: () => '対応付けにない項目(mappings/ に一行足すと同期される)',
    en: () => 'it is not mapped (a line in mappings/ would keep it in step)',
  },
  'not-read': {
    ja: (d) => `${systemName(d['system'], 'ja')} の ${shown(d['field'], 'ja')} をまだ読み取れていない`,
    en: (d) => `${shown(d['field'], 'en')} of ${systemName(d['system'], 'en')} has not been read`,
  },
  'person-account': {
    ja: () => '個人取引先のため、項目の同期から外している',
    en: () => 'a person account: its mapped fields are left out',
  },
  'one-way': {
    ja: (d) =>
      `${systemName(d['stands'], 'ja')} の値を正とする一方向の項目で、${otherSystemName(d['stands'])} 側の変更は反映しない`,
    en: (d) =>
      `${systemName(d['stands'], 'en')} stands; what is typed in ${otherSystemName(d['stands'])} does not travel`,
  },
  'fill-blank': {
    ja: () => '空欄の補完だけを行う項目で、両方に値がある',
    en: () => 'only blanks are filled, and both sides have a value',
  },
  once: {
    ja: () => '最初の一度だけ写す項目で、すでに写した',
    en: () => 'it is copied once only, and has been',
  },
  'clears-keep': {
    ja: (d) => `${systemName(d['emptied'], 'ja')} で空にされたが、消去は反映しない設定(clears: keep)`,
    en: (d) => `it was emptied in ${systemName(d['emptied'], 'en')}, and emptying does not travel (clears: keep)`,
  },
  apart: {
    ja: () => '違う値のままでよいと決まっており、どちらかが変更されるまで書き込まない',
    en: () => 'both sides have agreed to differ, until somebody edits one of them',
  },
};

function both(detail: Detail, locale: Locale): string {
  return `HubSpot ${quoted(detail['hubspot'], locale)} / Salesforce ${quoted(detail['salesforce'], locale)}`;
}
