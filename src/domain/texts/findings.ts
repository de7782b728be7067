import type { Finding, FindingCode } from '../people/person.ts';
import type { ObserverClass } from '../people/record.ts';
import type { Locale } from '../policy.ts';
import type { Value } from '../values/value.ts';
import { ANSWER_FINDINGS } from './findings-answers.ts';
import { APPROVAL_FINDINGS } from './findings-approval.ts';
import { BUDGET_FINDINGS } from './findings-budget.ts';
import { CLOCK_FINDINGS } from './findings-clock.ts';
import { CRITERIA_FINDINGS } from './findings-criteria.ts';
import { HAND_OFF_FINDINGS } from './findings-hand-off.ts';
import { LADDER_FINDINGS } from './findings-ladder.ts';
import { MERGE_FINDINGS } from './findings-merge.ts';
import { SALE_FINDINGS } from './findings-sale.ts';
import { OBSERVER } from './states.ts';
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

/** What needs a person, and what that person can do about it. */
export function findingText(finding: Finding, locale: Locale): string {
  return FINDINGS[finding.code][locale]({ subject: finding.subject, ...finding.detail });
}

const FINDINGS: Readonly<Record<FindingCode, Sentence>> = {
  ...SALE_FINDINGS,
  ...MERGE_FINDINGS,
  ...APPROVAL_FINDINGS,
  ...BUDGET_FINDINGS,
  ...CLOCK_FINDINGS,
  ...CRITERIA_FINDINGS,
  ...ANSWER_FINDINGS,
  ...HAND_OFF_FINDINGS,
  ...LADDER_FINDINGS,
  MATCH_AMBIGUOUS: {
    ja: (d) =>
      `同じメールアドレスのレコードが複数あり、同じ人かどうか決められません(${shown(d['records'] ?? d['subject'], 'ja')})。これらのレコードには何も書き込んでいません。重複をマージするか、メールアドレスを直してください。`,
    en: (d) =>
      `Several records share one e-mail address and cannot be told apart (${shown(d['records'] ?? d['subject'], 'en')}). Nothing was written to them. Merge the duplicates, or correct an address.`,
  },
  KEY_HELD_TWICE: {
    ja: (d) =>
      `同じ Tasuki のキーが複数のレコードに入っています(${shown(d['records'] ?? d['subject'], 'ja')})。多くの場合、レコードをコピーしたことが原因です。コピーしたほうのキーを空にしてください。`,
    en: (d) =>
      `More than one record holds the same Tasuki key (${shown(d['records'] ?? d['subject'], 'en')}), usually because a record was cloned. Empty the key on the copy.`,
  },
  NATIVE_ID_DIFFERS: {
    ja: (d) =>
      `HubSpot の Salesforce 連携は同じレコードだとしていますが、Tasuki では別々に扱っています(${shown(d['records'] ?? d['subject'], 'ja')})。どちらかに、すでに別のレコードがつながっているためです。つながりは変えていません。HubSpot 側の ID が古ければ消し、重複であればマージしてください。`,
    en: (d) =>
      `HubSpot's own Salesforce integration says these are one, but Tasuki knows one of them as somebody else's (${shown(d['records'] ?? d['subject'], 'en')}). No link was changed. If the id in HubSpot is out of date, clear it; if there are duplicates, merge them.`,
  },
  VALUE_NOT_MAPPED: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の ${shown(d['field'], 'ja')} の値${quoted(d['value'], 'ja')}に、${otherSystemName(d['system'])} 側の対応がありません。${shown(d['rule'], 'ja')} の values に一行足してください。`,
    en: (d) =>
      `The value ${quoted(d['value'], 'en')} of ${shown(d['field'], 'en')} in ${systemName(d['system'], 'en')} has no counterpart in ${otherSystemName(d['system'])}. Add it to "values" at ${shown(d['rule'], 'en')}.`,
  },
  VALUE_NOT_ACCEPTED: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の選択リスト ${shown(d['label'] ?? d['field'], 'ja')} に${quoted(d['value'], 'ja')}がないため、書き込んでいません。選択肢を足すか、値を直すか、mappings/contact.yaml の values に対応を書いてください。`,
    en: (d) =>
      `The picklist ${shown(d['label'] ?? d['field'], 'en')} in ${systemName(d['system'], 'en')} does not know ${quoted(d['value'], 'en')}. It was not written. Add the option, correct the value, or say under "values" in mappings/contact.yaml what it is called there.`,
  },
  VALUE_TOO_LONG: {
    ja: (d) =>
      `値が長すぎて ${systemName(d['system'], 'ja')} の ${shown(d['label'] ?? d['field'], 'ja')} に入りません(${shown(d['length'], 'ja')} 文字、上限 ${shown(d['maxLength'], 'ja')} 文字)。切り詰めずに、書き込みを見送りました。元の値を短くしてください。`,
    en: (d) =>
      `A value is too long for ${shown(d['label'] ?? d['field'], 'en')} in ${systemName(d['system'], 'en')} (${shown(d['length'], 'en')} characters, at most ${shown(d['maxLength'], 'en')}). It was not cut, and not written. Shorten it where it comes from.`,
  },
  WRITE_REFUSED: {
    ja: (d) =>
      `書き込みが拒否されました(${shown(d['subject'], 'ja')})。相手の返答: ${shown(d['reason'], 'ja')} ${said(d)}。${heldBy(d, 'ja')}原因が解消されれば、遅くとも 1 日以内に書き込みます。`,
    en: (d) =>
      `A write was refused (${shown(d['subject'], 'en')}). The answer: ${shown(d['reason'], 'en')} ${said(d)}. ${heldBy(d, 'en')}Once the cause is gone, it is written within a day.`,
  },
  WRITE_OVERWRITTEN: {
    ja: (d) =>
      `書き込んだ値が、直後に別の値に変わっていました(${shown(d['subject'], 'ja')})。ほかの連携や自動化(フロー、ワークフロー)が同じ項目を更新していないか確認してください。`,
    en: (d) =>
      `A value changed right after it was written (${shown(d['subject'], 'en')}). See whether another integration or a flow writes the same field.`,
  },
  WRITE_PARKED: {
    ja: (d) =>
      `書き込みに ${shown(d['attempts'], 'ja')} 回続けて失敗したため、しばらく見送っています(${shown(d['subject'], 'ja')})。最後の返答: ${said(d) || shown(d['reason'], 'ja')}。レコードが変更されたとき、または遅くとも 1 日以内に再び試します。すぐに試すには tasuki retry を実行してください。`,
    en: (d) =>
      `A write failed ${shown(d['attempts'], 'en')} times in a row and was set aside (${shown(d['subject'], 'en')}). The last answer: ${said(d) || shown(d['reason'], 'en')}. It is tried again when the record changes, and within a day at the latest. To try at once: tasuki retry.`,
  },
  WRITE_UNDONE: {
    ja: (d) =>
      `${shown(d['who'], 'ja')} が実行 ${shown(d['run'], 'ja')} を取り消したため、${shown(d['fields'], 'ja')} には同じ値を書き込みません(${shown(d['subject'], 'ja')})。元の値が変われば書き込みを再開します。すぐに再開するには tasuki retry を実行してください。`,
    en: (d) =>
      `${shown(d['who'], 'en')} took run ${shown(d['run'], 'en')} back, so the same value is not written to ${shown(d['fields'], 'en')} again (${shown(d['subject'], 'en')}), until the value it comes from changes. To write it after all: tasuki retry.`,
  },
  RECORD_VANISHED: {
    ja: (d) =>
      `書き込もうとしたレコードが見つかりません(${shown(d['subject'], 'ja')})。削除またはマージされた可能性があります。ほとんどの場合、対応は不要です。`,
    en: (d) =>
      `The record to be written is gone (${shown(d['subject'], 'en')}), deleted or merged. Usually there is nothing to do.`,
  },
  RECORD_DELETED: {
    ja: (d) =>
      `${systemName(d['system'], 'ja')} の${objectName(d['object'], 'ja')}が削除されました(${shown(d['id'] ?? d['subject'], 'ja')})。意図した削除とみなし、作り直しません。誤って削除した場合は、ごみ箱から元に戻してください。`,
    en: (d) =>
      `A ${objectName(d['object'], 'en')} was deleted in ${systemName(d['system'], 'en')} (${shown(d['id'] ?? d['subject'], 'en')}). It is taken as meant and not made again. If it was a mistake, restore it from the recycle bin.`,
  },
  OWNER_UNMATCHED: {
    ja: (d) =>
      `所有者 ${shown(d['owner'] ?? d['subject'], 'ja')} が、ユーザーにもキューにも見つかりません。レコードの所有者を有効なユーザーに変えてください。mappings/owners.yaml の unmatched に書いた名前であれば、そこを直してください。`,
    en: (d) =>
      `The owner ${shown(d['owner'] ?? d['subject'], 'en')} is found among neither users nor queues. Give these records to an active user; if it is what "unmatched" in mappings/owners.yaml names, correct it there.`,
  },
  OWNER_INACTIVE: {
    ja: (d) =>
      `所有者 ${shown(d['owner'] ?? d['subject'], 'ja')} は無効なユーザーです。担当のレコードを有効なユーザーに引き継いでください。`,
    en: (d) =>
      `The owner ${shown(d['owner'] ?? d['subject'], 'en')} is an inactive user. Hand these records to somebody active.`,
  },
  OWNER_WITHOUT_SEAT: {
    ja: (d) =>
      `${seatlessJa(d)}${otherSystemName(d['system'])} にいる人であれば mappings/owners.yaml の table に一行足してください。いないのが通常であれば、without-seat に finding: never と書いてください。`,
    en: (d) =>
      `${seatlessEn(d)} If they are in ${otherSystemName(d['system'])} under another address, add a line to "table" in mappings/owners.yaml; if it is meant so, write finding: never under "without-seat".`,
  },
  OWNER_EDIT_RESTORED: {
    ja: (d) =>
      `HubSpot で担当者が変更されましたが、引き渡し後の所有者は Salesforce で決まるため、元に戻しました(${shown(d['subject'], 'ja')})。担当を変えるときは Salesforce の所有者を変更してください。`,
    en: (d) =>
      `The owner was changed in HubSpot, but after the hand-off Salesforce decides, so it was restored (${shown(d['subject'], 'en')}). To change the owner, change it in Salesforce.`,
  },
  STAGE_EDIT_RESTORED: {
    ja: (d) =>
      `ステージの項目が手で${quoted(d['found'], 'ja')}に変更されましたが、合意(定義書)に従い ${stageName(d['restored'], 'ja')} に戻しました(${shown(d['subject'], 'ja')})。`,
    en: (d) =>
      `The stage field was set to ${quoted(d['found'], 'en')} by hand and restored to ${stageName(d['restored'], 'en')}, as the agreement says (${shown(d['subject'], 'en')}).`,
  },
  LIFECYCLE_AHEAD: {
    ja: (d) =>
      `HubSpot のライフサイクルステージは${quoted(d['shown'], 'ja')}ですが、合意(定義書)で決まるステージは ${stageName(d['stage'], 'ja')} です(${shown(d['subject'], 'ja')}${mover(d['by'], 'ja')})。表示は前にしか進めないため、そのままにしています。戻す場合は HubSpot で直すか、mappings/agreement.yaml の shown-as に reset_lifecycle: true を書いてください。`,
    en: (d) =>
      `HubSpot shows the lifecycle stage ${quoted(d['shown'], 'en')}, but the agreement gives ${stageName(d['stage'], 'en')} (${shown(d['subject'], 'en')}${mover(d['by'], 'en')}). What is shown moves forward only, so it was left. To take it back, correct it in HubSpot, or write reset_lifecycle: true under "shown-as" in mappings/agreement.yaml.`,
  },
  TASK_REMOVED: {
    ja: (d) =>
      `期限超過の ToDo が削除されました(${shown(d['subject'], 'ja')})。作り直しません。連絡の記録が確認できるまで、期限超過の計測は続きます。`,
    en: (d) =>
      `The task for a lapsed deadline was deleted (${shown(d['subject'], 'en')}). It is not made again; the time until contact is still measured.`,
  },
  CALENDAR_ENDS: {
    ja: (d) =>
      `祝日の表は ${shown(d['from'], 'ja')} から ${shown(d['to'] ?? d['subject'], 'ja')} までです。その外の期限は計算しません。Tasuki を新しい版に更新するか、calendar.yaml の own-holidays に続きを書いてください。`,
    en: (d) =>
      `Public holidays are known from ${shown(d['from'], 'en')} to ${shown(d['to'] ?? d['subject'], 'en')}. Deadlines beyond are not computed. Update Tasuki, or write down what follows (own-holidays in calendar.yaml).`,
  },
  CONFIG_REJECTED: {
    ja: (d) => `設定ファイルに誤りがあるため、前の版で動き続けています。${shown(d['subject'], 'ja')}: ${said(d)}`,
    en: (d) =>
      `A settings file has a fault, so the version before stays in force. ${shown(d['subject'], 'en')}: ${said(d)}`,
  },
  EVIDENCE_LAGS: {
    ja: () =>
      '期限は過ぎていますが、活動の読み込みが追いついていないため、期限超過とは判断していません。読み込みが追いつくと自動的に判断します。長引く場合は連携の状態を確認してください。',
    en: () =>
      'A deadline has passed, but activities have not been read that far, so no lapse is declared. It will be, once they are. If this persists, check the connection.',
  },
};

/** `system` is where they own something; what happens instead differs by where they are missing. */
function seatlessJa(d: Detail): string {
  const owner = shown(d['owner'] ?? d['subject'], 'ja');
  return d['system'] === 'hubspot'
    ? `HubSpot の担当者 ${owner} に当たるユーザーが Salesforce にいません。新しいリードは、受け取るチームの決まりで割り当てています。`
    : `所有者 ${owner} に当たる担当者が HubSpot にいません。コンタクトの担当者は変えず、氏名を tasuki_sales_owner に入れています。`;
}

function seatlessEn(d: Detail): string {
  const owner = shown(d['owner'] ?? d['subject'], 'en');
  return d['system'] === 'hubspot'
    ? `${owner}, who owns contacts in HubSpot, is no user of Salesforce. New Leads go by the receiving team's rule.`
    : `The owner ${owner} has no seat in HubSpot. The owners of contacts were left, and the name is shown in tasuki_sales_owner.`;
}

/** Who moved it there, where HubSpot's history told. */
function mover(by: Value | undefined, locale: Locale): string {
  if (by === undefined || by === null) return '';
  const who = OBSERVER[String(by) as ObserverClass][locale];
  return locale === 'ja' ? `、変更者: ${who}` : `, by ${who}`;
}

/** Another record holds the address or the key, or is taken for a duplicate: both are named, and joining them is left to a person. */
function heldBy(detail: Detail, locale: Locale): string {
  const { holder, records } = detail;
  if (holder === undefined || holder === null) return '';
  const [own, other] = [shown(records ?? detail['subject'], locale), shown(holder, locale)];
  return locale === 'ja'
    ? `${own} と重なるレコードがすでにあります(${other})。同じ人と確かめられないため、つないでいません。同じ人であれば、メールアドレスをそろえるか、重複をマージしてください。`
    : `A record that overlaps with ${own} is there already (${other}). It could not be told to be the same person, so they were not linked. If they are one, make the e-mail addresses equal, or merge the duplicates. `;
}
