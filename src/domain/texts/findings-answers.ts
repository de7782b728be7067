import type { FindingCode } from '../people/person.ts';
import { quoted, type Sentence, shown, stageName } from './words.ts';

/** What sales or marketing said by hand, and what is missing for it to be obeyed. */
export const ANSWER_FINDINGS = {
  ANSWER_WITHOUT_REASON: {
    ja: (d) =>
      `差し戻しになっていますが、理由が選ばれていません(${shown(d['subject'], 'ja')})。理由が入るまで、ステージも期限もそのままです。${shown(d['field'], 'ja')} で次のどれかを選んでください: ${shown(d['allowed'], 'ja')}。`,
    en: (d) =>
      `The person was rejected, but no reason is given (${shown(d['subject'], 'en')}). Neither stage nor deadlines move until there is one. Choose one in ${shown(d['field'], 'en')}: ${shown(d['allowed'], 'en')}.`,
  },
  ANSWER_NOT_KNOWN: {
    ja: (d) =>
      `${shown(d['field'], 'ja')} の${quoted(d['found'], 'ja')}は、合意(定義書)にない値です(${shown(d['subject'], 'ja')})。何も動かしていません。次のどれかに直してください: ${shown(d['allowed'], 'ja')}。`,
    en: (d) =>
      `${shown(d['field'], 'en')} holds ${quoted(d['found'], 'en')}, which the agreement does not name (${shown(d['subject'], 'en')}). Nothing was moved. Change it to one of: ${shown(d['allowed'], 'en')}.`,
  },
  ANSWER_NOT_DUE: {
    ja: (d) =>
      `差し戻しになっていますが、いまのステージは ${stageName(d['stage'], 'ja')} で、返答を待っている引き渡しはありません(${shown(d['subject'], 'ja')})。返答を消すか、マーケティングに戻す場合はリサイクルの理由を選んでください。`,
    en: (d) =>
      `The person was rejected, but stands at ${stageName(d['stage'], 'en')}: no hand-off waits for an answer (${shown(d['subject'], 'en')}). Empty the answer; to give the person back to marketing, choose a reason to recycle.`,
  },
  STAGE_BACK_ASKED: {
    ja: (d) =>
      `HubSpot のライフサイクルステージが手で${quoted(d['found'], 'ja')}に戻されましたが、理由が分かりません(${shown(d['subject'], 'ja')})。マーケティングに戻すなら、Salesforce のリード・取引先責任者で差し戻し、リサイクル、対象外のいずれかの理由を選んでください。理由がなければ、${shown(d['until'], 'ja')} に ${stageName(d['stage'], 'ja')} の表示に戻します。`,
    en: (d) =>
      `The lifecycle stage was set back to ${quoted(d['found'], 'en')} by hand in HubSpot, and nobody said why (${shown(d['subject'], 'en')}). To give the person back to marketing, choose a reason (to reject, recycle or disqualify) on the lead or contact in Salesforce. Without one, ${stageName(d['stage'], 'en')} is shown again from ${shown(d['until'], 'en')} on.`,
  },
  STAGE_MOVE_FLAGGED: {
    ja: (d) =>
      `HubSpot のライフサイクルステージが手で${quoted(d['found'], 'ja')}に進められましたが、合意(定義書)では手での変更を認めていないため、ステージは ${stageName(d['stage'], 'ja')} のままです(${shown(d['subject'], 'ja')})。進めるには、${stageName(d['meant'], 'ja')} の条件を満たすように項目や活動を記録してください。`,
    en: (d) =>
      `The lifecycle stage was moved on to ${quoted(d['found'], 'en')} by hand in HubSpot. The agreement leaves stages to its criteria (manual-edits: flag), so the person stays ${stageName(d['stage'], 'en')} (${shown(d['subject'], 'en')}). To move them on, record what the criteria of ${stageName(d['meant'], 'en')} ask for.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;
