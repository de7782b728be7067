import type { FindingCode } from '../people/person.ts';
import { deadlineName, type Sentence, shown } from './words.ts';

/** What becomes of obligations that stay open, and of the Tasks that tell of them. */
export const LADDER_FINDINGS = {
  ESCALATED: {
    ja: (d) =>
      `「${deadlineName(d['deadline'], 'ja')}」の期限超過が続いているため、${whom(d['to'], 'ja')}にエスカレーションしました(${shown(d['level'], 'ja')} 段目、担当: ${shown(d['owner'], 'ja')})。ToDo は担当者のもの 1 件のままです。対応の記録が確認できると終わります。`,
    en: (d) =>
      `${deadlineName(d['deadline'], 'en')} is still open past its deadline and was escalated to ${whom(d['to'], 'en')} (rung ${shown(d['level'], 'en')}, owner: ${shown(d['owner'], 'en')}). There is still one task, the owner's. It ends as soon as the record shows that it was done.`,
  },
  ESCALATION_UNADDRESSED: {
    ja: (d) =>
      `「${deadlineName(d['deadline'], 'ja')}」のエスカレーション先「${shown(d['named'], 'ja')}」にあたる有効なユーザーがいません。${d['to'] == null ? '次の段にも相手がいないため、誰にも知らせていません' : `次の段の ${shown(d['to'], 'ja')} に知らせました`}。Salesforce のユーザーのマネージャか、mappings/owners.yaml の ladder、合意の roles を直してください。`,
    en: (d) =>
      `"${shown(d['named'], 'en')}", to whom ${deadlineName(d['deadline'], 'en')} was to be escalated, is nobody active. ${d['to'] == null ? 'No further rung names anybody either, so nobody was told' : `It went on to ${shown(d['to'], 'en')}, whom the next rung names`}. Set the user's manager in Salesforce, "ladder" in mappings/owners.yaml, or "roles" of the agreement.`,
  },
  TASK_TICKED_OFF: {
    ja: (d) =>
      `「${deadlineName(d['deadline'], 'ja')}」の ToDo が完了にされましたが、果たした記録がありません(${shown(d['subject'], 'ja')})。対応済みであれば実際の日付で活動を記録してください。まだであれば、期限超過の計測は続いています。`,
    en: (d) =>
      `The task for ${deadlineName(d['deadline'], 'en')} was ticked off, but nothing on record shows that it was done (${shown(d['subject'], 'en')}). If it was, log it with the date on which it happened. If not, the time is still measured.`,
  },
  TASKS_HELD_BACK: {
    ja: (d) =>
      `${shown(d['name'], 'ja')} さんの期限超過の ToDo が 1 日の上限(${shown(d['atMost'], 'ja')} 件)に達したため、${shown(d['waiting'], 'ja')} 件を次の営業日以降に回しています。期限の古い順に作成します。計測は続いており、期限超過であることは変わりません。`,
    en: (d) =>
      `${shown(d['name'], 'en')} has been given as many tasks for lapsed deadlines as the agreement allows in a day (${shown(d['atMost'], 'en')}); ${shown(d['waiting'], 'en')} wait for the next working days, those that fell due first going first. They have lapsed all the same, and are measured.`,
  },
} as const satisfies Partial<Readonly<Record<FindingCode, Sentence>>>;

function whom(to: string | number | boolean | null | undefined, locale: 'ja' | 'en'): string {
  if (to != null) return locale === 'ja' ? `${shown(to, 'ja')} ` : shown(to, 'en');
  return locale === 'ja' ? '上の段(該当者なし)' : 'the next rung (nobody is there)';
}
